//! Solutions of a problem: plans A, B, C… in the order in which they are tried.
//!
//! | state | meaning | goes on to |
//! |---|---|---|
//! | draft | an idea with its estimates; the hypothesis is not fixed, its gate may be under way | planned or in gate (fixed), dropped |
//! | planned | the hypothesis is fixed: what must change, by how much, by when | in gate (started), draft (unfixed), dropped |
//! | in gate | the hypothesis is fixed, the release checklist is being confirmed | released, draft (unfixed), dropped |
//! | released | at work, waiting for its check date; the hypothesis can no more be touched | judged |
//! | judged | a person signed the verdict | – |
//! | dropped | given up before release, with a reason | – |
//!
//! A plan's letter is its place: the order of all plans that are not dropped. A released or judged plan keeps its place.
//! The *current* plan is the first that is neither judged nor dropped; only it can be released. So when plan A fails,
//! plan B is current, with nobody having to say so.

mod change;
mod create;
mod order;
mod row;

pub(crate) use change::succession;
pub use change::{SolutionPatch, drop_solution, update_solution};
pub use create::{NewSolution, create_solution};
pub use order::{current_plan, place_of, reorder_solutions};
pub(crate) use order::{plan_ref, write_order};
pub use row::{list_solutions, list_solutions_of, load_solution};
pub(crate) use row::{lock_solution, plans_in, save_solution};

use jiff::civil::Date;
use otklik_store::Millis;
use otklik_store::ids::{PersonId, ProblemId, SolutionId};

use crate::codes::codes;
use crate::hypothesis::Hypothesis;
use crate::verdicts::Outcome;

codes! {
    /// Where a plan stands; see the table of the module.
    pub enum SolutionState in "solution.state" {
        Draft = "draft",
        Planned = "planned",
        InGate = "in_gate",
        Released = "released",
        Judged = "judged",
        Dropped = "dropped",
    }
}

impl SolutionState {
    /// Not yet released: it can be edited, moved and dropped.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Planned | Self::InGate)
    }

    /// The state of a plan that is not released: it follows from what it has.
    pub(crate) fn before_release(is_fixed: bool, has_gate: bool) -> Self {
        match (is_fixed, has_gate) {
            (false, _) => Self::Draft,
            (true, false) => Self::Planned,
            (true, true) => Self::InGate,
        }
    }

    /// Released at some time: it keeps its place.
    pub fn was_released(self) -> bool {
        matches!(self, Self::Released | Self::Judged)
    }
}

/// What a plan is expected to give and to take: 1 to 5, people, money and days.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Estimates {
    /// 1 (hardly any) to 5 (solves it).
    pub effect: Option<u8>,
    /// 1 (slow) to 5 (at once).
    pub speed: Option<u8>,
    /// 1 (cheap) to 5 (dear).
    pub cost: Option<u8>,
    pub people: Option<f64>,
    pub money: Option<f64>,
    pub days: Option<u32>,
}

impl Estimates {
    /// Person-days: people × days, one person where only the days are known.
    pub fn effort_days(&self) -> Option<f64> {
        self.days.map(|days| self.people.unwrap_or(1.0) * f64::from(days))
    }
}

/// One way to solve a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    pub id: SolutionId,
    pub problem_id: ProblemId,
    /// Its rank among all solutions of the problem, dropped ones last.
    pub position: u32,
    pub state: SolutionState,
    pub title: String,
    pub description: String,
    pub owner_id: Option<PersonId>,
    pub estimates: Estimates,
    pub hypothesis: Option<Hypothesis>,
    pub hypothesis_fixed_at: Option<Millis>,
    pub released_at: Option<Millis>,
    /// When the effect will be looked at next; set on release.
    pub check_on: Option<Date>,
    /// What was signed at last.
    pub outcome: Option<Outcome>,
    pub dropped_reason: Option<String>,
    pub version: u64,
    pub created_at: Millis,
    pub updated_at: Millis,
}
