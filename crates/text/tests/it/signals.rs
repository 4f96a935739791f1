//! Signals: a table of phrases, their words, and what is no signal.

use otklik_text::{SignalKind, signals};
use proptest::prelude::*;

const TABLE: &str = include_str!("../data/signals.txt");

#[test]
fn the_table_is_understood() {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let wrong: Vec<String> = rows
        .filter_map(|(wanted, text)| {
            let found: Vec<&str> = signals(text).iter().map(|signal| signal.kind.code()).collect();
            let right = if wanted == "-" { found.is_empty() } else { found.contains(&wanted) };
            (!right).then(|| format!("{wanted}, but {found:?}: {text}"))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn words_tell_why_and_kinds_come_once() {
    let text = "Закрою счёт, закрою карту и подам на вас в суд";
    let found = signals(text);
    let kinds: Vec<SignalKind> = found.iter().map(|signal| signal.kind).collect();
    assert_eq!(kinds, [SignalKind::Leaving, SignalKind::Escalation]);
    let words: Vec<&str> = found[0].reasons.iter().map(|span| &text[span.clone()]).collect();
    assert!(words.contains(&"Закрою") && words.contains(&"счёт"), "{words:?}");
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), more in "[ уйдубанк«»\"несуд]{0,40}") {
        let text = text + &more;
        for signal in signals(&text) {
            prop_assert!(!signal.reasons.is_empty());
            for span in signal.reasons {
                prop_assert!(text.get(span).is_some_and(|word| !word.is_empty()));
            }
        }
    }
}
