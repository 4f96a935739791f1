//! Every Rust file says in its first line which one thing it is.

use super::{Finding, Source};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let first = source.text.lines().next().unwrap_or_default();
    let says_something = first.strip_prefix("//! ").is_some_and(|line| !line.trim().is_empty());
    if source.extension() != "rs" || says_something {
        return Vec::new();
    }
    vec![source.finding("open the file with a `//!` line that says which one thing it is")]
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::check;

    #[test]
    fn first_line_speaks() {
        assert!(said(check, "a.rs", "//! The thing.\n").is_empty());
        assert!(said(check, "a.md", "# Anything\n").is_empty());
        for bad in ["", "use std::fs;\n", "//!\n", "\n//! Late.\n", "// Not a doc.\n"] {
            assert_eq!(said(check, "a.rs", bad).len(), 1, "{bad:?}");
        }
    }
}
