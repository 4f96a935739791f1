//! Incidents, and everything that trends are marked with.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_metrics::{self as metrics, Incident, IncidentContent};
use otklik_store::Tx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanContribute, CanView, Contribute};
use crate::extract::Json;
use crate::places::IncidentAt;
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentChangeIn {
    /// The version that was on the screen.
    pub version: i64,
    pub content: IncidentContent,
}

/// A plan's release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseOut {
    /// The company's day.
    pub on: String,
    pub name: String,
    pub problem: String,
    pub number: i64,
    pub unit_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TrendMarksOut {
    /// The latest first.
    pub releases: Vec<ReleaseOut>,
    /// The latest first.
    pub incidents: Vec<Incident>,
}

/// What happened in the reader's units and in the whole company: releases and incidents.
#[utoipa::path(get, path = "/api/marks", tag = "metrics", responses((status = 200, body = TrendMarksOut)))]
pub async fn list_marks(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<TrendMarksOut>, ApiError> {
    let marks = state.app.list_marks(&reader.scope).await?;
    let releases = marks.releases.into_iter().map(|(on, release)| ReleaseOut {
        on,
        name: release.solution_title,
        problem: release.problem_id,
        number: release.problem_number,
        unit_id: release.unit_id,
    });
    Ok(axum::Json(TrendMarksOut { releases: releases.collect(), incidents: marks.incidents }))
}

/// Writes an incident down.
#[utoipa::path(post, path = "/api/incidents", tag = "metrics", request_body = IncidentContent,
    responses((status = 200, body = Incident)))]
pub async fn create_incident(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Json(content): Json<IncidentContent>,
) -> Result<axum::Json<Incident>, ApiError> {
    contributor.require(content.unit_id.as_ref())?;
    let create = async |tx: &mut Tx| metrics::create_incident(tx, content).await;
    Ok(axum::Json(state.change(contributor.actor(), create).await?))
}

/// Rewrites an incident.
#[utoipa::path(put, path = "/api/incidents/{id}", tag = "metrics", params(("id" = String, Path)),
    request_body = IncidentChangeIn, responses((status = 200, body = Incident)))]
pub async fn update_incident(
    at: IncidentAt<Contribute>,
    Json(change): Json<IncidentChangeIn>,
) -> Result<axum::Json<Incident>, ApiError> {
    at.granted.require(change.content.unit_id.as_ref())?;
    let id = &at.incident.id;
    let update = async |tx: &mut Tx| metrics::update_incident(tx, id, change.version, change.content).await;
    Ok(axum::Json(at.state.change(at.granted.actor(), update).await?))
}

/// Takes an incident out of the register.
#[utoipa::path(delete, path = "/api/incidents/{id}", tag = "metrics", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_incident(at: IncidentAt<Contribute>) -> Result<StatusCode, ApiError> {
    at.state
        .change(at.granted.actor(), async |tx| metrics::delete_incident(tx, &at.incident.id).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
