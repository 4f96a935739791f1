//! Releasing a plan: the moment after which its hypothesis stands, and from which its effect is measured.

use jiff::civil::Date;
use otklik_store::ids::SolutionId;
use otklik_store::{Millis, Store, StoreError, Tx};
use sqlx::FromRow;

use crate::BacklogError;
use crate::gates::count_gate_items;
use crate::history::{ProblemEvent, record};
use crate::problems::{guard_open, guard_version, save_problem, state_by_plans};
use crate::solutions::{Solution, SolutionState, current_plan, lock_solution, plan_ref, save_solution};

/// Releases the current plan. Refused without a fixed hypothesis, without a gate, while a gate item is open, or when
/// its check date has come too near for the days that must be measured after the release. `today` is the company's day.
pub async fn release_solution(
    tx: &mut Tx,
    id: &SolutionId,
    version: u64,
    today: Date,
) -> Result<Solution, BacklogError> {
    let (mut problem, mut plans, place) = lock_solution(tx, id).await?;
    guard_open(&problem)?;
    guard_version("solution", plans[place].version, version)?;
    if !plans[place].state.is_open() {
        return Err(BacklogError::SolutionState(plans[place].state));
    }
    if current_plan(&plans).is_none_or(|current| &current.id != id) {
        return Err(BacklogError::NotCurrent);
    }
    let check_on = check_ready(tx, &plans[place], today).await?;
    let now = tx.now_ms();
    let plan = &mut plans[place];
    plan.state = SolutionState::Released;
    plan.released_at = Some(now);
    plan.check_on = Some(check_on);
    save_solution(tx, plan).await?;
    let solution = plans[place].clone();
    let event = ProblemEvent::SolutionReleased { solution: plan_ref(&plans, &solution), check_on };
    record(tx, &problem.id, &event).await?;
    problem.state = state_by_plans(problem.state, &plans);
    save_problem(tx, &mut problem).await?;
    Ok(solution)
}

/// Everything that release asks of a plan; the date on which its effect will be looked at.
async fn check_ready(tx: &mut Tx, plan: &Solution, today: Date) -> Result<Date, BacklogError> {
    if plan.state == SolutionState::Draft {
        return Err(BacklogError::HypothesisMissing);
    }
    let hypothesis = plan.hypothesis.as_ref().ok_or(BacklogError::HypothesisMissing)?;
    let gate = count_gate_items(tx, &plan.id).await?;
    if gate.all == 0 {
        return Err(BacklogError::GateMissing);
    }
    if gate.open > 0 {
        return Err(BacklogError::GateOpen { open: gate.open });
    }
    hypothesis.check_date(today)
}

/// A plan that was released, and whose.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Release {
    pub solution_id: String,
    pub solution_title: String,
    pub problem_id: String,
    pub problem_number: i64,
    pub unit_id: Option<String>,
    pub released_at: Millis,
}

/// Every release, the latest first; whoever asks picks those that the reader may see.
pub async fn list_releases(store: &Store) -> Result<Vec<Release>, StoreError> {
    let releases = sqlx::query_as(
        "select s.id as solution_id, s.title as solution_title, p.id as problem_id, p.number as problem_number, \
             p.unit_id, s.released_at \
         from solution s join problem p on p.id = s.problem_id \
         where s.released_at is not null order by s.released_at desc, s.id",
    );
    Ok(releases.fetch_all(store.reader()).await?)
}
