//! The topic tree and its rules.

use axum::extract::State;
use otklik_app::AppError;
use otklik_app::classify::{RuleEffect, enqueue_reclassify};
use otklik_store::Tx;
use otklik_store::ids::{JobId, TopicId};
use otklik_voice::topics::{self, RuleChange, Topic, TopicIn};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanAnalyse, CanView};
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

/// A topic was written; `job` re-classifies the items when its rule has changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TopicWritten {
    pub id: TopicId,
    pub job: Option<JobId>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct RulePreviewIn {
    /// The topic whose rule it would become; without it a new one.
    pub topic: Option<TopicId>,
    pub rule: String,
}

/// All topics.
#[utoipa::path(get, path = "/api/topics", tag = "topics", responses((status = 200, body = Vec<Topic>)))]
pub async fn list_topics(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<Topic>>, ApiError> {
    Ok(axum::Json(topics::list_topics(&state.app.store).await?))
}

/// Adds a topic; its rule is applied to everything that is there already.
#[utoipa::path(post, path = "/api/topics", tag = "topics", request_body = TopicIn,
    responses((status = 200, body = TopicWritten)))]
pub async fn create_topic(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(topic): Json<TopicIn>,
) -> Result<axum::Json<TopicWritten>, ApiError> {
    let create = async |tx: &mut Tx| {
        let id = topics::create_topic(tx, &topic).await?;
        let job = match topic.rule.trim() {
            "" => None,
            _ => Some(enqueue_reclassify(tx, &id).await?),
        };
        Ok::<_, AppError>(TopicWritten { id, job })
    };
    write_topic(&state, &analyst, create).await
}

/// Changes a topic; a new rule re-classifies everything.
#[utoipa::path(put, path = "/api/topics/{id}", tag = "topics", params(("id" = String, Path)), request_body = TopicIn,
    responses((status = 200, body = TopicWritten)))]
pub async fn update_topic(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<TopicId>,
    Json(topic): Json<TopicIn>,
) -> Result<axum::Json<TopicWritten>, ApiError> {
    let update = async |tx: &mut Tx| {
        let job = match topics::update_topic(tx, &id, &topic).await? {
            RuleChange::Changed => Some(enqueue_reclassify(tx, &id).await?),
            RuleChange::Same => None,
        };
        Ok::<_, AppError>(TopicWritten { id, job })
    };
    write_topic(&state, &analyst, update).await
}

/// Retires a topic: items lose what its rule gave them.
#[utoipa::path(delete, path = "/api/topics/{id}", tag = "topics", params(("id" = String, Path)),
    responses((status = 200, body = TopicWritten)))]
pub async fn archive_topic(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<TopicId>,
) -> Result<axum::Json<TopicWritten>, ApiError> {
    let archive = async |tx: &mut Tx| {
        topics::archive_topic(tx, &id).await?;
        let job = Some(enqueue_reclassify(tx, &id).await?);
        Ok::<_, AppError>(TopicWritten { id, job })
    };
    write_topic(&state, &analyst, archive).await
}

/// Counts what a rule would change, changing nothing.
#[utoipa::path(post, path = "/api/topics/preview", tag = "topics", request_body = RulePreviewIn,
    responses((status = 200, body = RuleEffect)))]
pub async fn preview_rule(
    State(state): State<ApiState>,
    _: CanAnalyse,
    Json(preview): Json<RulePreviewIn>,
) -> Result<axum::Json<RuleEffect>, ApiError> {
    Ok(axum::Json(state.app.preview_rule(preview.topic.as_ref(), &preview.rule).await?))
}

/// A rule's language, described for people.
#[utoipa::path(get, path = "/api/topics/help", tag = "topics", responses((status = 200, body = String)))]
pub async fn load_rule_help(_: CanView, spoken: crate::language::Spoken) -> String {
    let language = match spoken.0 {
        otklik_app::messages::Language::Ru => otklik_text::Language::Ru,
        otklik_app::messages::Language::En => otklik_text::Language::En,
    };
    otklik_text::rule::help(language).to_owned()
}

/// Makes a change of the tree; whatever is asked next knows of it.
async fn write_topic(
    state: &ApiState,
    analyst: &CanAnalyse,
    write: impl AsyncFnOnce(&mut Tx) -> Result<TopicWritten, AppError>,
) -> Result<axum::Json<TopicWritten>, ApiError> {
    let written = state.change(analyst.actor(), write).await?;
    state.app.refresh_directory().await?;
    Ok(axum::Json(written))
}
