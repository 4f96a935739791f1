//! Giving topics to items: while they arrive, and again when a rule or a model changes.

use std::sync::Arc;

use otklik_store::ids::{JobId, TopicId};
use otklik_store::jobs::{self, Job};
use otklik_store::search::{Matches, match_feedback};
use otklik_store::{Actor, Store, StoreError, Tx};
use otklik_text::rule::{Rule, RuleMatch, RuleSet};
use otklik_voice::feedback::{Feedback, FoundLabel};
use otklik_voice::labels::{self, Origin};
use otklik_voice::topics::{self, Topic};
use serde::{Deserialize, Serialize};

use crate::jobs::Progress;
pub use crate::learn::RuleEffect;
use crate::learn::{Judge, LearnedTopics, Texts, apply};
use crate::reading::{Readable, TextReader};
use crate::{App, AppError};

/// The job that brings all items in line with a topic's rule.
pub const RECLASSIFY_TOPIC: &str = "reclassify_topic";

/// The living rules of all topics, ready to be applied, and the state of the topic table they were made from.
#[derive(Debug, Default)]
pub struct TopicRules {
    topics: Vec<TopicId>,
    rules: RuleSet,
    stamp: Stamp,
}

/// Tells whether the topic table or the model has changed since.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    topics: i64,
    versions: i64,
    archived: i64,
    model: i64,
}

impl TopicRules {
    /// The rules, and the learnt topics that go with them.
    pub async fn load(store: &Store) -> Result<(Self, LearnedTopics), AppError> {
        let stamp = read_stamp(store).await?;
        let (mut ids, mut rules) = (Vec::new(), Vec::new());
        let topics = topics::list_topics(store).await?;
        for topic in &topics {
            // A rule that cannot be read was refused when it was written; one of an older language finds nothing.
            if let (None, Ok(rule)) = (topic.archived_at, Rule::parse(&topic.rule)) {
                ids.push(topic.id.clone());
                rules.push(rule);
            }
        }
        let learned = LearnedTopics::load(store, &topics).await?;
        Ok((Self { topics: ids, rules: RuleSet::new(rules), stamp }, learned))
    }

    /// The topics that the rules find, with the words that caused each.
    pub fn find(&self, readable: &Readable) -> Vec<FoundLabel> {
        let label = |found: RuleMatch| FoundLabel {
            topic_id: self.topics[found.rule].clone(),
            origin: Origin::Rule,
            confidence: 1.0,
            sentiment: None,
            spans: readable.spans(&found.spans),
        };
        self.rules.find(&readable.tokens).into_iter().map(label).collect()
    }
}

async fn read_stamp(store: &Store) -> Result<Stamp, StoreError> {
    let (topics, versions, archived, model): (i64, i64, i64, i64) = sqlx::query_as(
        "select count(*), cast(coalesce(sum(version), 0) as bigint), count(archived_at), \
             (select coalesce(max(version), 0) from topic_model) from topic",
    )
    .fetch_one(store.reader())
    .await?;
    Ok(Stamp { topics, versions, archived, model })
}

/// Enqueues the re-classification of one topic; a waiting one is not doubled.
pub async fn enqueue_reclassify(tx: &mut Tx, topic: &TopicId) -> Result<JobId, StoreError> {
    let key = format!("{RECLASSIFY_TOPIC}:{topic}");
    jobs::enqueue_job(tx, RECLASSIFY_TOPIC, &ReclassifyTopic { topic: topic.clone() }, Some(&key)).await
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReclassifyTopic {
    topic: TopicId,
}

impl App {
    /// Makes rules and learnt topics anew if their tables have changed, by whichever process.
    pub(crate) async fn refresh_rules(&self) -> Result<(), AppError> {
        if read_stamp(&self.store).await? != self.rules.load().stamp {
            let (rules, learned) = TopicRules::load(&self.store).await?;
            self.learned.store(Arc::new(learned));
            self.rules.store(Arc::new(rules));
        }
        Ok(())
    }

    /// Lets rules and model speak again about an item, after a person took their word back.
    pub async fn restore_labels(&self, tx: &mut Tx, item: &Feedback) -> Result<(), AppError> {
        let readable = Readable::new(item.title.as_deref(), item.text.as_deref());
        let told = TextReader::new(self).read_all(&[(&readable, &item.language)]);
        let found = told.into_iter().next().unwrap_or_default().labels;
        Ok(labels::restore_labels(tx, item.number, &found).await?)
    }

    /// Counts what a rule would change for a topic (or for a new one), changing nothing.
    pub async fn preview_rule(&self, topic: Option<&TopicId>, rule: &str) -> Result<RuleEffect, AppError> {
        let rule = parse_rule(rule)?;
        let new = TopicId(String::new());
        let topic = topic.unwrap_or(&new);
        let model = LearnedTopics::clone(&self.learned.load()).among(std::slice::from_ref(topic));
        let texts = if model.speaks() { Texts::all() } else { self.candidates(rule.as_ref()).await? };
        let rules = rule.map(|rule| (topic.clone(), rule)).into_iter().collect();
        let topics = std::slice::from_ref(topic);
        let found =
            self.find_differences(topics, Judge { rules, model }, texts, &mut Progress::silent()).await?;
        Ok(found.and_then(|found| Some(found.get(topic)?.effect())).unwrap_or_default())
    }

    /// The texts that a rule can match, by the search index where it can tell.
    async fn candidates(&self, rule: Option<&Rule>) -> Result<Texts, AppError> {
        let Some(rule) = rule else { return Ok(Texts::these(Vec::new())) };
        let Some(query) = rule.search() else { return Ok(Texts::all()) };
        Ok(match match_feedback(&self.store, &query).await? {
            Matches::Only(numbers) => Texts::these(numbers),
            Matches::AllBut(_) => Texts::all(),
        })
    }

    /// Re-classifies all items for one topic. All differences are found first and applied in one transaction, together
    /// with the end of the job: nobody sees half of it.
    pub(crate) async fn reclassify_topic(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        let ReclassifyTopic { topic } = job.payload()?;
        self.refresh_rules().await?;
        let judge = self.judge_of(&[topics::load_topic(&self.store, &topic).await?], &self.learned.load())?;
        let topics = std::slice::from_ref(&topic);
        let Some(found) = self.find_differences(topics, judge, Texts::all(), progress).await? else {
            return Ok(());
        };
        let effect = found.get(&topic).map(|found| found.effect()).unwrap_or_default();
        let mut tx = self.store.begin(Actor::System).await?;
        apply(&mut tx, &found).await?;
        jobs::finish_job(&mut tx, &job.id, &effect).await?;
        tx.audit("topic_reclassified", "topic", topic.as_str(), &effect).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Rules and model of these topics; an archived one has neither.
    pub(crate) fn judge_of(&self, topics: &[Topic], model: &LearnedTopics) -> Result<Judge, AppError> {
        let living: Vec<&Topic> = topics.iter().filter(|topic| topic.archived_at.is_none()).collect();
        let mut rules = Vec::new();
        for topic in &living {
            rules.extend(parse_rule(&topic.rule)?.map(|rule| (topic.id.clone(), rule)));
        }
        let ids: Vec<TopicId> = living.into_iter().map(|topic| topic.id.clone()).collect();
        Ok(Judge { rules, model: model.clone().among(&ids) })
    }
}

fn parse_rule(rule: &str) -> Result<Option<Rule>, AppError> {
    match rule.trim() {
        "" => Ok(None),
        rule => Ok(Some(Rule::parse(rule).map_err(otklik_voice::VoiceError::from)?)),
    }
}
