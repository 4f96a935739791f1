//! Analyses: what moves a score, and what each topic takes from it.

use axum::extract::State;
use otklik_metrics::{DriverAnswer, DriverQuestion, TopicAnswer, TopicQuestion};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::CanView;
use crate::extract::Json;
use crate::{ApiError, ApiState};

/// What may drive a score, and words that narrow the answers as in the stream.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DriverQuestionIn {
    pub question: DriverQuestion,
    pub search: Option<String>,
}

/// Which score to divide among its topics, and words that narrow the answers as in the stream.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TopicQuestionIn {
    pub question: TopicQuestion,
    pub search: Option<String>,
}

/// What moves a score: importance, performance and sign of each driver, those that chance explains marked.
#[utoipa::path(post, path = "/api/metrics/drivers", tag = "metrics", request_body = DriverQuestionIn,
    responses((status = 200, body = DriverAnswer)))]
pub async fn find_drivers(
    State(state): State<ApiState>,
    reader: CanView,
    Json(asked): Json<DriverQuestionIn>,
) -> Result<axum::Json<DriverAnswer>, ApiError> {
    let found = state.app.find_drivers(&reader.scope, asked.question, asked.search.as_deref()).await?;
    Ok(axum::Json(found))
}

/// What each topic takes from a score and gives to it, in points that add up to the score.
#[utoipa::path(post, path = "/api/metrics/topics", tag = "metrics", request_body = TopicQuestionIn,
    responses((status = 200, body = TopicAnswer)))]
pub async fn find_topic_effects(
    State(state): State<ApiState>,
    reader: CanView,
    Json(asked): Json<TopicQuestionIn>,
) -> Result<axum::Json<TopicAnswer>, ApiError> {
    let found = state.app.find_topic_effects(&reader.scope, asked.question, asked.search.as_deref()).await?;
    Ok(axum::Json(found))
}
