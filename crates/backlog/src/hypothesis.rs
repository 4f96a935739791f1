//! The practical hypothesis of a plan: what we change, which metric must move, how far, by when.
//!
//! Written as a draft and edited at will; *fixed* before release, when what it is measured on is frozen with it; may be
//! unfixed with a reason until the release, and never after.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use otklik_facts::Filter;
use otklik_store::Tx;
use otklik_store::column::to_json;
use otklik_store::ids::SolutionId;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::columns::{TITLE_LIMIT, check_length, check_range, check_reason, check_text};
use crate::gates::count_gate_items;
use crate::history::{ProblemEvent, record};
use crate::problems::{field, guard_open, guard_version};
use crate::solutions::{Solution, SolutionState, lock_solution, plan_ref, save_solution};
use crate::{BacklogError, Evidence, Problem};

const SHORTEST_WINDOW_DAYS: u32 = 7;
const LONGEST_WINDOW_DAYS: u32 = 730;
const LARGEST_EFFECT: f64 = 1e9;

codes! {
    /// Which way the metric must move.
    pub enum Direction in "solution.hypothesis" {
        Up = "up",
        Down = "down",
    }
}

codes! {
    /// In what the effect is counted.
    pub enum EffectUnit in "solution.hypothesis" {
        /// The unit of the metric itself.
        Points = "points",
        /// Per cent of the value before.
        Percent = "percent",
    }
}

/// «If we change this, the metric moves so, by at least so much, and we look on that day.»
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanHypothesis)]
pub struct Hypothesis {
    /// What is changed and why it should help, in words.
    pub change: String,
    pub metric_code: String,
    pub metric_version: u32,
    /// What the metric is measured on. `None` in a draft means the problem's evidence; fixing puts a copy of it here,
    /// so that later edits of the problem do not move the goalposts.
    #[serde(default)]
    pub subject: Option<Evidence>,
    /// Customers or items whom the change does not reach, for comparison.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub control: Option<Filter>,
    pub direction: Direction,
    /// The smallest effect worth having, above 0.
    pub smallest_effect: f64,
    pub unit: EffectUnit,
    /// Days after the release that are left out while the change spreads.
    #[serde(default)]
    pub settle_days: u32,
    /// How long before the release, and how long after it has settled, is measured.
    pub before_days: u32,
    pub after_days: u32,
    #[schema(value_type = String, format = Date)]
    pub check_on: Date,
}

impl Hypothesis {
    fn checked(mut self) -> Result<Self, BacklogError> {
        self.change = check_text("change", &self.change)?;
        self.metric_code = check_length("metric_code", &self.metric_code, TITLE_LIMIT)?;
        for (field, text) in [("change", &self.change), ("metric_code", &self.metric_code)] {
            if text.is_empty() {
                return Err(BacklogError::Empty { field });
            }
        }
        check_range("smallest_effect", self.smallest_effect, f64::MIN_POSITIVE, LARGEST_EFFECT)?;
        for (field, days) in [("before_days", self.before_days), ("after_days", self.after_days)] {
            check_range(field, days.into(), SHORTEST_WINDOW_DAYS.into(), LONGEST_WINDOW_DAYS.into())?;
        }
        check_range("settle_days", self.settle_days.into(), 0.0, LONGEST_WINDOW_DAYS.into())?;
        self.subject = self.subject.map(Evidence::checked).transpose()?;
        to_json(&self.control, "solution.hypothesis")
            .map_err(|e| BacklogError::EvidenceInvalid(e.to_string()))?;
        Ok(self)
    }

    /// The day of the check, if the release happens on `release`: never before all days to be measured are over.
    pub(crate) fn check_date(&self, release: Date) -> Result<Date, BacklogError> {
        let after: Span = i64::from(self.settle_days + self.after_days).days();
        let earliest = release.saturating_add(after);
        if self.check_on < earliest {
            Err(BacklogError::CheckTooEarly { earliest })
        } else {
            Ok(self.check_on)
        }
    }
}

/// Writes or rewrites the draft of a plan's hypothesis.
pub async fn set_hypothesis(
    tx: &mut Tx,
    id: &SolutionId,
    version: u64,
    hypothesis: Hypothesis,
) -> Result<Solution, BacklogError> {
    let (problem, plans, mut solution) = lock_seen(tx, id, version).await?;
    guard_draft(&solution)?;
    let hypothesis = Some(hypothesis.checked()?);
    let Some(change) = field("hypothesis", &solution.hypothesis, &hypothesis)? else { return Ok(solution) };
    solution.hypothesis = hypothesis;
    save_solution(tx, &mut solution).await?;
    let event =
        ProblemEvent::SolutionChanged { solution: plan_ref(&plans, &solution), changes: vec![change] };
    record(tx, &problem.id, &event).await?;
    Ok(solution)
}

/// Fixes the hypothesis, and with it what it is measured on. From here on the plan is no mere draft.
pub async fn fix_hypothesis(
    tx: &mut Tx,
    id: &SolutionId,
    version: u64,
    today: Date,
) -> Result<Solution, BacklogError> {
    let (problem, plans, mut solution) = lock_seen(tx, id, version).await?;
    guard_draft(&solution)?;
    let mut hypothesis = solution.hypothesis.take().ok_or(BacklogError::HypothesisMissing)?;
    hypothesis.check_date(today)?;
    hypothesis.subject.get_or_insert_with(|| problem.evidence.clone());
    solution.hypothesis = Some(hypothesis.clone());
    solution.hypothesis_fixed_at = Some(tx.now_ms());
    let has_gate = count_gate_items(tx, id).await?.all > 0;
    solution.state = SolutionState::before_release(true, has_gate);
    save_solution(tx, &mut solution).await?;
    let event = ProblemEvent::HypothesisFixed { solution: plan_ref(&plans, &solution), hypothesis };
    record(tx, &problem.id, &event).await?;
    Ok(solution)
}

/// Takes a fixed hypothesis back into draft, before the release, with a reason for the history.
pub async fn unfix_hypothesis(
    tx: &mut Tx,
    id: &SolutionId,
    version: u64,
    reason: &str,
) -> Result<Solution, BacklogError> {
    let (problem, plans, mut solution) = lock_seen(tx, id, version).await?;
    match solution.state {
        SolutionState::Planned | SolutionState::InGate => {}
        SolutionState::Draft => return Err(BacklogError::HypothesisMissing),
        SolutionState::Released | SolutionState::Judged => return Err(BacklogError::HypothesisFixed),
        SolutionState::Dropped => return Err(BacklogError::SolutionState(solution.state)),
    }
    let reason = check_reason(reason)?;
    solution.hypothesis_fixed_at = None;
    solution.state = SolutionState::Draft;
    save_solution(tx, &mut solution).await?;
    let event = ProblemEvent::HypothesisUnfixed { solution: plan_ref(&plans, &solution), reason };
    record(tx, &problem.id, &event).await?;
    Ok(solution)
}

/// A plan of an open problem in the version that was seen, with all plans of its problem.
async fn lock_seen(
    tx: &mut Tx,
    id: &SolutionId,
    version: u64,
) -> Result<(Problem, Vec<Solution>, Solution), BacklogError> {
    let (problem, plans, place) = lock_solution(tx, id).await?;
    guard_open(&problem)?;
    let solution = plans[place].clone();
    guard_version("solution", solution.version, version)?;
    Ok((problem, plans, solution))
}

/// Only a draft's hypothesis is written and fixed.
fn guard_draft(solution: &Solution) -> Result<(), BacklogError> {
    match solution.state {
        SolutionState::Draft => Ok(()),
        SolutionState::Dropped => Err(BacklogError::SolutionState(solution.state)),
        _ => Err(BacklogError::HypothesisFixed),
    }
}
