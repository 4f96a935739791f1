//! Answering an alarm: dismissed with a reason, or followed by reopening the problem.

use otklik_store::Tx;
use otklik_store::ids::{AlarmId, ProblemId};

use super::row::find_open_in;
use crate::columns::check_reason;
use crate::history::{ProblemEvent, record};
use crate::problems::{guard_version, lock_problem};
use crate::{BacklogError, Problem};

/// «It has not come back, because …»: the problem stays solved and is watched anew after some weeks.
pub async fn dismiss_alarm(
    tx: &mut Tx,
    problem: &ProblemId,
    version: u64,
    reason: &str,
) -> Result<Problem, BacklogError> {
    let problem = lock_problem(tx, problem).await?;
    guard_version("problem", problem.version, version)?;
    let alarm = find_open_in(tx, &problem.id).await?.ok_or(BacklogError::AlarmMissing)?;
    let reason = check_reason(reason)?;
    settle(tx, &alarm.id, "dismissed", &reason).await?;
    record(tx, &problem.id, &ProblemEvent::AlarmDismissed { alarm: alarm.id, reason }).await?;
    Ok(problem)
}

/// The open alarm of a problem that is being reopened is answered by that.
pub(crate) async fn settle_by_reopening(
    tx: &mut Tx,
    problem: &ProblemId,
    reason: &str,
) -> Result<(), BacklogError> {
    match find_open_in(tx, problem).await? {
        Some(alarm) => settle(tx, &alarm.id, "reopened", reason).await,
        None => Ok(()),
    }
}

async fn settle(tx: &mut Tx, id: &AlarmId, how: &str, reason: &str) -> Result<(), BacklogError> {
    let (now, by) = (tx.now_ms(), tx.actor().id().to_owned());
    sqlx::query(
        "update problem_alarm set settled = $2, settled_by = $3, settled_at = $4, reason = $5 where id = $1",
    )
    .bind(id.as_str())
    .bind(how)
    .bind(by)
    .bind(now)
    .bind(reason)
    .execute(tx.conn())
    .await?;
    Ok(())
}
