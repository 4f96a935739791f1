//! Masking of personal data (V11): every piece of it is replaced by a typed token such as `[phone]`.
//!
//! Deterministic recognisers read the text once from left to right as words, digit groups and signs. Shapes, check
//! digits and the words before a number decide; amounts, dates, percentages, cities, products and companies stay.
//!
//! | token | what |
//! |---|---|
//! | `[email]` | e-mail addresses, Cyrillic ones included |
//! | `[phone]` | +7 and 8 with ten digits, local numbers of known shapes, E.164 with a plus, any after «тел.» |
//! | `[card]` | 13 to 19 digits with Luhn's check, 16 digits after «карта» |
//! | `[account]` | 20 digits of a Russian account, IBAN with its check, numbers after «счёт №» |
//! | `[passport]` | «45 10 123456», series and number after «паспорт» |
//! | `[inn]`, `[snils]`, `[ogrn]` | by check digits, or by their name before them |
//! | `[contract]`, `[claim]` | numbers after «договор №», «обращение №», "claim no", … |
//! | `[address]` | street with house, house with flat; the city stays |
//! | `[name]` | with patronymic or initials, first name beside surname, after forms of address and roles |

mod address;
mod checks;
mod context;
mod email;
mod inflect;
mod kind;
mod lexicon;
mod morphology;
mod name;
mod number;
mod phone;
mod reference;
mod run;
mod scan;

pub use kind::Kind;

use context::Context;
use lexicon::Flags;
use number::Step;
use scan::{Case, Form, Scan};
use std::ops::Range;

/// A text without personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text with typed tokens.
    pub text: String,
    /// Every typed token in `text`, those of the input included, ascending.
    pub spans: Vec<MaskedSpan>,
}

/// Where a typed token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaskedSpan {
    /// What it stands for.
    pub kind: Kind,
    /// First byte of the token in the masked text.
    pub start: usize,
    /// The byte after the token.
    pub end: usize,
}

/// Replaces the personal data of `text` by typed tokens.
///
/// Idempotent: a masked text comes back unchanged. Deterministic, and no input fails.
///
/// `mask("Меня зовут Анна, тел. 8 (916) 123-45-67")` has the text `Меня зовут [name], тел. [phone]` and two spans.
pub fn mask(text: &str) -> Masked {
    let mut masked = mask_once(text);
    // What a token replaced may have hidden a neighbour: look again until nothing is found.
    while masked.found {
        masked = mask_once(&masked.text);
    }
    Masked { text: masked.text, spans: masked.spans }
}

struct Pass {
    text: String,
    spans: Vec<MaskedSpan>,
    /// Did this pass replace anything?
    found: bool,
}

fn mask_once(text: &str) -> Pass {
    let scan = Scan::new(text);
    let mut pass = Pass { text: String::with_capacity(text.len()), spans: Vec::new(), found: false };
    let mut copied = 0;
    for (kind, span, token) in Finder::new(&scan) {
        pass.text.push_str(&text[copied..span.start]);
        let start = pass.text.len();
        pass.text.push_str(kind.token());
        pass.spans.push(MaskedSpan { kind, start, end: pass.text.len() });
        pass.found |= !token;
        copied = span.end;
    }
    pass.text.push_str(&text[copied..]);
    pass
}

/// Walks over the pieces and yields kind, bytes, and whether it is a token already.
struct Finder<'a> {
    scan: &'a Scan<'a>,
    emails: std::iter::Peekable<std::vec::IntoIter<Range<usize>>>,
    at: usize,
    /// The piece after the name found last.
    after_name: Option<usize>,
    /// The piece after the contract or claim number found last, and what announced it.
    after_reference: Option<(usize, Context)>,
}

impl<'a> Finder<'a> {
    fn new(scan: &'a Scan<'a>) -> Self {
        let emails = email::find(scan.text).into_iter().peekable();
        Self { scan, emails, at: 0, after_name: None, after_reference: None }
    }

    /// The personal data that begins with the current piece, and the piece after it.
    fn recognise(&mut self) -> Option<(Kind, usize)> {
        let (scan, at) = (self.scan, self.at);
        match scan.form(at)? {
            Form::Digits => self.number(),
            Form::Sign('+' | '(') if self.number_follows() => self.number(),
            Form::Word(case) => {
                if case != Case::Lower && self.digits_near() {
                    let context = Context::before(scan, at);
                    if let Some(end) = reference::iban_end(scan, at) {
                        return Some((Kind::Account, end));
                    }
                    if let Some(found) = reference::recognise(scan, at, context) {
                        return Some(found);
                    }
                }
                address::recognise(scan, at)
                    .map(|end| (Kind::Address, end))
                    .or_else(|| name::recognise(scan, at, self.after_name).map(|end| (Kind::Name, end)))
            }
            _ => None,
        }
    }

    /// What announces the number here: the words before it, or before the list that it continues.
    fn context(&self) -> Context {
        let scan = self.scan;
        let listed =
            |i: usize| scan.form(i) == Some(Form::Space) || scan.is_sign(i, ',') || scan.folded(i) == "и";
        match self.after_reference {
            Some((end, context)) if self.at <= end + 3 && (end..self.at).all(listed) => context,
            _ => Context::before(scan, self.at),
        }
    }

    fn number(&mut self) -> Option<(Kind, usize)> {
        let context = self.context();
        let found = self.number_after(context);
        if let Some((Kind::Contract | Kind::Claim, end)) = found {
            self.after_reference = Some((end, context));
        }
        found
    }

    fn number_after(&mut self, context: Context) -> Option<(Kind, usize)> {
        let (scan, at) = (self.scan, self.at);
        let reference = || reference::recognise(scan, at, context);
        if context.numbered
            && context.has(Flags::CONTRACT | Flags::CLAIM)
            && let Some(found) = reference()
        {
            return Some(found);
        }
        if let Some(end) = address::recognise(scan, at) {
            return Some((Kind::Address, end));
        }
        match number::recognise(scan, at, context) {
            Some(Step::Mask { kind, end }) => Some((kind, end)),
            Some(Step::Skip { end }) => {
                self.at = end - 1;
                None
            }
            None => reference(),
        }
    }

    /// E-mail addresses come first: what would reach into one waits for the next pass.
    fn reaches_email(&mut self, end: usize) -> bool {
        let byte = self.scan.pieces[end - 1].span.end;
        self.emails.peek().is_some_and(|email| email.start < byte)
    }

    fn number_follows(&self) -> bool {
        (self.at + 1..self.at + 4)
            .find(|&i| !matches!(self.scan.form(i), Some(Form::Space | Form::Sign('('))))
            .is_some_and(|i| self.scan.form(i) == Some(Form::Digits))
    }

    /// Do digits follow within a code such as «КД-2021/15» or "AB 123456"?
    fn digits_near(&self) -> bool {
        (self.at + 1..self.at + 3).any(|i| self.scan.form(i) == Some(Form::Digits))
    }
}

impl Iterator for Finder<'_> {
    type Item = (Kind, Range<usize>, bool);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(piece) = self.scan.pieces.get(self.at) {
            let span = piece.span.clone();
            if let Some(email) = self.emails.next_if(|email| email.start < span.end) {
                self.at += self.scan.pieces[self.at..].partition_point(|piece| piece.span.start < email.end);
                return Some((Kind::Email, email, false));
            }
            if let Form::Token(kind) = piece.form {
                self.at += 1;
                return Some((kind, span, true));
            }
            if let Some((kind, end)) = self.recognise()
                && !self.reaches_email(end)
            {
                let first = std::mem::replace(&mut self.at, end);
                if kind == Kind::Name {
                    self.after_name = Some(end);
                }
                return Some((kind, self.scan.span(first, end), false));
            }
            self.at += 1;
        }
        None
    }
}
