//! What waits: checks whose day has come, and proposals that nobody has signed.

use jiff::civil::Date;
use otklik_store::ids::{ProblemId, SolutionId};
use otklik_store::{Store, StoreError};

use super::{Verdict, load_verdict};
use crate::Problem;
use crate::problems::load_problem;
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
    pub problem: Problem,
    pub solution: Solution,
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
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select v.id, s.id, s.problem_id from verdict v join solution s on s.id = v.solution_id \
             join problem p on p.id = s.problem_id \
         where v.signed is null and s.state = 'released' and p.state = 'watching' order by v.proposed_at, v.id",
    )
    .fetch_all(store.reader())
    .await?;
    let mut open = Vec::with_capacity(rows.len());
    for (verdict, solution, problem) in rows {
        open.push(OpenVerdict {
            problem: load_problem(store, &ProblemId(problem)).await?,
            solution: load_solution(store, &SolutionId(solution)).await?,
            verdict: load_verdict(store, &verdict.into()).await?,
        });
    }
    Ok(open)
}
