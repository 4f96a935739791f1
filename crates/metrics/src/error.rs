//! What a caller of this crate can act on.

use otklik_facts::FactsError;
use otklik_formula::FormulaError;
use otklik_store::StoreError;

/// Most dimensions of one query, the grain included: what the facts can group by.
pub const MAX_DIMENSIONS: usize = 4;

/// How deep formulas over other metrics may stand on each other.
pub const MAX_DEPTH: usize = 8;

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
    /// What of a board somebody wrote cannot be: no name, a card without a metric.
    #[error("bad board: {0}")]
    BadBoard(&'static str),
    #[error("bad report: {0}")]
    BadReport(&'static str),
    #[error("bad target: {0}")]
    BadTarget(&'static str),
    #[error("bad alert rule: {0}")]
    BadRule(&'static str),
    #[error("bad incident: {0}")]
    BadIncident(&'static str),
    /// A formula over other metrics that cannot be understood.
    #[error("formula: {0}")]
    BadExpression(#[from] FormulaError),
    /// A formula that leads back to the metric itself.
    #[error("the formula leads back to {0:?}")]
    Circular(String),
    /// Formulas over formulas over formulas, past what a reader can follow.
    #[error("formulas stand on each other more than {MAX_DEPTH} deep")]
    TooDeep,
    /// The code belongs to another metric, which may be archived.
    #[error("there is a metric {0:?} already")]
    CodeTaken(String),
    /// An archived metric has to be restored before it is changed.
    #[error("metric {0:?} is archived")]
    Archived(String),
    /// Each step of a trend with a window is counted on its own.
    #[error("{given} steps of time, at most {limit} can be counted over a window")]
    TooManySteps { given: usize, limit: usize },
    /// The effect of a change is measured week by week on items, which a formula over other metrics does not have.
    #[error("no effect can be measured on metric {0:?}: it is made of other metrics")]
    NoEffect(String),
    /// No whole week has passed since the change: the effect can be looked at from this day on.
    #[error("too early: the first week after the change is over on {0}")]
    TooEarly(String),
    /// What moves a score is asked of single answers, which totals, rates and formulas over others do not have.
    #[error("metric {0:?} is not made of single answers")]
    NoDrivers(String),
    /// An explanation without words explains nothing.
    #[error("a note is missing")]
    NoteMissing,
    #[error("the note is too long")]
    NoteTooLong,
    #[error(transparent)]
    Facts(#[from] FactsError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MetricError {
    /// The values that a message names.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownMetric(name)
            | Self::UnknownDimension(name)
            | Self::Circular(name)
            | Self::CodeTaken(name)
            | Self::Archived(name)
            | Self::NoEffect(name)
            | Self::NoDrivers(name) => vec![("name", name.clone())],
            Self::TooManyDimensions { given } => vec![("given", given.to_string())],
            Self::TooManySteps { given, limit } => {
                vec![("given", given.to_string()), ("limit", limit.to_string())]
            }
            Self::BadPeriod(period) => vec![("value", period.clone())],
            Self::BadDefinition(what)
            | Self::BadBoard(what)
            | Self::BadReport(what)
            | Self::BadTarget(what)
            | Self::BadRule(what)
            | Self::BadIncident(what) => vec![("what", (*what).to_owned())],
            Self::TooEarly(day) => vec![("day", day.clone())],
            Self::BadExpression(error) => error.params(),
            Self::TooDeep => vec![("limit", MAX_DEPTH.to_string())],
            Self::TwoTimes | Self::NoteMissing | Self::NoteTooLong | Self::Facts(_) | Self::Store(_) => {
                Vec::new()
            }
        }
    }

    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownMetric(_) => "unknown_metric",
            Self::UnknownDimension(_) => "unknown_dimension",
            Self::TooManyDimensions { .. } => "too_many_dimensions",
            Self::TwoTimes => "two_time_dimensions",
            Self::BadPeriod(_) => "bad_period",
            Self::BadDefinition(_) => "bad_definition",
            Self::BadBoard(_) => "bad_board",
            Self::BadReport(_) => "bad_report",
            Self::BadTarget(_) => "bad_target",
            Self::BadRule(_) => "bad_rule",
            Self::BadIncident(_) => "bad_incident",
            Self::BadExpression(_) => "formula_invalid",
            Self::Circular(_) => "metric_circular",
            Self::TooDeep => "metric_too_deep",
            Self::CodeTaken(_) => "metric_code_taken",
            Self::Archived(_) => "metric_archived",
            Self::TooManySteps { .. } => "too_many_steps",
            Self::NoEffect(_) => "metric_without_effect",
            Self::TooEarly(_) => "effect_too_early",
            Self::NoDrivers(_) => "metric_without_answers",
            Self::NoteMissing => "note_missing",
            Self::NoteTooLong => "note_too_long",
            Self::Facts(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}
