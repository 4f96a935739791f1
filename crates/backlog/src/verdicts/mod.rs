//! Verdicts: on the check date the effect is measured and an outcome proposed; a person signs; plan B follows.
//!
//! | signed | the plan | the problem | next |
//! |---|---|---|---|
//! | worked | judged | solved | – |
//! | partly, no effect, worse | judged | solving, or analysing where no plan is left | the next plan is current |
//! | cannot tell | stays released | stays watching | a new check date |
//!
//! One check has one verdict: proposing again gives the same. A signature is final.

mod due;
mod propose;
mod row;
mod sign;

pub use due::{DueCheck, OpenVerdict, list_due_checks, list_open_verdicts};
pub use propose::{Proposal, propose_verdict};
pub use row::{list_verdicts, load_verdict};
pub use sign::{Signature, sign_verdict};

use jiff::civil::Date;
use otklik_store::Millis;
use otklik_store::ids::{PersonId, SolutionId, VerdictId};
use serde_json::Value;

use crate::codes::codes;

codes! {
    /// What became of a plan.
    pub enum Outcome in "verdict.outcome" {
        /// The metric moved as promised, by at least the smallest effect worth having.
        Worked = "worked",
        /// It moved the right way, by less.
        Partly = "partly",
        /// An effect worth having is excluded.
        NoEffect = "no_effect",
        /// It moved the wrong way.
        Worse = "worse",
        /// The data do not say.
        CannotTell = "cannot_tell",
    }
}

impl Outcome {
    /// True where the plan is over without having solved the problem.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Partly | Self::NoEffect | Self::Worse)
    }
}

/// The result of one check of one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub id: VerdictId,
    pub solution_id: SolutionId,
    /// The check that it belongs to.
    pub check_on: Date,
    /// What was measured, with interval and caveats, as the measuring domain wrote it.
    pub measure: Value,
    pub proposed: Outcome,
    pub proposed_at: Millis,
    pub signature: Option<Signed>,
}

/// Who signed what, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    pub outcome: Outcome,
    pub by: PersonId,
    pub at: Millis,
    pub comment: String,
}
