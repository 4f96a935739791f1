//! What can go wrong in the database, as far as a caller can act on it.

/// PostgreSQL's code for characters that its encoding does not have.
const NOT_IN_ENCODING: &str = "22021";

/// An error of the store. `Sql` is what nobody foresaw.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is not there.
    #[error("{entity} not found")]
    NotFound { entity: &'static str },
    /// A unique key forbids it; the name is that of the constraint or of its columns.
    #[error("conflict with {constraint}")]
    Conflict { constraint: String },
    /// Somebody else changed the row since it was read.
    #[error("{entity} was changed by somebody else")]
    Stale { entity: &'static str },
    /// A text holds what the database cannot keep: a NUL byte, on PostgreSQL.
    #[error("a text cannot be stored: {0}")]
    Unstorable(String),
    /// The database was written by a newer Otklik.
    #[error("the database has migration {migration}, which this version does not know")]
    Newer { migration: i64 },
    /// The database does not answer; worth another try.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    #[error("migration failed: {0}")]
    Migrate(String),
    #[error("unreadable value in {column}: {reason}")]
    Unreadable { column: &'static str, reason: String },
    #[error(transparent)]
    Sql(sqlx::Error),
}

impl StoreError {
    pub fn unreadable(column: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Unreadable { column, reason: reason.to_string() }
    }

    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Conflict { .. } => "conflict",
            Self::Stale { .. } => "stale",
            Self::Unstorable(_) => "text_unstorable",
            Self::Newer { .. } => "database_newer",
            Self::Unavailable(_) => "unavailable",
            Self::Migrate(_) | Self::Unreadable { .. } | Self::Sql(_) => "internal",
        }
    }

    /// True where the same call may succeed later without any change.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(e) => Self::Unavailable(e.to_string()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self::Unavailable(error.to_string()),
            sqlx::Error::Database(e) if e.is_unique_violation() => {
                let constraint = e.constraint().map_or_else(|| e.message().to_owned(), str::to_owned);
                Self::Conflict { constraint }
            }
            // Nothing that others refer to is ever deleted, so it is the row referred to that is not there.
            sqlx::Error::Database(e) if e.is_foreign_key_violation() => {
                Self::NotFound { entity: "referenced row" }
            }
            sqlx::Error::Database(e) if e.code().is_some_and(|code| code == NOT_IN_ENCODING) => {
                Self::Unstorable(e.message().to_owned())
            }
            other => Self::Sql(other),
        }
    }
}
