//! Words of a text: where each stands, its normal form and its stem.

use crate::mask::Kind;
use crate::normalise::{is_invisible, is_letter, is_letter_or_digit, normalise, normalise_into};
use crate::stem::push_stem;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Bytes of the word in the original text.
    pub span: Range<usize>,
    /// The word in normal form (see [`crate::normalise()`]), without apostrophes and the possessive `'s`.
    pub form: &'a str,
    /// The word's Snowball stem, at most 64 characters.
    pub stem: &'a str,
}

/// The words of a text in order, made once and read by rules, search and features.
///
/// A word is a run of letters, digits and marks; a hyphen parts words, an apostrophe inside a word does not. The typed
/// tokens that masking leaves (`[phone]`) are not words.
///
/// `Tokens::new("Переводы [phone]: don't")` has the words `переводы` (stem `перевод`, bytes 0..16) and `dont`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    places: Vec<Place>,
    forms: String,
    stems: String,
    by_stem: Vec<u32>,
    marks: Marks,
}

/// One of a few hundred numbers that a word falls on: words with different marks differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mark(u8);

impl Mark {
    /// The mark of all words with this stem.
    pub fn of_stem(stem: &str) -> Self {
        Self::of(stem.bytes())
    }

    /// The mark of all words that begin with the first two letters of `form`.
    pub fn of_start(form: &str) -> Self {
        let two = form.char_indices().nth(2).map_or(form, |(end, _)| &form[..end]);
        Self::of(two.bytes())
    }

    fn of(bytes: impl Iterator<Item = u8>) -> Self {
        let hash = bytes.fold(0, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self((hash >> 24) as u8)
    }
}

/// The marks of a text's words, by stem and by start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Marks([u64; 4]);

impl Marks {
    fn add(&mut self, Mark(mark): Mark) {
        self.0[usize::from(mark / 64)] |= 1 << (mark % 64);
    }

    fn has(&self, Mark(mark): Mark) -> bool {
        self.0[usize::from(mark / 64)] & 1 << (mark % 64) != 0
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    span: Range<usize>,
    form: Range<usize>,
    stem: Range<usize>,
}

/// The stems of a text joined by single spaces: what a search index stores.
///
/// `stems("Перевели деньги, дважды!")` is `"перевел деньг дважд"`.
pub fn stems(text: &str) -> String {
    Tokens::read(text).stems
}

impl Tokens {
    /// Splits `text` into words. Linear in its length; no input fails.
    pub fn new(text: &str) -> Self {
        let mut tokens = Self::read(text);
        let mut by_stem: Vec<u32> = (0u32..).take(tokens.len()).collect();
        by_stem
            .sort_unstable_by(|&a, &b| tokens.stem(a as usize).cmp(tokens.stem(b as usize)).then(a.cmp(&b)));
        tokens.by_stem = by_stem;
        for at in 0..tokens.len() {
            let (stem, start) = (Mark::of_stem(tokens.stem(at)), Mark::of_start(tokens.form(at)));
            tokens.marks.add(stem);
            tokens.marks.add(start);
        }
        tokens
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Is there no word at all?
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The words in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Token<'_>> {
        self.places.iter().map(|place| Token {
            span: place.span.clone(),
            form: &self.forms[place.form.clone()],
            stem: &self.stems[place.stem.clone()],
        })
    }

    /// All stems joined by single spaces, as [`stems`] gives them.
    pub fn stems(&self) -> &str {
        &self.stems
    }

    /// Numbers of the words with this stem, ascending.
    pub fn positions(&self, stem: &str) -> &[u32] {
        let from = self.by_stem.partition_point(|&at| self.stem(at as usize) < stem);
        let count = self.by_stem[from..].partition_point(|&at| self.stem(at as usize) == stem);
        &self.by_stem[from..from + count]
    }

    /// Can a word with this mark occur? Where not, nothing needs to be compared.
    pub(crate) fn may_have(&self, mark: Mark) -> bool {
        self.marks.has(mark)
    }

    /// Does a word with this stem occur?
    pub(crate) fn has_stem(&self, stem: &str) -> bool {
        self.by_stem.binary_search_by(|&at| self.stem(at as usize).cmp(stem)).is_ok()
    }

    /// Bytes of word number `at` in the original text.
    pub(crate) fn span(&self, at: usize) -> Range<usize> {
        self.places[at].span.clone()
    }

    pub(crate) fn form(&self, at: usize) -> &str {
        &self.forms[self.places[at].form.clone()]
    }

    pub(crate) fn stem(&self, at: usize) -> &str {
        &self.stems[self.places[at].stem.clone()]
    }

    fn read(text: &str) -> Self {
        let mut tokens = Self::default();
        let mut word = String::new();
        let mut from = 0;
        while let Some(span) = next_word(text, from) {
            from = span.end;
            tokens.push(text, span, &mut word);
        }
        tokens
    }

    /// `word` is a buffer that lives longer than one call, to save allocations.
    fn push(&mut self, text: &str, span: Range<usize>, word: &mut String) {
        word.clear();
        let plain = normalise_into(&text[span.clone()], word);
        if !plain {
            *word = word.replace('’', "'");
            word.retain(|c| is_letter_or_digit(c) || c == '\'' || is_combining_mark(c));
            // Marks that a dropped character kept apart come into their order.
            *word = normalise(word);
        }
        if word.contains('\'') {
            // «bank's» is «bank», «don't» is «dont».
            *word = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
        }
        if !plain {
            // A form that begins with a mark would not be found again in a text.
            let marks = word.len() - word.trim_start_matches(|c| !starts_word(c)).len();
            word.drain(..marks);
        }
        let form_start = self.forms.len();
        self.forms.push_str(word);
        if self.forms.len() == form_start {
            return;
        }
        if !self.stems.is_empty() {
            self.stems.push(' ');
        }
        let stem_start = self.stems.len();
        push_stem(word, &mut self.stems);
        self.places.push(Place {
            span,
            form: form_start..self.forms.len(),
            stem: stem_start..self.stems.len(),
        });
    }
}

/// Bytes of the first word that begins at or after `from`.
fn next_word(text: &str, mut from: usize) -> Option<Range<usize>> {
    loop {
        let rest = text.get(from..)?;
        let start = from + rest.find(|c: char| starts_word(c) || c == '[')?;
        match Kind::read_token(&text[start..]) {
            Some((_, length)) => from = start + length,
            None if text[start..].starts_with('[') => from = start + 1,
            None => return Some(start..word_end(text, start)),
        }
    }
}

fn starts_word(c: char) -> bool {
    is_letter_or_digit(c) && !is_combining_mark(c)
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].chars();
    while let Some(c) = rest.next() {
        let inside = is_letter_or_digit(c)
            || is_combining_mark(c)
            || is_invisible(c)
            || matches!(c, '\'' | '’') && rest.clone().next().is_some_and(is_letter);
        if !inside {
            break;
        }
        end = text.len() - rest.as_str().len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use proptest::prelude::*;

    fn show(text: &str) -> String {
        Tokens::new(text).iter().map(|t| format!("{}={}/{} ", &text[t.span], t.form, t.stem)).collect()
    }

    #[test]
    fn words_carry_places_forms_and_stems() {
        expect!["Переводы=переводы/перевод don't=dont/dont интернет=интернет/интернет банка=банка/банк "]
            .assert_eq(&show("Переводы [phone]: don't; интернет-банка"));
        expect!["customers=customers/custom bank's=bank/bank "].assert_eq(&show("customers’ bank's"));
        expect!["Ёлки=елки/елк 24=24/24 7=7/7 x=x/x ы=ы/ы ее=ее/е й=й/й "]
            .assert_eq(&show("Е\u{308}лки 24/7 [x] [name]ы ее и\u{306}"));
        assert!(Tokens::new("\u{2de0}\u{1133b} \u{fe72}").is_empty());
    }

    #[test]
    fn index_finds_every_position() {
        let tokens = Tokens::new("карта, деньги, картой; карты");
        assert_eq!(tokens.positions("карт"), [0, 2, 3]);
        assert_eq!(tokens.positions("нет"), [0u32; 0]);
    }

    proptest! {
        #[test]
        fn spans_ascend_and_stems_match_the_index(text in any::<String>()) {
            let tokens = Tokens::new(&text);
            let mut end = 0;
            for (at, token) in tokens.iter().enumerate() {
                prop_assert!(end <= token.span.start && token.span.start < token.span.end);
                prop_assert!(text.get(token.span.clone()).is_some());
                prop_assert!(!token.stem.is_empty() && !token.stem.contains(char::is_whitespace));
                prop_assert!(tokens.positions(token.stem).contains(&(at as u32)));
                end = token.span.end;
            }
            prop_assert_eq!(stems(&text), tokens.stems());
        }
    }
}
