//! Topics that learn: the model of a topic, the questions that teach it, how right it is.

use axum::extract::State;
use otklik_app::AppError;
use otklik_app::learn::{LabelQuestion, ModelPreview, Quality, enqueue_relearn};
use otklik_store::Tx;
use otklik_store::ids::{JobId, TopicId};
use otklik_voice::learning::{Answer, Stratum, answer_question, set_model};
use otklik_voice::topics::load_topic;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::topics::TopicWritten;
use crate::auth::{CanAnalyse, CanContribute, CanView, Contribute};
use crate::extract::{Json, Path};
use crate::places::FeedbackAt;
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicModelIn {
    /// Does the model give the topic to items?
    pub on: bool,
    /// The share of its assignments that shall be right, from 0.5 to 0.99.
    pub precision: f64,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelPreviewIn {
    pub precision: f64,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicAnswerIn {
    pub topic: TopicId,
    pub answer: Answer,
    /// As the question had it.
    pub stratum: Stratum,
}

/// The answer is kept; `job` learns from it where the topic's model is on.
#[derive(Debug, Serialize, ToSchema)]
pub struct TopicAnswered {
    pub job: Option<JobId>,
}

/// Switches the model of a topic on or off; the items follow as a job.
#[utoipa::path(put, path = "/api/topics/{id}/model", tag = "topics", params(("id" = String, Path)),
    request_body = TopicModelIn, responses((status = 200, body = TopicWritten)))]
pub async fn set_topic_model(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<TopicId>,
    Json(model): Json<TopicModelIn>,
) -> Result<axum::Json<TopicWritten>, ApiError> {
    let set = async |tx: &mut Tx| {
        set_model(tx, &id, model.on, model.precision).await?;
        let job = Some(enqueue_relearn(tx, true).await?);
        Ok::<_, AppError>(TopicWritten { id, job })
    };
    let written = state.change(analyst.actor(), set).await?;
    state.app.refresh_directory().await?;
    Ok(axum::Json(written))
}

/// What the model of a topic would change, changing nothing.
#[utoipa::path(post, path = "/api/topics/{id}/model/preview", tag = "topics", params(("id" = String, Path)),
    request_body = ModelPreviewIn, responses((status = 200, body = ModelPreview)))]
pub async fn preview_topic_model(
    State(state): State<ApiState>,
    _: CanAnalyse,
    Path(id): Path<TopicId>,
    Json(asked): Json<ModelPreviewIn>,
) -> Result<axum::Json<ModelPreview>, ApiError> {
    Ok(axum::Json(state.app.preview_model(&id, asked.precision).await?))
}

/// The next items to be asked about, of those that the reader may label.
#[utoipa::path(get, path = "/api/topics/{id}/questions", tag = "topics", params(("id" = String, Path)),
    responses((status = 200, body = Vec<LabelQuestion>)))]
pub async fn list_topic_questions(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(id): Path<TopicId>,
) -> Result<axum::Json<Vec<LabelQuestion>>, ApiError> {
    Ok(axum::Json(state.app.list_topic_questions(&contributor.scope, &id).await?))
}

/// Answers whether an item is about a topic.
#[utoipa::path(post, path = "/api/feedback/{id}/answers", tag = "topics", params(("id" = String, Path)),
    request_body = TopicAnswerIn, responses((status = 200, body = TopicAnswered)))]
pub async fn answer_topic_question(
    at: FeedbackAt<Contribute>,
    Json(said): Json<TopicAnswerIn>,
) -> Result<axum::Json<TopicAnswered>, ApiError> {
    let FeedbackAt { state, granted, item } = at;
    load_topic(&state.app.store, &said.topic).await?;
    let answer = async |tx: &mut Tx| {
        answer_question(tx, item.number, &said.topic, said.answer, said.stratum).await?;
        let job = if said.answer == Answer::Skip { None } else { state.app.learn_from(tx).await? };
        Ok::<_, AppError>(TopicAnswered { job })
    };
    Ok(axum::Json(state.change(granted.actor(), answer).await?))
}

/// How right the topics are, by answers to items that were drawn by chance.
#[utoipa::path(get, path = "/api/topics/quality", tag = "topics", responses((status = 200, body = Quality)))]
pub async fn load_topic_quality(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Quality>, ApiError> {
    Ok(axum::Json(state.app.load_quality().await?))
}
