//! The order of the plans: letters, the current plan, moving them.

use std::collections::BTreeSet;

use otklik_store::Tx;
use otklik_store::ids::{ProblemId, SolutionId};

use super::{Solution, SolutionState, plans_in};
use crate::BacklogError;
use crate::history::{PlanRef, ProblemEvent, record};
use crate::problems::{guard_open, guard_version, lock_problem, save_problem};

/// The place of a plan among those that are not dropped: 0 is plan A. `plans` are all of the problem, in order.
pub fn place_of(plans: &[Solution], id: &SolutionId) -> Option<u32> {
    let mut standing = plans.iter().filter(|plan| plan.state != SolutionState::Dropped);
    standing.position(|plan| &plan.id == id).and_then(|place| u32::try_from(place).ok())
}

/// The first plan that is neither judged nor dropped: the one at work, or the next to be released.
pub fn current_plan(plans: &[Solution]) -> Option<&Solution> {
    plans.iter().find(|plan| plan.state.is_open() || plan.state == SolutionState::Released)
}

/// A plan as the history names it.
pub(crate) fn plan_ref(plans: &[Solution], plan: &Solution) -> PlanRef {
    PlanRef { id: plan.id.clone(), place: place_of(plans, &plan.id), title: plan.title.clone() }
}

/// Puts the plans into the given order, which names every plan that is not dropped.
///
/// `version` is that of the problem: the order belongs to it, and who moves plans must have seen the newest one.
pub async fn reorder_solutions(
    tx: &mut Tx,
    problem: &ProblemId,
    version: u64,
    order: &[SolutionId],
) -> Result<Vec<Solution>, BacklogError> {
    let mut problem = lock_problem(tx, problem).await?;
    guard_version("problem", problem.version, version)?;
    guard_open(&problem)?;
    let mut plans = plans_in(tx, &problem.id).await?;
    let before = standing(&plans);
    check_order(&plans, order)?;
    let rank = |plan: &Solution| order.iter().position(|id| id == &plan.id).unwrap_or(order.len());
    plans.sort_by_key(rank);
    let after = standing(&plans);
    if before == after {
        return Ok(plans);
    }
    write_order(tx, &mut plans).await?;
    save_problem(tx, &mut problem).await?;
    record(tx, &problem.id, &ProblemEvent::PlansReordered { before, after }).await?;
    Ok(plans)
}

/// Writes the positions of plans that stand in their new order, dropped ones moved to the end.
pub(crate) async fn write_order(tx: &mut Tx, plans: &mut [Solution]) -> Result<(), BacklogError> {
    plans.sort_by_key(|plan| plan.state == SolutionState::Dropped);
    for (position, plan) in (0..).zip(plans) {
        if plan.position == position {
            continue;
        }
        plan.position = position;
        sqlx::query("update solution set position = $1 where id = $2")
            .bind(i64::from(position))
            .bind(plan.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

fn standing(plans: &[Solution]) -> Vec<PlanRef> {
    let standing = plans.iter().filter(|plan| plan.state != SolutionState::Dropped);
    standing.map(|plan| plan_ref(plans, plan)).collect()
}

fn check_order(plans: &[Solution], order: &[SolutionId]) -> Result<(), BacklogError> {
    let standing: Vec<&Solution> = plans.iter().filter(|plan| plan.state != SolutionState::Dropped).collect();
    let wanted: BTreeSet<&SolutionId> = order.iter().collect();
    let known: BTreeSet<&SolutionId> = standing.iter().map(|plan| &plan.id).collect();
    if wanted != known || order.len() != known.len() {
        return Err(BacklogError::OrderIncomplete);
    }
    let moved = standing.iter().zip(order).any(|(plan, id)| plan.state.was_released() && &plan.id != id);
    if moved { Err(BacklogError::PlanReleased) } else { Ok(()) }
}
