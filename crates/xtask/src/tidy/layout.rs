//! Crates are laid out alike: the workspace's lints, and one binary of integration tests.

use super::{Finding, Source};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let message = match source.path.split('/').collect::<Vec<_>>()[..] {
        ["crates", _, "Cargo.toml"] if !source.text.contains("[lints]\nworkspace = true\n") => {
            "take the workspace's lints: `[lints]` with `workspace = true`"
        }
        ["crates", _, "tests", file] if file.ends_with(".rs") => {
            "one test binary per crate: move it to `tests/it/`"
        }
        _ => return Vec::new(),
    };
    vec![source.finding(message)]
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::check;

    #[test]
    fn crates_are_laid_out_alike() {
        assert!(
            said(check, "crates/text/Cargo.toml", "[lints]\nworkspace = true\n\n[dependencies]\n").is_empty()
        );
        assert!(said(check, "crates/text/tests/it/main.rs", "").is_empty());
        assert_eq!(said(check, "crates/text/Cargo.toml", "[dependencies]\n").len(), 1);
        assert_eq!(
            said(check, "crates/text/tests/mask.rs", ""),
            ["crates/text/tests/mask.rs: one test binary per crate: move it to `tests/it/`"]
        );
    }
}
