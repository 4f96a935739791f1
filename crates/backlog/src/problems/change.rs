//! Editing a problem, cell by cell as in a spreadsheet, without overwriting a colleague.

use otklik_store::Tx;
use otklik_store::ids::{PersonId, ProblemId, UnitId};
use serde::Serialize;

use super::{Problem, ProblemKind, ProblemState, guard_version, lock_problem, save_problem};
use crate::columns::{TITLE_LIMIT, check_length, check_range, check_text, check_title};
use crate::history::{FieldChange, ProblemEvent, record};
use crate::{BacklogError, Criticality, Evidence};

/// The largest sum of money that is taken for one.
const MONEY_LIMIT: f64 = 1e12;

/// The cells to change; `None` leaves one as it is, `Some(None)` empties it.
#[derive(Debug, Clone, Default)]
pub struct ProblemPatch {
    /// The version that was on the screen; an older one than the row's is refused as stale.
    pub version: u64,
    pub kind: Option<ProblemKind>,
    pub title: Option<String>,
    pub statement: Option<String>,
    pub unit_id: Option<Option<UnitId>>,
    pub owner_id: Option<Option<PersonId>>,
    pub criticality: Option<Option<Criticality>>,
    pub criticality_reason: Option<String>,
    pub churn_share: Option<Option<f64>>,
    pub customer_value: Option<Option<f64>>,
    pub claim_cost: Option<Option<f64>>,
    pub metric_code: Option<Option<String>>,
    pub evidence: Option<Evidence>,
}

/// Changes cells of a problem. What stays the same makes neither a version nor an event.
pub async fn update_problem(
    tx: &mut Tx,
    id: &ProblemId,
    patch: ProblemPatch,
) -> Result<Problem, BacklogError> {
    let before = lock_problem(tx, id).await?;
    guard_version("problem", before.version, patch.version)?;
    let mut problem = before.clone();
    apply(&mut problem, patch)?;
    if problem == before {
        return Ok(problem);
    }
    save_problem(tx, &mut problem).await?;
    for event in events(&before, &problem)? {
        record(tx, id, &event).await?;
    }
    Ok(problem)
}

/// Takes a new problem into analysis.
pub async fn start_analysis(tx: &mut Tx, id: &ProblemId, version: u64) -> Result<Problem, BacklogError> {
    let mut problem = lock_problem(tx, id).await?;
    guard_version("problem", problem.version, version)?;
    if problem.state != ProblemState::New {
        return Err(BacklogError::ProblemState(problem.state));
    }
    problem.state = ProblemState::Analysing;
    save_problem(tx, &mut problem).await?;
    record(tx, id, &ProblemEvent::AnalysisStarted {}).await?;
    Ok(problem)
}

fn apply(problem: &mut Problem, patch: ProblemPatch) -> Result<(), BacklogError> {
    if let Some(kind) = patch.kind {
        problem.kind = kind;
    }
    if let Some(title) = patch.title {
        problem.title = check_title("title", &title)?;
    }
    if let Some(statement) = patch.statement {
        problem.statement = check_text("statement", &statement)?;
    }
    if let Some(unit) = patch.unit_id {
        problem.unit_id = unit;
    }
    if let Some(owner) = patch.owner_id {
        problem.owner_id = owner;
    }
    if let Some(criticality) = patch.criticality {
        problem.criticality = criticality;
    }
    if let Some(reason) = patch.criticality_reason {
        problem.criticality_reason = check_text("criticality_reason", &reason)?;
    }
    if let Some(share) = patch.churn_share {
        problem.money.churn_share = checked("churn_share", share, 1.0)?;
    }
    if let Some(value) = patch.customer_value {
        problem.money.customer_value = checked("customer_value", value, MONEY_LIMIT)?;
    }
    if let Some(cost) = patch.claim_cost {
        problem.money.claim_cost = checked("claim_cost", cost, MONEY_LIMIT)?;
    }
    if let Some(metric) = patch.metric_code {
        problem.metric_code =
            metric.map(|code| check_length("metric_code", &code, TITLE_LIMIT)).transpose()?;
    }
    if let Some(evidence) = patch.evidence {
        problem.evidence = evidence.checked()?;
    }
    Ok(())
}

fn checked(field: &'static str, value: Option<f64>, high: f64) -> Result<Option<f64>, BacklogError> {
    if let Some(value) = value {
        check_range(field, value, 0.0, high)?;
    }
    Ok(value)
}

/// What to tell of an edit: criticality and evidence have events of their own, the other cells share one.
fn events(before: &Problem, after: &Problem) -> Result<Vec<ProblemEvent>, BacklogError> {
    let mut events = Vec::new();
    let changes = changes(before, after)?;
    if !changes.is_empty() {
        events.push(ProblemEvent::ProblemChanged { changes });
    }
    if (before.criticality, &before.criticality_reason) != (after.criticality, &after.criticality_reason) {
        let reason = after.criticality_reason.clone();
        events.push(ProblemEvent::CriticalitySet { from: before.criticality, to: after.criticality, reason });
    }
    if before.evidence != after.evidence {
        let (from, to) = (before.evidence.clone(), after.evidence.clone());
        events.push(ProblemEvent::EvidenceChanged { from, to });
    }
    Ok(events)
}

fn changes(before: &Problem, after: &Problem) -> Result<Vec<FieldChange>, BacklogError> {
    let fields = [
        field("kind", before.kind, after.kind),
        field("title", &before.title, &after.title),
        field("statement", &before.statement, &after.statement),
        field("unit_id", &before.unit_id, &after.unit_id),
        field("owner_id", &before.owner_id, &after.owner_id),
        field("churn_share", before.money.churn_share, after.money.churn_share),
        field("customer_value", before.money.customer_value, after.money.customer_value),
        field("claim_cost", before.money.claim_cost, after.money.claim_cost),
        field("metric_code", &before.metric_code, &after.metric_code),
    ];
    fields.into_iter().filter_map(Result::transpose).collect()
}

/// The change of one cell; `None` where it stayed the same.
pub(crate) fn field<T: Serialize + PartialEq>(
    field: &str,
    from: T,
    to: T,
) -> Result<Option<FieldChange>, BacklogError> {
    if from == to {
        return Ok(None);
    }
    let value = |value| {
        serde_json::to_value(value)
            .map_err(|e| otklik_store::StoreError::unreadable("problem_event.detail", e))
    };
    Ok(Some(FieldChange { field: field.to_owned(), from: value(from)?, to: value(to)? }))
}
