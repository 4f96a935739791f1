//! File imports: upload, preview, start, watch, download what was refused.

use std::path::PathBuf;

use axum::extract::{Multipart, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use otklik_app::JobFailure;
use otklik_app::imports::{ImportRequest, preview_file};
use otklik_store::Page;
use otklik_store::ids::{ImportId, JobId};
use otklik_store::jobs::{self, Job, JobState};
use otklik_voice::files::{Format, Issue, Mapping, Preview};
use otklik_voice::imports::{self, Counts, Import};
use otklik_voice::{Channel, sources};
use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt;
use utoipa::ToSchema;

use super::paging::PageParams;
use crate::auth::CanAnalyse;
use crate::error::ErrorOut;
use crate::extract::{Json, Path, Query};
use crate::language::Spoken;
use crate::{ApiError, ApiState};

/// The largest number of refusals in one download: what a person can still read.
const MAX_REFUSALS: u32 = 100_000;

/// The body of an upload, for the description.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the handler streams it")]
pub struct UploadForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// An uploaded file, waiting for its import.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadOut {
    pub upload: String,
    pub file_name: String,
    pub file_bytes: u64,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PreviewIn {
    pub upload: String,
    /// A corrected format, such as another sheet of the workbook; by default it is detected.
    pub format: Option<Format>,
    /// A mapping to try on the first rows; by default one is proposed.
    pub mapping: Option<Mapping>,
}

/// The beginning of a file, as read.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewOut {
    #[serde(flatten)]
    pub preview: Preview,
    /// Why the sheet at hand cannot be read, where the workbook has another to choose; there are then no columns.
    pub refusal: Option<ErrorOut>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ImportIn {
    pub upload: String,
    pub file_name: String,
    /// The name of the source; made when it is not there.
    pub source: String,
    pub channel: Channel,
    pub format: Format,
    pub mapping: Mapping,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ImportStarted {
    pub id: ImportId,
    pub job: JobId,
}

/// One import as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    pub id: ImportId,
    pub job: Option<JobId>,
    pub source: String,
    pub source_id: String,
    pub file_name: String,
    pub file_bytes: u64,
    pub counts: Counts,
    pub created_at: i64,
    pub finished_at: Option<i64>,
    /// Of its job.
    pub state: Option<JobState>,
    /// Why its job failed.
    pub error: Option<ErrorOut>,
    pub progress_done: u64,
    pub progress_total: u64,
}

/// Takes a file; nothing is read yet.
#[utoipa::path(post, path = "/api/uploads", tag = "imports",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 200, body = UploadOut)))]
pub async fn upload_file(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    mut form: Multipart,
) -> Result<axum::Json<UploadOut>, ApiError> {
    let limit = state.config.upload_limit_bytes;
    let field = form.next_field().await.map_err(|e| ApiError::request_invalid(e.body_text()))?;
    let mut field = field.ok_or_else(|| ApiError::request_invalid("the form has no file"))?;
    let file_name = field.file_name().unwrap_or("file").to_owned();
    let upload = otklik_store::ids::new_id(state.app.store.now_ms());
    let path = upload_path(&state, &upload)?;
    let mut file = tokio::fs::File::create(&path).await.map_err(ApiError::disk)?;
    let mut file_bytes = 0;
    while let Some(chunk) = field.chunk().await.map_err(|e| ApiError::request_invalid(e.body_text()))? {
        file_bytes += chunk.len() as u64;
        if file_bytes > limit as u64 {
            drop(file);
            tokio::fs::remove_file(&path).await.map_err(ApiError::disk)?;
            return Err(ApiError::body_too_large(limit));
        }
        file.write_all(&chunk).await.map_err(ApiError::disk)?;
    }
    file.sync_all().await.map_err(ApiError::disk)?;
    tracing::info!(actor = analyst.actor().id(), file_bytes, "a file was uploaded");
    Ok(axum::Json(UploadOut { upload, file_name, file_bytes }))
}

/// The beginning of an uploaded file: its format, first rows, a proposed mapping.
#[utoipa::path(post, path = "/api/imports/preview", tag = "imports", request_body = PreviewIn,
    responses((status = 200, body = PreviewOut)))]
pub async fn preview_import(
    State(state): State<ApiState>,
    _: CanAnalyse,
    spoken: Spoken,
    Json(preview): Json<PreviewIn>,
) -> Result<axum::Json<PreviewOut>, ApiError> {
    let path = upload_path(&state, &preview.upload)?;
    if !path.exists() {
        return Err(otklik_app::AppError::UploadGone.into());
    }
    let now = state.app.store.now_ms();
    let read = move || preview_file(&path, preview.format, preview.mapping, now);
    let mut preview = tokio::task::spawn_blocking(read).await.map_err(otklik_app::AppError::from)??;
    let refusal = preview.refusal.take().map(|refusal| ErrorOut::of(refusal, spoken.0));
    Ok(axum::Json(PreviewOut { preview, refusal }))
}

/// Starts the import of an uploaded file.
#[utoipa::path(post, path = "/api/imports", tag = "imports", request_body = ImportIn,
    responses((status = 200, body = ImportStarted)))]
pub async fn start_import(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(new): Json<ImportIn>,
) -> Result<axum::Json<ImportStarted>, ApiError> {
    let path = upload_path(&state, &new.upload)?;
    let ImportIn { file_name, source, channel, format, mapping, .. } = new;
    let request = ImportRequest { source, channel, format, mapping };
    let (id, job) = state.app.start_import(analyst.actor(), &path, &file_name, request).await?;
    state.app.refresh_directory().await?;
    Ok(axum::Json(ImportStarted { id, job }))
}

/// All imports, the newest first.
#[utoipa::path(get, path = "/api/imports", tag = "imports", params(PageParams),
    responses((status = 200, body = Page<ImportOut>)))]
pub async fn list_imports(
    State(state): State<ApiState>,
    _: CanAnalyse,
    spoken: Spoken,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<Page<ImportOut>>, ApiError> {
    let page = imports::list_imports(&state.app.store, page.limit(), page.offset()).await?;
    Ok(axum::Json(Page { items: out(&state, spoken, page.items).await?, total: page.total }))
}

/// One import.
#[utoipa::path(get, path = "/api/imports/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = ImportOut)))]
pub async fn load_import(
    State(state): State<ApiState>,
    _: CanAnalyse,
    spoken: Spoken,
    Path(id): Path<ImportId>,
) -> Result<axum::Json<ImportOut>, ApiError> {
    let import = imports::load_import(&state.app.store, &id).await?;
    let import = out(&state, spoken, vec![import]).await?.pop();
    Ok(axum::Json(import.ok_or_else(ApiError::not_found)?))
}

/// Why rows were refused.
#[utoipa::path(get, path = "/api/imports/{id}/refusals", tag = "imports", params(("id" = String, Path), PageParams),
    responses((status = 200, body = Vec<Issue>)))]
pub async fn list_refusals(
    State(state): State<ApiState>,
    _: CanAnalyse,
    Path(id): Path<ImportId>,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<Vec<Issue>>, ApiError> {
    Ok(axum::Json(imports::list_refusals(&state.app.store, &id, page.limit(), page.offset()).await?))
}

/// The same as a CSV file in the reader's language.
#[utoipa::path(get, path = "/api/imports/{id}/refusals.csv", tag = "imports", params(("id" = String, Path)),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn download_refusals(
    State(state): State<ApiState>,
    _: CanAnalyse,
    spoken: Spoken,
    Path(id): Path<ImportId>,
) -> Result<Response, ApiError> {
    let issues = imports::list_refusals(&state.app.store, &id, MAX_REFUSALS, 0).await?;
    let csv = otklik_app::refusals::to_csv(&issues, spoken.0);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"refused.csv\"")),
    ];
    Ok((StatusCode::OK, headers, csv).into_response())
}

/// The imports with their jobs and the names of their sources.
async fn out(state: &ApiState, spoken: Spoken, imports: Vec<Import>) -> Result<Vec<ImportOut>, ApiError> {
    let ids: Vec<JobId> = imports.iter().filter_map(|import| import.job_id.clone()).collect();
    let mut jobs = jobs::find_jobs(&state.app.store, &ids).await?;
    let sources = sources::list_sources(&state.app.store).await?;
    let out = |import: Import| {
        let job = import.job_id.as_ref().and_then(|id| jobs.remove(id));
        let source = sources.iter().find(|source| source.id == import.source_id);
        import_out(import, job, source.map(|source| source.name.clone()).unwrap_or_default(), spoken)
    };
    Ok(imports.into_iter().map(out).collect())
}

fn import_out(import: Import, job: Option<Job>, source: String, spoken: Spoken) -> ImportOut {
    ImportOut {
        id: import.id,
        job: import.job_id,
        source,
        source_id: import.source_id.0,
        file_name: import.file_name,
        file_bytes: import.file_bytes,
        counts: import.counts,
        created_at: import.created_at,
        finished_at: import.finished_at,
        state: job.as_ref().map(|job| job.state),
        error: job.as_ref().and_then(JobFailure::of).map(|failure| ErrorOut::of_job(&failure, spoken.0)),
        progress_done: job.as_ref().map_or(0, |job| job.progress_done),
        progress_total: job.as_ref().map_or(0, |job| job.progress_total),
    }
}

/// Only ids that we gave out become paths.
fn upload_path(state: &ApiState, upload: &str) -> Result<PathBuf, ApiError> {
    let is_id = upload.len() == 36 && upload.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if !is_id {
        return Err(otklik_app::AppError::UploadGone.into());
    }
    Ok(state.app.data.uploads().join(upload))
}
