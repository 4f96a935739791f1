//! Everything that ever happened to a problem, in order: who, when, what, with the details as data.

use jiff::civil::Date;
use otklik_store::column::to_json;
use otklik_store::ids::{
    AlarmId, GateItemId, GateTemplateId, PersonId, ProblemId, SolutionId, UnitId, VerdictId, new_id,
};
use otklik_store::{Millis, Store, StoreError, Tx, bulk};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, FromRow};

use crate::columns::check_text;
use crate::evidence::ItemMark;
use crate::hypothesis::Hypothesis;
use crate::problems::{NAME_COLUMNS, NameRow, ProblemName, ProblemState, lock_problem};
use crate::verdicts::Outcome;
use crate::{BacklogError, Criticality, Evidence};

/// A plan as it stood when something happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlanRef {
    pub id: SolutionId,
    /// 0 is plan A; `None` for a dropped plan, which has no letter.
    pub place: Option<u32>,
    pub title: String,
}

/// A field that was edited, with its values before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldChange {
    pub field: String,
    pub from: Value,
    pub to: Value,
}

/// What happened. The word of each kind is stable: it stands in `problem_event.kind` and in the audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", content = "detail", rename_all = "snake_case")]
pub enum ProblemEvent {
    ProblemCreated {
        title: String,
    },
    ProblemChanged {
        changes: Vec<FieldChange>,
    },
    CriticalitySet {
        from: Option<Criticality>,
        to: Option<Criticality>,
        reason: String,
    },
    EvidenceChanged {
        from: Evidence,
        to: Evidence,
    },
    ItemMarked {
        item: u32,
        mark: Option<ItemMark>,
    },
    AnalysisStarted {},
    SolutionAdded {
        solution: PlanRef,
    },
    SolutionChanged {
        solution: PlanRef,
        changes: Vec<FieldChange>,
    },
    SolutionDropped {
        solution: PlanRef,
        reason: String,
    },
    PlansReordered {
        before: Vec<PlanRef>,
        after: Vec<PlanRef>,
    },
    HypothesisFixed {
        solution: PlanRef,
        hypothesis: Hypothesis,
    },
    HypothesisUnfixed {
        solution: PlanRef,
        reason: String,
    },
    GateStarted {
        solution: PlanRef,
        template: GateTemplateId,
        items: usize,
    },
    GateItemAdded {
        solution: PlanRef,
        item: GateItemId,
        title_ru: String,
        title_en: String,
    },
    GateItemAssigned {
        solution: PlanRef,
        item: GateItemId,
        title_ru: String,
        title_en: String,
        confirmer: Option<PersonId>,
    },
    GateItemConfirmed {
        solution: PlanRef,
        item: GateItemId,
        title_ru: String,
        title_en: String,
        proof: String,
    },
    GateItemWithdrawn {
        solution: PlanRef,
        item: GateItemId,
        title_ru: String,
        title_en: String,
        reason: String,
    },
    SolutionReleased {
        solution: PlanRef,
        #[schema(value_type = String, format = Date)]
        check_on: Date,
    },
    VerdictProposed {
        solution: PlanRef,
        verdict: VerdictId,
        outcome: Outcome,
    },
    VerdictSigned {
        solution: PlanRef,
        verdict: VerdictId,
        proposed: Outcome,
        signed: Outcome,
        comment: String,
        #[schema(value_type = Option<String>, format = Date)]
        next_check_on: Option<Date>,
    },
    PlanPromoted {
        from: PlanRef,
        to: PlanRef,
    },
    PlansExhausted {
        last: PlanRef,
    },
    ProblemRejected {
        from: ProblemState,
        reason: String,
    },
    ProblemReopened {
        from: ProblemState,
        to: ProblemState,
        reason: String,
    },
    ProblemSolved {
        by: PlanRef,
    },
    ProblemClosed {
        from: ProblemState,
        reason: String,
    },
    /// What the plan had solved is back.
    ProblemReturned {
        solution: PlanRef,
        alarm: AlarmId,
        #[schema(value_type = String, format = Date)]
        since: Date,
    },
    AlarmDismissed {
        alarm: AlarmId,
        reason: String,
    },
    NoteAdded {
        text: String,
    },
}

/// An event with its moment and its author.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedEvent {
    pub id: String,
    pub problem_id: ProblemId,
    pub at: Millis,
    /// `person`, `system` or `operator`.
    pub actor_kind: String,
    /// The person's id, else empty.
    pub actor_id: String,
    pub event: ProblemEvent,
}

/// Writes the event into the problem's history and into the audit, in the transaction of the change.
pub(crate) async fn record(
    tx: &mut Tx,
    problem: &ProblemId,
    event: &ProblemEvent,
) -> Result<(), BacklogError> {
    let (kind, detail) = split(event)?;
    tx.audit(&kind, "problem", problem.as_str(), &detail).await?;
    let (now, actor_kind, actor_id) = (tx.now_ms(), tx.actor().kind(), tx.actor().id().to_owned());
    sqlx::query(
        "insert into problem_event (id, problem_id, at, actor_kind, actor_id, kind, detail) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new_id(now))
    .bind(problem.as_str())
    .bind(now)
    .bind(actor_kind)
    .bind(actor_id)
    .bind(kind)
    .bind(to_json(&detail, "problem_event.detail")?)
    .execute(tx.conn())
    .await?;
    sqlx::query("update problem set updated_at = $1 where id = $2")
        .bind(now)
        .bind(problem.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Writes a remark into the history: what people agreed on, what was found on the way.
pub async fn add_note(tx: &mut Tx, problem: &ProblemId, text: &str) -> Result<(), BacklogError> {
    let problem = lock_problem(tx, problem).await?;
    let text = check_text("text", text)?;
    if text.is_empty() {
        return Err(BacklogError::Empty { field: "text" });
    }
    record(tx, &problem.id, &ProblemEvent::NoteAdded { text }).await
}

/// The whole history of a problem, oldest first.
pub async fn list_problem_events(
    store: &Store,
    problem: &ProblemId,
) -> Result<Vec<RecordedEvent>, StoreError> {
    let rows: Vec<EventRow> =
        sqlx::query_as("select * from problem_event where problem_id = $1 order by at, id")
            .bind(problem.as_str())
            .fetch_all(store.reader())
            .await?;
    rows.into_iter().map(RecordedEvent::try_from).collect()
}

/// An event of a problem that the reader may not have before them.
#[derive(Debug, Clone, PartialEq)]
pub struct RecentEvent {
    pub event: RecordedEvent,
    pub problem: ProblemName,
}

/// The newest events of the backlog, newest first: what changed since the reader was here. `units` bounds them to the
/// problems of these units.
pub async fn list_recent_events(
    store: &Store,
    since: Millis,
    units: Option<&[UnitId]>,
    limit: u32,
) -> Result<Vec<RecentEvent>, StoreError> {
    let within = match units {
        None => String::new(),
        Some([]) => return Ok(Vec::new()),
        Some(units) => format!(" and p.unit_id in ({})", bulk::parameters(units.len(), 2)),
    };
    let sql = format!(
        "select e.*, {NAME_COLUMNS} from problem_event e join problem p on p.id = e.problem_id \
         where e.at >= $1{within} order by e.at desc, e.id desc limit $2"
    );
    let mut query = sqlx::query_as::<_, RecentRow>(AssertSqlSafe(sql)).bind(since).bind(i64::from(limit));
    for unit in units.unwrap_or_default() {
        query = query.bind(unit.as_str());
    }
    let recent =
        |row: RecentRow| Ok(RecentEvent { event: row.event.try_into()?, problem: row.problem.try_into()? });
    query.fetch_all(store.reader()).await?.into_iter().map(recent).collect()
}

/// The stable word of an event and its details.
fn split(event: &ProblemEvent) -> Result<(String, Value), StoreError> {
    let whole = serde_json::to_value(event).map_err(|e| StoreError::unreadable("problem_event.detail", e))?;
    match whole {
        Value::Object(mut parts) => match (parts.remove("kind"), parts.remove("detail")) {
            (Some(Value::String(kind)), Some(detail)) => Ok((kind, detail)),
            _ => Err(StoreError::unreadable("problem_event.kind", "no kind")),
        },
        other => Err(StoreError::unreadable("problem_event.detail", other)),
    }
}

#[derive(FromRow)]
struct EventRow {
    id: String,
    problem_id: String,
    at: i64,
    actor_kind: String,
    actor_id: String,
    kind: String,
    detail: String,
}

#[derive(FromRow)]
struct RecentRow {
    #[sqlx(flatten)]
    event: EventRow,
    #[sqlx(flatten)]
    problem: NameRow,
}

impl TryFrom<EventRow> for RecordedEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let unreadable = |e: serde_json::Error| StoreError::unreadable("problem_event.detail", e);
        let detail: Value = serde_json::from_str(&row.detail).map_err(unreadable)?;
        let event = serde_json::json!({ "kind": row.kind, "detail": detail });
        Ok(Self {
            id: row.id,
            problem_id: ProblemId(row.problem_id),
            at: row.at,
            actor_kind: row.actor_kind,
            actor_id: row.actor_id,
            event: serde_json::from_value(event).map_err(unreadable)?,
        })
    }
}
