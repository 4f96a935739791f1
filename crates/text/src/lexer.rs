//! Words, phrases and signs of a rule or of a search, each with its place.

use crate::tokens::{Mark, Tokens};

/// A word of a rule or of a search, and how a text's word has to equal it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    pub form: String,
    pub stem: String,
    pub how: How,
    /// What [`Tokens::may_have`] is asked for.
    pub mark: Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum How {
    /// `карта`: the stems are equal.
    Stem,
    /// `=карта`: the normal forms are equal.
    Form,
    /// `карт*`: the normal form begins so.
    Prefix,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lexeme {
    /// One word, or several that follow each other.
    Words {
        words: Vec<Word>,
        closed: bool,
    },
    And,
    Or,
    Not,
    /// `~5`; without a number `None`.
    Near(Option<u32>),
    Open,
    Close,
}

/// Signs that end a word without a space.
const BREAKS: [char; 12] = ['(', ')', '|', '&', '~', '"', '«', '»', '“', '”', '„', '\u{0}'];

/// Splits `text` into lexemes, each with the number of its first character. `operator` tells which words are signs.
pub(crate) fn read(text: &str, operator: fn(&str) -> Option<Lexeme>) -> Vec<(usize, Lexeme)> {
    let mut lexer = Lexer { rest: text, at: 0, operator };
    std::iter::from_fn(|| lexer.next()).collect()
}

struct Lexer<'a> {
    rest: &'a str,
    /// Characters read.
    at: usize,
    operator: fn(&str) -> Option<Lexeme>,
}

impl<'a> Lexer<'a> {
    fn next(&mut self) -> Option<(usize, Lexeme)> {
        loop {
            self.skip(self.rest.len() - self.rest.trim_start().len());
            let at = self.at;
            let first = self.rest.chars().next()?;
            let lexeme = match first {
                '(' => self.sign(first, Lexeme::Open),
                ')' => self.sign(first, Lexeme::Close),
                '|' => self.sign(first, Lexeme::Or),
                '&' => self.sign(first, Lexeme::And),
                '~' => self.near(),
                '-' | '−' | '–' | '!' => self.not(first),
                '"' | '«' | '“' | '„' => self.phrase(false),
                '=' => self.exact(),
                '»' | '”' | '\0' => self.ignore(first),
                _ => self.word(),
            };
            if let Some(lexeme) = lexeme {
                return Some((at, lexeme));
            }
        }
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, rest) = self.rest.split_at(bytes);
        self.at += skipped.chars().count();
        self.rest = rest;
        skipped
    }

    fn sign(&mut self, sign: char, lexeme: Lexeme) -> Option<Lexeme> {
        self.skip(sign.len_utf8());
        Some(lexeme)
    }

    fn ignore(&mut self, sign: char) -> Option<Lexeme> {
        self.skip(sign.len_utf8());
        None
    }

    fn near(&mut self) -> Option<Lexeme> {
        self.skip(1);
        let digits = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = self.skip(digits);
        let distance = if number.is_empty() { None } else { Some(number.parse().unwrap_or(u32::MAX)) };
        Some(Lexeme::Near(distance))
    }

    /// A dash between spaces is punctuation.
    fn not(&mut self, sign: char) -> Option<Lexeme> {
        self.skip(sign.len_utf8());
        self.rest.starts_with(|c: char| !c.is_whitespace()).then_some(Lexeme::Not)
    }

    fn exact(&mut self) -> Option<Lexeme> {
        if self.rest[1..].starts_with(['"', '«', '“', '„']) {
            self.skip(1);
            return self.phrase(true);
        }
        self.word()
    }

    fn phrase(&mut self, exact: bool) -> Option<Lexeme> {
        let open = self.rest.chars().next()?;
        self.skip(open.len_utf8());
        let closers: &[char] = match open {
            '"' => &['"'],
            '«' => &['»'],
            _ => &['”', '“', '"'],
        };
        let end = self.rest.find(closers);
        let inside = self.skip(end.unwrap_or(self.rest.len()));
        if let Some(closer) = self.rest.chars().next() {
            self.skip(closer.len_utf8());
        }
        let mut words: Vec<Word> = inside.split_whitespace().flat_map(words).collect();
        if exact {
            words.iter_mut().filter(|word| word.how == How::Stem).for_each(|word| word.how = How::Form);
        }
        let closed = end.is_some();
        (!words.is_empty() || !closed).then_some(Lexeme::Words { words, closed })
    }

    fn word(&mut self) -> Option<Lexeme> {
        let end = self.rest.find(|c: char| c.is_whitespace() || BREAKS.contains(&c));
        let chunk = self.skip(end.unwrap_or(self.rest.len()));
        if let Some(operator) = (self.operator)(chunk) {
            return Some(operator);
        }
        let words = words(chunk);
        (!words.is_empty()).then_some(Lexeme::Words { words, closed: true })
    }
}

/// The words of a chunk without spaces: `=form`, `prefix*`, or several joined by punctuation.
fn words(chunk: &str) -> Vec<Word> {
    let exact = chunk.starts_with('=');
    let prefix = chunk.ends_with('*');
    let tokens = Tokens::new(chunk);
    let last = tokens.len().saturating_sub(1);
    let word = |(at, token): (usize, crate::Token)| {
        let how = match () {
            () if prefix && at == last => How::Prefix,
            () if exact => How::Form,
            () => How::Stem,
        };
        let mark = if how == How::Prefix { Mark::of_start(token.form) } else { Mark::of_stem(token.stem) };
        Word { form: token.form.to_owned(), stem: token.stem.to_owned(), how, mark }
    };
    tokens.iter().enumerate().map(word).collect()
}
