//! The worker: takes jobs, does them, reports progress, hears of cancellation, survives a restart.

use std::time::{Duration, Instant};

use otklik_store::jobs::{self, Beat, Job};

use crate::job_failure::JobFailure;
use crate::{App, AppError, alerts, classify, daily, imports, learn, reports, reread};

/// How often a worker that has nothing to do looks for jobs of other processes.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How often a running job reports, whatever its own rhythm.
const BEAT_EVERY: Duration = Duration::from_millis(500);

/// A job's line to its row: progress out, «stop» in.
pub struct Progress {
    job: Option<(otklik_store::Store, Job)>,
    last: Option<Instant>,
    stopped: bool,
}

impl Progress {
    pub fn of(app: &App, job: &Job) -> Self {
        Self { job: Some((app.store.clone(), job.clone())), last: None, stopped: false }
    }

    /// For work that nobody watches.
    pub fn silent() -> Self {
        Self { job: None, last: None, stopped: false }
    }

    /// Reports progress, at most twice a second. False means: stop at the next clean place.
    pub async fn report(&mut self, done: u64, total: u64) -> Result<bool, AppError> {
        let Some((store, job)) = &self.job else { return Ok(true) };
        if !self.stopped && self.last.is_none_or(|last| last.elapsed() >= BEAT_EVERY) {
            self.stopped = jobs::beat_job(store, job, done, total).await? == Beat::Stop;
            self.last = Some(Instant::now());
        }
        Ok(!self.stopped)
    }

    pub fn is_stopped(&self) -> bool {
        self.stopped
    }
}

impl App {
    /// Works until `stop` resolves: one job after the other.
    pub async fn work(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            let worked = tokio::select! {
                worked = self.work_once() => worked,
                () = &mut stop => return,
            };
            match worked {
                Ok(true) => {}
                Ok(false) => {
                    if let Err(error) = self.enqueue_daily_round().await {
                        tracing::error!(%error, "the daily round could not be enqueued");
                    }
                    if let Err(error) = self.enqueue_due_reports().await {
                        tracing::error!(%error, "reports that are due could not be enqueued");
                    }
                    tokio::select! {
                        () = self.store.woken().jobs.notified() => {}
                        () = tokio::time::sleep(LOOK_EVERY) => {}
                        () = &mut stop => return,
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the worker could not take a job");
                    tokio::time::sleep(LOOK_EVERY).await;
                }
            }
        }
    }

    /// Does the next job; false when none waits.
    pub async fn work_once(&self) -> Result<bool, AppError> {
        let Some(job) = jobs::claim_job(&self.store).await? else { return Ok(false) };
        let mut progress = Progress::of(self, &job);
        let outcome = self.run_job(&job, &mut progress).await;
        match outcome {
            Ok(()) if progress.is_stopped() => jobs::confirm_cancelled(&self.store, &job.id).await?,
            Ok(()) => {}
            Err(error) => {
                let retry = error.store().is_some_and(otklik_store::StoreError::is_transient);
                tracing::error!(%error, job = %job.id, kind = job.kind, "job failed");
                jobs::fail_job(&self.store, &job, &JobFailure::new(&error).to_text()?, retry).await?;
            }
        }
        Ok(true)
    }

    /// Does every waiting job, for the command line and for tests.
    pub async fn work_all(&self) -> Result<(), AppError> {
        while self.work_once().await? {}
        Ok(())
    }

    async fn run_job(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        match job.kind.as_str() {
            imports::IMPORT_FILE => self.import_file(job, progress).await,
            learn::RELEARN_TOPICS => self.relearn_topics(job, progress).await,
            classify::RECLASSIFY_TOPIC => self.reclassify_topic(job, progress).await,
            reread::READ_TEXTS => self.read_texts(job, progress).await,
            daily::DAILY_ROUND => self.make_daily_round(job, progress).await,
            alerts::LOOK_FOR_ALERTS => self.make_look_for_alerts(job).await,
            reports::SEND_REPORT => self.send_report(job, progress).await,
            unknown => Err(AppError::Worker(format!("unknown job {unknown}"))),
        }
    }
}
