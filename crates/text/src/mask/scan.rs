//! Cuts a text into words, digit groups, spaces and signs, the pieces that recognisers read.

use super::kind::Kind;
use super::lexicon::{self, Flags};
use crate::normalise::{is_invisible, is_letter};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `иван`
    Lower,
    /// `Иван`, `Анна-Мария`
    Capital,
    /// `ИВАН`
    Upper,
    /// `И`: one capital letter.
    Initial,
    /// `iPhone`
    Mixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Word(Case),
    Digits,
    /// Spaces within a line.
    Space,
    /// Any other character; dashes are `-`, line ends `\n`.
    Sign(char),
    /// A typed token that masking left.
    Token(Kind),
}

#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub form: Form,
    /// Bytes in the text.
    pub span: Range<usize>,
    /// Bytes in [`Scan::folded`]: words in lower case with `ё` as `е`, digits as ASCII.
    folded: Range<usize>,
    /// What the lexicon knows about the word.
    pub flags: Flags,
}

pub(super) struct Scan<'a> {
    pub text: &'a str,
    folded: String,
    pub pieces: Vec<Piece>,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Self {
        let pieces = Vec::with_capacity(text.len() / 3);
        let mut scan = Self { text, folded: String::with_capacity(text.len()), pieces };
        let mut at = 0;
        while at < text.len() {
            at = scan.push(at);
        }
        scan
    }

    /// The folded text of a word or digit group.
    pub fn folded(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| &self.folded[piece.folded.clone()])
    }

    pub fn form(&self, at: usize) -> Option<Form> {
        self.pieces.get(at).map(|piece| piece.form)
    }

    pub fn flags(&self, at: usize) -> Flags {
        self.pieces.get(at).map_or(Flags::NONE, |piece| piece.flags)
    }

    pub fn is_word(&self, at: usize) -> bool {
        matches!(self.form(at), Some(Form::Word(_)))
    }

    pub fn is_sign(&self, at: usize, sign: char) -> bool {
        self.form(at) == Some(Form::Sign(sign))
    }

    /// The piece after `at`, spaces skipped.
    pub fn after_space(&self, at: usize) -> usize {
        if self.form(at) == Some(Form::Space) { at + 1 } else { at }
    }

    /// The next word when nothing but a space lies between.
    pub fn next_word(&self, at: usize) -> Option<usize> {
        (self.form(at + 1) == Some(Form::Space) && self.is_word(at + 2)).then_some(at + 2)
    }

    /// The word before `at`, skipping what `light` accepts.
    pub fn word_before(&self, at: usize, light: impl Fn(Form) -> bool) -> Option<usize> {
        let before = (0..at).rev().find(|&i| !light(self.pieces[i].form))?;
        self.is_word(before).then_some(before)
    }

    /// Bytes of the text from piece `first` to before piece `end`.
    pub fn span(&self, first: usize, end: usize) -> Range<usize> {
        self.pieces[first].span.start..self.pieces[end - 1].span.end
    }

    /// Appends the piece that begins at byte `at` and returns where it ends.
    fn push(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let folded_start = self.folded.len();
        let Some(c) = rest.chars().next() else { return self.text.len() };
        let (form, length) = if let Some((kind, length)) = Kind::read_token(rest) {
            (Form::Token(kind), length)
        } else if digit(c).is_some() {
            (Form::Digits, self.read_digits(rest))
        } else if is_letter(c) {
            self.read_word(rest)
        } else if is_space(c) {
            (Form::Space, rest.find(|c| !is_space(c)).unwrap_or(rest.len()))
        } else {
            (Form::Sign(plain_sign(c)), c.len_utf8())
        };
        let flags = match form {
            Form::Word(_) => lexicon::flags(&self.folded[folded_start..]),
            Form::Sign(sign) => lexicon::sign_flags(sign),
            _ => Flags::NONE,
        };
        let folded = folded_start..self.folded.len();
        self.pieces.push(Piece { form, span: at..at + length, folded, flags });
        at + length
    }

    fn read_digits(&mut self, rest: &str) -> usize {
        let mut length = 0;
        for (at, c) in rest.char_indices() {
            match digit(c) {
                Some(digit) => self.folded.push(digit),
                None if is_invisible(c) => continue,
                None => break,
            }
            length = at + c.len_utf8();
        }
        length
    }

    fn read_word(&mut self, rest: &str) -> (Form, usize) {
        let mut length = 0;
        let (mut upper, mut lower, mut mixed) = (0, 0, false);
        let mut part_start = true;
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            let letter_follows = || chars.clone().next().is_some_and(|(_, next)| is_letter(next));
            let (is_upper, is_lower) = match c {
                'а'..='я' | 'a'..='z' | 'ё' => (false, true),
                'А'..='Я' | 'A'..='Z' | 'Ё' => (true, false),
                c => (c.is_uppercase(), !c.is_uppercase() && c.is_alphabetic()),
            };
            match c {
                'а'..='я' | 'a'..='z' => self.folded.push(c),
                'ё' | 'Ё' => self.folded.push('е'),
                'A'..='Z' => self.folded.push(c.to_ascii_lowercase()),
                c if is_letter(c) => self.folded.extend(c.to_lowercase()),
                '-' | '\'' if letter_follows() => self.folded.push(c),
                '‐' | '‑' if letter_follows() => self.folded.push('-'),
                '’' | '`' if letter_follows() => self.folded.push('\''),
                '/' if at == length && is_abbreviation(rest, at) => self.folded.push(c),
                c if is_combining_mark(c) || is_invisible(c) => {}
                _ => break,
            }
            upper += u32::from(is_upper);
            lower += u32::from(is_lower);
            mixed |= is_upper && !part_start;
            part_start = !is_letter(c);
            length = at + c.len_utf8();
        }
        let first_upper = rest.chars().next().is_some_and(char::is_uppercase);
        let case = match (upper, lower) {
            (0, _) => Case::Lower,
            (1, 0) => Case::Initial,
            (_, 0) => Case::Upper,
            _ if first_upper && !mixed => Case::Capital,
            _ => Case::Mixed,
        };
        (Form::Word(case), length)
    }
}

/// `р/с`: one letter, the slash at byte `at`, one letter.
fn is_abbreviation(rest: &str, at: usize) -> bool {
    let mut after = rest[at + 1..].chars();
    rest[..at].chars().count() == 1
        && after.next().is_some_and(char::is_alphabetic)
        && !after.next().is_some_and(char::is_alphanumeric)
}

fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(c as u32 - zero, 10)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r') || is_invisible(c)
}

fn plain_sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '＋' => '+',
        '＠' => '@',
        '（' => '(',
        '）' => ')',
        '．' => '.',
        c => c,
    }
}
