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
    answer: oneshot::Sender<Result<Vec<Put>, AppError>>,
}

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
        let mut count = first.items.len();
        let mut pushes = vec![first];
        while count < MAX_ITEMS {
            let Ok(push) = waiting.try_recv() else { break };
            count += push.items.len();
            pushes.push(push);
        }
        let written = write_together(&store, &pushes).await;
        for (index, push) in pushes.into_iter().enumerate() {
            let puts = match &written {
                Ok(answers) => Ok(answers[index].clone()),
                Err(_) => write_together(&store, std::slice::from_ref(&push)).await.map(|all| all.concat()),
            };
            // A caller that has gone away needs no answer.
            let _ = push.answer.send(puts);
        }
    }
}

async fn write_together(store: &Store, pushes: &[Push]) -> Result<Vec<Vec<Put>>, AppError> {
    let mut by_source: BTreeMap<&SourceId, Vec<usize>> = BTreeMap::new();
    for (index, push) in pushes.iter().enumerate() {
        by_source.entry(&push.source).or_default().push(index);
    }
    let mut answers = vec![Vec::new(); pushes.len()];
    let mut tx = store.begin(Actor::System).await?;
    tx.keeps_memo();
    for (source, indexes) in by_source {
        let items: Vec<Incoming> = indexes.iter().flat_map(|&i| pushes[i].items.iter().cloned()).collect();
        let mut puts = feedback::put_feedback(&mut tx, source, &items).await?.into_iter();
        for index in indexes {
            answers[index] = puts.by_ref().take(pushes[index].items.len()).collect();
        }
    }
    tx.commit().await?;
    Ok(answers)
}
