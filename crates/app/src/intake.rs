//! Pushed items: many requests, one transaction. Whoever is answered has the items on disk.

use std::collections::BTreeMap;

use otklik_store::ids::SourceId;
use otklik_store::{Actor, Store};
use otklik_voice::feedback::{self, Incoming, Put};
use otklik_voice::files::Record;
use otklik_voice::sources::Source;
use tokio::sync::{mpsc, oneshot};

use crate::prepare::Preparer;
use crate::{App, AppError};

/// Items of one transaction at most; what waits longer than one transaction waits for the next.
const MAX_ITEMS: usize = 2_000;

/// From so many records on, a push is prepared on all cores.
const SPREAD_FROM: usize = 50;

/// Requests that may wait before further ones are held back.
const QUEUE: usize = 4_096;

struct Push {
    source: SourceId,
    items: Vec<Incoming>,
    answer: Answer,
}

type Answer = oneshot::Sender<Result<Vec<Put>, AppError>>;

/// The queue before the database; its writer ends when the last handle is gone.
#[derive(Clone)]
pub struct Intake {
    sender: mpsc::Sender<Push>,
}

impl Intake {
    /// Starts the writer.
    pub fn start(store: Store) -> Self {
        let (sender, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(write_pushes(store, waiting));
        Self { sender }
    }
}

impl App {
    /// Stores pushed records of one source and answers when they are on disk, in the order of the records.
    pub async fn push_feedback(&self, source: &Source, records: Vec<Record>) -> Result<Vec<Put>, AppError> {
        let preparer = Preparer::new(self, source.channel, self.store.now_ms());
        let items = if records.len() > SPREAD_FROM {
            tokio::task::spawn_blocking(move || preparer.prepare_all(records)).await?
        } else {
            records.into_iter().map(|record| preparer.prepare(record)).collect()
        };
        let (answer, answered) = oneshot::channel();
        let push = Push { source: source.id.clone(), items, answer };
        self.intake.sender.send(push).await.map_err(|_| AppError::Stopping)?;
        answered.await.map_err(|_| AppError::Stopping)?
    }
}

/// Takes whatever waits and writes it in one transaction; if that fails, each push alone, so that one bad item harms
/// nobody else.
async fn write_pushes(store: Store, mut waiting: mpsc::Receiver<Push>) {
    while let Some(first) = waiting.recv().await {
        let mut count = 0;
        let mut by_source: BTreeMap<SourceId, Together> = BTreeMap::new();
        let mut next = Some(first);
        while let Some(push) = next {
            count += push.items.len();
            by_source.entry(push.source).or_default().add(push.items, push.answer);
            next = if count < MAX_ITEMS { waiting.try_recv().ok() } else { None };
        }
        match write_together(&store, &by_source).await {
            Ok(puts) => by_source.into_values().zip(puts).for_each(|(together, puts)| together.answer(puts)),
            Err(_) => {
                for (source, together) in by_source {
                    together.write_each(&store, &source).await;
                }
            }
        }
    }
}

/// The pushes of one source that are written together.
#[derive(Default)]
struct Together {
    items: Vec<Incoming>,
    /// Of each push in turn: how many of the items are its own, and who waits.
    waiting: Vec<(usize, Answer)>,
}

impl Together {
    fn add(&mut self, items: Vec<Incoming>, answer: Answer) {
        self.waiting.push((items.len(), answer));
        self.items.extend(items);
    }

    /// Tells everybody what became of their items.
    fn answer(self, puts: Vec<Put>) {
        let mut puts = puts.into_iter();
        for (count, answer) in self.waiting {
            // A caller that has gone away needs no answer.
            let _ = answer.send(Ok(puts.by_ref().take(count).collect()));
        }
    }

    /// Writes each push in a transaction of its own.
    async fn write_each(self, store: &Store, source: &SourceId) {
        let mut rest = self.items.as_slice();
        for (count, answer) in self.waiting {
            let (items, after) = rest.split_at(count);
            // As above.
            let _ = answer.send(write(store, source, items).await);
            rest = after;
        }
    }
}

async fn write(store: &Store, source: &SourceId, items: &[Incoming]) -> Result<Vec<Put>, AppError> {
    let mut tx = store.begin(Actor::System).await?;
    tx.keeps_memo();
    let puts = feedback::put_feedback(&mut tx, source, items).await?;
    tx.commit().await?;
    Ok(puts)
}

async fn write_together(
    store: &Store,
    by_source: &BTreeMap<SourceId, Together>,
) -> Result<Vec<Vec<Put>>, AppError> {
    let mut tx = store.begin(Actor::System).await?;
    tx.keeps_memo();
    let mut puts = Vec::with_capacity(by_source.len());
    for (source, together) in by_source {
        puts.push(feedback::put_feedback(&mut tx, source, &together.items).await?);
    }
    tx.commit().await?;
    Ok(puts)
}
