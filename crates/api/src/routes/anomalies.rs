//! What stood out in the numbers: the list, one of them with its chart, and what people make of it.

use axum::extract::State;
use otklik_app::watch::AnomalyChart;
use otklik_backlog::problems::load_problem;
use otklik_metrics::watch::{self, Anomaly, AnomalyFilter, AnomalyState};
use otklik_store::Page;
use otklik_store::ids::ProblemId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::today::ProblemName;
use crate::auth::{CanView, Contribute, View};
use crate::extract::{Json, Query};
use crate::places::AnomalyAt;
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AnomalyListIn {
    pub state: Option<AnomalyState>,
    /// The code of a metric.
    pub metric: Option<String>,
    /// `topic`, `unit`, `channel` or `product`; empty for the series of all items.
    pub dimension: Option<String>,
    pub limit: Option<u32>,
    pub offset: Option<u32>,
}

/// An anomaly with its series, and where else the same event shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnomalyOut {
    pub anomaly: Anomaly,
    pub chart: AnomalyChart,
    /// The other series that show the same event, less clearly.
    pub followers: Vec<Anomaly>,
    pub problem: Option<ProblemName>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnomalyDecisionIn {
    /// The version that was on the screen.
    pub version: u64,
    pub state: AnomalyState,
    /// Obligatory for `explained` and `false`.
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnomalyLinkIn {
    /// The version that was on the screen.
    pub version: u64,
    /// `null` takes the link away.
    pub problem: Option<ProblemId>,
}

/// What stood out, the newest first; of several series that show one event, the clearest.
#[utoipa::path(get, path = "/api/anomalies", tag = "anomalies", params(AnomalyListIn),
    responses((status = 200, body = Page<Anomaly>)))]
pub async fn list_anomalies(
    State(state): State<ApiState>,
    reader: CanView,
    Query(list): Query<AnomalyListIn>,
) -> Result<axum::Json<Page<Anomaly>>, ApiError> {
    let filter = AnomalyFilter {
        state: list.state,
        metric: list.metric,
        dimension: list.dimension,
        units: reader.scope.units(),
        limit: list.limit.unwrap_or(50).min(1_000),
        offset: list.offset.unwrap_or(0),
    };
    Ok(axum::Json(watch::list_anomalies(&state.app.store, &filter).await?))
}

/// One anomaly with its series.
#[utoipa::path(get, path = "/api/anomalies/{id}", tag = "anomalies", params(("id" = String, Path)),
    responses((status = 200, body = AnomalyOut)))]
pub async fn load_anomaly(at: AnomalyAt<View>) -> Result<axum::Json<AnomalyOut>, ApiError> {
    answer(&at.state, &at.granted.scope, at.anomaly).await
}

/// Says what an anomaly is: seen, explained, or none at all.
#[utoipa::path(put, path = "/api/anomalies/{id}/decision", tag = "anomalies", params(("id" = String, Path)),
    request_body = AnomalyDecisionIn, responses((status = 200, body = AnomalyOut)))]
pub async fn decide_anomaly(
    at: AnomalyAt<Contribute>,
    Json(given): Json<AnomalyDecisionIn>,
) -> Result<axum::Json<AnomalyOut>, ApiError> {
    let AnomalyDecisionIn { version, state, note } = given;
    let decide = async |tx: &mut _| watch::decide_anomaly(tx, &at.anomaly.id, version, state, &note).await;
    let decided = at.state.change(at.granted.actor(), decide).await?;
    answer(&at.state, &at.granted.scope, decided).await
}

/// Links an anomaly to the problem behind it.
#[utoipa::path(put, path = "/api/anomalies/{id}/problem", tag = "anomalies", params(("id" = String, Path)),
    request_body = AnomalyLinkIn, responses((status = 200, body = AnomalyOut)))]
pub async fn link_anomaly(
    at: AnomalyAt<Contribute>,
    Json(given): Json<AnomalyLinkIn>,
) -> Result<axum::Json<AnomalyOut>, ApiError> {
    if let Some(problem) = &given.problem {
        at.granted.require(load_problem(&at.state.app.store, problem).await?.unit_id.as_ref())?;
    }
    let problem = given.problem.as_ref();
    let link = async |tx: &mut _| watch::link_anomaly(tx, &at.anomaly.id, given.version, problem).await;
    let linked = at.state.change(at.granted.actor(), link).await?;
    answer(&at.state, &at.granted.scope, linked).await
}

async fn answer(
    state: &ApiState,
    scope: &otklik_platform::Scope,
    anomaly: Anomaly,
) -> Result<axum::Json<AnomalyOut>, ApiError> {
    let chart = state.app.chart_anomaly(&anomaly).await?;
    let mut followers = watch::list_followers(&state.app.store, &anomaly.id).await?;
    followers.retain(|follower| scope.covers(follower.unit_id.as_ref()));
    let problem = match &anomaly.problem_id {
        Some(id) => Some(load_problem(&state.app.store, id).await?),
        None => None,
    };
    let problem = problem
        .filter(|problem| scope.covers(problem.unit_id.as_ref()))
        .map(|problem| ProblemName { number: problem.number, title: problem.title });
    Ok(axum::Json(AnomalyOut { anomaly, chart, followers, problem }))
}
