//! Raising an alarm.

use jiff::civil::Date;
use otklik_store::Tx;
use otklik_store::column::to_json;
use otklik_store::ids::{AlarmId, SolutionId};
use serde_json::Value;

use super::Alarm;
use super::row::find_open_in;
use crate::BacklogError;
use crate::history::{ProblemEvent, record};
use crate::problems::ProblemState;
use crate::solutions::{lock_solution, plan_ref};

/// What was found: since when, and the measurement.
#[derive(Debug, Clone)]
pub struct Relapse {
    pub since: Date,
    pub measure: Value,
}

/// Raises the alarm that what this plan solved is back. While one is open it stands: a second call gives the same.
/// `None` where the problem is not solved any more, so that nothing can return.
pub async fn raise_alarm(
    tx: &mut Tx,
    solution: &SolutionId,
    found: Relapse,
) -> Result<Option<Alarm>, BacklogError> {
    let (problem, plans, place) = lock_solution(tx, solution).await?;
    if problem.state != ProblemState::Solved {
        return Ok(None);
    }
    if let Some(open) = find_open_in(tx, &problem.id).await? {
        return Ok(Some(open));
    }
    let now = tx.now_ms();
    let Relapse { since, measure } = found;
    let (id, problem_id, solution_id) = (AlarmId::new(now), problem.id.clone(), solution.clone());
    sqlx::query(
        "insert into problem_alarm (id, problem_id, solution_id, since, measure, raised_at) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.as_str())
    .bind(problem_id.as_str())
    .bind(solution_id.as_str())
    .bind(since.to_string())
    .bind(to_json(&measure, "problem_alarm.measure")?)
    .bind(now)
    .execute(tx.conn())
    .await?;
    let event =
        ProblemEvent::ProblemReturned { solution: plan_ref(&plans, &plans[place]), alarm: id.clone(), since };
    record(tx, &problem.id, &event).await?;
    Ok(Some(Alarm { id, problem_id, solution_id, since, measure, raised_at: now }))
}
