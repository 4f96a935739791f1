//! Numbers: definitions and answers.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_facts::Filter;
use otklik_metrics::{
    self as metrics, Definition, MetricAnswer, MetricDraft, MetricQuery, MetricVersion, prepare_metric,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{CanAnalyse, CanView};
use crate::extract::{Json, Path, Query};
use crate::{ApiError, ApiState};

/// A question, and words that narrow it as in the stream.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MetricQueryIn {
    pub query: MetricQuery,
    pub search: Option<String>,
}

/// A question to a definition that is not stored; the metric that the query names does not matter.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MetricPreviewIn {
    pub definition: MetricDraft,
    pub query: MetricQuery,
    pub search: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MetricListIn {
    /// The archived ones in place of those in use.
    #[serde(default)]
    pub archived: bool,
}

/// A definition in its newest version.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricOut {
    #[serde(flatten)]
    pub definition: Definition,
    /// The items that a value is made of, for the list behind a number.
    #[schema(value_type = Object)]
    pub looks_at: Filter,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricChangeIn {
    /// The version that was on the screen.
    pub version: i64,
    /// Its code is that of the address.
    pub definition: MetricDraft,
}

/// The newest version of every definition.
#[utoipa::path(get, path = "/api/metrics", tag = "metrics", params(MetricListIn),
    responses((status = 200, body = Vec<MetricOut>)))]
pub async fn list_metrics(
    State(state): State<ApiState>,
    _: CanView,
    Query(list): Query<MetricListIn>,
) -> Result<axum::Json<Vec<MetricOut>>, ApiError> {
    let definitions = match list.archived {
        true => metrics::list_archived_metrics(&state.app.store).await?,
        false => metrics::list_metrics(&state.app.store).await?,
    };
    let mut listed = Vec::with_capacity(definitions.len());
    for definition in definitions {
        let metric = metrics::resolve_metric(&state.app.store, definition).await?;
        listed.push(MetricOut { looks_at: metric.evidence(), definition: metric.definition });
    }
    Ok(axum::Json(listed))
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

/// Answers a question with a definition that is not stored.
#[utoipa::path(post, path = "/api/metrics/preview", tag = "metrics", request_body = MetricPreviewIn,
    responses((status = 200, body = MetricAnswer)))]
pub async fn preview_metric(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(preview): Json<MetricPreviewIn>,
) -> Result<axum::Json<MetricAnswer>, ApiError> {
    let MetricPreviewIn { definition, query, search } = preview;
    Ok(axum::Json(state.app.preview_metric(&analyst.scope, definition, query, search.as_deref()).await?))
}

/// Starting points for metrics of the company's own.
#[utoipa::path(get, path = "/api/metrics/templates", tag = "metrics",
    responses((status = 200, body = Vec<MetricDraft>)))]
pub async fn list_metric_templates(_: CanView) -> axum::Json<Vec<MetricDraft>> {
    axum::Json(metrics::metric_templates())
}

/// Adds a metric of the company's own.
#[utoipa::path(post, path = "/api/metrics", tag = "metrics", request_body = MetricDraft,
    responses((status = 200, body = Definition)))]
pub async fn create_metric(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(draft): Json<MetricDraft>,
) -> Result<axum::Json<Definition>, ApiError> {
    let metric = prepare_metric(&state.app.store, draft).await?;
    let create = async |tx: &mut _| metrics::create_metric(tx, metric.definition).await;
    Ok(axum::Json(state.change(analyst.actor(), create).await?))
}

/// Changes a metric, built-in or not: the next version from now on, while everything measured keeps its own.
#[utoipa::path(put, path = "/api/metrics/{code}", tag = "metrics", params(("code" = String, Path)),
    request_body = MetricChangeIn, responses((status = 200, body = Definition)))]
pub async fn update_metric(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(code): Path<String>,
    Json(change): Json<MetricChangeIn>,
) -> Result<axum::Json<Definition>, ApiError> {
    let draft = MetricDraft { code, ..change.definition };
    let metric = prepare_metric(&state.app.store, draft).await?;
    let store = async |tx: &mut _| metrics::update_metric(tx, change.version, metric.definition).await;
    Ok(axum::Json(state.change(analyst.actor(), store).await?))
}

/// Every version of a metric, the newest first.
#[utoipa::path(get, path = "/api/metrics/{code}/versions", tag = "metrics", params(("code" = String, Path)),
    responses((status = 200, body = Vec<MetricVersion>)))]
pub async fn list_metric_versions(
    State(state): State<ApiState>,
    _: CanView,
    Path(code): Path<String>,
) -> Result<axum::Json<Vec<MetricVersion>>, ApiError> {
    Ok(axum::Json(metrics::list_metric_versions(&state.app.store, &code).await?))
}

/// Takes a metric out of the lists.
#[utoipa::path(delete, path = "/api/metrics/{code}", tag = "metrics", params(("code" = String, Path)),
    responses((status = 204)))]
pub async fn archive_metric(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(code): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.change(analyst.actor(), async |tx| metrics::archive_metric(tx, &code).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings an archived metric back into the lists.
#[utoipa::path(post, path = "/api/metrics/{code}/restore", tag = "metrics", params(("code" = String, Path)),
    responses((status = 204)))]
pub async fn restore_metric(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(code): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.change(analyst.actor(), async |tx| metrics::restore_metric(tx, &code).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
