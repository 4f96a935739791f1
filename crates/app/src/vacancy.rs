//! Is there room? A folder or a database in which somebody works is never filled from outside.

use std::fs;

use otklik_store::{Store, StoreError};
use sqlx::AssertSqlSafe;

use crate::{AppError, DataFolder};

/// Tables of which a company that has begun to work fills at least one.
const TELLING: [&str; 5] = ["person", "unit", "source", "topic", "problem"];

/// Refuses a database in which somebody already works.
pub(crate) async fn require_empty(store: &Store, data: &DataFolder) -> Result<(), AppError> {
    for table in TELLING {
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(store.reader())
            .await
            .map_err(StoreError::from)?;
        if rows > 0 {
            return Err(not_empty(data));
        }
    }
    Ok(())
}

/// Refuses a folder whose customers have pseudonyms under another key.
pub(crate) fn require_free_key(data: &DataFolder, name: &str, key: &str) -> Result<(), AppError> {
    match fs::read_to_string(data.root().join(name)) {
        Ok(there) if there.trim() != key.trim() => Err(not_empty(data)),
        _ => Ok(()),
    }
}

pub(crate) fn not_empty(data: &DataFolder) -> AppError {
    AppError::NotEmpty { path: data.root().display().to_string() }
}
