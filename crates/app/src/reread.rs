//! Reading what is stored already, after the way of reading has changed.

use otklik_platform::settings;
use otklik_store::jobs::{self, Job};
use otklik_store::{Actor, Store};
use otklik_voice::feedback::{self, TextRow};
use otklik_voice::sentiment::keep_told;
use rayon::prelude::*;
use serde::Serialize;

use crate::jobs::Progress;
use crate::reading::{Readable, TOGETHER, TextReader, Told};
use crate::{App, AppError};

/// The job that reads all stored texts.
pub const READ_TEXTS: &str = "read_texts";

/// Raised whenever sentiment or signals are told in another way: the next start reads everything again.
const VERSION: i64 = 1;

/// Texts of one transaction. Each is whole by itself, so that a job taken up again only repeats.
const BATCH: u32 = 2_000;

#[derive(Debug, Default, Serialize)]
struct Read {
    items: u64,
}

impl App {
    /// Enqueues the reading of everything that is stored, unless it was read in today's way.
    pub async fn enqueue_reading(&self) -> Result<(), AppError> {
        if settings::load_reading(&self.store).await? >= VERSION {
            return Ok(());
        }
        let mut tx = self.store.begin(Actor::System).await?;
        jobs::enqueue_job(&mut tx, READ_TEXTS, &VERSION, Some(READ_TEXTS)).await?;
        Ok(tx.commit().await?)
    }

    /// Tells sentiment and signals of all stored items; what people said stays.
    pub(crate) async fn read_texts(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        self.refresh_rules().await?;
        let (mut after, mut read) = (0, Read::default());
        let total = self.facts().len() as u64;
        loop {
            let rows = feedback::load_texts(&self.store, after, BATCH).await?;
            let Some(last) = rows.last() else { break };
            after = last.number;
            read.items += rows.len() as u64;
            let reader = TextReader::new(self);
            let told = tokio::task::spawn_blocking(move || read_rows(&reader, &rows)).await?;
            keep(&self.store, &told).await?;
            if !progress.report(read.items, total.max(read.items)).await? {
                return Ok(());
            }
        }
        let mut tx = self.store.begin(Actor::System).await?;
        settings::note_reading(&mut tx, VERSION).await?;
        jobs::finish_job(&mut tx, &job.id, &read).await?;
        Ok(tx.commit().await?)
    }
}

/// Notes for a new company that there is nothing to be read again.
pub(crate) async fn note_read(store: &Store) -> Result<(), AppError> {
    let mut tx = store.begin(Actor::System).await?;
    settings::note_reading(&mut tx, VERSION).await?;
    Ok(tx.commit().await?)
}

fn read_rows(reader: &TextReader, rows: &[TextRow]) -> Vec<(i64, Told)> {
    let together = |rows: &[TextRow]| {
        let ready: Vec<Readable> =
            rows.iter().map(|row| Readable::new(row.title.as_deref(), row.text.as_deref())).collect();
        let texts: Vec<_> =
            ready.iter().zip(rows).map(|(readable, row)| (readable, row.language.as_str())).collect();
        rows.iter().map(|row| row.number).zip(reader.read_all(&texts)).collect::<Vec<_>>()
    };
    rows.par_chunks(TOGETHER).flat_map_iter(together).collect()
}

async fn keep(store: &Store, told: &[(i64, Told)]) -> Result<(), AppError> {
    let kept: Vec<_> = told
        .iter()
        .map(|(number, told)| otklik_voice::sentiment::Told {
            number: *number,
            mood: told.mood,
            signals: &told.signals,
            labels: &told.labels,
        })
        .collect();
    let mut tx = store.begin(Actor::System).await?;
    keep_told(&mut tx, &kept).await?;
    Ok(tx.commit().await?)
}
