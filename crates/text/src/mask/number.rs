//! Numbers by shape, check digits and the words before them: cards, accounts, passports, INN, SNILS, OGRN.

use super::checks;
use super::context::Context;
use super::kind::Kind;
use super::lexicon::Flags;
use super::phone;
use super::run::{Gap, Run};
use super::scan::{Form, Scan};

/// What to do with the pieces from the run's first one on.
pub(super) enum Step {
    /// They are personal data up to before piece `end`.
    Mask { kind: Kind, end: usize },
    /// They are a date or an amount up to before piece `end`.
    Skip { end: usize },
}

/// Recognises the number that begins with piece `at`.
pub(super) fn recognise(scan: &Scan, at: usize, context: Context) -> Option<Step> {
    let run = Run::read(scan, at)?;
    if let Some(end) = passport_end(scan, &run, context) {
        return Some(Step::Mask { kind: Kind::Passport, end });
    }
    if let Some(count) = run.date().or_else(|| run.amount()) {
        return Some(Step::Skip { end: run.end(count) });
    }
    (1..=run.groups()).rev().filter(|&count| run.is_free(count)).find_map(|count| {
        let kind = kind(&run, count, context)?;
        let close = run.end(count);
        // «(916)» closes outside the last group only when nothing else is inside.
        let end = close + usize::from(count == 1 && run.starts_with_paren() && scan.is_sign(close, ')'));
        Some(Step::Mask { kind, end })
    })
}

fn kind(run: &Run, count: usize, context: Context) -> Option<Kind> {
    if run.plus {
        return phone::is_international(run, count).then_some(Kind::Phone);
    }
    announced(run, count, context).or_else(|| shaped(run, count).filter(|_| !run.is_inside_identifier()))
}

/// The word before the number says what it is; the shape only has to fit, a slip in a check digit is forgiven.
fn announced(run: &Run, count: usize, context: Context) -> Option<Kind> {
    let digits = run.digits(count);
    let plain = run.gaps(count, |gap| matches!(gap, Gap::Space | Gap::Dash)) && !run.starts_with_paren();
    let whole = count == 1 && plain;
    let near = context.distance <= 3 && !context.measured;
    let fits = |facts: Flags, fits: bool| near && fits && context.has(facts);
    if fits(Flags::INN, whole && matches!(digits.len(), 10 | 12)) {
        Some(Kind::Inn)
    } else if fits(Flags::SNILS, plain && digits.len() == 11) {
        Some(Kind::Snils)
    } else if fits(Flags::OGRN, whole && matches!(digits.len(), 13 | 15)) {
        Some(Kind::Ogrn)
    } else if fits(Flags::CARD, plain && digits.len() == 16) {
        Some(Kind::Card)
    } else if fits(Flags::ACCOUNT, plain && digits.len() == 20 || whole && is_account_like(digits, context)) {
        Some(Kind::Account)
    } else if fits(Flags::PHONE, phone::is_announced(run, count)) {
        Some(Kind::Phone)
    } else {
        None
    }
}

fn is_account_like(digits: &str, context: Context) -> bool {
    (9..=20).contains(&digits.len()) && !phone::is_russian(digits) || context.numbered && digits.len() >= 4
}

/// Shape and check digits say what the number is.
fn shaped(run: &Run, count: usize) -> Option<Kind> {
    let digits = run.digits(count);
    let lengths = run.lengths(count);
    let plain = run.gaps(count, |gap| matches!(gap, Gap::Space | Gap::Dash)) && !run.starts_with_paren();
    if plain && is_account(digits, &lengths) {
        Some(Kind::Account)
    } else if lengths == [3, 3, 3, 2] && plain && checks::snils(digits) {
        Some(Kind::Snils)
    } else if count == 1 && checks::ogrn(digits) {
        Some(Kind::Ogrn)
    } else if plain && is_card(digits, &lengths) {
        Some(Kind::Card)
    } else if phone::is_phone(run, count) {
        Some(Kind::Phone)
    } else if count == 1 && checks::snils(digits) {
        Some(Kind::Snils)
    } else if count == 1 && checks::inn(digits) {
        Some(Kind::Inn)
    } else {
        None
    }
}

/// Accounts in Russian banks have 20 digits and begin with the section of the chart of accounts, 3 or 4.
fn is_account(digits: &str, lengths: &[usize]) -> bool {
    digits.len() == 20 && digits.starts_with(['3', '4']) && lengths.iter().all(|&length| length != 2)
}

/// Cards: 13 to 19 digits in one group or in the groups printed on cards, a known first digit, and Luhn.
fn is_card(digits: &str, lengths: &[usize]) -> bool {
    let grouped = matches!(lengths, [4, 4, 4, 4] | [4, 6, 5] | [4, 4, 4, 4, 1..=3] | [8, 8] | [4, 6, 4]);
    let issued = match digits.len() {
        13 => digits.starts_with('4'),
        14 => digits.starts_with("30") || digits.starts_with("36") || digits.starts_with("38"),
        15 => digits.starts_with("34") || digits.starts_with("37"),
        16 => digits.starts_with(['2', '3', '4', '5', '6']),
        17..=19 => digits.starts_with(['2', '4', '5', '6']),
        _ => false,
    };
    issued && (grouped || lengths.len() == 1) && checks::luhn(digits)
}

/// A passport of Russia has a series of four digits, often in pairs, and a number of six; between them may stand «№» or
/// «номер». The spaced form «45 10 123456» is known by itself, others by the word «паспорт» or «серия» before them.
/// Foreign passports have 7 to 9 digits after that word.
fn passport_end(scan: &Scan, run: &Run, context: Context) -> Option<usize> {
    let told = context.has(Flags::PASSPORT);
    let spaced =
        |count: usize| run.gaps(count, |gap| gap == Gap::Space) && !run.plus && !run.starts_with_paren();
    let lengths = run.lengths(run.groups().min(3));
    let count = match lengths[..] {
        [2, 2, 6] if spaced(3) && (told || is_series(run.digits(2))) => 3,
        [4, 6, ..] if spaced(2) && told => 2,
        [2, 7, ..] if spaced(2) && told => 2,
        [7..=10, ..] if told => 1,
        [2, 2] if spaced(2) => {
            return number_after_series(scan, run.end(2), told || is_series(run.digits(2)));
        }
        [4] => return number_after_series(scan, run.end(1), told || is_series(run.digits(1))),
        _ => return None,
    };
    Some(run.end(count))
}

/// Does a series begin with a region's number and end with the year of its print, 1997 or later?
fn is_series(series: &str) -> bool {
    let pair = |range: std::ops::Range<usize>| series.get(range).and_then(|pair| pair.parse::<u32>().ok());
    pair(0..2).is_some_and(|region| region > 0) && pair(2..4).is_some_and(|year| !(36..97).contains(&year))
}

/// The end of «№ 123456» or «номер 123456» that begins with piece `from`.
fn number_after_series(scan: &Scan, from: usize, likely: bool) -> Option<usize> {
    let mut at = from;
    let mut announced = false;
    while at < from + 6 && scan.form(at) != Some(Form::Digits) {
        match scan.form(at)? {
            Form::Space | Form::Sign(',' | ':' | '.' | '-') => {}
            _ if scan.flags(at).has(Flags::NUMBER) => announced = true,
            _ => return None,
        }
        at += 1;
    }
    (likely && announced && scan.folded(at).len() == 6).then_some(at + 1)
}
