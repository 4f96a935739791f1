//! The row of a verdict.

use otklik_store::column::from_json;
use otklik_store::ids::{PersonId, SolutionId, VerdictId};
use otklik_store::{Store, StoreError, Tx};
use sqlx::FromRow;

use super::{Outcome, Signed, Verdict};
use crate::columns::read_date;

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "verdict" };

/// The verdict, or not found.
pub async fn load_verdict(store: &Store, id: &VerdictId) -> Result<Verdict, StoreError> {
    let row: Option<VerdictRow> = sqlx::query_as("select * from verdict where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

/// The verdicts of a plan, one for each check, oldest first.
pub async fn list_verdicts(store: &Store, solution: &SolutionId) -> Result<Vec<Verdict>, StoreError> {
    let rows: Vec<VerdictRow> =
        sqlx::query_as("select * from verdict where solution_id = $1 order by check_on")
            .bind(solution.as_str())
            .fetch_all(store.reader())
            .await?;
    rows.into_iter().map(Verdict::try_from).collect()
}

pub(super) async fn find_in(tx: &mut Tx, id: &VerdictId) -> Result<Verdict, StoreError> {
    let row: Option<VerdictRow> = sqlx::query_as("select * from verdict where id = $1")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

#[derive(FromRow)]
pub(super) struct VerdictRow {
    id: String,
    solution_id: String,
    check_on: String,
    measure: String,
    proposed: String,
    proposed_at: i64,
    signed: Option<String>,
    signed_by: Option<String>,
    signed_at: Option<i64>,
    comment: String,
}

impl TryFrom<VerdictRow> for Verdict {
    type Error = StoreError;

    fn try_from(row: VerdictRow) -> Result<Self, StoreError> {
        let signature = match (row.signed, row.signed_by, row.signed_at) {
            (Some(outcome), Some(by), Some(at)) => {
                Some(Signed { outcome: Outcome::read(&outcome)?, by: PersonId(by), at, comment: row.comment })
            }
            _ => None,
        };
        Ok(Self {
            id: VerdictId(row.id),
            solution_id: SolutionId(row.solution_id),
            check_on: read_date("verdict.check_on", &row.check_on)?,
            measure: from_json(&row.measure, "verdict.measure")?,
            proposed: Outcome::read(&row.proposed)?,
            proposed_at: row.proposed_at,
            signature,
        })
    }
}
