//! Numbers of contracts and claims, and account numbers with letters: what words before them announce.

use super::checks;
use super::context::Context;
use super::kind::Kind;
use super::lexicon::Flags;
use super::scan::{Case, Form, Scan};

/// Longest number of a contract, in pieces.
const LONGEST: usize = 16;

/// The contract or claim number that begins with piece `at`, and the piece after it.
pub(super) fn recognise(scan: &Scan, at: usize, context: Context) -> Option<(Kind, usize)> {
    let kind = if context.has(Flags::CONTRACT) {
        Kind::Contract
    } else if context.has(Flags::CLAIM) {
        Kind::Claim
    } else if context.has(Flags::PASSPORT) {
        Kind::Passport
    } else {
        return None;
    };
    let number = Number::read(scan, at)?;
    let told = match kind {
        Kind::Passport => number.letters > 0 && number.letters <= 2 && (6..=8).contains(&number.digits),
        _ if number.is_date => false,
        _ if context.numbered => true,
        _ if context.measured || context.distance > 3 || number.is_plain => false,
        _ => number.digits >= 5 || number.letters > 0 && number.digits >= 4,
    };
    told.then_some((kind, number.end))
}

/// The IBAN that begins with the two letters of piece `at`, and the piece after it.
pub(super) fn iban_end(scan: &Scan, at: usize) -> Option<usize> {
    let is_country = scan.form(at) == Some(Form::Word(Case::Upper)) && scan.folded(at).len() == 2;
    if !is_country || scan.form(at + 1) != Some(Form::Digits) {
        return None;
    }
    let (mut number, mut end, mut piece) = (String::new(), None, at);
    while number.len() <= 34 {
        match scan.form(piece) {
            Some(Form::Word(Case::Upper | Case::Initial) | Form::Digits) => {
                number.push_str(scan.folded(piece))
            }
            Some(Form::Space) => {}
            _ => break,
        }
        piece += 1;
        if scan.form(piece - 1) != Some(Form::Space) && number.is_ascii() && checks::iban(&number) {
            end = Some(piece);
        }
    }
    end
}

/// Letters and digits joined by `-`, `/`, `_` or dots, with at least one digit.
struct Number {
    end: usize,
    digits: usize,
    letters: usize,
    is_date: bool,
    /// Rather an amount or a year: «11068.00», «XX/2023».
    is_plain: bool,
}

impl Number {
    fn read(scan: &Scan, at: usize) -> Option<Self> {
        let mut number = Self { end: at, digits: 0, letters: 0, is_date: false, is_plain: false };
        let mut shape = Vec::new();
        let (mut dotted, mut year) = (false, false);
        let mut piece = at;
        while piece < at + LONGEST {
            match scan.form(piece) {
                Some(Form::Digits) => {
                    number.digits += scan.folded(piece).len();
                    shape.push(scan.folded(piece).len());
                    year = scan.folded(piece).starts_with("19") || scan.folded(piece).starts_with("20");
                }
                Some(Form::Word(Case::Lower | Case::Capital))
                    if piece > at && scan.form(piece - 1) == Some(Form::Digits) =>
                {
                    break;
                }
                Some(Form::Word(_)) => number.letters += scan.folded(piece).chars().count(),
                Some(Form::Sign(sign @ ('-' | '/' | '_' | '.' | '\\' | '*'))) if piece > at => {
                    dotted |= sign == '.';
                    piece += 1;
                    continue;
                }
                _ => break,
            }
            piece += 1;
            number.end = piece;
        }
        let plain = number.letters == 0;
        number.is_date =
            matches!(shape[..], [.., 1 | 2, 1 | 2, 2 | 4]) || plain && matches!(shape[..], [4, 2, 2]);
        number.is_plain = if plain { dotted && matches!(shape[..], [_, 2]) } else { shape == [4] && year };
        (number.digits > 0 && number.letters <= 12).then_some(number)
    }
}
