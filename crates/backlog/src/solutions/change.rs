//! Editing and giving up a plan.

use otklik_store::Tx;
use otklik_store::ids::{PersonId, SolutionId};

use super::row::NOT_FOUND;
use super::{
    Estimates, Solution, SolutionState, current_plan, lock_solution, plan_ref, save_solution, write_order,
};
use crate::BacklogError;
use crate::columns::{check_range, check_reason, check_text, check_title};
use crate::history::{FieldChange, ProblemEvent, record};
use crate::problems::{field, guard_open, guard_version, save_problem, state_by_plans};

const GRADES: (f64, f64) = (1.0, 5.0);
const MOST_PEOPLE: f64 = 1e6;
const MOST_MONEY: f64 = 1e15;
const MOST_DAYS: f64 = 36_600.0;

/// What to change; `None` leaves it as it is, `Some(None)` leaves it to nobody. The estimates change together.
#[derive(Debug, Clone, Default)]
pub struct SolutionPatch {
    /// The version that was on the screen.
    pub version: u64,
    pub title: Option<String>,
    pub description: Option<String>,
    pub owner_id: Option<Option<PersonId>>,
    pub estimates: Option<Estimates>,
}

/// Edits a plan. Of a released one, the words; the estimates stay what they were when it was chosen.
pub async fn update_solution(
    tx: &mut Tx,
    id: &SolutionId,
    patch: SolutionPatch,
) -> Result<Solution, BacklogError> {
    let (problem, mut plans, place) = lock_solution(tx, id).await?;
    let before = plans[place].clone();
    guard_version("solution", before.version, patch.version)?;
    let mut solution = before.clone();
    if let Some(title) = patch.title {
        solution.title = check_title("title", &title)?;
    }
    if let Some(description) = patch.description {
        solution.description = check_text("description", &description)?;
    }
    if let Some(owner) = patch.owner_id {
        solution.owner_id = owner;
    }
    if let Some(estimates) = patch.estimates {
        check_estimates(&estimates)?;
        solution.estimates = estimates;
    }
    if solution == before {
        return Ok(solution);
    }
    if solution.estimates != before.estimates && !before.state.is_open() {
        return Err(BacklogError::SolutionState(before.state));
    }
    save_solution(tx, &mut solution).await?;
    plans[place] = solution.clone();
    let changes = changes(&before, &solution)?;
    let event = ProblemEvent::SolutionChanged { solution: plan_ref(&plans, &solution), changes };
    record(tx, &problem.id, &event).await?;
    Ok(solution)
}

/// Gives a plan up before its release; the reason is kept. The next plan takes its place.
pub async fn drop_solution(
    tx: &mut Tx,
    id: &SolutionId,
    version: u64,
    reason: &str,
) -> Result<Solution, BacklogError> {
    let (mut problem, mut plans, place) = lock_solution(tx, id).await?;
    guard_open(&problem)?;
    guard_version("solution", plans[place].version, version)?;
    if !plans[place].state.is_open() {
        return Err(BacklogError::SolutionState(plans[place].state));
    }
    let reason = check_reason(reason)?;
    let was_current = current_plan(&plans).is_some_and(|plan| &plan.id == id);
    let dropped_ref = plan_ref(&plans, &plans[place]);
    let dropped = &mut plans[place];
    dropped.state = SolutionState::Dropped;
    dropped.dropped_reason = Some(reason.clone());
    save_solution(tx, dropped).await?;
    write_order(tx, &mut plans).await?;
    let event = ProblemEvent::SolutionDropped { solution: dropped_ref.clone(), reason };
    record(tx, &problem.id, &event).await?;
    if was_current {
        record(tx, &problem.id, &succession(dropped_ref, &plans)).await?;
    }
    let state = state_by_plans(problem.state, &plans);
    if state != problem.state {
        problem.state = state;
        save_problem(tx, &mut problem).await?;
    }
    plans.into_iter().find(|plan| &plan.id == id).ok_or(NOT_FOUND.into())
}

/// Who follows a plan that is out: the next one, or nobody.
pub(crate) fn succession(from: crate::history::PlanRef, plans: &[Solution]) -> ProblemEvent {
    match current_plan(plans) {
        Some(next) => ProblemEvent::PlanPromoted { from, to: plan_ref(plans, next) },
        None => ProblemEvent::PlansExhausted { last: from },
    }
}

pub(super) fn check_estimates(estimates: &Estimates) -> Result<(), BacklogError> {
    let grades = [("effect", estimates.effect), ("speed", estimates.speed), ("cost", estimates.cost)];
    for (field, grade) in grades {
        if let Some(grade) = grade {
            check_range(field, grade.into(), GRADES.0, GRADES.1)?;
        }
    }
    let amounts = [
        ("people", estimates.people, MOST_PEOPLE),
        ("money", estimates.money, MOST_MONEY),
        ("days", estimates.days.map(f64::from), MOST_DAYS),
    ];
    for (field, amount, most) in amounts {
        if let Some(amount) = amount {
            check_range(field, amount, 0.0, most)?;
        }
    }
    Ok(())
}

fn changes(before: &Solution, after: &Solution) -> Result<Vec<FieldChange>, BacklogError> {
    let (old, new) = (&before.estimates, &after.estimates);
    let fields = [
        field("title", &before.title, &after.title),
        field("description", &before.description, &after.description),
        field("owner_id", &before.owner_id, &after.owner_id),
        field("effect", old.effect, new.effect),
        field("speed", old.speed, new.speed),
        field("cost", old.cost, new.cost),
        field("people", old.people, new.people),
        field("money", old.money, new.money),
        field("days", old.days, new.days),
    ];
    fields.into_iter().filter_map(Result::transpose).collect()
}
