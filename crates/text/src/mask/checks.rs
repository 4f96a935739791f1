//! Check digits: Luhn, INN, SNILS, OGRN, IBAN. Arguments hold ASCII digits only.

/// Luhn's check of bank cards (ISO/IEC 7812-1): doubled every second digit from the right, the sum divides by 10.
///
/// `luhn("4111111111111111")` holds.
pub(super) fn luhn(number: &str) -> bool {
    let sum: u32 = digits(number)
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// INN of a company (10 digits, one check digit) or of a person (12 digits, two).
///
/// `inn("7707083893")` and `inn("500100732259")` hold.
pub(super) fn inn(number: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let check = |length: usize| {
        let sum: u32 = digits(&number[..length])
            .zip(&WEIGHTS[11 - length..])
            .map(|(digit, weight)| digit * weight)
            .sum();
        digits(&number[length..]).next() == Some(sum % 11 % 10)
    };
    number.bytes().any(|digit| digit != b'0')
        && match number.len() {
            10 => check(9),
            12 => check(10) && check(11),
            _ => false,
        }
}

/// SNILS: nine digits and their weighted sum modulo 101 (100 counts as 0).
///
/// `snils("11223344595")` holds.
pub(super) fn snils(number: &str) -> bool {
    if number.len() != 11 || number.starts_with("000") {
        return false;
    }
    let sum: u32 = digits(&number[..9]).zip((1..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    digits(&number[9..]).fold(0, |check, digit| check * 10 + digit) == sum % 101 % 100
}

/// OGRN (13 digits, remainder by 11) and OGRNIP (15 digits, remainder by 13).
///
/// `ogrn("1027700132195")` holds.
pub(super) fn ogrn(number: &str) -> bool {
    let divisor = match (number.len(), number.as_bytes().first()) {
        (13, Some(b'1' | b'5')) => 11,
        (15, Some(b'3')) => 13,
        _ => return false,
    };
    let (body, check) = number.split_at(number.len() - 1);
    body.parse::<u64>().is_ok_and(|body| body % divisor % 10 == u64::from(check.as_bytes()[0] - b'0'))
}

/// IBAN (ISO 13616): with the first four characters last and letters as 10 to 35, the remainder by 97 is 1.
///
/// `iban("DE89370400440532013000")` holds. Takes ASCII letters and digits without spaces.
pub(super) fn iban(number: &str) -> bool {
    if !(15..=34).contains(&number.len()) {
        return false;
    }
    let rotated = number[4..].chars().chain(number[..4].chars());
    rotated
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| (rest * if value > 9 { 100 } else { 10 } + value) % 97)
        == 1
}

fn digits(number: &str) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + '_ {
    number.bytes().map(|digit| u32::from(digit.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn true_numbers_pass_and_slips_do_not() {
        assert!(luhn("4111111111111111") && !luhn("4111111111111112"));
        assert!(inn("7707083893") && !inn("7707083894"));
        assert!(inn("500100732259") && !inn("500100732258") && !inn("0000000000") && !inn("123"));
        assert!(snils("11223344595") && !snils("11223344596"));
        assert!(ogrn("1027700132195") && !ogrn("1027700132196"));
        assert!(ogrn("304500116000157") && !ogrn("304500116000158"));
        assert!(iban("DE89370400440532013000") && iban("GB29NWBK60161331926819"));
        assert!(!iban("DE89370400440532013001") && !iban("DE89"));
    }
}
