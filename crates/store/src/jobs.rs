//! Long work as rows: enqueued with the change, claimed by a worker, resumed after a crash, cancelled by request.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

use crate::column::{from_json, to_i64, to_json, to_u64};
use crate::ids::{JobId, new_id};
use crate::{Millis, Page, Store, StoreError, Tx, bulk};

/// A worker that has not been heard of for so long is dead, and its job is anybody's.
pub const STALE_AFTER_MS: Millis = 15_000;

/// A failing job is tried so many times in all.
const MAX_ATTEMPTS: i64 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Queued,
    Running,
    /// Asked to stop; its worker will see it.
    Cancelling,
    Done,
    Failed,
    Cancelled,
}

impl JobState {
    fn parse(word: &str) -> Result<Self, StoreError> {
        Ok(match word {
            "queued" => Self::Queued,
            "running" => Self::Running,
            "cancelling" => Self::Cancelling,
            "done" => Self::Done,
            "failed" => Self::Failed,
            "cancelled" => Self::Cancelled,
            other => return Err(StoreError::unreadable("job.state", other)),
        })
    }

    /// True when nothing more will happen to the job.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// A job as it stands. `attempts` counts the workers that took it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub state: JobState,
    pub payload: String,
    pub progress_done: u64,
    pub progress_total: u64,
    pub result: Option<String>,
    pub error: Option<String>,
    pub attempts: i64,
    pub created_at: Millis,
    pub created_by: String,
    pub started_at: Option<Millis>,
    pub finished_at: Option<Millis>,
}

impl Job {
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        from_json(&self.payload, "job.payload")
    }
}

/// What a worker hears when it reports progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    GoOn,
    /// Cancelled, or taken over by another worker: stop at the next clean place.
    Stop,
}

/// Enqueues a job. With a `dedup_key`, an equal job that still waits is kept and no second one is made.
pub async fn enqueue_job(
    tx: &mut Tx,
    kind: &str,
    payload: &impl Serialize,
    dedup_key: Option<&str>,
) -> Result<JobId, StoreError> {
    let payload = to_json(payload, "job.payload")?;
    let (now, by) = (tx.now_ms(), tx.actor().id().to_owned());
    let id: String = sqlx::query_scalar(
        "insert into job (id, kind, state, payload, dedup_key, run_at, created_at, created_by) \
         values ($1, $2, 'queued', $3, $4, $5, $5, $6) \
         on conflict (dedup_key) where state = 'queued' do update set payload = excluded.payload \
         returning id",
    )
    .bind(new_id(now))
    .bind(kind)
    .bind(payload)
    .bind(dedup_key)
    .bind(now)
    .bind(by)
    .fetch_one(tx.conn())
    .await?;
    tx.wakes_jobs = true;
    Ok(JobId(id))
}

/// Takes the oldest waiting job, or one whose worker died.
pub async fn claim_job(store: &Store) -> Result<Option<Job>, StoreError> {
    let mut tx = store.begin(crate::Actor::System).await?;
    let now = tx.now_ms();
    let row: Option<JobRow> = sqlx::query_as(
        "update job set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $1), \
             beat_at = $1, error = null \
         where id = (select id from job \
             where (state = 'queued' and run_at <= $1) or (state = 'running' and beat_at < $2) \
             order by created_at, id limit 1) \
             and (state = 'queued' or beat_at < $2) \
         returning *",
    )
    .bind(now)
    .bind(now - STALE_AFTER_MS)
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    row.map(Job::try_from).transpose()
}

/// Reports progress and asks whether to go on.
pub async fn beat_job(store: &Store, job: &Job, done: u64, total: u64) -> Result<Beat, StoreError> {
    let mut tx = store.begin(crate::Actor::System).await?;
    let now = tx.now_ms();
    let alive: Option<i64> = sqlx::query_scalar(
        "update job set beat_at = $1, progress_done = $2, progress_total = $3 \
         where id = $4 and attempts = $5 and state = 'running' returning attempts",
    )
    .bind(now)
    .bind(to_i64(done))
    .bind(to_i64(total))
    .bind(job.id.as_str())
    .bind(job.attempts)
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(if alive.is_some() { Beat::GoOn } else { Beat::Stop })
}

/// Ends a job well, inside the transaction of its last change.
pub async fn finish_job(tx: &mut Tx, job: &JobId, result: &impl Serialize) -> Result<(), StoreError> {
    let result = to_json(result, "job.result")?;
    let now = tx.now_ms();
    sqlx::query("update job set state = 'done', result = $1, finished_at = $2 where id = $3")
        .bind(result)
        .bind(now)
        .bind(job.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Records a failure: the job waits longer and longer for its next try, and after the last one stays failed. A worker
/// that has lost its job has no say in it.
pub async fn fail_job(store: &Store, job: &Job, error: &str, retry: bool) -> Result<(), StoreError> {
    let mut tx = store.begin(crate::Actor::System).await?;
    let now = tx.now_ms();
    let again = retry && job.attempts < MAX_ATTEMPTS;
    let delay_ms = 1_000 << job.attempts.clamp(0, 10);
    sqlx::query(
        "update job set state = $1, error = $2, run_at = $3, finished_at = $4 \
         where id = $5 and attempts = $6 and state = 'running'",
    )
    .bind(if again { "queued" } else { "failed" })
    .bind(error)
    .bind(now + delay_ms)
    .bind((!again).then_some(now))
    .bind(job.id.as_str())
    .bind(job.attempts)
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// Asks a job to stop: a waiting one is cancelled at once, a running one when its worker looks up.
pub async fn cancel_job(tx: &mut Tx, job: &JobId) -> Result<JobState, StoreError> {
    let now = tx.now_ms();
    let state: Option<String> = sqlx::query_scalar(
        "update job set finished_at = case when state = 'queued' then $1 else finished_at end, \
             state = case when state = 'queued' then 'cancelled' when state = 'running' then 'cancelling' else state end \
         where id = $2 returning state",
    )
    .bind(now)
    .bind(job.as_str())
    .fetch_optional(tx.conn())
    .await?;
    JobState::parse(&state.ok_or(StoreError::NotFound { entity: "job" })?)
}

/// The worker's answer to [`cancel_job`]: the job has stopped.
pub async fn confirm_cancelled(store: &Store, job: &JobId) -> Result<(), StoreError> {
    let mut tx = store.begin(crate::Actor::System).await?;
    let now = tx.now_ms();
    sqlx::query(
        "update job set state = 'cancelled', finished_at = $1 where id = $2 and state = 'cancelling'",
    )
    .bind(now)
    .bind(job.as_str())
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// Puts a cancelled or failed job back into the queue; it goes on where it stopped.
pub async fn resume_job(tx: &mut Tx, job: &JobId) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let changed = sqlx::query(
        "update job set state = 'queued', run_at = $1, attempts = 0, error = null, finished_at = null \
         where id = $2 and state in ('cancelled', 'failed')",
    )
    .bind(now)
    .bind(job.as_str())
    .execute(tx.conn())
    .await?
    .rows_affected();
    if changed == 0 {
        return Err(StoreError::NotFound { entity: "job" });
    }
    tx.wakes_jobs = true;
    Ok(())
}

/// Gives back the jobs of workers that cannot be alive: called by a process that knows it is the only one.
pub async fn release_jobs(store: &Store) -> Result<u64, StoreError> {
    let mut tx = store.begin(crate::Actor::System).await?;
    let released = sqlx::query("update job set beat_at = 0 where state = 'running'")
        .execute(tx.conn())
        .await?
        .rows_affected();
    sqlx::query("update job set state = 'cancelled' where state = 'cancelling'").execute(tx.conn()).await?;
    tx.wakes_jobs = true;
    tx.commit().await?;
    Ok(released)
}

pub async fn load_job(store: &Store, id: &JobId) -> Result<Job, StoreError> {
    let row: Option<JobRow> = sqlx::query_as("select * from job where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(StoreError::NotFound { entity: "job" })?.try_into()
}

/// The jobs of these ids that there are.
pub async fn find_jobs(store: &Store, ids: &[JobId]) -> Result<HashMap<JobId, Job>, StoreError> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(bulk::rows_per_statement(1)) {
        let sql = format!("select * from job where id in ({})", bulk::parameters(chunk.len(), 0));
        let mut query = sqlx::query_as::<_, JobRow>(AssertSqlSafe(sql));
        for id in chunk {
            query = query.bind(id.as_str());
        }
        for row in query.fetch_all(store.reader()).await? {
            let job = Job::try_from(row)?;
            found.insert(job.id.clone(), job);
        }
    }
    Ok(found)
}

/// The newest jobs first.
pub async fn list_jobs(store: &Store, limit: u32, offset: u32) -> Result<Page<Job>, StoreError> {
    let rows: Vec<JobRow> =
        sqlx::query_as("select * from job order by created_at desc, id desc limit $1 offset $2")
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(store.reader())
            .await?;
    let total: i64 = sqlx::query_scalar("select count(*) from job").fetch_one(store.reader()).await?;
    let items = rows.into_iter().map(Job::try_from).collect::<Result<_, _>>()?;
    Ok(Page { items, total: to_u64(total) })
}

#[derive(FromRow)]
struct JobRow {
    id: String,
    kind: String,
    state: String,
    payload: String,
    progress_done: i64,
    progress_total: i64,
    result: Option<String>,
    error: Option<String>,
    attempts: i64,
    created_at: i64,
    created_by: String,
    started_at: Option<i64>,
    finished_at: Option<i64>,
}

impl TryFrom<JobRow> for Job {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        Ok(Self {
            state: JobState::parse(&row.state)?,
            id: JobId(row.id),
            kind: row.kind,
            payload: row.payload,
            progress_done: to_u64(row.progress_done),
            progress_total: to_u64(row.progress_total),
            result: row.result,
            error: row.error,
            attempts: row.attempts,
            created_at: row.created_at,
            created_by: row.created_by,
            started_at: row.started_at,
            finished_at: row.finished_at,
        })
    }
}
