//! A solved problem that returns: the plan that worked is watched, an alarm raised, and a person answers it.
//!
//! | answered | the problem | the watch |
//! |---|---|---|
//! | reopened | open by its plans, the next one is current | ends until a plan works again |
//! | dismissed, with a reason | stays solved | begins anew, [`QUIET_DAYS`] later |
//!
//! A problem has one open alarm at most: raising again while it is open gives the same.

mod raise;
mod row;
mod settle;
mod watch;

pub use raise::{Relapse, raise_alarm};
pub use row::{OpenAlarm, list_alarms_of, list_open_alarms};
pub use settle::dismiss_alarm;
pub(crate) use settle::settle_by_reopening;
pub use watch::{QUIET_DAYS, WatchedPlan, list_watched_plans};

use jiff::civil::Date;
use otklik_store::Millis;
use otklik_store::ids::{AlarmId, ProblemId, SolutionId};
use serde_json::Value;

/// «What this plan had solved is back, since that day.»
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    pub id: AlarmId,
    pub problem_id: ProblemId,
    /// The plan that had worked.
    pub solution_id: SolutionId,
    /// The first day of the week in which it began.
    pub since: Date,
    /// What was measured, as the measuring domain wrote it.
    pub measure: Value,
    pub raised_at: Millis,
}
