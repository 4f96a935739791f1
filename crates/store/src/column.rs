//! Values that the portable column types cannot hold directly: JSON as text, counts as 64-bit integers.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;

/// A value as the text of a JSON column.
pub fn to_json(value: &(impl Serialize + ?Sized), column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::unreadable(column, e))
}

/// The value of a JSON column.
pub fn from_json<T: DeserializeOwned>(json: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|e| StoreError::unreadable(column, e))
}

/// The word that stands for a value in a text column: what JSON writes it as, without its quotes.
pub fn to_word(value: &impl Serialize, column: &'static str) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(StoreError::unreadable(column, format!("{other:?}"))),
    }
}

/// The value that a word of a text column stands for.
pub fn from_word<T: DeserializeOwned>(word: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|e| StoreError::unreadable(column, e))
}

/// A count for a bigint column.
pub fn to_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count from a bigint column; a negative one is none.
pub fn to_u64(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
