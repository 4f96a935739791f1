//! Problems and WOW zones: the rows of the backlog.
//!
//! | state | meaning | goes on to |
//! |---|---|---|
//! | new | written down | analysing (by hand), solving (first plan), rejected |
//! | analysing | evidence and causes are gathered; or every plan was tried | solving (a plan is added), rejected |
//! | solving | there is a plan that is not released | watching (release), analysing (no plan left), rejected |
//! | watching | a plan is released, its check date is awaited | solved, solving, analysing (verdict), rejected |
//! | solved | a plan worked; or closed by a decision, with its reason | reopened: by what plans there are |
//! | rejected | closed with a reason, kept and searchable | reopened: by what plans there are |
//!
//! What follows from the plans is never set by hand: `state_by_plans` computes it after each change of a plan.

mod change;
mod close;
mod create;
mod list;
mod name;
mod row;
mod similar;
mod state;

pub(crate) use change::field;
pub use change::{ProblemPatch, start_analysis, update_problem};
pub use close::{close_problem, reject_problem, reopen_problem};
pub use create::{NewProblem, create_problem};
pub use list::{ProblemFilter, ProblemSort, list_problems};
pub use name::ProblemName;
pub(crate) use name::{NAME_COLUMNS, NameRow};
pub use row::load_problem;
pub(crate) use row::{lock_problem, save_problem};
pub(crate) use similar::words_of;
pub use similar::{SimilarProblem, SimilarSolution, list_similar_problems, list_similar_solutions};
pub(crate) use state::{guard_open, guard_version, state_by_plans};

use otklik_store::Millis;
use otklik_store::ids::{PersonId, ProblemId, UnitId};

use crate::codes::codes;
use crate::{Criticality, Evidence};

codes! {
    pub enum ProblemKind in "problem.kind" {
        /// A need or a pain, in the customer's words.
        Problem = "problem",
        /// A place where we choose to delight.
        Wow = "wow",
    }
}

codes! {
    /// Where a problem stands; see the table of the module.
    pub enum ProblemState in "problem.state" {
        New = "new",
        Analysing = "analysing",
        Solving = "solving",
        Watching = "watching",
        Solved = "solved",
        Rejected = "rejected",
    }
}

impl ProblemState {
    /// Solved or rejected: nothing more happens to it until it is reopened.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Solved | Self::Rejected)
    }
}

/// Money that the client debt is computed from, as far as somebody knows it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MoneyInputs {
    /// Of the customers touched, the share who leave for it: 0 to 1.
    pub churn_share: Option<f64>,
    /// What one customer brings in the time they would have stayed.
    pub customer_value: Option<f64>,
    /// What answering and settling one complaint costs.
    pub claim_cost: Option<f64>,
}

/// A row of the backlog. `version` grows with each edit of the row; `updated_at` also with its plans.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub id: ProblemId,
    /// The short number that people say: 17.
    pub number: u64,
    pub kind: ProblemKind,
    pub state: ProblemState,
    pub title: String,
    pub statement: String,
    pub unit_id: Option<UnitId>,
    pub owner_id: Option<PersonId>,
    pub criticality: Option<Criticality>,
    pub criticality_reason: String,
    pub money: MoneyInputs,
    /// The metric by which its plans are judged unless they say otherwise.
    pub metric_code: Option<String>,
    pub evidence: Evidence,
    pub rejected_reason: Option<String>,
    pub version: u64,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub closed_at: Option<Millis>,
}
