//! Which plans are watched: those whose signed verdict is what keeps a problem solved.

use jiff::civil::Date;
use otklik_store::ids::{ProblemId, SolutionId};
use otklik_store::{Millis, Store};
use sqlx::FromRow;

use crate::columns::read_date;
use crate::problems::load_problem;
use crate::solutions::{Solution, load_solution};
use crate::{BacklogError, Problem};

/// Days for which a dismissed alarm is silent.
pub const QUIET_DAYS: i64 = 28;
const DAY_MS: i64 = 24 * 3_600_000;

/// A plan that worked, of a problem that is solved and has no open alarm.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchedPlan {
    pub problem: Problem,
    pub solution: Solution,
    /// The check that it passed: its problem is watched from this day on …
    pub checked_on: Date,
    /// … and from this moment, where an alarm was dismissed or people closed the problem again since.
    pub anew_from: Option<Millis>,
}

/// The plans to watch, one of each problem: the one that worked last.
pub async fn list_watched_plans(store: &Store) -> Result<Vec<WatchedPlan>, BacklogError> {
    let rows: Vec<WatchedRow> = sqlx::query_as(
        "select s.id as solution_id, s.problem_id, v.check_on, v.signed_at, \
             (select max(a.settled_at) from problem_alarm a where a.solution_id = s.id and a.settled = 'dismissed') as dismissed_at \
         from solution s join problem p on p.id = s.problem_id join verdict v on v.solution_id = s.id \
         where p.state = 'solved' and s.state = 'judged' and v.signed = 'worked' \
             and not exists (select 1 from problem_alarm a where a.problem_id = p.id and a.settled is null) \
             and not exists (select 1 from verdict l join solution ls on ls.id = l.solution_id \
                 where ls.problem_id = p.id and l.signed = 'worked' and l.signed_at > v.signed_at) \
         order by p.number",
    )
    .fetch_all(store.reader())
    .await?;
    let mut watched = Vec::with_capacity(rows.len());
    for row in rows {
        let problem = load_problem(store, &ProblemId(row.problem_id)).await?;
        let dismissed = row.dismissed_at.map(|at| at + QUIET_DAYS * DAY_MS);
        let closed_again = problem.closed_at.filter(|closed| *closed > row.signed_at);
        watched.push(WatchedPlan {
            solution: load_solution(store, &SolutionId(row.solution_id)).await?,
            checked_on: read_date("verdict.check_on", &row.check_on)?,
            anew_from: dismissed.max(closed_again),
            problem,
        });
    }
    Ok(watched)
}

#[derive(FromRow)]
struct WatchedRow {
    solution_id: String,
    problem_id: String,
    check_on: String,
    signed_at: i64,
    dismissed_at: Option<i64>,
}
