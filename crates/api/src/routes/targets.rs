//! Targets of metrics, and how far it is to them.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::targets::Aim;
use otklik_metrics::{self as metrics, Target, TargetContent, TargetProgress};
use otklik_store::Tx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanManage, CanView, Manage, View};
use crate::error::ErrorOut;
use crate::extract::{Json, Path};
use crate::language::Spoken;
use crate::places::TargetAt;
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetChangeIn {
    /// The version that was on the screen.
    pub version: i64,
    pub content: TargetContent,
}

/// A target and the way that is left.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetOut {
    #[serde(flatten)]
    pub target: Target,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<TargetProgress>,
    /// Why it cannot be measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorOut>,
}

/// The targets of the reader's units and of the company, the next due first.
#[utoipa::path(get, path = "/api/targets", tag = "metrics", responses((status = 200, body = Vec<TargetOut>)))]
pub async fn list_targets(
    State(state): State<ApiState>,
    reader: CanView,
    Spoken(language): Spoken,
) -> Result<axum::Json<Vec<TargetOut>>, ApiError> {
    let out = |Aim { target, progress }: Aim| match progress {
        Ok(progress) => TargetOut { target, progress: Some(progress), error: None },
        Err(error) => TargetOut { target, progress: None, error: Some(ApiError::from(error).out(language)) },
    };
    Ok(axum::Json(state.app.list_aims(&reader.scope).await?.into_iter().map(out).collect()))
}

/// Sets a target.
#[utoipa::path(post, path = "/api/targets", tag = "metrics", request_body = TargetContent,
    responses((status = 200, body = Target)))]
pub async fn create_target(
    State(state): State<ApiState>,
    manager: CanManage,
    Json(content): Json<TargetContent>,
) -> Result<axum::Json<Target>, ApiError> {
    manager.require(content.unit_id.as_ref())?;
    let create = async |tx: &mut Tx| metrics::create_target(&state.app.store, tx, content).await;
    Ok(axum::Json(state.change(manager.actor(), create).await?))
}

/// Sets another value, day or place; what was promised before stays in the history.
#[utoipa::path(put, path = "/api/targets/{id}", tag = "metrics", params(("id" = String, Path)),
    request_body = TargetChangeIn, responses((status = 200, body = Target)))]
pub async fn update_target(
    at: TargetAt<Manage>,
    Json(change): Json<TargetChangeIn>,
) -> Result<axum::Json<Target>, ApiError> {
    at.granted.require(change.content.unit_id.as_ref())?;
    let (store, id) = (&at.state.app.store, &at.target.id);
    let update =
        async |tx: &mut Tx| metrics::update_target(store, tx, id, change.version, change.content).await;
    Ok(axum::Json(at.state.change(at.granted.actor(), update).await?))
}

/// Drops a target that was on the screen in this version.
#[utoipa::path(delete, path = "/api/targets/{id}/{version}", tag = "metrics",
    params(("id" = String, Path), ("version" = i64, Path)), responses((status = 204)))]
pub async fn drop_target(
    at: TargetAt<Manage>,
    Path((_id, version)): Path<(String, i64)>,
) -> Result<StatusCode, ApiError> {
    let (store, id) = (&at.state.app.store, &at.target.id);
    let drop = async |tx: &mut Tx| metrics::drop_target(store, tx, id, version).await;
    at.state.change(at.granted.actor(), drop).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every version of a target, the newest first.
#[utoipa::path(get, path = "/api/targets/{id}/versions", tag = "metrics", params(("id" = String, Path)),
    responses((status = 200, body = Vec<Target>)))]
pub async fn list_target_versions(at: TargetAt<View>) -> Result<axum::Json<Vec<Target>>, ApiError> {
    Ok(axum::Json(metrics::list_target_versions(&at.state.app.store, &at.target.id).await?))
}
