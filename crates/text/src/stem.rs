//! Snowball stems, Russian for Cyrillic and English for Latin words, remembered per thread.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// Words that a thread remembers; when so many are known, it forgets all of them and starts anew.
const REMEMBERED_WORDS: usize = 1 << 16;

/// Longest stem, in characters: databases bound the size of an indexed word.
const LONGEST_STEM: usize = 64;

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
    STEMS.with_borrow_mut(|stems| out.push_str(stems.of(form)));
}

impl Stems {
    fn new() -> Self {
        Self {
            known: FxHashMap::default(),
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
        }
    }

    fn of(&mut self, form: &str) -> &str {
        if !self.known.contains_key(form) {
            if self.known.len() >= REMEMBERED_WORDS {
                self.known.clear();
            }
            let stem = self.compute(form);
            self.known.insert(form.into(), stem);
        }
        &self.known[form]
    }

    fn compute(&self, form: &str) -> Box<str> {
        let short = match form.char_indices().nth(LONGEST_STEM) {
            Some((end, _)) => return form[..end].replace('\'', "").into(),
            None => form,
        };
        let stemmer =
            if short.chars().any(|c| matches!(c, 'а'..='я')) { &self.russian } else { &self.english };
        let stem = stemmer.stem(short).replace('\'', "");
        // A word that is all ending («ее») stays whole: an empty stem could not be found again.
        if stem.is_empty() { short.replace('\'', "").into() } else { stem.into() }
    }
}
