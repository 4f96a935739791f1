//! No file or folder has a name that says nothing.

use super::{Finding, Source};

const SAY_NOTHING: [&str; 9] =
    ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "stuff"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let stem = |part: &str| part.split('.').next().unwrap_or_default().to_lowercase();
    let empty = source.path.split('/').map(stem).find(|stem| SAY_NOTHING.contains(&stem.as_str()));
    empty
        .map(|name| source.finding(format!("`{name}` says nothing: name the one thing it is")))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::check;

    #[test]
    fn names_say_what_is_inside() {
        assert!(said(check, "crates/store/src/audit.rs", "").is_empty());
        assert!(said(check, "crates/store/src/commonly_asked.rs", "").is_empty());
        for bad in ["crates/store/src/utils.rs", "web/src/lib/helpers/date.ts", "web/common.test.ts"] {
            assert_eq!(said(check, bad, "").len(), 1, "{bad}");
        }
    }
}
