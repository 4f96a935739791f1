//! No stray whitespace: no tabs, carriage returns or blanks at line ends, and one line feed at the end of a file.

use super::{Finding, Source};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.is_fixture() {
        return Vec::new();
    }
    let lines = source.text.split('\n').enumerate();
    let mut findings: Vec<Finding> = lines
        .filter_map(|(index, line)| complaint(line).map(|complaint| source.finding_at(index + 1, complaint)))
        .collect();
    if source.text.is_empty() || !source.text.ends_with('\n') || source.text.ends_with("\n\n") {
        findings.push(source.finding("end the file with exactly one line feed"));
    }
    findings
}

fn complaint(line: &str) -> Option<&'static str> {
    if line.contains('\r') {
        Some("carriage return")
    } else if line.contains('\t') {
        Some("tab")
    } else if line.ends_with(char::is_whitespace) {
        Some("blanks at the end of the line")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::check;

    #[test]
    fn stray_whitespace_is_found_with_its_line() {
        assert!(said(check, "a.rs", "one\n\n  two\n").is_empty());
        assert!(said(check, "crates/voice/tests/data/a.txt", "one\ttwo\r\n").is_empty());
        assert_eq!(said(check, "a.rs", "one\ntwo \n"), ["a.rs:2: blanks at the end of the line"]);
        assert_eq!(said(check, "a.rs", "one\r\n"), ["a.rs:1: carriage return"]);
        assert_eq!(said(check, "a.rs", "\tone\n"), ["a.rs:1: tab"]);
        for end in ["", "one", "one\n\n"] {
            assert_eq!(
                said(check, "a.rs", end),
                ["a.rs: end the file with exactly one line feed"],
                "{end:?}"
            );
        }
    }
}
