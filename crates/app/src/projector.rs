//! The projector: reads changes after its number and feeds the facts; keeps a snapshot for the next start.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use otklik_facts::{Change, Facts, Item};
use otklik_metrics::day_number;
use otklik_voice::feedback::{self, Changed};

use crate::{App, AppError};

/// Commits of other processes are seen within so long.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// After a commit so long is waited for others that follow it: whoever pushes item by item commits hundreds of times a
/// second, and reading them together costs as much as reading one.
const GATHER: Duration = Duration::from_millis(25);

/// About how many changed items are read at a time.
const BATCH: u32 = 50_000;

impl App {
    /// Feeds the facts until `stop` resolves, then keeps a snapshot.
    pub async fn project(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            if let Err(error) = self.catch_up().await {
                tracing::error!(%error, "the facts could not be brought up to date");
            }
            tokio::select! {
                () = self.store.woken().feedback.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => continue,
                () = &mut stop => break,
            }
            tokio::select! {
                () = tokio::time::sleep(GATHER) => {}
                () = &mut stop => break,
            }
        }
        if let Err(error) = self.save_facts() {
            tracing::error!(%error, "the snapshot of the facts could not be kept");
        }
    }

    /// Applies every change committed so far.
    pub async fn catch_up(&self) -> Result<(), AppError> {
        let _feeding = self.feeding.lock().await;
        self.feed(&self.facts()).await
    }

    /// Brings these facts up to the last change; call it while holding `feeding`.
    async fn feed(&self, facts: &Facts) -> Result<(), AppError> {
        let zone = self.time_zone().await?;
        loop {
            let after = i64::try_from(facts.sequence()).unwrap_or(i64::MAX);
            let (changed, until) = feedback::load_changes(&self.store, after, BATCH).await?;
            if changed.is_empty() {
                return Ok(());
            }
            let changes = changed.into_iter().filter_map(|item| change(item, &zone)).collect();
            facts.apply(changes, until.unsigned_abs());
        }
    }

    /// Feeds the facts with what has just been stored, so that it need not be read back. It is for a database that
    /// nobody else writes to: these items have to be all that has changed from the facts' number to `last`.
    pub(crate) async fn feed_new(&self, stored: Vec<Changed>, last: i64) -> Result<(), AppError> {
        let feeding = self.feeding.clone().lock_owned().await;
        let (zone, facts) = (self.time_zone().await?, self.facts());
        let applying = tokio::task::spawn_blocking(move || {
            let _feeding = feeding;
            let changes = stored.into_iter().filter_map(|item| change(item, &zone)).collect();
            facts.apply(changes, last.unsigned_abs());
        });
        Ok(applying.await?)
    }

    /// Loads the snapshot, or leaves the facts empty when there is none that can be used; then catches up.
    pub async fn load_facts(&self) -> Result<(), AppError> {
        let folder = self.data.facts();
        if folder.exists() {
            match Facts::load(&folder) {
                Ok(facts) if self.is_behind(&facts).await? => self.replace_facts(facts),
                Ok(_) => {
                    tracing::warn!("the snapshot of the facts is newer than the database: building anew")
                }
                Err(error) => {
                    tracing::warn!(%error, "the snapshot of the facts cannot be read: building anew")
                }
            }
        }
        self.catch_up().await
    }

    /// Builds the facts anew from SQL; until they are ready the old ones answer.
    pub async fn rebuild_facts(&self) -> Result<(), AppError> {
        let _feeding = self.feeding.lock().await;
        let facts = Facts::new();
        self.feed(&facts).await?;
        self.replace_facts(facts);
        Ok(())
    }

    /// Keeps a snapshot of the facts for the next start.
    pub fn save_facts(&self) -> Result<(), AppError> {
        Ok(self.facts().save(&self.data.facts())?)
    }

    /// A snapshot can be used when the database has everything that is in it.
    async fn is_behind(&self, facts: &Facts) -> Result<bool, AppError> {
        let last = feedback::load_last_change(&self.store).await?;
        Ok(facts.sequence() <= last.unsigned_abs())
    }
}

/// What a changed row is to the facts. A number beyond 32 bits cannot be held and is left out.
fn change(row: Changed, zone: &TimeZone) -> Option<Change> {
    let number = u32::try_from(row.number).ok()?;
    if row.erased {
        return Some(Change::Remove(number));
    }
    let score = |value: Option<i64>| value.and_then(|v| u8::try_from(v).ok());
    Some(Change::Put(Item {
        number,
        day: day_of(row.occurred_at, zone),
        customer: row.customer_key,
        source: Some(row.source_id),
        channel: Some(row.channel),
        unit: row.unit_id,
        product: row.product,
        touchpoint: row.touchpoint,
        segment: row.segment,
        region: row.region,
        language: Some(row.language),
        nps: score(row.nps),
        csat: score(row.csat),
        ces: score(row.ces),
        complaint: row.complaint,
        sentiment: row.sentiment.and_then(|value| i8::try_from(value).ok()),
        signals: row.signals,
        topics: row.topics,
        attributes: row.attributes.into_iter().collect(),
    }))
}

/// Days since 1970-01-01 at that moment in that zone.
pub(crate) fn day_of(at_ms: i64, zone: &TimeZone) -> i32 {
    let date = Timestamp::from_millisecond(at_ms).unwrap_or_default().to_zoned(zone.clone()).date();
    day_number(date)
}
