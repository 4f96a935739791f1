//! Boards of cards, and the many questions that a board asks at once.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::reports::may_see;
use otklik_metrics::{self as metrics, Board, BoardContent, BoardName, MetricAnswer};
use otklik_store::Tx;
use otklik_store::ids::{BoardId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::metrics::MetricQueryIn;
use crate::auth::{CanView, View};
use crate::error::ErrorOut;
use crate::extract::Json;
use crate::language::Spoken;
use crate::places::{BoardAt, may_share};
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardChangeIn {
    /// The version that was on the screen.
    pub version: i64,
    pub content: BoardContent,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardOut {
    pub id: BoardId,
    pub owner_id: PersonId,
    pub version: i64,
    pub updated_at: i64,
    pub content: BoardContent,
    /// Whether the reader may change and delete it.
    pub may_change: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricBatchIn {
    pub questions: Vec<MetricQueryIn>,
}

/// The answer to one question of many, or why there is none.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricBatchOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<MetricAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorOut>,
}

/// Answers many questions at once, each in its place.
#[utoipa::path(post, path = "/api/metrics/batch", tag = "metrics", request_body = MetricBatchIn,
    responses((status = 200, body = Vec<MetricBatchOut>)))]
pub async fn query_metrics(
    State(state): State<ApiState>,
    reader: CanView,
    Spoken(language): Spoken,
    Json(batch): Json<MetricBatchIn>,
) -> Result<axum::Json<Vec<MetricBatchOut>>, ApiError> {
    let questions = batch.questions.into_iter().map(|asked| (asked.query, asked.search)).collect();
    let answers = state.app.answer_each(&reader.scope, questions).await?;
    let out = answers.into_iter().map(|answer| match answer {
        Ok(answer) => MetricBatchOut { answer: Some(answer), error: None },
        Err(error) => MetricBatchOut { answer: None, error: Some(ApiError::from(error).out(language)) },
    });
    Ok(axum::Json(out.collect()))
}

/// The boards that the reader may see, by name.
#[utoipa::path(get, path = "/api/boards", tag = "boards", responses((status = 200, body = Vec<BoardName>)))]
pub async fn list_boards(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<Vec<BoardName>>, ApiError> {
    let mut boards = metrics::list_boards(&state.app.store).await?;
    boards.retain(|board| may_see(&reader.access, board));
    Ok(axum::Json(boards))
}

/// Adds a board of the reader's own; sharing it takes the right to contribute where it is shared.
#[utoipa::path(post, path = "/api/boards", tag = "boards", request_body = BoardContent,
    responses((status = 200, body = BoardOut)))]
pub async fn create_board(
    State(state): State<ApiState>,
    reader: CanView,
    Json(content): Json<BoardContent>,
) -> Result<axum::Json<BoardOut>, ApiError> {
    may_share(&reader.access, &content)?;
    let create = async |tx: &mut Tx| metrics::create_board(tx, content).await;
    let board = state.change(reader.actor(), create).await?;
    Ok(axum::Json(BoardOut::of(board, true)))
}

/// A board that the reader may see.
#[utoipa::path(get, path = "/api/boards/{id}", tag = "boards", params(("id" = String, Path)),
    responses((status = 200, body = BoardOut)))]
pub async fn load_board(at: BoardAt<View>) -> axum::Json<BoardOut> {
    let may_change = at.may_change();
    axum::Json(BoardOut::of(at.board, may_change))
}

/// Rewrites a board: its owner may, and who manages where it is shared.
#[utoipa::path(put, path = "/api/boards/{id}", tag = "boards", params(("id" = String, Path)),
    request_body = BoardChangeIn, responses((status = 200, body = BoardOut)))]
pub async fn update_board(
    at: BoardAt<View>,
    Json(change): Json<BoardChangeIn>,
) -> Result<axum::Json<BoardOut>, ApiError> {
    at.require_change()?;
    may_share(&at.granted.access, &change.content)?;
    let update =
        async |tx: &mut Tx| metrics::update_board(tx, &at.board.id, change.version, change.content).await;
    let board = at.state.change(at.granted.actor(), update).await?;
    Ok(axum::Json(BoardOut::of(board, true)))
}

/// Deletes a board.
#[utoipa::path(delete, path = "/api/boards/{id}", tag = "boards", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_board(at: BoardAt<View>) -> Result<StatusCode, ApiError> {
    at.require_change()?;
    at.state.change(at.granted.actor(), async |tx| metrics::delete_board(tx, &at.board.id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl BoardOut {
    fn of(board: Board, may_change: bool) -> Self {
        let Board { id, owner, version, updated_at, content } = board;
        Self { id, owner_id: owner, version, updated_at, content, may_change }
    }
}
