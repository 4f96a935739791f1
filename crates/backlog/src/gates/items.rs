//! The gate of one plan: starting it, confirming its lines.

use otklik_store::ids::{GateItemId, GateTemplateId, PersonId, SolutionId};
use otklik_store::{Actor, Store, StoreError, Tx};
use sqlx::{AssertSqlSafe, FromRow};

use super::template::{checked_line, find_in};
use super::{GateItem, GateLine, WaitingGateItem};
use crate::columns::{check_reason, check_text, read_count};
use crate::history::{PlanRef, ProblemEvent, record};
use crate::problems::{NAME_COLUMNS, NameRow, guard_open};
use crate::solutions::{Solution, SolutionState, lock_solution, plan_ref, save_solution};
use crate::{BacklogError, Problem};

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "gate_item" };

/// Lines of a gate, and those of them that nobody has confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GateCount {
    pub all: usize,
    pub open: usize,
}

/// Starts the gate of a plan: every line of the template becomes an open item. The lines may be confirmed while the
/// hypothesis is still being written; the release asks for both.
pub async fn start_gate(
    tx: &mut Tx,
    solution: &SolutionId,
    template: &GateTemplateId,
) -> Result<Vec<GateItem>, BacklogError> {
    let (problem, plans, place) = lock_solution(tx, solution).await?;
    guard_open(&problem)?;
    let mut plan = plans[place].clone();
    if !plan.state.is_open() {
        return Err(BacklogError::SolutionState(plan.state));
    }
    if count_gate_items(tx, solution).await?.all > 0 {
        return Err(BacklogError::GateStarted);
    }
    let template = find_in(tx, template).await?;
    if template.archived_at.is_some() {
        return Err(StoreError::NotFound { entity: "gate_template" }.into());
    }
    for (position, line) in (0..).zip(&template.lines) {
        insert(tx, solution, position, line).await?;
    }
    plan.state = SolutionState::before_release(plan.hypothesis_fixed_at.is_some(), true);
    save_solution(tx, &mut plan).await?;
    let items = template.lines.len();
    let event = ProblemEvent::GateStarted { solution: plan_ref(&plans, &plan), template: template.id, items };
    record(tx, &problem.id, &event).await?;
    items_in(tx, solution).await
}

/// Adds a line of one's own to a started gate.
pub async fn add_gate_item(
    tx: &mut Tx,
    solution: &SolutionId,
    line: &GateLine,
) -> Result<GateItem, BacklogError> {
    let (problem, plans, place) = lock_solution(tx, solution).await?;
    guard_gate(&problem, &plans[place])?;
    let line = checked_line(line)?;
    let items = items_in(tx, solution).await?;
    let last = items.last().ok_or(BacklogError::GateMissing)?;
    let position = last.position + 1;
    let id = insert(tx, solution, position, &line).await?;
    let GateLine { title_ru, title_en } = line;
    let plan = plan_ref(&plans, &plans[place]);
    record(
        tx,
        &problem.id,
        &ProblemEvent::GateItemAdded { solution: plan, item: id.clone(), title_ru, title_en },
    )
    .await?;
    Ok(find_item(tx, &id).await?)
}

/// Names the one who alone may confirm a line, or with `None` nobody in particular.
pub async fn assign_gate_item(
    tx: &mut Tx,
    id: &GateItemId,
    confirmer: Option<&PersonId>,
) -> Result<GateItem, BacklogError> {
    let held = hold(tx, id).await?;
    sqlx::query("update gate_item set confirmer_id = $2 where id = $1")
        .bind(id.as_str())
        .bind(confirmer.map(PersonId::as_str))
        .execute(tx.conn())
        .await?;
    let GateLine { title_ru, title_en } = held.item.line;
    let confirmer = confirmer.cloned();
    let event = ProblemEvent::GateItemAssigned {
        solution: held.plan,
        item: id.clone(),
        title_ru,
        title_en,
        confirmer,
    };
    record(tx, &held.problem.id, &event).await?;
    Ok(find_item(tx, id).await?)
}

/// Confirms a line in the name of the person who acts. A line that is confirmed already stays as it is.
pub async fn confirm_gate_item(tx: &mut Tx, id: &GateItemId, proof: &str) -> Result<GateItem, BacklogError> {
    let held = hold(tx, id).await?;
    let Actor::Person(person) = tx.actor().clone() else { return Err(BacklogError::PersonNeeded) };
    if held.item.confirmer_id.as_ref().is_some_and(|confirmer| confirmer != &person) {
        return Err(BacklogError::NotConfirmer);
    }
    if !held.item.is_open() {
        return Ok(held.item);
    }
    let proof = check_text("proof", proof)?;
    write_confirmation(tx, id, Some(&person), &proof).await?;
    let GateLine { title_ru, title_en } = held.item.line;
    let event =
        ProblemEvent::GateItemConfirmed { solution: held.plan, item: id.clone(), title_ru, title_en, proof };
    record(tx, &held.problem.id, &event).await?;
    Ok(find_item(tx, id).await?)
}

/// Takes a confirmation back, before the release, with a reason for the history.
pub async fn withdraw_gate_item(
    tx: &mut Tx,
    id: &GateItemId,
    reason: &str,
) -> Result<GateItem, BacklogError> {
    let held = hold(tx, id).await?;
    let reason = check_reason(reason)?;
    if held.item.is_open() {
        return Ok(held.item);
    }
    write_confirmation(tx, id, None, "").await?;
    let GateLine { title_ru, title_en } = held.item.line;
    let event =
        ProblemEvent::GateItemWithdrawn { solution: held.plan, item: id.clone(), title_ru, title_en, reason };
    record(tx, &held.problem.id, &event).await?;
    Ok(find_item(tx, id).await?)
}

/// The gate of a plan, in order; empty before it is started.
pub async fn list_gate_items(store: &Store, solution: &SolutionId) -> Result<Vec<GateItem>, StoreError> {
    let rows: Vec<ItemRow> =
        sqlx::query_as("select * from gate_item where solution_id = $1 order by position")
            .bind(solution.as_str())
            .fetch_all(store.reader())
            .await?;
    rows.into_iter().map(GateItem::try_from).collect()
}

/// What waits for a person: open lines that nobody else may confirm, of plans before their release.
pub async fn list_waiting_gate_items(
    store: &Store,
    person: &PersonId,
) -> Result<Vec<WaitingGateItem>, StoreError> {
    let sql = format!(
        "select g.*, {NAME_COLUMNS} from gate_item g join solution s on s.id = g.solution_id \
             join problem p on p.id = s.problem_id \
         where g.confirmer_id = $1 and g.confirmed_at is null and s.state in ('draft', 'in_gate') \
             and p.state not in ('solved', 'rejected') \
         order by s.id, g.position"
    );
    let rows: Vec<WaitingRow> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(person.as_str()).fetch_all(store.reader()).await?;
    let waiting = |row: WaitingRow| {
        Ok(WaitingGateItem { item: row.item.try_into()?, problem: row.problem.try_into()? })
    };
    rows.into_iter().map(waiting).collect()
}

pub(crate) async fn count_gate_items(tx: &mut Tx, solution: &SolutionId) -> Result<GateCount, BacklogError> {
    let items = items_in(tx, solution).await?;
    Ok(GateCount { all: items.len(), open: items.iter().filter(|item| item.is_open()).count() })
}

/// A line of a running gate, its problem held against other writers.
struct Held {
    problem: Problem,
    plan: PlanRef,
    item: GateItem,
}

async fn hold(tx: &mut Tx, id: &GateItemId) -> Result<Held, BacklogError> {
    let solution = find_item(tx, id).await?.solution_id;
    let (problem, plans, place) = lock_solution(tx, &solution).await?;
    guard_gate(&problem, &plans[place])?;
    let plan = plan_ref(&plans, &plans[place]);
    // Read again: somebody may have confirmed it while we waited for the problem.
    Ok(Held { problem, plan, item: find_item(tx, id).await? })
}

/// Gate lines change until the release.
fn guard_gate(problem: &Problem, plan: &Solution) -> Result<(), BacklogError> {
    guard_open(problem)?;
    if plan.state.is_open() { Ok(()) } else { Err(BacklogError::SolutionState(plan.state)) }
}

async fn insert(
    tx: &mut Tx,
    solution: &SolutionId,
    position: u32,
    line: &GateLine,
) -> Result<GateItemId, BacklogError> {
    let id = GateItemId::new(tx.now_ms());
    sqlx::query(
        "insert into gate_item (id, solution_id, position, title_ru, title_en) values ($1, $2, $3, $4, $5)",
    )
    .bind(id.as_str())
    .bind(solution.as_str())
    .bind(i64::from(position))
    .bind(&line.title_ru)
    .bind(&line.title_en)
    .execute(tx.conn())
    .await?;
    Ok(id)
}

async fn write_confirmation(
    tx: &mut Tx,
    id: &GateItemId,
    person: Option<&PersonId>,
    proof: &str,
) -> Result<(), BacklogError> {
    let now = tx.now_ms();
    sqlx::query("update gate_item set confirmed_by = $2, confirmed_at = $3, proof = $4 where id = $1")
        .bind(id.as_str())
        .bind(person.map(PersonId::as_str))
        .bind(person.map(|_| now))
        .bind(proof)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn items_in(tx: &mut Tx, solution: &SolutionId) -> Result<Vec<GateItem>, BacklogError> {
    let rows: Vec<ItemRow> =
        sqlx::query_as("select * from gate_item where solution_id = $1 order by position")
            .bind(solution.as_str())
            .fetch_all(tx.conn())
            .await?;
    Ok(rows.into_iter().map(GateItem::try_from).collect::<Result<_, _>>()?)
}

async fn find_item(tx: &mut Tx, id: &GateItemId) -> Result<GateItem, StoreError> {
    let row: Option<ItemRow> = sqlx::query_as("select * from gate_item where id = $1")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

#[derive(FromRow)]
struct ItemRow {
    id: String,
    solution_id: String,
    position: i64,
    title_ru: String,
    title_en: String,
    confirmer_id: Option<String>,
    confirmed_by: Option<String>,
    confirmed_at: Option<i64>,
    proof: String,
}

#[derive(FromRow)]
struct WaitingRow {
    #[sqlx(flatten)]
    item: ItemRow,
    #[sqlx(flatten)]
    problem: NameRow,
}

impl TryFrom<ItemRow> for GateItem {
    type Error = StoreError;

    fn try_from(row: ItemRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: GateItemId(row.id),
            solution_id: SolutionId(row.solution_id),
            position: read_count("gate_item.position", row.position)?,
            line: GateLine { title_ru: row.title_ru, title_en: row.title_en },
            confirmer_id: row.confirmer_id.map(PersonId),
            confirmed_by: row.confirmed_by.map(PersonId),
            confirmed_at: row.confirmed_at,
            proof: row.proof,
        })
    }
}
