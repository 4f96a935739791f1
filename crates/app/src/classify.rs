//! Giving topics to items by rule: while they arrive, and again when a rule changes.

use std::sync::Arc;

use otklik_store::ids::{JobId, TopicId};
use otklik_store::jobs::{self, Job};
use otklik_store::search::{Matches, match_feedback};
use otklik_store::{Actor, Store, StoreError, Tx};
use otklik_text::Tokens;
use otklik_text::rule::{Rule, RuleMatch, RuleSet};
use otklik_voice::feedback::{self, Feedback, FoundLabel, TextRow};
use otklik_voice::labels::{self, Part, Span};
use otklik_voice::topics;
use serde::{Deserialize, Serialize};

use crate::jobs::Progress;
use crate::{App, AppError};

/// The job that brings all items in line with a topic's rule.
pub const RECLASSIFY_TOPIC: &str = "reclassify_topic";

/// How many texts are read and judged at a time.
const BATCH: u32 = 5_000;

/// The living rules of all topics, ready to be applied, and the state of the topic table they were made from.
#[derive(Debug, Default)]
pub struct TopicRules {
    topics: Vec<TopicId>,
    rules: RuleSet,
    stamp: Stamp,
}

/// Tells whether the topic table has changed since.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    topics: i64,
    versions: i64,
    archived: i64,
}

/// A text made ready for rules: title and text joined, so that a rule can find words in both.
pub struct Readable {
    pub tokens: Tokens,
    title_bytes: usize,
}

impl Readable {
    pub fn new(title: Option<&str>, text: Option<&str>) -> Self {
        let (title, text) = (title.unwrap_or_default(), text.unwrap_or_default());
        Self { tokens: Tokens::new(&format!("{title}\n{text}")), title_bytes: title.len() }
    }

    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        let to_u32 = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let (part, from) = if range.start < self.title_bytes {
            (Part::Title, 0)
        } else {
            (Part::Text, self.title_bytes + 1)
        };
        Span { part, start: to_u32(range.start - from), end: to_u32(range.end - from) }
    }
}

impl TopicRules {
    pub async fn load(store: &Store) -> Result<Self, AppError> {
        let stamp = read_stamp(store).await?;
        let (mut ids, mut rules) = (Vec::new(), Vec::new());
        for topic in topics::list_topics(store).await? {
            // A rule that cannot be read was refused when it was written; one of an older language finds nothing.
            if let (None, Ok(rule)) = (topic.archived_at, Rule::parse(&topic.rule)) {
                ids.push(topic.id);
                rules.push(rule);
            }
        }
        Ok(Self { topics: ids, rules: RuleSet::new(rules), stamp })
    }

    /// The topics that the rules find, with the words that caused each.
    pub fn find(&self, readable: &Readable) -> Vec<FoundLabel> {
        let label = |found: RuleMatch| FoundLabel {
            topic_id: self.topics[found.rule].clone(),
            spans: found.spans.iter().map(|range| readable.span(range)).collect(),
        };
        self.rules.find(&readable.tokens).into_iter().map(label).collect()
    }
}

async fn read_stamp(store: &Store) -> Result<Stamp, StoreError> {
    let (topics, versions, archived): (i64, i64, i64) = sqlx::query_as(
        "select count(*), cast(coalesce(sum(version), 0) as bigint), count(archived_at) from topic",
    )
    .fetch_one(store.reader())
    .await?;
    Ok(Stamp { topics, versions, archived })
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

/// What a new rule changes.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RuleEffect {
    /// Items that get the topic.
    pub gained: u64,
    /// Items that lose it.
    pub lost: u64,
    /// Items that keep it.
    pub kept: u64,
}

struct Differences {
    gained: Vec<(i64, Vec<Span>)>,
    lost: Vec<i64>,
    kept: u64,
}

impl App {
    /// Makes the rules anew if the topic table has changed, by whichever process.
    pub(crate) async fn refresh_rules(&self) -> Result<(), AppError> {
        if read_stamp(&self.store).await? != self.rules.load().stamp {
            self.rules.store(Arc::new(TopicRules::load(&self.store).await?));
        }
        Ok(())
    }

    /// Lets the rules speak again about an item, after a person took their word back.
    pub async fn restore_rule_labels(&self, tx: &mut Tx, item: &Feedback) -> Result<(), AppError> {
        let readable = Readable::new(item.title.as_deref(), item.text.as_deref());
        let found = self.rules.load().find(&readable);
        Ok(labels::restore_rule_labels(tx, item.number, &found).await?)
    }

    /// Counts what a rule would change for a topic (or for a new one), changing nothing.
    pub async fn preview_rule(&self, topic: Option<&TopicId>, rule: &str) -> Result<RuleEffect, AppError> {
        let rule = parse_rule(rule)?;
        let texts = self.candidates(rule.as_ref()).await?;
        let found = self.find_differences(topic, rule, texts, &mut Progress::silent()).await?;
        Ok(found.map(|d| d.effect()).unwrap_or_default())
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
        let current = topics::load_topic(&self.store, &topic).await?;
        let rule = if current.archived_at.is_some() { None } else { parse_rule(&current.rule)? };
        let Some(differences) = self.find_differences(Some(&topic), rule, Texts::all(), progress).await?
        else {
            return Ok(());
        };
        let mut tx = self.store.begin(Actor::System).await?;
        labels::relabel_topic(&mut tx, &topic, &differences.gained, &differences.lost).await?;
        jobs::finish_job(&mut tx, &job.id, &differences.effect()).await?;
        tx.audit("topic_reclassified", "topic", topic.as_str(), &differences.effect()).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Walks through the texts; `None` when the job was told to stop.
    async fn find_differences(
        &self,
        topic: Option<&TopicId>,
        rule: Option<Rule>,
        mut texts: Texts,
        progress: &mut Progress,
    ) -> Result<Option<Differences>, AppError> {
        let mut before = match topic {
            Some(topic) => labels::load_rule_labels(&self.store, topic).await?,
            None => rustc_hash::FxHashMap::default(),
        };
        let rules = Arc::new(rule);
        let mut found = Differences { gained: Vec::new(), lost: Vec::new(), kept: 0 };
        let mut done = 0;
        let total = self.facts().len() as u64;
        while let Some(texts) = texts.next(&self.store).await? {
            done += texts.len() as u64;
            let rules = Arc::clone(&rules);
            let hits =
                tokio::task::spawn_blocking(move || find_in_texts(rules.as_ref().as_ref(), &texts)).await?;
            for (number, spans) in hits {
                match before.remove(&number) {
                    Some(old) if old == spans => found.kept += 1,
                    _ => found.gained.push((number, spans)),
                }
            }
            if !progress.report(done, total.max(done)).await? {
                return Ok(None);
            }
        }
        found.lost = before.into_keys().collect();
        found.lost.sort_unstable();
        Ok(Some(found))
    }
}

impl Differences {
    fn effect(&self) -> RuleEffect {
        RuleEffect { gained: self.gained.len() as u64, lost: self.lost.len() as u64, kept: self.kept }
    }
}

fn parse_rule(rule: &str) -> Result<Option<Rule>, AppError> {
    match rule.trim() {
        "" => Ok(None),
        rule => Ok(Some(Rule::parse(rule).map_err(otklik_voice::VoiceError::from)?)),
    }
}

/// Texts to be read in batches, by rising number.
struct Texts {
    /// Only these, ascending, rather than all.
    these: Option<Vec<i64>>,
    after: i64,
}

impl Texts {
    fn all() -> Self {
        Self { these: None, after: 0 }
    }

    fn these(mut numbers: Vec<i64>) -> Self {
        numbers.sort_unstable();
        Self { these: Some(numbers), after: 0 }
    }

    async fn next(&mut self, store: &Store) -> Result<Option<Vec<TextRow>>, AppError> {
        let (last, texts) = match &self.these {
            None => {
                let texts = feedback::load_texts(store, self.after, BATCH).await?;
                (texts.last().map(|(number, ..)| *number), texts)
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

fn find_in_texts(rule: Option<&Rule>, texts: &[TextRow]) -> Vec<(i64, Vec<Span>)> {
    use rayon::prelude::*;
    let Some(rule) = rule else { return Vec::new() };
    texts
        .par_iter()
        .filter_map(|(number, title, text)| {
            let readable = Readable::new(title.as_deref(), text.as_deref());
            let ranges = rule.find(&readable.tokens)?;
            Some((*number, ranges.iter().map(|range| readable.span(range)).collect()))
        })
        .collect()
}
