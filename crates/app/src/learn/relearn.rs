//! Learning anew after people have spoken, and what that would change.

use std::collections::BTreeSet;

use otklik_store::ids::{JobId, TopicId};
use otklik_store::jobs::{self, Job};
use otklik_store::{Actor, StoreError, Tx};
use otklik_voice::feedback::{self, Feedback};
use otklik_voice::labels::Span;
use otklik_voice::{learning, signals, topics};
use serde::{Deserialize, Serialize};

use super::differences::Differences;
use super::examples::LEAST;
use super::{LearnedTopics, RuleEffect, Texts, apply};
use crate::jobs::Progress;
use crate::{App, AppError};

/// The job that learns all topics anew and brings the items in line.
pub const RELEARN_TOPICS: &str = "relearn_topics";

/// Items that a preview looks at, the newest.
const LOOKED_AT: i64 = 30_000;

/// Items that a preview shows.
const SHOWN: usize = 8;

#[derive(Debug, Serialize, Deserialize)]
struct RelearnTopics {
    /// Find out anew how to learn best: a topic was switched on, or asks for another precision.
    fresh: bool,
}

/// What the model would give to items for a topic.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ModelPreview {
    /// Labels that say «yes», by hand and by rule.
    pub positives: u64,
    /// So many are needed at least.
    pub needed: u64,
    /// The newest items, as many as were looked at.
    pub looked_at: u64,
    pub effect: RuleEffect,
    /// Some of the items that get the topic, the surest first.
    pub gained: Vec<PreviewItem>,
}

/// An item that would get a topic, and why.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PreviewItem {
    pub item: Feedback,
    pub confidence: f64,
    pub spans: Vec<Span>,
}

/// Enqueues learning; one that waits is not doubled.
pub async fn enqueue_relearn(tx: &mut Tx, fresh: bool) -> Result<JobId, StoreError> {
    let key = format!("{RELEARN_TOPICS}:{fresh}");
    jobs::enqueue_job(tx, RELEARN_TOPICS, &RelearnTopics { fresh }, Some(&key)).await
}

impl App {
    /// After a person's word: the topics that are learnt learn it.
    pub async fn learn_from(&self, tx: &mut Tx) -> Result<Option<JobId>, AppError> {
        if self.learned.load().speaks() { Ok(Some(enqueue_relearn(tx, false).await?)) } else { Ok(None) }
    }

    /// Learns from all labels and applies the new model to all items, in one transaction with it.
    pub(crate) async fn relearn_topics(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        let RelearnTopics { fresh } = job.payload()?;
        self.refresh_rules().await?;
        let examples = self.load_examples().await?;
        let before = LearnedTopics::clone(&self.learned.load());
        let (labelled, version) = (examples.len() as u64, before.version + 1);
        let earlier = (!fresh && before.topics == examples.topics).then_some(before);
        let learned = tokio::task::spawn_blocking(move || {
            let model = examples.train(earlier.as_ref().and_then(LearnedTopics::model));
            LearnedTopics::of(version, model, examples.topics)
        });
        let all = topics::list_topics(&self.store).await?;
        let learned = learned.await?.switched(&all);
        let given: BTreeSet<TopicId> =
            learning::list_given_by_model(&self.store).await?.into_iter().collect();
        let concerned: Vec<_> =
            all.into_iter().filter(|topic| topic.model_on || given.contains(&topic.id)).collect();
        let ids: Vec<TopicId> = concerned.iter().map(|topic| topic.id.clone()).collect();
        let judge = self.judge_of(&concerned, &learned)?;
        let Some(found) = self.find_differences(&ids, judge, Texts::all(), progress).await? else {
            return Ok(());
        };
        let effect = total(found.values());
        let mut tx = self.store.begin(Actor::System).await?;
        apply(&mut tx, &found).await?;
        if let Some(kept) = learned.to_kept(labelled, tx.now_ms()) {
            learning::insert_model(&mut tx, &kept).await?;
        }
        jobs::finish_job(&mut tx, &job.id, &effect).await?;
        tx.audit("topics_relearned", "topic_model", &version.to_string(), &effect).await?;
        tx.commit().await?;
        self.refresh_rules().await
    }

    /// Counts what the model would change for a topic at a precision, changing nothing.
    pub async fn preview_model(&self, topic: &TopicId, precision: f64) -> Result<ModelPreview, AppError> {
        let current = topics::load_topic(&self.store, topic).await?;
        let mut examples = self.load_examples().await?;
        examples.ask(topic, precision);
        let positives = examples.positives.get(topic).copied().unwrap_or(0);
        let mut preview = ModelPreview {
            positives,
            needed: LEAST,
            looked_at: 0,
            effect: RuleEffect::default(),
            gained: Vec::new(),
        };
        if positives < LEAST {
            return Ok(preview);
        }
        let learned =
            tokio::task::spawn_blocking(move || LearnedTopics::of(0, examples.train(None), examples.topics));
        let mut judge = self.judge_of(std::slice::from_ref(&current), &LearnedTopics::default())?;
        judge.model = learned.await?.only(topic);
        let last = signals::load_last_number(&self.store).await?;
        let texts = Texts::after((last - LOOKED_AT).max(0));
        let ids = std::slice::from_ref(topic);
        let found = self.find_differences(ids, judge, texts, &mut Progress::silent()).await?;
        let Some(mut own) = found.and_then(|mut found| found.remove(topic)) else { return Ok(preview) };
        preview.looked_at = last.min(LOOKED_AT).unsigned_abs();
        preview.effect = own.effect();
        own.gained.sort_by(|(_, a), (_, b)| b.confidence.total_cmp(&a.confidence));
        own.gained.truncate(SHOWN);
        let numbers: Vec<i64> = own.gained.iter().map(|(number, _)| *number).collect();
        let items = feedback::load_feedback(&self.store, &numbers).await?.into_iter();
        let shown = items.filter_map(|item| {
            let (_, label) = own.gained.iter().find(|(number, _)| *number == item.number)?;
            Some(PreviewItem { item, confidence: label.confidence, spans: label.spans.clone() })
        });
        preview.gained = shown.collect();
        Ok(preview)
    }
}

fn total<'a>(found: impl Iterator<Item = &'a Differences>) -> RuleEffect {
    found.map(Differences::effect).fold(RuleEffect::default(), |sum, own| RuleEffect {
        gained: sum.gained + own.gained,
        lost: sum.lost + own.lost,
        kept: sum.kept + own.kept,
    })
}
