//! Names of themes: phrases that their texts have and others have not, as customers write them.

use crate::tokens::Tokens;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Words of a phrase at most.
const LONGEST: usize = 3;

/// Texts that are read for a name.
const MOST_TEXTS: usize = 400;

/// A second phrase is told if it says at least this share of what the first says.
const SECOND: f64 = 0.35;

/// Phrases are worth more by this for each further word: longer ones are easier to read.
const PER_WORD: f64 = 0.35;

/// Words that a name neither begins nor ends with.
static SMALL: LazyLock<rustc_hash::FxHashSet<&str>> = LazyLock::new(|| {
    let lines =
        include_str!("../../data/theme/small_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

#[derive(Default)]
struct Phrase {
    texts: u32,
    /// How often each surface form occurs.
    forms: FxHashMap<String, u32>,
}

/// The name of each group; `kept` are the texts' numbers of the groups' members.
pub(super) fn name(groups: &[Vec<usize>], kept: &[usize], texts: &[&str], tokens: &[Tokens]) -> Vec<String> {
    let mut everywhere: FxHashMap<String, u32> = FxHashMap::default();
    let every = kept.len().div_ceil(20_000).max(1);
    let sample: Vec<usize> = kept.iter().copied().step_by(every).collect();
    for text in &sample {
        let mut seen: Vec<String> = Vec::new();
        for_each_phrase(&tokens[*text], |stems, _| seen.push(stems));
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().for_each(|stems| *everywhere.entry(stems).or_default() += 1);
    }
    let mut taken: FxHashMap<String, u32> = FxHashMap::default();
    let name = |group: &Vec<usize>| {
        let members: Vec<usize> = group.iter().map(|at| kept[*at]).collect();
        let name = name_of(&members, texts, tokens, &everywhere, sample.len());
        let times = taken.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 { format!("{name} ({times})") } else { name }
    };
    groups.iter().map(name).collect()
}

fn name_of(
    members: &[usize],
    texts: &[&str],
    tokens: &[Tokens],
    everywhere: &FxHashMap<String, u32>,
    all: usize,
) -> String {
    let mut phrases: FxHashMap<String, Phrase> = FxHashMap::default();
    let every = members.len().div_ceil(MOST_TEXTS);
    let read: Vec<usize> = members.iter().copied().step_by(every).collect();
    for text in &read {
        let mut seen: Vec<String> = Vec::new();
        for_each_phrase(&tokens[*text], |stems, span| {
            let phrase = phrases.entry(stems.clone()).or_default();
            *phrase.forms.entry(texts[*text][span].to_lowercase()).or_default() += 1;
            if !seen.contains(&stems) {
                phrase.texts += 1;
                seen.push(stems);
            }
        });
    }
    let worth = |stems: &str, phrase: &Phrase| {
        let inside = f64::from(phrase.texts) / read.len() as f64;
        let outside = f64::from(everywhere.get(stems).copied().unwrap_or(0)) / all.max(1) as f64;
        let odds = ((inside + 0.01) / (outside + 0.01)).ln().max(0.0);
        inside * odds * (1.0 + PER_WORD * stems.matches(' ').count() as f64)
    };
    let least = if read.len() > 3 { 2 } else { 1 };
    let mut ranked: Vec<(f64, &String, &Phrase)> = phrases
        .iter()
        .filter(|(_, phrase)| phrase.texts >= least)
        .map(|(stems, phrase)| (worth(stems, phrase), stems, phrase))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let Some((most, first, phrase)) = ranked.first() else {
        return members.first().map(|text| short(texts[*text])).unwrap_or_default();
    };
    let mut name = surface(phrase);
    let words: Vec<&str> = first.split(' ').collect();
    let other =
        ranked.iter().skip(1).find(|(_, stems, _)| stems.split(' ').all(|stem| !words.contains(&stem)));
    if let Some((own, _, phrase)) = other
        && *own >= SECOND * most
    {
        name = format!("{name}, {}", surface(phrase));
    }
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(name)
}

/// The most frequent form of a phrase.
fn surface(phrase: &Phrase) -> String {
    let most = phrase.forms.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
    most.map(|(form, _)| form.clone()).unwrap_or_default()
}

/// The beginning of a text.
fn short(text: &str) -> String {
    text.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}

/// Calls `found` with the stems and the bytes of each phrase that a name can have.
fn for_each_phrase(tokens: &Tokens, mut found: impl FnMut(String, std::ops::Range<usize>)) {
    let words: Vec<crate::Token<'_>> = tokens.iter().collect();
    for first in 0..words.len() {
        if is_small(&words[first]) && !is_negation(&words[first]) {
            continue;
        }
        let mut stems = String::new();
        for (length, word) in words[first..].iter().enumerate().take(LONGEST) {
            if length > 0 {
                // What a sign parts is no phrase: words of one stand one space apart.
                if words[first + length - 1].span.end + 1 != word.span.start {
                    break;
                }
                stems.push(' ');
            }
            stems.push_str(word.stem);
            let ends_small = is_small(word);
            if !ends_small {
                found(stems.clone(), words[first].span.start..word.span.end);
            }
        }
    }
}

fn is_small(word: &crate::Token<'_>) -> bool {
    SMALL.contains(word.form)
        || word.form.chars().count() < 2
        || word.form.chars().all(|c| c.is_ascii_digit())
}

/// «не работает» says what «работает» does not.
fn is_negation(word: &crate::Token<'_>) -> bool {
    matches!(
        word.form,
        "не" | "нет" | "no" | "not" | "cant" | "cannot" | "wont" | "doesnt" | "didnt" | "dont"
    )
}
