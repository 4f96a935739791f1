//! What can go wrong, in codes a caller can act on.

use std::path::PathBuf;

use crate::Dimension;

/// Why a question was refused or a snapshot could not be used.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    /// The answer would not fit the memory set aside for one query: ask for fewer dimensions or a narrower filter.
    #[error("the answer has more than {limit} groups")]
    TooManyGroups { limit: usize },
    /// The question would take more memory than one may: ask for fewer dimensions, a shorter period, or without
    /// distinct customers.
    #[error(
        "grouping by {} needs about {needed_bytes} bytes, a question may take {limit_bytes}",
        names(dimensions)
    )]
    TooMuchMemory { dimensions: Vec<Dimension>, needed_bytes: usize, limit_bytes: usize },
    /// Whoever asked no longer waits.
    #[error("nobody waits for the answer any more")]
    Cancelled,
    #[error("{given} dimensions given, at most {limit} can be grouped by")]
    TooManyDimensions { given: usize, limit: usize },
    #[error("dimension {0} is given twice")]
    RepeatedDimension(Dimension),
    #[error("unknown dimension {0:?}")]
    UnknownDimension(String),
    /// A date, truth value or NPS group that cannot be read.
    #[error("{value:?} is not a value of dimension {dimension}")]
    BadValue { dimension: Dimension, value: String },
    /// `Selection::before` names an item that is not (or no longer) there.
    #[error("item {0} is not among the facts")]
    UnknownItem(u32),
    /// Nothing was saved here yet.
    #[error("no snapshot at {0}")]
    NoSnapshot(PathBuf),
    /// The snapshot cannot be trusted; rebuild from SQL.
    #[error("snapshot at {path} is damaged: {reason}")]
    DamagedSnapshot { path: PathBuf, reason: String },
    /// The disk refused.
    #[error("snapshot at {path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
}

impl FactsError {
    /// A stable name of the kind of error, for messages in the reader's language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyGroups { .. } => "too_many_groups",
            Self::TooMuchMemory { .. } => "too_much_memory",
            Self::Cancelled => "cancelled",
            Self::TooManyDimensions { .. } => "too_many_dimensions",
            Self::RepeatedDimension(_) => "repeated_dimension",
            Self::UnknownDimension(_) => "unknown_dimension",
            Self::BadValue { .. } => "bad_value",
            Self::UnknownItem(_) => "unknown_item",
            Self::NoSnapshot(_) => "no_snapshot",
            Self::DamagedSnapshot { .. } => "damaged_snapshot",
            Self::Io { .. } => "io",
        }
    }
}

fn names(dimensions: &[Dimension]) -> String {
    if dimensions.is_empty() {
        return "nothing".to_owned();
    }
    dimensions.iter().map(Dimension::to_string).collect::<Vec<_>>().join(", ")
}
