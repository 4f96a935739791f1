//! Scores and flags as people write them.

use super::issue::IssueCode;
use serde::{Deserialize, Serialize};

/// The decimal separator of a file. It decides what is ambiguous: `1,000` is a thousand with a decimal point, and one
/// with a decimal comma. What is not, is read either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

impl Decimal {
    /// The separator that a column's values use: a comma where one of them has it and none has a point.
    pub fn guess<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let (mut comma, mut point) = (false, false);
        for value in values {
            let is_number =
                value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b' '));
            comma |= is_number && value.contains(',');
            point |= is_number && value.contains('.');
        }
        if comma && !point { Self::Comma } else { Self::Point }
    }

    /// A whole number: `4`, `4.0`, `4,00`, `+4`.
    ///
    /// # Errors
    /// [`IssueCode::NotANumber`], or [`IssueCode::NotAWholeNumber`] for one with a fraction.
    ///
    /// `"4,0"` → 4; `"1.466"` → `NotAWholeNumber`.
    pub fn whole(self, text: &str) -> Result<i64, IssueCode> {
        let mut text: String = text.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}')).collect();
        text = text.replace('−', "-");
        let grouping = match self {
            Self::Point => ',',
            Self::Comma => '.',
        };
        let text =
            if is_grouped(&text, grouping) { text.replace(grouping, "") } else { text.replace(',', ".") };
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix(['+', '-']).unwrap_or(whole);
        if unsigned.is_empty() || !is_digits(unsigned) || !is_digits(fraction) {
            return Err(IssueCode::NotANumber);
        }
        if fraction.bytes().any(|digit| digit != b'0') {
            return Err(IssueCode::NotAWholeNumber);
        }
        // More digits than fit are off every scale.
        Ok(whole.parse().unwrap_or(i64::MAX))
    }
}

/// Groups of three digits, as in `12,000,000`.
fn is_grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    rest.peek().is_some()
        && is_digits(first)
        && first.len() <= 3
        && rest.all(|group| group.len() == 3 && is_digits(group))
}

/// A yes or a no, in Russian, English or figures.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "yes" | "y" | "true" | "t" | "да" | "д" | "истина" | "+" | "жалоба" | "complaint" => {
            Some(true)
        }
        "0" | "no" | "n" | "false" | "f" | "нет" | "н" | "ложь" | "-" => Some(false),
        _ => None,
    }
}
