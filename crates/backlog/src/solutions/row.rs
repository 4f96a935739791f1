//! The row of a solution: reading, locking with its problem, writing.

use std::collections::BTreeMap;

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::{PersonId, ProblemId, SolutionId};
use otklik_store::{Store, StoreError, Tx, bulk};
use sqlx::{AssertSqlSafe, FromRow};

use super::{Estimates, Solution, SolutionState};
use crate::columns::{read_count, read_date};
use crate::problems::{lock_problem, words_of};
use crate::verdicts::Outcome;
use crate::{BacklogError, Problem};

pub(super) const NOT_FOUND: StoreError = StoreError::NotFound { entity: "solution" };
const PLANS: &str = "select * from solution where problem_id = $1 order by position";

/// The solution, or not found.
pub async fn load_solution(store: &Store, id: &SolutionId) -> Result<Solution, StoreError> {
    let row: Option<SolutionRow> = sqlx::query_as("select * from solution where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

/// The solutions of a problem: plans A, B, C…, then the dropped ones.
pub async fn list_solutions(store: &Store, problem: &ProblemId) -> Result<Vec<Solution>, StoreError> {
    let rows: Vec<SolutionRow> =
        sqlx::query_as(PLANS).bind(problem.as_str()).fetch_all(store.reader()).await?;
    rows.into_iter().map(Solution::try_from).collect()
}

/// The solutions of many problems, for the table.
pub async fn list_solutions_of(
    store: &Store,
    problems: &[ProblemId],
) -> Result<BTreeMap<ProblemId, Vec<Solution>>, StoreError> {
    let mut all = BTreeMap::<ProblemId, Vec<Solution>>::new();
    for chunk in problems.chunks(bulk::rows_per_statement(1)) {
        let places = bulk::parameters(chunk.len(), 0);
        let sql =
            format!("select * from solution where problem_id in ({places}) order by problem_id, position");
        let mut query = sqlx::query_as::<_, SolutionRow>(AssertSqlSafe(sql));
        for problem in chunk {
            query = query.bind(problem.as_str());
        }
        for row in query.fetch_all(store.reader()).await? {
            let solution = Solution::try_from(row)?;
            all.entry(solution.problem_id.clone()).or_default().push(solution);
        }
    }
    Ok(all)
}

/// The same as [`list_solutions`], inside a transaction that holds the problem.
pub(crate) async fn plans_in(tx: &mut Tx, problem: &ProblemId) -> Result<Vec<Solution>, BacklogError> {
    let rows: Vec<SolutionRow> = sqlx::query_as(PLANS).bind(problem.as_str()).fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(Solution::try_from).collect::<Result<_, _>>()?)
}

/// The problem of a solution, held against other writers, and all its solutions with the place of the one asked for.
pub(crate) async fn lock_solution(
    tx: &mut Tx,
    id: &SolutionId,
) -> Result<(Problem, Vec<Solution>, usize), BacklogError> {
    let problem_id: Option<String> = sqlx::query_scalar("select problem_id from solution where id = $1")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    let problem = lock_problem(tx, &ProblemId(problem_id.ok_or(NOT_FOUND)?)).await?;
    let plans = plans_in(tx, &problem.id).await?;
    let place = plans.iter().position(|plan| &plan.id == id).ok_or(NOT_FOUND)?;
    Ok((problem, plans, place))
}

/// Writes every column that can change and makes the row one version newer.
pub(crate) async fn save_solution(tx: &mut Tx, solution: &mut Solution) -> Result<(), BacklogError> {
    solution.version += 1;
    solution.updated_at = tx.now_ms();
    let hypothesis = solution.hypothesis.as_ref().map(|h| to_json(h, "solution.hypothesis")).transpose()?;
    // An absent number and a given one have different types for the driver, and PostgreSQL keeps the first one's with a
    // cached statement: these are prepared anew each time.
    sqlx::query(
        "update solution set position = $2, state = $3, title = $4, description = $5, words = $6, effect = $7, \
             speed = $8, cost = $9, people = $10, money = $11, days = $12, hypothesis = $13, \
             hypothesis_fixed_at = $14, released_at = $15, check_on = $16, outcome = $17, dropped_reason = $18, \
             owner_id = $19, version = version + 1, updated_at = $20 \
         where id = $1",
    )
    .persistent(false)
    .bind(solution.id.as_str())
    .bind(i64::from(solution.position))
    .bind(solution.state.code())
    .bind(&solution.title)
    .bind(&solution.description)
    .bind(words_of(&[&solution.title, &solution.description]))
    .bind(solution.estimates.effect.map(i64::from))
    .bind(solution.estimates.speed.map(i64::from))
    .bind(solution.estimates.cost.map(i64::from))
    .bind(solution.estimates.people)
    .bind(solution.estimates.money)
    .bind(solution.estimates.days.map(i64::from))
    .bind(hypothesis)
    .bind(solution.hypothesis_fixed_at)
    .bind(solution.released_at)
    .bind(solution.check_on.map(|date| date.to_string()))
    .bind(solution.outcome.map(Outcome::code))
    .bind(solution.dropped_reason.as_deref())
    .bind(solution.owner_id.as_ref().map(PersonId::as_str))
    .bind(solution.updated_at)
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[derive(FromRow)]
pub(crate) struct SolutionRow {
    id: String,
    problem_id: String,
    position: i64,
    state: String,
    title: String,
    description: String,
    owner_id: Option<String>,
    effect: Option<i64>,
    speed: Option<i64>,
    cost: Option<i64>,
    people: Option<f64>,
    money: Option<f64>,
    days: Option<i64>,
    hypothesis: Option<String>,
    hypothesis_fixed_at: Option<i64>,
    released_at: Option<i64>,
    check_on: Option<String>,
    outcome: Option<String>,
    dropped_reason: Option<String>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl TryFrom<SolutionRow> for Solution {
    type Error = StoreError;

    fn try_from(row: SolutionRow) -> Result<Self, StoreError> {
        let grade = |column, value: Option<i64>| value.map(|value| read_count(column, value)).transpose();
        let hypothesis = row.hypothesis.map(|text| from_json(&text, "solution.hypothesis")).transpose()?;
        let check_on = row.check_on.map(|text| read_date("solution.check_on", &text)).transpose()?;
        let days = row.days.map(|days| read_count("solution.days", days)).transpose()?;
        Ok(Self {
            id: SolutionId(row.id),
            problem_id: ProblemId(row.problem_id),
            position: read_count("solution.position", row.position)?,
            state: SolutionState::read(&row.state)?,
            title: row.title,
            description: row.description,
            owner_id: row.owner_id.map(PersonId),
            estimates: Estimates {
                effect: grade("solution.effect", row.effect)?,
                speed: grade("solution.speed", row.speed)?,
                cost: grade("solution.cost", row.cost)?,
                people: row.people,
                money: row.money,
                days,
            },
            hypothesis,
            hypothesis_fixed_at: row.hypothesis_fixed_at,
            released_at: row.released_at,
            check_on,
            outcome: row.outcome.as_deref().map(Outcome::read).transpose()?,
            dropped_reason: row.dropped_reason,
            version: read_count("solution.version", row.version)?,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
