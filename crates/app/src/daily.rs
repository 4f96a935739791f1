//! What happens once a day: due checks are measured, solved problems looked at again, items older than their source
//! keeps them are erased, what stands out in the numbers is found, and people are told.

use otklik_platform::{letters, notifications, settings};
use otklik_store::jobs::{self, Job};
use otklik_store::{Actor, Millis, outbox};
use otklik_voice::erasure;
use serde::Serialize;

use crate::jobs::Progress;
use crate::{App, AppError};

/// The job of a day.
pub const DAILY_ROUND: &str = "daily_round";

const DAY_MS: Millis = 24 * 3_600_000;
/// The log of deliveries goes back so far.
const MESSAGES_KEPT_MS: Millis = 30 * DAY_MS;
const NOTIFICATIONS_KEPT_MS: Millis = 365 * DAY_MS;

/// Items erased in one transaction.
const ERASE_BATCH: u32 = 1_000;

#[derive(Debug, Default, Serialize)]
struct Round {
    verdicts_proposed: usize,
    alarms_raised: usize,
    /// Of these two, the plans that could not be measured.
    checks_failed: usize,
    items_erased: usize,
    anomalies_found: usize,
    alerts_begun: usize,
}

impl App {
    /// Enqueues the round of today unless it was made or waits already.
    pub async fn enqueue_daily_round(&self) -> Result<(), AppError> {
        let today = self.today().await?;
        let mut tx = self.store.begin(Actor::System).await?;
        if settings::note_daily_round(&mut tx, today).await? {
            jobs::enqueue_job(&mut tx, DAILY_ROUND, &today.to_string(), Some(DAILY_ROUND)).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Deletes what was sent, told and attached so long ago that nobody asks for it.
    async fn clear_old_messages(&self) -> Result<(), AppError> {
        let mut tx = self.store.begin(Actor::System).await?;
        let now = tx.now_ms();
        outbox::delete_old_messages(&mut tx, now - MESSAGES_KEPT_MS).await?;
        notifications::delete_old_notifications(&mut tx, now - NOTIFICATIONS_KEPT_MS).await?;
        letters::delete_old_attachments(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn make_daily_round(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        self.catch_up().await?;
        let (verdicts, alarms) = (self.propose_due_verdicts().await?, self.raise_alarms().await?);
        let mut round = Round {
            verdicts_proposed: verdicts.made.len(),
            alarms_raised: alarms.made.len(),
            checks_failed: verdicts.failed + alarms.failed,
            ..Round::default()
        };
        loop {
            let mut tx = self.store.begin(Actor::System).await?;
            let erased = erasure::erase_expired(&mut tx, ERASE_BATCH).await?;
            tx.commit().await?;
            round.items_erased += erased;
            if erased == 0 {
                break;
            }
            if !progress.report(round.items_erased as u64, 0).await? {
                return Ok(());
            }
        }
        round.anomalies_found = self.find_anomalies().await?.len();
        round.alerts_begun = self.look_for_alerts().await?;
        self.clear_old_messages().await?;
        let mut tx = self.store.begin(Actor::System).await?;
        jobs::finish_job(&mut tx, &job.id, &round).await?;
        Ok(tx.commit().await?)
    }
}
