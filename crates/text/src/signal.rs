//! Signals (T4): a text in which a customer threatens to leave, turns to court, regulator or press, tells of danger, or
//! is a person who needs care.
//!
//! Rules of the topics' language, Russian and English, find the words (`data/signal/rules.txt`). Words after a negation
//! are no signal, nor are those inside a long quotation: companies' rules are quoted there.

use crate::rule::{Rule, RuleSet};
use crate::sentiment::lexicon::{self, Role, Sense};
use crate::tokens::Tokens;
use std::ops::Range;
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(read);

/// Words of a quotation from which on it is somebody else's text.
const LONG_QUOTATION: usize = 4;

/// What a text calls attention to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignalKind {
    /// The customer leaves or threatens to.
    Leaving,
    /// Court, regulator, police or press.
    Escalation,
    /// Danger to life or health.
    Safety,
    /// A person who needs care: illness, age, bereavement, poverty, children.
    Vulnerable,
}

impl SignalKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Leaving, Self::Escalation, Self::Safety, Self::Vulnerable];

    /// The stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Leaving => "leaving",
            Self::Escalation => "escalation",
            Self::Safety => "safety",
            Self::Vulnerable => "vulnerable",
        }
    }
}

/// A signal and the words that make it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// What it is.
    pub kind: SignalKind,
    /// Bytes of the words, ascending.
    pub reasons: Vec<Range<usize>>,
}

struct Rules {
    set: RuleSet,
    kinds: Vec<SignalKind>,
}

/// The signals of `text`, each kind at most once, in the order of [`SignalKind::ALL`].
///
/// `signals("Закрою счёт и подам в суд")` is `Leaving` («Закрою», «счёт») and `Escalation` («подам», «в», «суд»).
pub fn signals(text: &str) -> Vec<Signal> {
    signals_at(text, &Tokens::new(text))
}

/// [`signals`] of a text whose words are known.
pub fn signals_at(text: &str, tokens: &Tokens) -> Vec<Signal> {
    let mut found = RULES.set.find(tokens);
    if found.is_empty() {
        return Vec::new();
    }
    let senses = lexicon::read_senses(text, tokens);
    let quotations = quotations(text);
    let spans: Vec<Range<usize>> = tokens.iter().map(|token| token.span).collect();
    found.sort_by_key(|rule| RULES.kinds[rule.rule]);
    let mut signals: Vec<Signal> = Vec::new();
    for rule in found {
        let kind = RULES.kinds[rule.rule];
        let said = |span: &Range<usize>| quotations.iter().all(|quoted| !quoted.contains(&span.start));
        let words: Vec<Range<usize>> = rule.spans.into_iter().filter(said).collect();
        if words.is_empty() || is_negated(&words, &spans, &senses, kind) {
            continue;
        }
        match signals.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.reasons.extend(words),
            None => signals.push(Signal { kind, reasons: words }),
        }
    }
    for signal in &mut signals {
        signal.reasons.sort_by_key(|span| span.start);
        signal.reasons.dedup();
    }
    signals
}

/// Does a negation that is no part of the match stand shortly before its last word? Who has no job or does not see is
/// told of by negations, so a vulnerable person is not denied by one.
fn is_negated(words: &[Range<usize>], spans: &[Range<usize>], senses: &[Sense], kind: SignalKind) -> bool {
    let at = |span: &Range<usize>| spans.binary_search_by_key(&span.start, |own| own.start).ok();
    let inside: Vec<usize> = words.iter().filter_map(at).collect();
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return false };
    kind != SignalKind::Vulnerable
        && (first.saturating_sub(NEGATION_REACH)..*last).any(|word| {
            senses[word].role == Some(Role::Negation)
                && senses[word].stretch == senses[*last].stretch
                && !inside.contains(&word)
        })
}

/// Words between a negation and what it denies, and one.
const NEGATION_REACH: usize = 4;

/// Bytes of quotations of several words.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '«' | '“' | '„' | '"') => open = Some((at, c)),
            (Some((start, opener)), '»' | '”' | '"' | '“') if closes(opener, c) => {
                if text[start..at].split_whitespace().count() >= LONG_QUOTATION {
                    found.push(start..at);
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn closes(opener: char, c: char) -> bool {
    match opener {
        '«' => c == '»',
        '"' => c == '"',
        _ => c != '»',
    }
}

/// The shipped rules; a test reads all of them.
fn read() -> Rules {
    let lines = include_str!("../data/signal/rules.txt").lines().filter(|line| !line.starts_with('#'));
    let (kinds, rules) = lines
        .filter_map(|line| line.split_once(": "))
        .filter_map(|(kind, rule)| {
            let kind = SignalKind::ALL.into_iter().find(|own| own.code() == kind)?;
            Some((kind, Rule::parse(rule).ok()?))
        })
        .unzip();
    Rules { set: RuleSet::new(rules), kinds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_rule_is_one() {
        let lines = include_str!("../data/signal/rules.txt").lines();
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let wrong = lines.iter().filter_map(|line| match line.split_once(": ") {
            Some((kind, rule)) if SignalKind::ALL.iter().any(|own| own.code() == kind) => {
                Rule::parse(rule).err().map(|error| format!("{error:?}: {line}"))
            }
            _ => Some((*line).to_owned()),
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
        assert_eq!(RULES.kinds.len(), lines.len());
    }
}
