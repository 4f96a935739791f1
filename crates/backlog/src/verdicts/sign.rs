//! Signing a verdict, and what follows from it.

use jiff::civil::Date;
use otklik_store::ids::{PersonId, VerdictId};
use otklik_store::{Actor, Tx};

use super::row::find_in;
use super::{Outcome, Verdict};
use crate::columns::check_text;
use crate::history::{ProblemEvent, record};
use crate::problems::{ProblemState, guard_open, save_problem, state_by_plans};
use crate::solutions::{Solution, SolutionState, lock_solution, plan_ref, save_solution, succession};
use crate::{BacklogError, Problem};

/// What a person says to a proposed verdict.
#[derive(Debug, Clone)]
pub struct Signature {
    pub outcome: Outcome,
    /// Obligatory where the outcome is not the proposed one.
    pub comment: String,
    /// Obligatory for «cannot tell», and meaningless otherwise.
    pub next_check_on: Option<Date>,
}

/// Signs a verdict in the name of the person who acts; see the module's table for what follows.
pub async fn sign_verdict(
    tx: &mut Tx,
    id: &VerdictId,
    signature: Signature,
    today: Date,
) -> Result<Verdict, BacklogError> {
    let solution = find_in(tx, id).await?.solution_id;
    let (mut problem, mut plans, place) = lock_solution(tx, &solution).await?;
    // Read again: somebody may have signed it while we waited for the problem.
    let verdict = find_in(tx, id).await?;
    let Actor::Person(person) = tx.actor().clone() else { return Err(BacklogError::PersonNeeded) };
    if verdict.signature.is_some() {
        return Err(BacklogError::AlreadySigned);
    }
    guard_open(&problem)?;
    if plans[place].state != SolutionState::Released {
        return Err(BacklogError::NotReleased);
    }
    let signature = checked(signature, verdict.proposed, today)?;
    write_signature(tx, id, &person, &signature).await?;
    let event = ProblemEvent::VerdictSigned {
        solution: plan_ref(&plans, &plans[place]),
        verdict: id.clone(),
        proposed: verdict.proposed,
        signed: signature.outcome,
        comment: signature.comment.clone(),
        next_check_on: signature.next_check_on,
    };
    record(tx, &problem.id, &event).await?;
    follow(tx, &mut problem, &mut plans, place, &signature).await?;
    Ok(find_in(tx, id).await?)
}

fn checked(signature: Signature, proposed: Outcome, today: Date) -> Result<Signature, BacklogError> {
    let comment = check_text("comment", &signature.comment)?;
    if comment.is_empty() && signature.outcome != proposed {
        return Err(BacklogError::ReasonMissing);
    }
    let next_check_on = match (signature.outcome, signature.next_check_on) {
        (Outcome::CannotTell, None) => return Err(BacklogError::CheckMissing),
        (Outcome::CannotTell, Some(date)) if date <= today => {
            return Err(BacklogError::CheckTooEarly {
                earliest: today.saturating_add(jiff::Span::new().days(1)),
            });
        }
        (Outcome::CannotTell, next) => next,
        _ => None,
    };
    Ok(Signature { comment, next_check_on, ..signature })
}

async fn write_signature(
    tx: &mut Tx,
    id: &VerdictId,
    person: &PersonId,
    signature: &Signature,
) -> Result<(), BacklogError> {
    let now = tx.now_ms();
    sqlx::query("update verdict set signed = $2, signed_by = $3, signed_at = $4, comment = $5 where id = $1")
        .bind(id.as_str())
        .bind(signature.outcome.code())
        .bind(person.as_str())
        .bind(now)
        .bind(&signature.comment)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The consequences: the plan is judged or looked at again, the problem solved or handed to the next plan.
async fn follow(
    tx: &mut Tx,
    problem: &mut Problem,
    plans: &mut [Solution],
    place: usize,
    signature: &Signature,
) -> Result<(), BacklogError> {
    let plan = &mut plans[place];
    plan.outcome = Some(signature.outcome);
    if signature.outcome == Outcome::CannotTell {
        plan.check_on = signature.next_check_on;
        return save_solution(tx, plan).await;
    }
    plan.state = SolutionState::Judged;
    plan.check_on = None;
    save_solution(tx, plan).await?;
    let judged = plan_ref(plans, &plans[place]);
    let event = if signature.outcome.is_failure() {
        problem.state = state_by_plans(problem.state, plans);
        succession(judged, plans)
    } else {
        problem.state = ProblemState::Solved;
        problem.closed_at = Some(tx.now_ms());
        ProblemEvent::ProblemSolved { by: judged }
    };
    save_problem(tx, problem).await?;
    record(tx, &problem.id, &event).await
}
