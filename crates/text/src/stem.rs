//! Snowball stems, Russian for Cyrillic and English for Latin words, remembered per thread.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::LazyLock;

/// Words that a thread remembers; when so many are known, it forgets all of them and starts anew.
const REMEMBERED_WORDS: usize = 1 << 16;

/// Longest stem, in characters: databases bound the size of an indexed word.
const LONGEST_STEM: usize = 64;

/// Forms that the stemmer cuts wrongly («кредит» as if it were a verb), each with a word whose stem it takes.
static MODELS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../data/stems_ru.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

thread_local! {
    static STEMS: RefCell<Stems> = RefCell::new(Stems::new());
}

struct Stems {
    known: FxHashMap<Box<str>, Box<str>>,
    russian: Stemmer,
    english: Stemmer,
}

/// Appends the stem of `form`, one word in normal form, to `out`.
pub(crate) fn push_stem(form: &str, out: &mut String) {
    STEMS.with_borrow_mut(|stems| match stems.known.get(form) {
        Some(stem) => out.push_str(stem),
        None => out.push_str(stems.learn(form)),
    });
}

impl Stems {
    fn new() -> Self {
        Self {
            known: FxHashMap::default(),
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
        }
    }

    fn learn(&mut self, form: &str) -> &str {
        if self.known.len() >= REMEMBERED_WORDS {
            self.known.clear();
        }
        let stem = self.compute(form);
        self.known.entry(form.into()).or_insert(stem)
    }

    fn compute(&self, form: &str) -> Box<str> {
        let form = MODELS.get(form).copied().unwrap_or(form);
        let short = form.char_indices().nth(LONGEST_STEM).map_or(form, |(end, _)| &form[..end]);
        let stemmer =
            if short.chars().any(|c| matches!(c, 'а'..='я')) { &self.russian } else { &self.english };
        let stem = stemmer.stem(short);
        // A word that is all ending («ее») stays whole: an empty stem could not be found again.
        if stem.is_empty() { short.into() } else { stem.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stem(form: &str) -> String {
        let mut stem = String::new();
        push_stem(form, &mut stem);
        stem
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for (form, other) in
            [("кредит", "кредиты"), ("денег", "деньгами"), ("переводы", "перевод"), ("fees", "fee")]
        {
            assert_eq!(stem(form), stem(other), "{form}");
        }
        assert!(stem(&"ы".repeat(100)).chars().count() <= 64);
    }

    #[test]
    fn every_model_changes_the_stem_and_is_none_itself() {
        for (form, model) in MODELS.iter() {
            let plain = Stems::new().russian.stem(form).into_owned();
            assert_ne!(plain, stem(form), "{form} needs no model");
            assert!(!MODELS.contains_key(model), "{model}");
        }
    }
}
