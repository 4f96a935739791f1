//! What a caller of this crate can act on.

use otklik_store::StoreError;
use otklik_text::rule::RuleError;

#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    #[error("a name is missing")]
    NameMissing,
    #[error("the name or code is taken")]
    NameTaken,
    #[error("unknown channel {0}")]
    UnknownChannel(String),
    #[error("a topic cannot stand below itself")]
    TopicCycle,
    #[error("the rule cannot be read: {0}")]
    Rule(#[from] RuleError),
    #[error("a precision lies between a half and 0.99")]
    BadPrecision,
    #[error("{0} is not a month such as 2026-11")]
    BadMonth(String),
    #[error("a number of customers, transactions or contracts cannot be below zero")]
    NegativeBase,
    #[error("the customer secret is damaged")]
    SecretDamaged,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for VoiceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl VoiceError {
    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::NameTaken => "name_taken",
            Self::UnknownChannel(_) => "unknown_channel",
            Self::TopicCycle => "topic_cycle",
            Self::Rule(e) => e.kind.code(),
            Self::BadPrecision => "bad_precision",
            Self::BadMonth(_) => "bad_month",
            Self::NegativeBase => "negative_base",
            Self::SecretDamaged => "internal",
            Self::Store(e) => e.code(),
        }
    }

    /// The values that a message names.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownChannel(value) | Self::BadMonth(value) => vec![("value", value.clone())],
            Self::Rule(e) => vec![("at", (e.at + 1).to_string())],
            _ => Vec::new(),
        }
    }
}

/// A unique key that somebody else holds already means that the name is taken.
pub(crate) fn taken<T>(result: Result<T, sqlx::Error>) -> Result<T, VoiceError> {
    result.map_err(|error| match StoreError::from(error) {
        StoreError::Conflict { .. } => VoiceError::NameTaken,
        other => other.into(),
    })
}
