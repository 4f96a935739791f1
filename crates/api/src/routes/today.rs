//! Today: what waits for me, and what changed.

use axum::extract::State;
use otklik_backlog::gates::list_waiting_gate_items;
use otklik_backlog::history::list_recent_events;
use otklik_backlog::problems::load_problem;
use otklik_backlog::verdicts::{Outcome, list_open_verdicts};
use otklik_platform::{Right, Scope};
use otklik_store::ids::{ProblemId, SolutionId, UnitId, VerdictId};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

use super::backlog_types::EventOut;
use crate::auth::CanView;
use crate::{ApiError, ApiState};

/// How far back «what changed» looks.
const CHANGED_MS: i64 = 14 * 24 * 3_600_000;

/// Events shown at most.
const EVENTS: u32 = 100;

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
    pub verdicts: Vec<VerdictWaiting>,
    pub gate_items: Vec<GateItemWaiting>,
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
    let mut verdicts = Vec::new();
    if let Some(mine) = reader.access.scope(Right::Manage) {
        for open in list_open_verdicts(store).await? {
            if mine.covers(open.problem.unit_id.as_ref()) {
                verdicts.push(VerdictWaiting {
                    verdict: open.verdict.id,
                    problem: open.problem.id,
                    number: open.problem.number,
                    title: open.problem.title,
                    solution: open.solution.id,
                    solution_title: open.solution.title,
                    proposed: open.verdict.proposed,
                    proposed_at: open.verdict.proposed_at,
                });
            }
        }
    }
    let since = store.now_ms() - CHANGED_MS;
    let units = units_of(&reader.scope);
    let events = list_recent_events(store, since, units.as_deref(), EVENTS).await?;
    let mut problems = BTreeMap::new();
    for event in &events {
        if !problems.contains_key(event.problem_id.as_str()) {
            let problem = load_problem(store, &event.problem_id).await?;
            let name = ProblemName { number: problem.number, title: problem.title };
            problems.insert(problem.id.0, name);
        }
    }
    Ok(axum::Json(TodayOut {
        today: state.app.today().await?.to_string(),
        verdicts,
        gate_items: waiting_lines(&state, &reader).await?,
        events: events.into_iter().map(EventOut::from).collect(),
        problems,
    }))
}

async fn waiting_lines(state: &ApiState, reader: &CanView) -> Result<Vec<GateItemWaiting>, ApiError> {
    let store = &state.app.store;
    let mut waiting = Vec::new();
    for item in list_waiting_gate_items(store, &reader.access.person).await? {
        let plan = otklik_backlog::solutions::load_solution(store, &item.solution_id).await?;
        let problem = load_problem(store, &plan.problem_id).await?;
        waiting.push(GateItemWaiting {
            solution: plan.id,
            problem: problem.id,
            number: problem.number,
            title: problem.title,
            line_ru: item.line.title_ru,
            line_en: item.line.title_en,
        });
    }
    Ok(waiting)
}

fn units_of(scope: &Scope) -> Option<Vec<UnitId>> {
    match scope {
        Scope::Company => None,
        Scope::Units(units) => Some(units.iter().cloned().collect()),
    }
}
