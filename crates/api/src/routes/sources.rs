//! Sources, import profiles, the customer base, jobs.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_store::Page;
use otklik_store::ids::{JobId, ProfileId, SourceId};
use otklik_store::jobs::{self, Job, JobState};
use otklik_voice::base::{self, BaseRow};
use otklik_voice::profiles::{self, Profile, ProfileIn};
use otklik_voice::sources::{self, Source, SourceIn};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{CanAnalyse, CanView};
use crate::extract::{Json, Path, Query};
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    pub limit: Option<u32>,
    pub offset: Option<u32>,
}

impl PageParams {
    pub fn limit(&self) -> u32 {
        self.limit.unwrap_or(50).min(1_000)
    }

    pub fn offset(&self) -> u32 {
        self.offset.unwrap_or(0)
    }
}

/// A piece of long work. `result` is what it says about itself when done; `error` is a code.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobOut {
    pub id: JobId,
    pub kind: String,
    pub state: JobState,
    pub progress_done: u64,
    pub progress_total: u64,
    #[schema(value_type = Option<Object>)]
    pub result: Option<serde_json::Value>,
    pub error: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

impl From<Job> for JobOut {
    fn from(job: Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state,
            progress_done: job.progress_done,
            progress_total: job.progress_total,
            result: job.result.and_then(|json| serde_json::from_str(&json).ok()),
            error: job.error,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

/// All sources.
#[utoipa::path(get, path = "/api/sources", tag = "sources", responses((status = 200, body = Vec<Source>)))]
pub async fn list_sources(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<Source>>, ApiError> {
    Ok(axum::Json(sources::list_sources(&state.app.store).await?))
}

/// Adds a source.
#[utoipa::path(post, path = "/api/sources", tag = "sources", request_body = SourceIn,
    responses((status = 200, body = SourceId)))]
pub async fn create_source(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(source): Json<SourceIn>,
) -> Result<axum::Json<SourceId>, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    let id = sources::create_source(&mut tx, &source).await?;
    tx.commit().await?;
    state.app.refresh_directory().await?;
    Ok(axum::Json(id))
}

/// Changes a source: its name, channel, and for how long its items are kept.
#[utoipa::path(put, path = "/api/sources/{id}", tag = "sources", params(("id" = String, Path)),
    request_body = SourceIn, responses((status = 204)))]
pub async fn update_source(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<SourceId>,
    Json(source): Json<SourceIn>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    sources::update_source(&mut tx, &id, &source).await?;
    tx.commit().await?;
    state.app.refresh_directory().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Kept mappings.
#[utoipa::path(get, path = "/api/profiles", tag = "imports", responses((status = 200, body = Vec<Profile>)))]
pub async fn list_profiles(
    State(state): State<ApiState>,
    _: CanAnalyse,
) -> Result<axum::Json<Vec<Profile>>, ApiError> {
    Ok(axum::Json(profiles::list_profiles(&state.app.store).await?))
}

/// Keeps a mapping; one of the same name is replaced.
#[utoipa::path(post, path = "/api/profiles", tag = "imports", request_body = ProfileIn,
    responses((status = 200, body = ProfileId)))]
pub async fn save_profile(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(profile): Json<ProfileIn>,
) -> Result<axum::Json<ProfileId>, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    let id = profiles::save_profile(&mut tx, &profile).await?;
    tx.commit().await?;
    Ok(axum::Json(id))
}

/// Deletes a kept mapping.
#[utoipa::path(delete, path = "/api/profiles/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_profile(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<ProfileId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    profiles::delete_profile(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The customer base, by month and slice.
#[utoipa::path(get, path = "/api/base", tag = "customer base", responses((status = 200, body = Vec<BaseRow>)))]
pub async fn list_base(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<Vec<BaseRow>>, ApiError> {
    let mut rows = base::list_base(&state.app.store).await?;
    rows.retain(|row| reader.scope.covers(Some(&row.unit_id.clone().into())));
    Ok(axum::Json(rows))
}

/// Writes rows of the customer base; a row of the same month and slice is replaced.
#[utoipa::path(put, path = "/api/base", tag = "customer base", request_body = Vec<BaseRow>,
    responses((status = 204)))]
pub async fn put_base(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(rows): Json<Vec<BaseRow>>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    base::put_base(&mut tx, &rows).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Long work, the newest first.
#[utoipa::path(get, path = "/api/jobs", tag = "jobs", params(PageParams),
    responses((status = 200, body = Page<JobOut>)))]
pub async fn list_jobs(
    State(state): State<ApiState>,
    _: CanAnalyse,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<Page<JobOut>>, ApiError> {
    let jobs = jobs::list_jobs(&state.app.store, page.limit(), page.offset()).await?;
    Ok(axum::Json(jobs.map(JobOut::from)))
}

/// How far a job is.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "jobs", params(("id" = String, Path)),
    responses((status = 200, body = JobOut)))]
pub async fn load_job(
    State(state): State<ApiState>,
    _: CanAnalyse,
    Path(id): Path<JobId>,
) -> Result<axum::Json<JobOut>, ApiError> {
    Ok(axum::Json(jobs::load_job(&state.app.store, &id).await?.into()))
}

/// Asks a job to stop. What it did so far stays.
#[utoipa::path(post, path = "/api/jobs/{id}/cancel", tag = "jobs", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn cancel_job(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<JobId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    jobs::cancel_job(&mut tx, &id).await?;
    tx.audit("job_cancelled", "job", id.as_str(), &()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a cancelled or failed job go on where it stopped.
#[utoipa::path(post, path = "/api/jobs/{id}/resume", tag = "jobs", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn resume_job(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<JobId>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.app.store.begin(analyst.actor()).await?;
    jobs::resume_job(&mut tx, &id).await?;
    tx.audit("job_resumed", "job", id.as_str(), &()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
