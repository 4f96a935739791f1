//! Invariants of `docs/ARCHITECTURE.md` that the text of a file betrays.

use super::{Finding, Source};

/// Words that may stand in some places only.
struct Invariant {
    words: &'static [&'static str],
    /// Beginnings of the paths where they belong.
    places: &'static [&'static str],
    reason: &'static str,
}

const INVARIANTS: [Invariant; 3] = [
    Invariant {
        words: &["SystemTime::now", "Timestamp::now", "Zoned::now", "Uuid::now_v7"],
        places: &["crates/store/src/clock.rs", "crates/otklik/", "crates/testkit/", "crates/xtask/"],
        reason: "no clock is read below `otklik` but through `store::Clock`",
    },
    Invariant {
        words: &["insert into feedback", "update feedback", "delete from feedback"],
        places: &["crates/voice/", "crates/testkit/", "crates/xtask/"],
        reason: "only `voice` writes `feedback`",
    },
    Invariant {
        words: &["StatusCode"],
        places: &["crates/api/", "crates/otklik/", "crates/testkit/", "crates/xtask/"],
        reason: "only `api` knows status codes",
    },
];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.extension() != "rs" || source.is_test() {
        return Vec::new();
    }
    let broken = |line: &str| {
        let abroad =
            |invariant: &&Invariant| !invariant.places.iter().any(|place| source.path.starts_with(place));
        INVARIANTS
            .iter()
            .filter(abroad)
            .find(|invariant| invariant.words.iter().any(|word| names(line, word)))
    };
    let code = source.text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.filter_map(|(index, line)| Some(source.finding_at(index + 1, broken(line)?.reason))).collect()
}

/// Whether the words stand in the line and end there as a whole word: `feedback` is not `feedback_topic`.
fn names(line: &str, words: &str) -> bool {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends_word = |end: usize| !line[end..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
    line.match_indices(words).any(|(start, _)| ends_word(start + words.len()))
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::check;

    #[test]
    fn clocks_are_read_in_one_place() {
        let line = "let now = SystemTime::now();\n";
        assert!(said(check, "crates/store/src/clock.rs", line).is_empty());
        assert!(said(check, "crates/backlog/tests/it/main.rs", line).is_empty());
        assert_eq!(
            said(check, "crates/backlog/src/gates.rs", line),
            ["crates/backlog/src/gates.rs:1: no clock is read below `otklik` but through `store::Clock`"]
        );
    }

    #[test]
    fn feedback_is_written_by_voice_alone() {
        let path = "crates/app/src/demo.rs";
        assert!(
            said(check, "crates/voice/src/arrival.rs", "insert into feedback (id) values ($1)\n").is_empty()
        );
        assert!(said(check, path, "select * from feedback; insert into feedback_topic (id)\n").is_empty());
        assert!(said(check, path, "// why we never update feedback here\n").is_empty());
        for bad in
            ["insert into feedback (id)\n", "\"update  feedback set text = $1\"\n", "delete from feedback\n"]
        {
            assert_eq!(said(check, path, bad).len(), 1, "{bad}");
        }
    }
}
