//! Tables of the screen as spreadsheets.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use otklik_app::sheet::{Sheet, write_sheets};

use crate::ApiError;
use crate::auth::CanView;
use crate::extract::Json;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Makes an XLSX file of a table that the reader has before them; nothing is kept.
#[utoipa::path(post, path = "/api/sheets", tag = "metrics", request_body = Sheet,
    responses((status = 200, body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn make_sheet(_: CanView, Json(sheet): Json<Sheet>) -> Result<impl IntoResponse, ApiError> {
    Ok(([(CONTENT_TYPE, XLSX)], write_sheets(vec![sheet]).await?))
}
