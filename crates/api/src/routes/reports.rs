//! Boards as files, and boards that are sent by themselves.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use otklik_app::reports::{Wanted, media_type, request_report};
use otklik_facts::Filter;
use otklik_metrics::{
    self as metrics, BoardContent, BoardPeriod, Report, ReportContent, ReportFormat, ReportPaper, ReportRun,
};
use otklik_platform::people;
use otklik_store::Tx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanView, View};
use crate::extract::{Json, Path};
use crate::language::Spoken;
use crate::places::{BoardAt, ReportAt};
use crate::{ApiError, ApiState};

/// A board as it stands on the screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardFileIn {
    pub format: ReportFormat,
    #[serde(default)]
    pub paper: ReportPaper,
    /// In place of the board's own; absent is all time.
    #[serde(default)]
    pub period: Option<BoardPeriod>,
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    #[serde(default)]
    pub words: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportChangeIn {
    /// The version that was on the screen.
    pub version: i64,
    pub content: ReportContent,
}

/// A report with its latest runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportOut {
    #[serde(flatten)]
    pub report: Report,
    pub runs: Vec<ReportRun>,
    /// Whether the reader may change, send and delete it.
    pub may_change: bool,
}

/// Makes a file of a board with the numbers that the reader may see; nothing is kept.
#[utoipa::path(post, path = "/api/boards/{id}/file", tag = "boards", params(("id" = String, Path)),
    request_body = BoardFileIn,
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn make_board_file(
    at: BoardAt<View>,
    Spoken(language): Spoken,
    Json(asked): Json<BoardFileIn>,
) -> Result<impl IntoResponse, ApiError> {
    let BoardFileIn { format, paper, period, filter, words } = asked;
    let reader = people::load_person(&at.state.app.store, &at.granted.access.person).await?;
    let content = BoardContent { period, filter, words, ..at.board.content };
    let wanted = Wanted { format, paper, language, made_by: Some(reader.name) };
    let file = at.state.app.make_board_file(content, &at.granted.scope, wanted).await?;
    Ok(download(&file.name, file.media_type, file.bytes))
}

/// The reports of a board, each with its latest runs; of files, those that the reader may take.
#[utoipa::path(get, path = "/api/boards/{id}/reports", tag = "boards", params(("id" = String, Path)),
    responses((status = 200, body = Vec<ReportOut>)))]
pub async fn list_reports(at: BoardAt<View>) -> Result<axum::Json<Vec<ReportOut>>, ApiError> {
    let store = &at.state.app.store;
    let person = &at.granted.access.person;
    let mut found = Vec::new();
    for report in metrics::list_reports(store, &at.board.id).await? {
        let mut runs = metrics::list_runs(store, &report.id).await?;
        for run in &mut runs {
            run.files.retain(|file| file.people.contains(person));
        }
        let may_change = at.may_change() || report.owner_id == *person;
        found.push(ReportOut { report, runs, may_change });
    }
    Ok(axum::Json(found))
}

/// Adds a report; sending it to others than oneself takes the right to change the board.
#[utoipa::path(post, path = "/api/boards/{id}/reports", tag = "boards", params(("id" = String, Path)),
    request_body = ReportContent, responses((status = 200, body = Report)))]
pub async fn create_report(
    at: BoardAt<View>,
    Json(content): Json<ReportContent>,
) -> Result<axum::Json<Report>, ApiError> {
    at.may_address(&content.recipients).await?;
    let zone = at.state.app.time_zone().await?;
    let create = async |tx: &mut Tx| metrics::create_report(tx, &at.board.id, content, &zone).await;
    Ok(axum::Json(at.state.change(at.granted.actor(), create).await?))
}

/// Rewrites a report.
#[utoipa::path(put, path = "/api/reports/{id}", tag = "boards", params(("id" = String, Path)),
    request_body = ReportChangeIn, responses((status = 200, body = Report)))]
pub async fn update_report(
    at: ReportAt<View>,
    Json(change): Json<ReportChangeIn>,
) -> Result<axum::Json<Report>, ApiError> {
    at.board.may_address(&change.content.recipients).await?;
    let app = &at.board.state.app;
    let zone = app.time_zone().await?;
    let update = async |tx: &mut Tx| {
        metrics::update_report(tx, at.report, change.version, change.content, &zone).await
    };
    Ok(axum::Json(at.board.state.change(at.board.granted.actor(), update).await?))
}

/// Deletes a report with what is kept of its runs.
#[utoipa::path(delete, path = "/api/reports/{id}", tag = "boards", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_report(at: ReportAt<View>) -> Result<StatusCode, ApiError> {
    let delete = async |tx: &mut Tx| metrics::delete_report(tx, &at.report).await;
    at.board.state.change(at.board.granted.actor(), delete).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a report now, beside its turns.
#[utoipa::path(post, path = "/api/reports/{id}/send", tag = "boards", params(("id" = String, Path)),
    responses((status = 202)))]
pub async fn send_report(at: ReportAt<View>) -> Result<StatusCode, ApiError> {
    let request = async |tx: &mut Tx| request_report(tx, &at.report).await;
    at.board.state.change(at.board.granted.actor(), request).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A file that was sent to the reader.
#[utoipa::path(get, path = "/api/report-files/{id}", tag = "boards", params(("id" = String, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn load_report_file(
    State(state): State<ApiState>,
    reader: CanView,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let file = metrics::load_report_file(&state.app.store, &id, &reader.access.person).await?;
    Ok(download(&file.name, media_type(file.format), file.bytes))
}

fn download(name: &str, media_type: &'static str, bytes: Vec<u8>) -> impl IntoResponse + use<> {
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    ([(CONTENT_TYPE, media_type.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes)
}
