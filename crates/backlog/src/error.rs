//! What the backlog refuses, in codes a caller can act on.

use jiff::civil::Date;
use otklik_store::StoreError;

use crate::formula::FormulaError;
use crate::problems::ProblemState;
use crate::solutions::SolutionState;

/// Why an operation was refused; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BacklogError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{field} must not be empty")]
    Empty { field: &'static str },
    #[error("{field} has more than {limit} characters")]
    TooLong { field: &'static str, limit: usize },
    #[error("{field} must lie between {low} and {high}")]
    OutOfRange { field: &'static str, low: f64, high: f64 },
    /// Rejecting, reopening, dropping, unfixing and disagreeing with the data each need a reason in words.
    #[error("a reason is needed")]
    ReasonMissing,
    /// The evidence holds a list of items, which is no lasting condition.
    #[error("the evidence cannot be stored: {0}")]
    EvidenceInvalid(String),
    /// The problem is solved or rejected: reopen it first.
    #[error("the problem is {}", .0.code())]
    ProblemClosed(ProblemState),
    #[error("the problem is {}", .0.code())]
    ProblemState(ProblemState),
    #[error("the plan is {}", .0.code())]
    SolutionState(SolutionState),
    /// A released plan keeps its place in the order.
    #[error("a released plan keeps its place")]
    PlanReleased,
    /// The order does not name every plan exactly once.
    #[error("the order does not name every plan exactly once")]
    OrderIncomplete,
    /// Only the first open plan may be released.
    #[error("another plan comes first")]
    NotCurrent,
    #[error("no hypothesis was fixed")]
    HypothesisMissing,
    /// What was promised before release cannot be changed afterwards.
    #[error("the hypothesis is fixed")]
    HypothesisFixed,
    /// The data after the release would not be in by then.
    #[error("the check date must be {earliest} or later")]
    CheckTooEarly { earliest: Date },
    #[error("the check is due on {check_on}")]
    CheckNotDue { check_on: Date },
    #[error("the plan has no gate")]
    GateMissing,
    #[error("the gate was started already")]
    GateStarted,
    #[error("{open} gate items are open")]
    GateOpen { open: usize },
    /// Somebody else was named to confirm it.
    #[error("somebody else confirms this item")]
    NotConfirmer,
    /// Confirmations and verdicts are signed by people.
    #[error("only a person can sign")]
    PersonNeeded,
    #[error("the plan was not released")]
    NotReleased,
    #[error("the verdict was signed already")]
    AlreadySigned,
    /// «Cannot tell» needs a date for the next look.
    #[error("the next check date is missing")]
    CheckMissing,
    /// Somebody else answered it already, or there never was one.
    #[error("the problem has no open alarm")]
    AlarmMissing,
    #[error("formula: {0}")]
    FormulaInvalid(#[from] FormulaError),
}

impl BacklogError {
    /// A stable name of the kind of refusal, for messages in the reader's language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Empty { .. } => "field_empty",
            Self::TooLong { .. } => "field_too_long",
            Self::OutOfRange { .. } => "field_out_of_range",
            Self::ReasonMissing => "reason_missing",
            Self::EvidenceInvalid(_) => "evidence_invalid",
            Self::ProblemClosed(_) => "problem_closed",
            Self::ProblemState(_) => "problem_state",
            Self::SolutionState(_) => "solution_state",
            Self::PlanReleased => "plan_released",
            Self::OrderIncomplete => "order_incomplete",
            Self::NotCurrent => "not_current",
            Self::HypothesisMissing => "hypothesis_missing",
            Self::HypothesisFixed => "hypothesis_fixed",
            Self::CheckTooEarly { .. } => "check_too_early",
            Self::CheckNotDue { .. } => "check_not_due",
            Self::GateMissing => "gate_missing",
            Self::GateStarted => "gate_started",
            Self::GateOpen { .. } => "gate_open",
            Self::NotConfirmer => "not_confirmer",
            Self::PersonNeeded => "person_needed",
            Self::NotReleased => "not_released",
            Self::AlreadySigned => "already_signed",
            Self::CheckMissing => "check_missing",
            Self::AlarmMissing => "alarm_missing",
            Self::FormulaInvalid(_) => "formula_invalid",
        }
    }

    /// The values that a message names. Positions count from 1, as people do.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty { field } => vec![("field", (*field).to_owned())],
            Self::TooLong { field, limit } => {
                vec![("field", (*field).to_owned()), ("limit", limit.to_string())]
            }
            Self::OutOfRange { field, low, high } => {
                vec![("field", (*field).to_owned()), ("low", low.to_string()), ("high", high.to_string())]
            }
            Self::ProblemClosed(state) | Self::ProblemState(state) => {
                vec![("state", state.code().to_owned())]
            }
            Self::SolutionState(state) => vec![("state", state.code().to_owned())],
            Self::CheckTooEarly { earliest } => vec![("earliest", earliest.to_string())],
            Self::CheckNotDue { check_on } => vec![("check_on", check_on.to_string())],
            Self::GateOpen { open } => vec![("open", open.to_string())],
            Self::FormulaInvalid(error) => error.params(),
            _ => Vec::new(),
        }
    }
}

impl From<sqlx::Error> for BacklogError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
