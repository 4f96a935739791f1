//! Values as columns hold them: dates as text, counts as 64-bit integers; and the checks of what comes in.

use jiff::civil::Date;
use otklik_store::StoreError;

use crate::BacklogError;

/// Longest title, in characters.
pub const TITLE_LIMIT: usize = 300;
/// Longest free text, in characters.
pub const TEXT_LIMIT: usize = 20_000;

pub fn read_date(column: &'static str, text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|e| StoreError::unreadable(column, e))
}

/// A count that a bigint column holds; what is negative or too large was not written by us.
pub fn read_count<T: TryFrom<i64>>(column: &'static str, value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::unreadable(column, value))
}

/// A title: trimmed, neither empty nor endless.
pub fn check_title(field: &'static str, text: &str) -> Result<String, BacklogError> {
    let text = check_length(field, text, TITLE_LIMIT)?;
    if text.is_empty() { Err(BacklogError::Empty { field }) } else { Ok(text) }
}

/// A free text: trimmed, not endless.
pub fn check_text(field: &'static str, text: &str) -> Result<String, BacklogError> {
    check_length(field, text, TEXT_LIMIT)
}

/// A reason in words.
pub fn check_reason(reason: &str) -> Result<String, BacklogError> {
    let reason = check_text("reason", reason)?;
    if reason.is_empty() { Err(BacklogError::ReasonMissing) } else { Ok(reason) }
}

/// A number that must lie in a range; also refuses what is no number.
pub fn check_range(field: &'static str, value: f64, low: f64, high: f64) -> Result<(), BacklogError> {
    if (low..=high).contains(&value) { Ok(()) } else { Err(BacklogError::OutOfRange { field, low, high }) }
}

/// Trimmed, without NUL (the one character that PostgreSQL refuses in a text), and within the limit.
pub fn check_length(field: &'static str, text: &str, limit: usize) -> Result<String, BacklogError> {
    let text = text.replace('\0', "");
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(BacklogError::TooLong { field, limit });
    }
    Ok(text.to_owned())
}
