//! The row of a problem: reading, locking, writing.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::{PersonId, ProblemId, UnitId};
use otklik_store::{Store, StoreError, Tx};
use sqlx::FromRow;

use super::{MoneyInputs, Problem, ProblemKind, ProblemState, words_of};
use crate::columns::read_count;
use crate::{BacklogError, Criticality};

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "problem" };

/// The problem, or not found.
pub async fn load_problem(store: &Store, id: &ProblemId) -> Result<Problem, StoreError> {
    let row: Option<ProblemRow> = sqlx::query_as("select * from problem where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

/// The problem, with everything that hangs on it held against other writers until the transaction ends.
///
/// Writing the row locks it on both databases; two people who work on the plans of one problem do so one after another.
pub(crate) async fn lock_problem(tx: &mut Tx, id: &ProblemId) -> Result<Problem, BacklogError> {
    let row: Option<ProblemRow> =
        sqlx::query_as("update problem set version = version where id = $1 returning *")
            .bind(id.as_str())
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.ok_or(NOT_FOUND)?.try_into()?)
}

/// Writes every column that can change and makes the row one version newer.
pub(crate) async fn save_problem(tx: &mut Tx, problem: &mut Problem) -> Result<(), BacklogError> {
    problem.version += 1;
    problem.updated_at = tx.now_ms();
    // An absent number and a given one have different types for the driver, and PostgreSQL keeps the first one's with a
    // cached statement: these are prepared anew each time.
    sqlx::query(
        "update problem set kind = $2, state = $3, title = $4, statement = $5, words = $6, unit_id = $7, \
             owner_id = $8, criticality = $9, criticality_reason = $10, churn_share = $11, customer_value = $12, \
             claim_cost = $13, metric_code = $14, evidence = $15, rejected_reason = $16, version = version + 1, \
             closed_at = $17, updated_at = $18 \
         where id = $1",
    )
    .persistent(false)
    .bind(problem.id.as_str())
    .bind(problem.kind.code())
    .bind(problem.state.code())
    .bind(&problem.title)
    .bind(&problem.statement)
    .bind(words_of(&[&problem.title, &problem.statement, problem.rejected_reason.as_deref().unwrap_or("")]))
    .bind(problem.unit_id.as_ref().map(UnitId::as_str))
    .bind(problem.owner_id.as_ref().map(PersonId::as_str))
    .bind(problem.criticality.map(|c| i64::from(c.level())))
    .bind(&problem.criticality_reason)
    .bind(problem.money.churn_share)
    .bind(problem.money.customer_value)
    .bind(problem.money.claim_cost)
    .bind(problem.metric_code.as_deref())
    .bind(to_json(&problem.evidence, "problem.evidence")?)
    .bind(problem.rejected_reason.as_deref())
    .bind(problem.closed_at)
    .bind(problem.updated_at)
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[derive(FromRow)]
pub(super) struct ProblemRow {
    id: String,
    number: i64,
    kind: String,
    state: String,
    title: String,
    statement: String,
    unit_id: Option<String>,
    owner_id: Option<String>,
    criticality: Option<i64>,
    criticality_reason: String,
    churn_share: Option<f64>,
    customer_value: Option<f64>,
    claim_cost: Option<f64>,
    metric_code: Option<String>,
    evidence: String,
    rejected_reason: Option<String>,
    version: i64,
    created_at: i64,
    updated_at: i64,
    closed_at: Option<i64>,
}

impl TryFrom<ProblemRow> for Problem {
    type Error = StoreError;

    fn try_from(row: ProblemRow) -> Result<Self, StoreError> {
        let criticality = |level| {
            Criticality::from_level(level).ok_or_else(|| StoreError::unreadable("problem.criticality", level))
        };
        Ok(Self {
            id: ProblemId(row.id),
            number: read_count("problem.number", row.number)?,
            kind: ProblemKind::read(&row.kind)?,
            state: ProblemState::read(&row.state)?,
            title: row.title,
            statement: row.statement,
            unit_id: row.unit_id.map(UnitId),
            owner_id: row.owner_id.map(PersonId),
            criticality: row.criticality.map(criticality).transpose()?,
            criticality_reason: row.criticality_reason,
            money: MoneyInputs {
                churn_share: row.churn_share,
                customer_value: row.customer_value,
                claim_cost: row.claim_cost,
            },
            metric_code: row.metric_code,
            evidence: from_json(&row.evidence, "problem.evidence")?,
            rejected_reason: row.rejected_reason,
            version: read_count("problem.version", row.version)?,
            created_at: row.created_at,
            updated_at: row.updated_at,
            closed_at: row.closed_at,
        })
    }
}
