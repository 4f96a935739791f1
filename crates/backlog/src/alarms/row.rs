//! The row of an alarm, and the alarms that nobody has answered.

use std::collections::BTreeMap;

use otklik_store::column::from_json;
use otklik_store::ids::{AlarmId, ProblemId, SolutionId};
use otklik_store::{Store, StoreError, Tx};
use sqlx::{AssertSqlSafe, FromRow};

use super::Alarm;
use crate::columns::read_date;
use crate::problems::{NAME_COLUMNS, NameRow, ProblemName};

/// An alarm that waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenAlarm {
    pub problem: ProblemName,
    pub alarm: Alarm,
}

/// Alarms without an answer, the oldest first.
pub async fn list_open_alarms(store: &Store) -> Result<Vec<OpenAlarm>, StoreError> {
    let sql = format!(
        "select a.*, {NAME_COLUMNS} from problem_alarm a join problem p on p.id = a.problem_id \
         where a.settled is null order by a.raised_at, a.id"
    );
    let rows: Vec<OpenRow> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(store.reader()).await?;
    let open =
        |row: OpenRow| Ok(OpenAlarm { problem: row.problem.try_into()?, alarm: row.alarm.try_into()? });
    rows.into_iter().map(open).collect()
}

/// The open alarm of each problem that has one.
pub async fn list_alarms_of(store: &Store) -> Result<BTreeMap<ProblemId, Alarm>, StoreError> {
    let open = list_open_alarms(store).await?.into_iter();
    Ok(open.map(|open| (open.problem.id, open.alarm)).collect())
}

pub(super) async fn find_open_in(tx: &mut Tx, problem: &ProblemId) -> Result<Option<Alarm>, StoreError> {
    let row: Option<AlarmRow> =
        sqlx::query_as("select * from problem_alarm where problem_id = $1 and settled is null")
            .bind(problem.as_str())
            .fetch_optional(tx.conn())
            .await?;
    row.map(Alarm::try_from).transpose()
}

#[derive(FromRow)]
struct AlarmRow {
    id: String,
    problem_id: String,
    solution_id: String,
    since: String,
    measure: String,
    raised_at: i64,
}

#[derive(FromRow)]
struct OpenRow {
    #[sqlx(flatten)]
    alarm: AlarmRow,
    #[sqlx(flatten)]
    problem: NameRow,
}

impl TryFrom<AlarmRow> for Alarm {
    type Error = StoreError;

    fn try_from(row: AlarmRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AlarmId(row.id),
            problem_id: ProblemId(row.problem_id),
            solution_id: SolutionId(row.solution_id),
            since: read_date("problem_alarm.since", &row.since)?,
            measure: from_json(&row.measure, "problem_alarm.measure")?,
            raised_at: row.raised_at,
        })
    }
}
