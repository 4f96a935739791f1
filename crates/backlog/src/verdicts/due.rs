//! What waits: checks whose day has come, and proposals that nobody has signed.

use jiff::civil::Date;
use otklik_store::ids::{ProblemId, SolutionId};
use otklik_store::{Store, StoreError};
use sqlx::{AssertSqlSafe, FromRow};

use super::Verdict;
use super::row::VerdictRow;
use crate::Problem;
use crate::problems::{NAME_COLUMNS, NameRow, ProblemName, load_problem};
use crate::solutions::{Solution, load_solution};

/// A released plan whose effect is to be measured now.
#[derive(Debug, Clone, PartialEq)]
pub struct DueCheck {
    pub problem: Problem,
    pub solution: Solution,
}

/// A proposed verdict that waits for a signature.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenVerdict {
    pub problem: ProblemName,
    pub solution_title: String,
    pub verdict: Verdict,
}

/// Checks that are due on the company's day `today` and have no proposal yet, the oldest first.
pub async fn list_due_checks(store: &Store, today: Date) -> Result<Vec<DueCheck>, StoreError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select s.id, s.problem_id from solution s join problem p on p.id = s.problem_id \
         where s.state = 'released' and s.check_on <= $1 and p.state = 'watching' \
             and not exists (select 1 from verdict v where v.solution_id = s.id and v.check_on = s.check_on) \
         order by s.check_on, s.id",
    )
    .bind(today.to_string())
    .fetch_all(store.reader())
    .await?;
    let mut due = Vec::with_capacity(rows.len());
    for (solution, problem) in rows {
        let solution = load_solution(store, &SolutionId(solution)).await?;
        due.push(DueCheck { problem: load_problem(store, &ProblemId(problem)).await?, solution });
    }
    Ok(due)
}

/// Proposals without a signature, of problems that are not closed, the oldest first.
pub async fn list_open_verdicts(store: &Store) -> Result<Vec<OpenVerdict>, StoreError> {
    let sql = format!(
        "select v.*, s.title as solution_title, {NAME_COLUMNS} from verdict v \
             join solution s on s.id = v.solution_id join problem p on p.id = s.problem_id \
         where v.signed is null and s.state = 'released' and p.state = 'watching' order by v.proposed_at, v.id"
    );
    let rows: Vec<OpenRow> = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(store.reader()).await?;
    let open = |row: OpenRow| {
        let (problem, verdict) = (row.problem.try_into()?, row.verdict.try_into()?);
        Ok(OpenVerdict { problem, solution_title: row.solution_title, verdict })
    };
    rows.into_iter().map(open).collect()
}

#[derive(FromRow)]
struct OpenRow {
    #[sqlx(flatten)]
    verdict: VerdictRow,
    solution_title: String,
    #[sqlx(flatten)]
    problem: NameRow,
}
