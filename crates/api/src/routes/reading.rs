//! What texts say: sentiment and signals, a person's last word on them, and what is new.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::reading::read_sentiment;
use otklik_app::signals::NewSignals;
use otklik_store::Tx;
use otklik_voice::feedback::Feedback;
use otklik_voice::labels::Span;
use otklik_voice::sentiment::{Tone, set_tone};
use otklik_voice::signals::{Kind, dismiss_signal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanView, Contribute, View};
use crate::extract::Json;
use crate::places::FeedbackAt;
use crate::{ApiError, ApiState};

/// One item, with the words that its sentiment rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackWhole {
    #[serde(flatten)]
    pub item: Feedback,
    pub sentiment_spans: Vec<Span>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentimentIn {
    /// Absent: leave it to the model.
    pub sentiment: Option<Tone>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalIn {
    pub kind: Kind,
    /// True: that is none; false: it is one after all.
    pub dismissed: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalsSeenIn {
    /// The newest item there was when the signals were shown.
    pub until: i64,
}

/// One item.
#[utoipa::path(get, path = "/api/feedback/{id}", tag = "feedback", params(("id" = String, Path)),
    responses((status = 200, body = FeedbackWhole)))]
pub async fn load_feedback(at: FeedbackAt<View>) -> Result<axum::Json<FeedbackWhole>, ApiError> {
    let item = at.item;
    let sentiment_spans = read_sentiment(&item).map(|(_, spans)| spans).unwrap_or_default();
    Ok(axum::Json(FeedbackWhole { item, sentiment_spans }))
}

/// Says by hand how an item sounds, or takes that back.
#[utoipa::path(put, path = "/api/feedback/{id}/sentiment", tag = "feedback", params(("id" = String, Path)),
    request_body = SentimentIn, responses((status = 204)))]
pub async fn set_sentiment(
    at: FeedbackAt<Contribute>,
    Json(said): Json<SentimentIn>,
) -> Result<StatusCode, ApiError> {
    let FeedbackAt { state, granted, item } = at;
    let mood = read_sentiment(&item).map(|(mood, _)| mood);
    let set = async |tx: &mut Tx| set_tone(tx, item.number, said.sentiment, mood).await;
    state.change(granted.actor(), set).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says by hand that a signal of an item is none, or takes that back.
#[utoipa::path(put, path = "/api/feedback/{id}/signals", tag = "feedback", params(("id" = String, Path)),
    request_body = SignalIn, responses((status = 204)))]
pub async fn set_signal(
    at: FeedbackAt<Contribute>,
    Json(said): Json<SignalIn>,
) -> Result<StatusCode, ApiError> {
    let FeedbackAt { state, granted, item } = at;
    let set = async |tx: &mut Tx| dismiss_signal(tx, item.number, said.kind, said.dismissed).await;
    state.change(granted.actor(), set).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The signals that arrived since the reader marked them as seen.
#[utoipa::path(get, path = "/api/signals", tag = "today", responses((status = 200, body = NewSignals)))]
pub async fn list_signals(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<NewSignals>, ApiError> {
    Ok(axum::Json(state.app.list_new_signals(&reader.scope, &reader.access.person).await?))
}

/// Marks the signals as seen by the reader.
#[utoipa::path(put, path = "/api/signals/seen", tag = "today", request_body = SignalsSeenIn,
    responses((status = 204)))]
pub async fn see_signals(
    State(state): State<ApiState>,
    reader: CanView,
    Json(seen): Json<SignalsSeenIn>,
) -> Result<StatusCode, ApiError> {
    state.app.note_signals_seen(&reader.access.person, seen.until).await?;
    Ok(StatusCode::NO_CONTENT)
}
