//! Phone numbers: Russian with or without the country code, North American, British, and international with a plus.

use super::run::{Gap, Run};

/// Country codes and how many digits a whole number has, code included (ITU E.164 numbering plans).
const PLANS: &str = include_str!("../../data/mask/phone_plans.txt");

/// After «+»: a known plan's length, or 8 to 13 digits of an unknown plan.
pub(super) fn is_international(run: &Run, count: usize) -> bool {
    let digits = run.digits(count);
    match plan(digits) {
        Some((shortest, longest)) => (shortest..=longest).contains(&digits.len()),
        None => (8..=13).contains(&digits.len()) && !digits.starts_with('0'),
    }
}

/// The shape alone says that this is a phone.
pub(super) fn is_phone(run: &Run, count: usize) -> bool {
    let digits = run.digits(count);
    let lengths = run.lengths(count);
    let bare = |gap| gap != Gap::Slash;
    if !run.gaps(count, bare) || is_thousands(run, count, &lengths) {
        return false;
    }
    let area_first = digits.starts_with(['3', '4', '8', '9']);
    match (digits.len(), &lengths[..]) {
        (11, [1, 3..=5, ..] | [4, ..] | [11]) => {
            is_russian(digits) || is_american(&digits[1..], run, count, digits)
        }
        (10, [3, 3, 2, 2] | [3, 7] | [3, 3, 4] | [3, 2, 2, 3] | [3, 2, 3, 2]) if digits.starts_with('9') => {
            true
        }
        (10, [3, 3, 2, 2] | [4, 2, 2, 2] | [4, 3, 3] | [5, 1, 2, 2] | [3, 7] | [4, 6])
            if run.is_punctuated(count) =>
        {
            area_first
        }
        (10, [3, 3, 4]) => run.is_punctuated(count) && is_american(digits, run, count, "1"),
        (10, [10]) => digits.starts_with('9') && !super::checks::inn(digits),
        (10 | 11, [0..=5, _, ..]) => digits.starts_with('0') && !run.gaps(count, |gap| gap == Gap::Dot),
        (11, _) => digits.starts_with("07") || digits.starts_with("020"),
        (12..=15, _) => digits.starts_with("00") && plan(&digits[2..]).is_some(),
        (7, [3, 2, 2]) => run.gaps(count, |gap| gap == Gap::Dash) && !digits.starts_with('0'),
        _ => false,
    }
}

/// A word before the number says that it is a phone: any 5 to 15 digits but amounts.
pub(super) fn is_announced(run: &Run, count: usize) -> bool {
    let digits = run.digits(count);
    (5..=15).contains(&digits.len()) && run.gaps(count, |gap| !matches!(gap, Gap::Slash | Gap::Dot))
}

/// Eleven digits: 7 or 8, then the code of a region or a mobile network (in Kazakhstan also 7).
pub(super) fn is_russian(digits: &str) -> bool {
    digits.len() == 11
        && digits.starts_with(['7', '8'])
        && (digits[1..].starts_with(['3', '4', '8', '9']) || digits.starts_with("77"))
}

fn is_american(national: &str, run: &Run, count: usize, code: &str) -> bool {
    code.starts_with('1') && run.is_punctuated(count) && !national.starts_with(['0', '1'])
}

/// «89 161 234 567» is how people write large amounts; a phone so written has a plus or a parenthesis.
fn is_thousands(run: &Run, count: usize, lengths: &[usize]) -> bool {
    count > 1
        && !run.starts_with_paren()
        && run.gaps(count, |gap| matches!(gap, Gap::Space | Gap::Dot))
        && lengths[0] <= 3
        && lengths[1..].iter().all(|&length| length == 3)
}

/// Shortest and longest whole number in the plan that `digits` begin with.
fn plan(digits: &str) -> Option<(usize, usize)> {
    PLANS.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = line.split(' ');
        digits.starts_with(fields.next()?).then_some(())?;
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}
