//! Numbers: definitions and answers.

use axum::extract::State;
use otklik_metrics::{Definition, MetricAnswer, MetricQuery, list_metrics as load_metrics};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::CanView;
use crate::extract::Json;
use crate::{ApiError, ApiState};

/// A question, and words that narrow it as in the stream.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MetricQueryIn {
    pub query: MetricQuery,
    pub search: Option<String>,
}

/// The newest version of every definition.
#[utoipa::path(get, path = "/api/metrics", tag = "metrics", responses((status = 200, body = Vec<Definition>)))]
pub async fn list_metrics(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<Definition>>, ApiError> {
    Ok(axum::Json(load_metrics(&state.app.store).await?))
}

/// Answers a question over what the reader may see.
#[utoipa::path(post, path = "/api/metrics/query", tag = "metrics", request_body = MetricQueryIn,
    responses((status = 200, body = MetricAnswer)))]
pub async fn query_metric(
    State(state): State<ApiState>,
    reader: CanView,
    Json(question): Json<MetricQueryIn>,
) -> Result<axum::Json<MetricAnswer>, ApiError> {
    let answer = state.app.answer(&reader.scope, question.query, question.search.as_deref()).await?;
    Ok(axum::Json(answer))
}
