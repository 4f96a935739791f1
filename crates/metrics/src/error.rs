//! What a caller of this crate can act on.

use otklik_facts::FactsError;
use otklik_store::StoreError;

/// Most dimensions of one query, the grain included: what the facts can group by.
pub const MAX_DIMENSIONS: usize = 4;

#[derive(Debug, thiserror::Error)]
pub enum MetricError {
    #[error("unknown metric {0:?}")]
    UnknownMetric(String),
    /// Neither a built-in dimension nor an attribute that any item has.
    #[error("unknown dimension {0:?}")]
    UnknownDimension(String),
    #[error("{given} dimensions given, at most {MAX_DIMENSIONS} can be grouped by")]
    TooManyDimensions { given: usize },
    /// Months and weeks, or a grain beside another time dimension.
    #[error("more than one time dimension")]
    TwoTimes,
    /// Not two dates with the first not after the last, within 1950 and 2129.
    #[error("bad period: {0}")]
    BadPeriod(String),
    /// A definition that contradicts itself: a share from 9 on a scale of five.
    #[error("bad definition: {0}")]
    BadDefinition(&'static str),
    #[error(transparent)]
    Facts(#[from] FactsError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MetricError {
    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownMetric(_) => "unknown_metric",
            Self::UnknownDimension(_) => "unknown_dimension",
            Self::TooManyDimensions { .. } => "too_many_dimensions",
            Self::TwoTimes => "two_time_dimensions",
            Self::BadPeriod(_) => "bad_period",
            Self::BadDefinition(_) => "bad_definition",
            Self::Facts(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}
