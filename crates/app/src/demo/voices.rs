//! Two years of voices through the same preparing as any import, written while the next months are prepared.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use otklik_demo::{Company, Item, Plan};
use otklik_store::{Actor, Millis, StoreError};
use otklik_voice::Channel;
use otklik_voice::feedback::{Changed, Incoming, Put, load_last_change, put_feedback};
use otklik_voice::files::Record;
use rayon::prelude::*;
use tokio::sync::mpsc::{Sender, channel};

use super::Directory;
use crate::prepare::Preparer;
use crate::{App, AppError, vacancy};

/// Months that may wait for the writer.
const AHEAD: usize = 4;

/// A month ready to be written: items by source, and when the last of them was said.
struct Month {
    by_source: BTreeMap<String, Vec<Incoming>>,
    until: Millis,
}

/// Writes all items and feeds the facts with them; `progress` hears how many are on disk.
pub(super) async fn load(
    app: &App,
    company: &Arc<Company>,
    directory: &Arc<Directory>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), AppError> {
    let (sender, mut months) = channel(AHEAD);
    let preparer = Preparer::new(app, Channel::Review, app.store.now_ms());
    let writer = Writer { company: company.clone(), directory: directory.clone(), preparer };
    let writing = tokio::task::spawn_blocking(move || writer.write_months(&sender));
    let (mut done, mut waited, begun) = (0, Duration::ZERO, Instant::now());
    let mut feeding = tokio::spawn(async { Ok::<_, AppError>(()) });
    loop {
        let asked = Instant::now();
        let Some(Month { by_source, until }) = months.recv().await else { break };
        waited += asked.elapsed();
        app.store.clock().set(until);
        let mut tx = app.store.begin(Actor::System).await?;
        let mut stored = Vec::new();
        for (source, items) in by_source {
            let source = directory.sources.get(&source).ok_or(StoreError::NotFound { entity: "source" })?;
            done += items.len() as u64;
            for (put, item) in put_feedback(&mut tx, source, &items).await?.into_iter().zip(items) {
                let Put::New(number) = put else { return Err(vacancy::not_empty(&app.data)) };
                stored.push(Changed::of_new(number, source, item));
            }
        }
        tx.commit().await?;
        let last = load_last_change(&app.store).await?;
        // The facts take in a month while the next is written.
        feeding.await??;
        let app = app.clone();
        feeding = tokio::spawn(async move { app.feed_new(stored, last).await });
        progress(done);
    }
    feeding.await??;
    writing.await?;
    tracing::debug!(items = done, took = ?begun.elapsed(), ?waited, "voices are stored");
    Ok(())
}

struct Writer {
    company: Arc<Company>,
    directory: Arc<Directory>,
    preparer: Preparer,
}

impl Writer {
    /// Prepares as many months at a time as there are cores, and hands them on in order.
    fn write_months(&self, sender: &Sender<Month>) {
        let months: Vec<usize> = (0..Plan::MONTHS).collect();
        for together in months.chunks(rayon::current_num_threads().max(1)) {
            let ready: Vec<Month> = together.par_iter().map(|month| self.write_month(*month)).collect();
            for month in ready {
                // Nobody listens any more: the loading has failed and says why itself.
                if sender.blocking_send(month).is_err() {
                    return;
                }
            }
        }
    }

    fn write_month(&self, month: usize) -> Month {
        let items = self.company.month_items(month);
        let until = items.iter().map(|item| item.occurred_at).max().unwrap_or_default();
        let (sources, records): (Vec<String>, Vec<Record>) =
            items.into_iter().map(|item| (item.source.to_owned(), self.record(item))).unzip();
        let mut by_source = BTreeMap::<String, Vec<Incoming>>::new();
        for (source, item) in sources.into_iter().zip(self.preparer.prepare_all(records)) {
            by_source.entry(source).or_default().push(item);
        }
        Month { by_source, until }
    }

    /// An item as a file of the company would have it.
    fn record(&self, item: Item<'_>) -> Record {
        let value = |dimension, code: Option<&str>| code.map(|code| self.directory.value(dimension, code));
        Record {
            line: 0,
            external_id: item.external_id,
            occurred_at: Some(item.occurred_at),
            channel: item.channel.parse().ok(),
            customer: item.customer,
            unit: item.unit.map(str::to_owned),
            product: value("product", item.product),
            touchpoint: value("touchpoint", item.touchpoint),
            segment: value("segment", item.segment),
            region: value("region", item.region),
            language: Some(item.language.to_owned()),
            nps: item.nps,
            csat: item.csat,
            ces: item.ces,
            complaint: Some(item.complaint),
            title: item.title,
            text: Some(item.text),
            attributes: item.attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}
