//! Adding a plan behind the others.

use otklik_store::Tx;
use otklik_store::ids::{PersonId, ProblemId, SolutionId};

use super::change::check_estimates;
use super::{Estimates, Solution, SolutionState, plan_ref, plans_in, write_order};
use crate::BacklogError;
use crate::columns::{check_text, check_title};
use crate::history::{ProblemEvent, record};
use crate::problems::{guard_open, lock_problem, save_problem, state_by_plans, words_of};

/// An idea how to solve a problem.
#[derive(Debug, Clone, Default)]
pub struct NewSolution {
    pub title: String,
    pub description: String,
    pub owner_id: Option<PersonId>,
    pub estimates: Estimates,
}

/// Adds the last plan of a problem, as a draft.
pub async fn create_solution(
    tx: &mut Tx,
    problem: &ProblemId,
    new: NewSolution,
) -> Result<Solution, BacklogError> {
    let mut problem = lock_problem(tx, problem).await?;
    guard_open(&problem)?;
    check_estimates(&new.estimates)?;
    let mut plans = plans_in(tx, &problem.id).await?;
    let now = tx.now_ms();
    let id = SolutionId::new(now);
    plans.push(Solution {
        id: id.clone(),
        problem_id: problem.id.clone(),
        position: plans.iter().map(|plan| plan.position + 1).max().unwrap_or(0),
        state: SolutionState::Draft,
        title: check_title("title", &new.title)?,
        description: check_text("description", &new.description)?,
        owner_id: new.owner_id,
        estimates: new.estimates,
        hypothesis: None,
        hypothesis_fixed_at: None,
        released_at: None,
        check_on: None,
        outcome: None,
        dropped_reason: None,
        version: 1,
        created_at: now,
        updated_at: now,
    });
    if let Some(solution) = plans.last() {
        insert(tx, solution).await?;
    }
    write_order(tx, &mut plans).await?;
    let solution = plans.iter().find(|plan| plan.id == id).cloned().ok_or(super::row::NOT_FOUND)?;
    let state = state_by_plans(problem.state, &plans);
    if state != problem.state {
        problem.state = state;
        save_problem(tx, &mut problem).await?;
    }
    let event = ProblemEvent::SolutionAdded { solution: plan_ref(&plans, &solution) };
    record(tx, &problem.id, &event).await?;
    Ok(solution)
}

async fn insert(tx: &mut Tx, solution: &Solution) -> Result<(), BacklogError> {
    let Estimates { effect, speed, cost, people, money, days } = solution.estimates;
    // An absent number and a given one have different types for the driver, and PostgreSQL keeps the first one's with a
    // cached statement: these are prepared anew each time.
    sqlx::query(
        "insert into solution (id, problem_id, position, state, title, description, words, effect, speed, cost, \
             people, money, days, owner_id, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)",
    )
    .persistent(false)
    .bind(solution.id.as_str())
    .bind(solution.problem_id.as_str())
    .bind(i64::from(solution.position))
    .bind(solution.state.code())
    .bind(&solution.title)
    .bind(&solution.description)
    .bind(words_of(&[&solution.title, &solution.description]))
    .bind(effect.map(i64::from))
    .bind(speed.map(i64::from))
    .bind(cost.map(i64::from))
    .bind(people)
    .bind(money)
    .bind(days.map(i64::from))
    .bind(solution.owner_id.as_ref().map(PersonId::as_str))
    .bind(solution.created_at)
    .execute(tx.conn())
    .await?;
    Ok(())
}
