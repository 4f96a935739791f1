//! Long work: how far it is, stopping it, letting it go on.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::JobFailure;
use otklik_store::ids::JobId;
use otklik_store::jobs::{self, Job, JobState};
use otklik_store::{Page, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::paging::PageParams;
use crate::auth::CanAnalyse;
use crate::error::ErrorOut;
use crate::extract::{Path, Query};
use crate::language::Spoken;
use crate::{ApiError, ApiState};

/// A piece of long work. `result` is what it says about itself when done, `error` why it failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobOut {
    pub id: JobId,
    pub kind: String,
    pub state: JobState,
    pub progress_done: u64,
    pub progress_total: u64,
    #[schema(value_type = Option<Object>)]
    pub result: Option<serde_json::Value>,
    pub error: Option<ErrorOut>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

impl JobOut {
    fn new(job: Job, spoken: Spoken) -> Self {
        Self {
            error: JobFailure::of(&job).map(|failure| ErrorOut::of_job(&failure, spoken.0)),
            id: job.id,
            kind: job.kind,
            state: job.state,
            progress_done: job.progress_done,
            progress_total: job.progress_total,
            result: job.result.and_then(|json| serde_json::from_str(&json).ok()),
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

/// Long work, the newest first.
#[utoipa::path(get, path = "/api/jobs", tag = "jobs", params(PageParams),
    responses((status = 200, body = Page<JobOut>)))]
pub async fn list_jobs(
    State(state): State<ApiState>,
    _: CanAnalyse,
    spoken: Spoken,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<Page<JobOut>>, ApiError> {
    let jobs = jobs::list_jobs(&state.app.store, page.limit(), page.offset()).await?;
    Ok(axum::Json(jobs.map(|job| JobOut::new(job, spoken))))
}

/// How far a job is.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "jobs", params(("id" = String, Path)),
    responses((status = 200, body = JobOut)))]
pub async fn load_job(
    State(state): State<ApiState>,
    _: CanAnalyse,
    spoken: Spoken,
    Path(id): Path<JobId>,
) -> Result<axum::Json<JobOut>, ApiError> {
    Ok(axum::Json(JobOut::new(jobs::load_job(&state.app.store, &id).await?, spoken)))
}

/// Asks a job to stop. What it did so far stays.
#[utoipa::path(post, path = "/api/jobs/{id}/cancel", tag = "jobs", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn cancel_job(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<JobId>,
) -> Result<StatusCode, ApiError> {
    let change = async |tx: &mut Tx| {
        jobs::cancel_job(tx, &id).await?;
        tx.audit("job_cancelled", "job", id.as_str(), &()).await
    };
    state.change(analyst.actor(), change).await?;
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
    let change = async |tx: &mut Tx| {
        jobs::resume_job(tx, &id).await?;
        tx.audit("job_resumed", "job", id.as_str(), &()).await
    };
    state.change(analyst.actor(), change).await?;
    Ok(StatusCode::NO_CONTENT)
}
