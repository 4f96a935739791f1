//! What changes in the labels of stored items when rules or models do: all of it is found before any of it is applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use otklik_store::ids::TopicId;
use otklik_store::{Store, Tx};
use otklik_voice::VoiceError;
use otklik_voice::feedback::{self, FoundLabel, TextRow};
use otklik_voice::labels;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::Judge;
use crate::jobs::Progress;
use crate::{App, AppError};

/// How many texts are read and judged at a time.
const BATCH: u32 = 5_000;

/// A confidence that has moved by less is the same.
const SAME_CONFIDENCE: f64 = 0.05;

/// What a change does to the labels of a topic.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RuleEffect {
    /// Items that get the topic.
    pub gained: u64,
    /// Items that lose it.
    pub lost: u64,
    /// Items that keep it.
    pub kept: u64,
}

/// What changes for one topic.
#[derive(Debug, Default)]
pub struct Differences {
    /// New labels, and those that have other words now.
    pub gained: Vec<(i64, FoundLabel)>,
    pub lost: Vec<i64>,
    pub kept: u64,
}

impl Differences {
    pub fn effect(&self) -> RuleEffect {
        RuleEffect { gained: self.gained.len() as u64, lost: self.lost.len() as u64, kept: self.kept }
    }
}

impl App {
    /// Walks through texts and compares what the judge says of topics with what is kept; `None` when the job was told to
    /// stop.
    pub(crate) async fn find_differences(
        &self,
        topics: &[TopicId],
        judge: Judge,
        mut texts: Texts,
        progress: &mut Progress,
    ) -> Result<Option<BTreeMap<TopicId, Differences>>, AppError> {
        let mut before: BTreeMap<&TopicId, FxHashMap<i64, FoundLabel>> = BTreeMap::new();
        let mut said: BTreeMap<&TopicId, FxHashSet<i64>> = BTreeMap::new();
        for topic in topics {
            before.insert(topic, labels::load_found_labels(&self.store, topic).await?);
            said.insert(topic, labels::load_said_numbers(&self.store, topic).await?);
        }
        let judge = Arc::new(judge);
        let mut found: BTreeMap<TopicId, Differences> =
            topics.iter().map(|topic| (topic.clone(), Differences::default())).collect();
        let mut done = 0;
        let total = self.facts().len() as u64;
        while let Some(rows) = texts.next(&self.store).await? {
            done += rows.len() as u64;
            let judge = Arc::clone(&judge);
            for (number, label) in tokio::task::spawn_blocking(move || judge.judge(&rows)).await? {
                let Some(own) = found.get_mut(&label.topic_id) else { continue };
                if said.get(&label.topic_id).is_some_and(|said| said.contains(&number)) {
                    continue;
                }
                let old = before.get_mut(&label.topic_id).and_then(|labels| labels.remove(&number));
                match old {
                    Some(old) if is_same(&old, &label) => own.kept += 1,
                    _ => own.gained.push((number, label)),
                }
            }
            if !progress.report(done, total.max(done)).await? {
                return Ok(None);
            }
        }
        for (topic, left) in before {
            let own = found.entry(topic.clone()).or_default();
            own.lost = left.into_keys().filter(|number| texts.covers(*number)).collect();
            own.lost.sort_unstable();
        }
        Ok(Some(found))
    }
}

/// Applies what was found, in one transaction with whatever else the caller writes.
pub async fn apply(tx: &mut Tx, found: &BTreeMap<TopicId, Differences>) -> Result<(), VoiceError> {
    for (topic, differences) in found {
        labels::relabel_topic(tx, topic, &differences.gained, &differences.lost).await?;
    }
    Ok(())
}

fn is_same(old: &FoundLabel, new: &FoundLabel) -> bool {
    (old.origin, old.sentiment, &old.spans) == (new.origin, new.sentiment, &new.spans)
        && (old.confidence - new.confidence).abs() < SAME_CONFIDENCE
}

/// Texts to be read in batches, by rising number.
pub struct Texts {
    /// Only these, ascending, rather than all.
    these: Option<Vec<i64>>,
    after: i64,
    first: i64,
}

impl Texts {
    pub fn all() -> Self {
        Self { these: None, after: 0, first: 0 }
    }

    /// Those after a number.
    pub fn after(number: i64) -> Self {
        Self { these: None, after: number, first: number }
    }

    pub fn these(mut numbers: Vec<i64>) -> Self {
        numbers.sort_unstable();
        Self { these: Some(numbers), after: 0, first: 0 }
    }

    /// Would an item with a label have been judged? Items that no rule can match have none.
    fn covers(&self, number: i64) -> bool {
        number > self.first
    }

    pub async fn next(&mut self, store: &Store) -> Result<Option<Vec<TextRow>>, AppError> {
        let (last, texts) = match &self.these {
            None => {
                let texts = feedback::load_texts(store, self.after, BATCH).await?;
                (texts.last().map(|row| row.number), texts)
            }
            Some(numbers) => {
                let from = numbers.partition_point(|number| *number <= self.after);
                let batch = &numbers[from..numbers.len().min(from + BATCH as usize)];
                (batch.last().copied(), feedback::load_texts_of(store, batch).await?)
            }
        };
        self.after = last.unwrap_or(self.after);
        Ok(last.map(|_| texts))
    }
}
