//! Near-duplicates (V12): texts sent again, with a word or two changed.
//!
//! Runs of four characters are hashed into a signature (`MinHash`; Broder, 1997); texts that share a band of it are
//! candidates, and candidates are checked by the cosine of their runs.

use crate::normalise::{is_letter_or_digit, normalise};
use rustc_hash::FxHashMap;

/// Characters of a run.
const RUN: usize = 4;

/// Texts whose runs have at least this cosine are the same.
const SAME: f64 = 0.8;

/// Bands of a signature and hashes of a band: of texts as alike as [`SAME`] hardly one in a thousand shares no band.
const BANDS: usize = 20;
const ROWS: usize = 3;

/// Texts of a band that a text is checked against: the first stand for the rest.
const CHECKED: usize = 8;

/// Characters that are read.
const LONGEST: usize = 4_000;

/// Runs of a text with how often they occur, ascending.
type Runs = Vec<(u64, u32)>;

/// For each text the number of the first text that it nearly repeats, or its own.
///
/// Texts of fewer than four letters and digits repeat only the very same. Linear in the texts but for many candidates.
///
/// `duplicates(&["Верните мне деньги за перевод", "Верните мне деньги за перевод!!", "Спасибо"])` is `[0, 0, 2]`.
pub fn duplicates(texts: &[&str]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..texts.len()).collect();
    let mut seen: FxHashMap<(usize, u64), Vec<usize>> = FxHashMap::default();
    let mut runs_of: Vec<Runs> = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        let runs = runs(text);
        let bands = bands(&runs);
        let candidates =
            bands.iter().enumerate().filter_map(|(band, hash)| seen.get(&(band, *hash))).flatten();
        let mut candidates: Vec<usize> = candidates.copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        if let Some(same) = candidates.into_iter().find(|other| cosine(&runs, &runs_of[*other]) >= SAME) {
            first[number] = first[same];
        } else {
            for (band, hash) in bands.into_iter().enumerate() {
                let own = seen.entry((band, hash)).or_default();
                if own.len() < CHECKED {
                    own.push(number);
                }
            }
        }
        runs_of.push(runs);
    }
    first
}

fn runs(text: &str) -> Runs {
    let mut letters: Vec<char> = Vec::new();
    for c in normalise(text).chars().take(LONGEST) {
        match c {
            c if is_letter_or_digit(c) => letters.push(c),
            _ if letters.last().is_some_and(|last| *last != ' ') => letters.push(' '),
            _ => {}
        }
    }
    if letters.last() == Some(&' ') {
        letters.pop();
    }
    let hash = |run: &[char]| run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| mix(hash ^ u64::from(*c)));
    let mut hashes: Vec<u64> = match letters.len() {
        0 => Vec::new(),
        1..RUN => vec![hash(&letters)],
        _ => letters.windows(RUN).map(hash).collect(),
    };
    hashes.sort_unstable();
    hashes.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

fn mix(hash: u64) -> u64 {
    let hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}

/// A hash for each band; a text without runs has none.
fn bands(runs: &Runs) -> Vec<u64> {
    if runs.is_empty() {
        return Vec::new();
    }
    let least = |seed: u64| runs.iter().map(|(run, _)| mix(run ^ mix(seed))).min().unwrap_or(0);
    (0..BANDS as u64)
        .map(|band| (0..ROWS as u64).fold(band, |hash, row| mix(hash ^ least(1 + band * ROWS as u64 + row))))
        .collect()
}

fn cosine(a: &Runs, b: &Runs) -> f64 {
    let square = |runs: &Runs| runs.iter().map(|(_, times)| f64::from(*times).powi(2)).sum::<f64>();
    let (mut at, mut product) = (0, 0.0);
    for (run, times) in a {
        while b.get(at).is_some_and(|(other, _)| other < run) {
            at += 1;
        }
        if let Some((_, others)) = b.get(at).filter(|(other, _)| other == run) {
            product += f64::from(*times) * f64::from(*others);
        }
    }
    product / (square(a) * square(b)).sqrt().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_sent_again_are_found() {
        let texts = [
            "Добрый день! Второй день не могу войти в приложение, помогите",
            "Спасибо, всё хорошо",
            "добрый день, второй день не могу войти в приложение, помогите!!!",
            "Добрый день! Третий день не могу войти в приложение, помогите пожалуйста",
            "",
            "ок",
            "Ок!",
            "Приложение хорошее, войти легко",
            "",
        ];
        assert_eq!(duplicates(&texts), [0, 1, 0, 0, 4, 5, 5, 7, 8]);
    }

    #[test]
    fn a_tenth_of_the_words_may_change() {
        let words: Vec<String> = (0..40).map(|word| format!("слово{}", word * 7919 % 1000)).collect();
        let texts: Vec<String> = (0..100)
            .map(|text| {
                let mut own = words.clone();
                (0..4).for_each(|at| own[(text * 11 + at * 10) % 40] = format!("иное{text}"));
                own.join(" ")
            })
            .chain([words.join(" ")])
            .collect();
        let texts: Vec<&str> = texts.iter().rev().map(String::as_str).collect();
        let found = duplicates(&texts).iter().filter(|first| **first == 0).count();
        assert!(found >= 99, "{found} of 101");
    }
}
