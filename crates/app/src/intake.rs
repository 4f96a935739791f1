//! Pushed items: many requests, one transaction. Whoever is answered has the items on disk.

use std::collections::BTreeMap;
use std::sync::Arc;

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

/// Requests that may wait before further ones are held back.
const QUEUE: usize = 4_096;

/// Records that wait to be prepared.
struct Waiting {
    source: SourceId,
    records: Vec<Record>,
    preparer: Preparer,
    answer: Answer,
}

/// Items that wait to be written.
struct Push {
    source: SourceId,
    items: Vec<Incoming>,
    answer: Answer,
}

type Answer = oneshot::Sender<Result<Vec<Put>, AppError>>;

/// The queue before the database; what works on it ends when the last handle is gone.
#[derive(Clone)]
pub struct Intake {
    sender: mpsc::Sender<Waiting>,
}

impl Intake {
    /// Starts what prepares and what writes: one reads the next items while the other writes those before.
    pub fn start(store: Store) -> Self {
        let (sender, waiting) = mpsc::channel(QUEUE);
        let (ready, pushes) = mpsc::channel(1);
        tokio::spawn(prepare_pushes(waiting, ready));
        tokio::spawn(write_pushes(store, pushes));
        Self { sender }
    }
}

impl App {
    /// Stores pushed records of one source and answers when they are on disk, in the order of the records.
    pub async fn push_feedback(&self, source: &Source, records: Vec<Record>) -> Result<Vec<Put>, AppError> {
        let preparer = Preparer::new(self, source.channel, self.store.now_ms());
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { source: source.id.clone(), records, preparer, answer };
        self.intake.sender.send(waiting).await.map_err(|_| AppError::Stopping)?;
        answered.await.map_err(|_| AppError::Stopping)?
    }
}

/// Takes whatever waits and prepares it together, off the threads that answer requests: texts that are read together
/// take half the time.
async fn prepare_pushes(mut waiting: mpsc::Receiver<Waiting>, ready: mpsc::Sender<Vec<Push>>) {
    while let Some(first) = waiting.recv().await {
        let mut count = first.records.len();
        let mut taken = vec![first];
        while count < MAX_ITEMS {
            let Ok(more) = waiting.try_recv() else { break };
            count += more.records.len();
            taken.push(more);
        }
        // Whoever waited for records that could not be prepared hears that their push is lost.
        let Ok(pushes) = tokio::task::spawn_blocking(move || prepare_together(taken)).await else { continue };
        if ready.send(pushes).await.is_err() {
            return;
        }
    }
}

fn prepare_together(taken: Vec<Waiting>) -> Vec<Push> {
    let records = taken.iter().map(|waiting| waiting.records.len()).collect::<Vec<_>>();
    let mut work = Vec::with_capacity(records.iter().sum());
    let mut pushes = Vec::with_capacity(taken.len());
    for Waiting { source, records, preparer, answer } in taken {
        let preparer = Arc::new(preparer);
        work.extend(records.into_iter().map(|record| (preparer.clone(), record)));
        pushes.push(Push { source, items: Vec::new(), answer });
    }
    let mut items = Preparer::prepare_together(work).into_iter();
    for (push, count) in pushes.iter_mut().zip(records) {
        push.items = items.by_ref().take(count).collect();
    }
    pushes
}

/// Writes what is ready in one transaction; if that fails, each push alone, so that one bad item harms nobody else.
async fn write_pushes(store: Store, mut ready: mpsc::Receiver<Vec<Push>>) {
    while let Some(pushes) = ready.recv().await {
        let mut by_source: BTreeMap<SourceId, Together> = BTreeMap::new();
        for push in pushes {
            by_source.entry(push.source).or_default().add(push.items, push.answer);
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
