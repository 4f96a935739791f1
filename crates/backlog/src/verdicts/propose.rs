//! Proposing an outcome on the check date.

use jiff::civil::Date;
use otklik_store::Tx;
use otklik_store::column::to_json;
use otklik_store::ids::{SolutionId, VerdictId};
use serde_json::Value;

use super::row::find_in;
use super::{Outcome, Verdict};
use crate::BacklogError;
use crate::history::{ProblemEvent, record};
use crate::problems::guard_open;
use crate::solutions::{SolutionState, lock_solution, plan_ref};

/// What was measured, and the outcome that the measure allows one to propose.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub measure: Value,
    pub outcome: Outcome,
}

/// Proposes the verdict of the check that is due. Once proposed it stands: a second call gives the same verdict.
///
/// Never before its date: who looks every day and stops when it looks good finds effects where there are none.
pub async fn propose_verdict(
    tx: &mut Tx,
    solution: &SolutionId,
    proposal: Proposal,
    today: Date,
) -> Result<Verdict, BacklogError> {
    let (problem, plans, place) = lock_solution(tx, solution).await?;
    guard_open(&problem)?;
    let plan = &plans[place];
    let (SolutionState::Released, Some(check_on)) = (plan.state, plan.check_on) else {
        return Err(BacklogError::NotReleased);
    };
    if today < check_on {
        return Err(BacklogError::CheckNotDue { check_on });
    }
    let now = tx.now_ms();
    let new: Option<String> = sqlx::query_scalar(
        "insert into verdict (id, solution_id, check_on, measure, proposed, proposed_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (solution_id, check_on) do nothing returning id",
    )
    .bind(VerdictId::new(now).as_str())
    .bind(solution.as_str())
    .bind(check_on.to_string())
    .bind(to_json(&proposal.measure, "verdict.measure")?)
    .bind(proposal.outcome.code())
    .bind(now)
    .fetch_optional(tx.conn())
    .await?;
    if let Some(id) = new {
        let verdict = VerdictId(id);
        let (outcome, plan) = (proposal.outcome, plan_ref(&plans, plan));
        let event = ProblemEvent::VerdictProposed { solution: plan, verdict: verdict.clone(), outcome };
        record(tx, &problem.id, &event).await?;
        return Ok(find_in(tx, &verdict).await?);
    }
    let id: String = sqlx::query_scalar("select id from verdict where solution_id = $1 and check_on = $2")
        .bind(solution.as_str())
        .bind(check_on.to_string())
        .fetch_one(tx.conn())
        .await?;
    Ok(find_in(tx, &VerdictId(id)).await?)
}
