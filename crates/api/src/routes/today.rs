//! Today: what waits for me, and what changed.

use std::collections::BTreeMap;

use axum::extract::State;
use otklik_backlog::alarms::{OpenAlarm, list_open_alarms};
use otklik_backlog::gates::{WaitingGateItem, list_waiting_gate_items};
use otklik_backlog::history::{RecentEvent, list_recent_events};
use otklik_backlog::verdicts::{OpenVerdict, Outcome, list_open_verdicts};
use otklik_metrics::watch::{Anomaly, AnomalyFilter, AnomalyState, list_anomalies};
use otklik_platform::Right;
use otklik_store::Store;
use otklik_store::ids::{AlarmId, ProblemId, SolutionId, VerdictId};
use serde::Serialize;
use utoipa::ToSchema;

use super::backlog_types::EventOut;
use crate::auth::CanView;
use crate::{ApiError, ApiState};

/// How far back «what changed» looks.
const CHANGED_MS: i64 = 14 * 24 * 3_600_000;

/// Events shown at most.
const EVENTS: u32 = 100;

/// Anomalies shown at most.
const ANOMALIES: u32 = 5;

/// A proposed verdict that I may sign.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictWaiting {
    pub verdict: VerdictId,
    pub problem: ProblemId,
    pub number: u64,
    pub title: String,
    pub solution: SolutionId,
    pub solution_title: String,
    pub proposed: Outcome,
    pub proposed_at: i64,
}

/// A solved problem that is back, and that I may reopen or leave as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmWaiting {
    pub alarm: AlarmId,
    pub problem: ProblemId,
    pub number: u64,
    pub title: String,
    /// The first day of the week in which it began: `2026-03-30`.
    pub since: String,
    pub raised_at: i64,
}

/// A line of a gate that waits for my confirmation.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateItemWaiting {
    pub solution: SolutionId,
    pub problem: ProblemId,
    pub number: u64,
    pub title: String,
    pub line_ru: String,
    pub line_en: String,
}

/// A problem as a name to link to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemName {
    pub number: u64,
    pub title: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TodayOut {
    /// The company's date.
    pub today: String,
    pub alarms: Vec<AlarmWaiting>,
    pub verdicts: Vec<VerdictWaiting>,
    pub gate_items: Vec<GateItemWaiting>,
    /// What stood out in the numbers and nobody has looked at yet, the newest first; some of them.
    pub anomalies: Vec<Anomaly>,
    pub anomalies_total: u64,
    /// The newest first.
    pub events: Vec<EventOut>,
    /// The problems that the events name, by id.
    pub problems: BTreeMap<String, ProblemName>,
}

/// What waits for the reader, and what changed in the last two weeks.
#[utoipa::path(get, path = "/api/today", tag = "today", responses((status = 200, body = TodayOut)))]
pub async fn load_today(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<TodayOut>, ApiError> {
    let store = &state.app.store;
    let since = store.now_ms() - CHANGED_MS;
    let recent = list_recent_events(store, since, reader.scope.units().as_deref(), EVENTS).await?;
    let (mut events, mut problems) = (Vec::with_capacity(recent.len()), BTreeMap::new());
    for RecentEvent { event, problem } in recent {
        events.push(EventOut::from(event));
        problems.insert(problem.id.0, ProblemName { number: problem.number, title: problem.title });
    }
    let unseen = AnomalyFilter {
        state: Some(AnomalyState::New),
        units: reader.scope.units(),
        limit: ANOMALIES,
        ..AnomalyFilter::default()
    };
    let anomalies = list_anomalies(store, &unseen).await?;
    Ok(axum::Json(TodayOut {
        today: state.app.today().await?.to_string(),
        alarms: waiting_alarms(store, &reader).await?,
        verdicts: waiting_verdicts(store, &reader).await?,
        gate_items: waiting_lines(store, &reader).await?,
        anomalies: anomalies.items,
        anomalies_total: anomalies.total,
        events,
        problems,
    }))
}

/// The alarms that the reader may answer.
async fn waiting_alarms(store: &Store, reader: &CanView) -> Result<Vec<AlarmWaiting>, ApiError> {
    let Some(mine) = reader.access.scope(Right::Manage) else { return Ok(Vec::new()) };
    let open = list_open_alarms(store).await?.into_iter();
    let open = open.filter(|open| mine.covers(open.problem.unit_id.as_ref()));
    Ok(open.map(AlarmWaiting::from).collect())
}

/// The proposals that the reader may sign.
async fn waiting_verdicts(store: &Store, reader: &CanView) -> Result<Vec<VerdictWaiting>, ApiError> {
    let Some(mine) = reader.access.scope(Right::Manage) else { return Ok(Vec::new()) };
    let open = list_open_verdicts(store).await?.into_iter();
    let open = open.filter(|open| mine.covers(open.problem.unit_id.as_ref()));
    Ok(open.map(VerdictWaiting::from).collect())
}

/// The lines that the reader was named to confirm, where they may.
async fn waiting_lines(store: &Store, reader: &CanView) -> Result<Vec<GateItemWaiting>, ApiError> {
    let Some(mine) = reader.access.scope(Right::Contribute) else { return Ok(Vec::new()) };
    let lines = list_waiting_gate_items(store, &reader.access.person).await?.into_iter();
    let lines = lines.filter(|line| mine.covers(line.problem.unit_id.as_ref()));
    Ok(lines.map(GateItemWaiting::from).collect())
}

impl From<OpenAlarm> for AlarmWaiting {
    fn from(OpenAlarm { problem, alarm }: OpenAlarm) -> Self {
        Self {
            alarm: alarm.id,
            problem: problem.id,
            number: problem.number,
            title: problem.title,
            since: alarm.since.to_string(),
            raised_at: alarm.raised_at,
        }
    }
}

impl From<OpenVerdict> for VerdictWaiting {
    fn from(open: OpenVerdict) -> Self {
        let OpenVerdict { problem, solution_title, verdict } = open;
        Self {
            verdict: verdict.id,
            problem: problem.id,
            number: problem.number,
            title: problem.title,
            solution: verdict.solution_id,
            solution_title,
            proposed: verdict.proposed,
            proposed_at: verdict.proposed_at,
        }
    }
}

impl From<WaitingGateItem> for GateItemWaiting {
    fn from(waiting: WaitingGateItem) -> Self {
        let WaitingGateItem { item, problem } = waiting;
        Self {
            solution: item.solution_id,
            problem: problem.id,
            number: problem.number,
            title: problem.title,
            line_ru: item.line.title_ru,
            line_en: item.line.title_en,
        }
    }
}
