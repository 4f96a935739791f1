//! Nothing is left for later, and no test is switched off.

use super::{Finding, Source};

/// What must not stand anywhere, as a whole word.
const PROMISES: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// What must not open a line of Rust.
const RUST: [&str; 2] = ["#[ignore", "#[should_panic"];

/// What must not stand in the web interface, and in its tests.
const WEB: [&str; 2] = ["@ts-ignore", "@ts-nocheck"];
const WEB_TESTS: [&str; 3] = [".only(", ".skip(", ".fixme("];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().enumerate();
    let marks = lines.filter_map(|(index, line)| Some((index + 1, mark(source, line)?)));
    marks.map(|(line, mark)| source.finding_at(line, format!("`{mark}`: finish it or take it out"))).collect()
}

fn mark(source: &Source, line: &str) -> Option<&'static str> {
    let words = || line.split(|letter: char| !letter.is_alphanumeric());
    let promise = PROMISES.into_iter().find(|promise| words().any(|word| word == *promise));
    promise.or_else(|| match source.extension() {
        "rs" => RUST.into_iter().find(|attribute| line.trim_start().starts_with(attribute)),
        "ts" | "js" | "svelte" => web_mark(source, line),
        _ => None,
    })
}

fn web_mark(source: &Source, line: &str) -> Option<&'static str> {
    let is_test = source.path.ends_with(".test.ts") || source.path.contains("/e2e/");
    let marks = WEB.into_iter().chain(WEB_TESTS.into_iter().filter(|_| is_test));
    marks.into_iter().find(|mark| line.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::check;

    #[test]
    fn promises_are_found_in_every_language() {
        for path in ["a.rs", "a.md", "a.sql", "web/a.svelte"] {
            let text = concat!("fine\n-- TO", "DO: later\n");
            assert_eq!(said(check, path, text).len(), 1, "{path}");
        }
        assert!(said(check, "a.md", concat!("auTO", "DO and TO", "DOS\n")).is_empty());
    }

    #[test]
    fn switched_off_tests_are_found() {
        assert_eq!(
            said(check, "a.rs", "    #[ignore = \"slow\"]\n"),
            ["a.rs:1: `#[ignore`: finish it or take it out"]
        );
        assert_eq!(said(check, "web/e2e/loop.ts", "test.skip('x')\n").len(), 1);
        assert_eq!(said(check, "web/src/a.test.ts", "describe.only('x')\n").len(), 1);
        assert!(said(check, "a.rs", "words.iter().skip(1)\n").is_empty());
        assert!(said(check, "web/src/a.ts", "stream.skip(1)\n").is_empty());
    }
}
