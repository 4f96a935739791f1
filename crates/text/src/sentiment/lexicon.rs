//! Words that praise, complain, turn around or set against each other, by stem.

use crate::stem::push_stem;
use crate::tokens::Tokens;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static WORDS: LazyLock<FxHashMap<String, Role>> = LazyLock::new(read);

/// Words after a negation that it turns around.
const REACH: usize = 3;

/// What a word does to the sense of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Praise,
    Complaint,
    Negation,
    Contrast,
}

/// A word as sentiment sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sense {
    pub role: Option<Role>,
    /// Does a negation before it turn it around?
    pub negated: bool,
    /// Number of its clause, ascending from 0.
    pub clause: u32,
    /// Number of the stretch between commas and stops that it stands in.
    pub stretch: u32,
    /// Does its clause begin with a contrast, «но …»?
    pub contrasted: bool,
}

impl Sense {
    /// 1 for praise, −1 for a complaint, turned around by a negation; else 0.
    pub fn polarity(self) -> i32 {
        let plain = match self.role {
            Some(Role::Praise) => 1,
            Some(Role::Complaint) => -1,
            _ => 0,
        };
        if self.negated { -plain } else { plain }
    }
}

/// The sense of each word of `text`.
pub(crate) fn read_senses(text: &str, tokens: &Tokens) -> Vec<Sense> {
    let mut senses = Vec::with_capacity(tokens.len());
    let (mut clause, mut contrasted, mut reach, mut end) = (0, false, 0, 0);
    let (mut said, mut stretch) = (false, 0);
    for token in tokens.iter() {
        let role = WORDS.get(token.form).or_else(|| WORDS.get(token.stem)).copied();
        let gap = &text[end..token.span.start];
        let stops = gap.contains(['.', '!', '?', ';', '…', '\n', '—', '–', '(', ')']);
        let comma = gap.contains(',');
        let turns = role == Some(Role::Contrast) || comma && token.form == "а";
        if stops || turns || comma && said {
            clause += 1;
            contrasted = turns || contrasted && !stops;
            said = false;
        }
        if stops || turns || comma {
            reach = 0;
            stretch += 1;
        }
        senses.push(Sense { role, negated: reach > 0, clause, stretch, contrasted });
        said |= matches!(role, Some(Role::Praise | Role::Complaint));
        reach = if role == Some(Role::Negation) { REACH } else { reach.saturating_sub(1) };
        end = token.span.end;
    }
    senses
}

/// What the words say by themselves and turned around, to be learnt along: phrases, and whether they praise.
pub(super) fn phrases() -> Vec<(String, bool)> {
    let mut phrases = Vec::new();
    for (role, word) in words() {
        let russian = word.starts_with(|c: char| !c.is_ascii());
        let praise = match role {
            Role::Praise => true,
            Role::Complaint => false,
            _ => continue,
        };
        let turned = match (russian, praise) {
            (true, true) => ["не", "совсем не", "нельзя сказать, что"],
            (true, false) => ["без", "не", "никаких"],
            (false, true) => ["not", "isn't", "I don't"],
            (false, false) => ["no", "never", "without"],
        };
        phrases.push((word.to_owned(), praise));
        phrases.extend(turned.iter().map(|negation| (format!("{negation} {word}"), !praise)));
    }
    phrases
}

fn read() -> FxHashMap<String, Role> {
    let mut roles = FxHashMap::default();
    for (role, word) in words() {
        let mut stem = String::new();
        push_stem(word, &mut stem);
        // Small words count in their own form only: the stem of «но» is that of other words too.
        if matches!(role, Role::Praise | Role::Complaint) && stem.chars().count() >= 3 {
            roles.entry(stem).or_insert(role);
        }
        roles.insert(word.to_owned(), role);
    }
    roles
}

/// The words of the list.
fn words() -> impl Iterator<Item = (Role, &'static str)> {
    let lists =
        include_str!("../../data/sentiment/words.txt").lines().filter_map(|line| line.split_once(": "));
    lists.flat_map(|(role, list)| {
        let role = match role {
            "+" => Some(Role::Praise),
            "-" => Some(Role::Complaint),
            "not" => Some(Role::Negation),
            "but" => Some(Role::Contrast),
            _ => None,
        };
        list.split_whitespace().filter_map(move |word| Some((role?, word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let tokens = Tokens::new(text);
        let senses = read_senses(text, &tokens);
        let word = |(token, sense): (crate::Token<'_>, &Sense)| {
            format!(
                "{}{}{} ",
                sense.clause,
                ["-", "=", "+"][(sense.polarity() + 1) as usize],
                &text[token.span]
            )
        };
        tokens.iter().zip(&senses).map(word).collect()
    }

    #[test]
    fn negations_turn_around_and_contrasts_part() {
        for (text, senses) in [
            ("Банк хороший, но очередь ужасная", "0=Банк 0+хороший 1=но 1-очередь 1-ужасная "),
            ("не очень удобно", "0=не 0=очень 0-удобно "),
            ("No problems, fast", "0=No 0+problems 1+fast "),
            ("Карта, которую ждал. Спасибо!", "0=Карта 0=которую 0-ждал 1+Спасибо "),
            ("I don't like it, works badly", "0=I 0=don't 0=like 0=it 0+works 0-badly "),
        ] {
            assert_eq!(show(text), senses, "{text}");
        }
    }
}
