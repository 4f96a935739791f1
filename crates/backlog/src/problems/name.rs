//! A problem as a name to link to, beside what belongs to it.

use otklik_store::StoreError;
use otklik_store::ids::{ProblemId, UnitId};
use sqlx::FromRow;

use crate::columns::read_count;

/// What one needs to name a problem and to know whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemName {
    pub id: ProblemId,
    pub number: u64,
    pub title: String,
    pub unit_id: Option<UnitId>,
}

/// The columns of a [`NameRow`], of the table `problem p`.
pub(crate) const NAME_COLUMNS: &str = "p.id as problem_id, p.number as problem_number, p.title as problem_title, \
     p.unit_id as problem_unit_id";

#[derive(FromRow)]
pub(crate) struct NameRow {
    problem_id: String,
    problem_number: i64,
    problem_title: String,
    problem_unit_id: Option<String>,
}

impl TryFrom<NameRow> for ProblemName {
    type Error = StoreError;

    fn try_from(row: NameRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ProblemId(row.problem_id),
            number: read_count("problem.number", row.problem_number)?,
            title: row.problem_title,
            unit_id: row.problem_unit_id.map(UnitId),
        })
    }
}
