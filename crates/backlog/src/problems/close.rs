//! Closing a problem with a reason that is kept, and opening it again.

use otklik_store::Tx;
use otklik_store::ids::ProblemId;

use super::{Problem, ProblemState, guard_open, guard_version, lock_problem, save_problem, state_by_plans};
use crate::BacklogError;
use crate::alarms::settle_by_reopening;
use crate::columns::check_reason;
use crate::history::{ProblemEvent, record};
use crate::solutions::{current_plan, plan_ref, plans_in};
use crate::verdicts::Outcome;

/// «Rejected, because …»: the row stays, visible and searchable.
pub async fn reject_problem(
    tx: &mut Tx,
    id: &ProblemId,
    version: u64,
    reason: &str,
) -> Result<Problem, BacklogError> {
    let (mut problem, from, reason) = open_with_reason(tx, id, version, reason).await?;
    problem.rejected_reason = Some(reason.clone());
    close(tx, &mut problem, ProblemState::Rejected).await?;
    record(tx, id, &ProblemEvent::ProblemRejected { from, reason }).await?;
    Ok(problem)
}

/// Closes a problem as solved by a decision of people, where no verdict says so: the reason stands in the history, and
/// no plan is said to have worked.
pub async fn close_problem(
    tx: &mut Tx,
    id: &ProblemId,
    version: u64,
    reason: &str,
) -> Result<Problem, BacklogError> {
    let (mut problem, from, reason) = open_with_reason(tx, id, version, reason).await?;
    close(tx, &mut problem, ProblemState::Solved).await?;
    record(tx, id, &ProblemEvent::ProblemClosed { from, reason }).await?;
    Ok(problem)
}

/// Opens a solved or rejected problem again: it came back, or the rejection was a mistake. The next plan is current, and
/// an open alarm answered.
pub async fn reopen_problem(
    tx: &mut Tx,
    id: &ProblemId,
    version: u64,
    reason: &str,
) -> Result<Problem, BacklogError> {
    let mut problem = lock_problem(tx, id).await?;
    guard_version("problem", problem.version, version)?;
    if !problem.state.is_closed() {
        return Err(BacklogError::ProblemState(problem.state));
    }
    let reason = check_reason(reason)?;
    let from = problem.state;
    let plans = plans_in(tx, id).await?;
    problem.state = state_by_plans(ProblemState::Analysing, &plans);
    problem.rejected_reason = None;
    problem.closed_at = None;
    save_problem(tx, &mut problem).await?;
    settle_by_reopening(tx, id, &reason).await?;
    record(tx, id, &ProblemEvent::ProblemReopened { from, to: problem.state, reason }).await?;
    let worked = plans.iter().rfind(|plan| plan.outcome == Some(Outcome::Worked));
    let next = current_plan(&plans).filter(|plan| plan.state.is_open());
    if let (ProblemState::Solved, Some(worked), Some(next)) = (from, worked, next) {
        let (from, to) = (plan_ref(&plans, worked), plan_ref(&plans, next));
        record(tx, id, &ProblemEvent::PlanPromoted { from, to }).await?;
    }
    Ok(problem)
}

/// An open problem in the version that was seen, its state, and why it is to be closed.
async fn open_with_reason(
    tx: &mut Tx,
    id: &ProblemId,
    version: u64,
    reason: &str,
) -> Result<(Problem, ProblemState, String), BacklogError> {
    let problem = lock_problem(tx, id).await?;
    guard_version("problem", problem.version, version)?;
    guard_open(&problem)?;
    let from = problem.state;
    Ok((problem, from, check_reason(reason)?))
}

async fn close(tx: &mut Tx, problem: &mut Problem, state: ProblemState) -> Result<(), BacklogError> {
    problem.state = state;
    problem.closed_at = Some(tx.now_ms());
    save_problem(tx, problem).await
}
