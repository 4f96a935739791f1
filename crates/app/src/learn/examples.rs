//! What topics are learnt from: what people said, what rules found, and some items that nobody labelled.

use std::collections::{BTreeMap, BTreeSet};

use otklik_store::ids::TopicId;
use otklik_text::{DIMENSIONS, LabelledText, TopicModel, Vector, embed_all};
use otklik_voice::{feedback, learning, signals, topics};

use crate::reading::Readable;
use crate::{App, AppError};

/// A topic with fewer positive labels is not learnt.
pub const LEAST: u64 = 5;

/// Labels by hand that are learnt from, the newest.
const SAID: u32 = 20_000;

/// Items that a rule found, for each topic.
const RULE_HITS: u32 = 120;

/// Items without regard to labels.
const BACKGROUND: i64 = 500;

/// Of topics that rules tell of so rarely, labels are few and items without one may well be of the topic.
const FEW: u64 = 50;

/// From so many texts on, a correction is learnt with what the last full training found out.
const MANY_TEXTS: usize = 3_000;

/// Texts to learn topics from.
#[derive(Debug, Default)]
pub struct Examples {
    /// Those that have enough positive labels.
    pub topics: Vec<TopicId>,
    precisions: Vec<f32>,
    texts: Vec<String>,
    labels: Vec<Vec<usize>>,
    /// What people said of each text: topic, is it about that?
    said: Vec<BTreeMap<usize, bool>>,
    /// Positive labels of each topic, also of those that have too few.
    pub positives: BTreeMap<TopicId, u64>,
    /// Which of the topics have few.
    few: Vec<usize>,
}

impl App {
    /// Gathers what all living topics can be learnt from.
    pub(crate) async fn load_examples(&self) -> Result<Examples, AppError> {
        let store = &self.store;
        let living =
            topics::list_topics(store).await?.into_iter().filter(|topic| topic.archived_at.is_none());
        let living: Vec<_> = living.collect();
        let said = learning::load_said(store, SAID).await?;
        let by_rule: BTreeMap<TopicId, u64> = learning::count_rule_labels(store).await?.into_iter().collect();
        let mut found = Examples::default();
        for (_, topic, _) in said.iter().filter(|(.., applies)| *applies) {
            *found.positives.entry(topic.clone()).or_default() += 1;
        }
        let mut numbers: BTreeSet<i64> = said.iter().map(|(number, ..)| *number).collect();
        for topic in living {
            let hits = by_rule.get(&topic.id).copied().unwrap_or(0);
            let positives = found.positives.entry(topic.id.clone()).or_default();
            *positives += hits;
            if *positives < LEAST {
                continue;
            }
            if hits < FEW {
                found.few.push(found.topics.len());
            }
            numbers.extend(learning::load_rule_hits(store, &topic.id, hits, RULE_HITS).await?);
            found.precisions.push(topic.model_precision as f32);
            found.topics.push(topic.id);
        }
        let last = signals::load_last_number(store).await?;
        numbers.extend((1..=last).rev().step_by(usize::try_from(last / BACKGROUND + 1).unwrap_or(1)));
        found.read(self, &numbers.into_iter().collect::<Vec<_>>(), &said).await?;
        Ok(found)
    }
}

impl Examples {
    async fn read(&mut self, app: &App, numbers: &[i64], said: &[learning::Said]) -> Result<(), AppError> {
        let place: BTreeMap<&TopicId, usize> = self.topics.iter().zip(0..).collect();
        let mut labels: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (number, topic) in learning::load_given(&app.store, numbers).await? {
            labels.entry(number).or_default().extend(place.get(&topic));
        }
        let mut words: BTreeMap<i64, BTreeMap<usize, bool>> = BTreeMap::new();
        for (number, topic, applies) in said {
            if let Some(topic) = place.get(topic) {
                words.entry(*number).or_default().insert(*topic, *applies);
            }
        }
        for row in feedback::load_texts_of(&app.store, numbers).await? {
            let readable = Readable::new(row.title.as_deref(), row.text.as_deref());
            if !readable.tokens.is_empty() {
                self.texts.push(readable.text);
                self.labels.push(labels.remove(&row.number).unwrap_or_default());
                self.said.push(words.remove(&row.number).unwrap_or_default());
            }
        }
        Ok(())
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Aims at another precision for one topic.
    pub fn ask(&mut self, topic: &TopicId, precision: f64) {
        if let Some(place) = self.topics.iter().position(|own| own == topic) {
            self.precisions[place] = precision as f32;
        }
    }

    /// Learns. With `earlier`, a model of the same topics, what it found out about many texts is not looked for again.
    pub fn train(&self, earlier: Option<&TopicModel>) -> TopicModel {
        let doubtful = self.doubtful();
        let kept = (0..self.texts.len()).filter(|text| !doubtful.contains(text));
        let texts: Vec<LabelledText<'_>> =
            kept.map(|text| LabelledText { text: &self.texts[text], topics: &self.labels[text] }).collect();
        match earlier {
            Some(earlier) if texts.len() > MANY_TEXTS => {
                TopicModel::retrain(&texts, self.topics.len(), earlier.settings().clone())
            }
            _ => TopicModel::train_each(&texts, &self.precisions),
        }
    }

    /// Texts that nobody labelled and that are as close to what people labelled with a topic of few labels as these are
    /// to each other: to take them for texts without the topic would teach the wrong thing.
    fn doubtful(&self) -> BTreeSet<usize> {
        if self.few.is_empty() {
            return BTreeSet::new();
        }
        let vectors = embed_all(&self.texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut doubtful = BTreeSet::new();
        for topic in &self.few {
            let has = |text: &usize| self.labels[*text].contains(topic);
            let own: Vec<usize> = (0..self.texts.len()).filter(has).collect();
            let Some(centre) = centre(own.iter().map(|text| &vectors[*text])) else { continue };
            let mut near: Vec<f32> = own.iter().map(|text| dot(&centre, &vectors[*text])).collect();
            near.sort_by(f32::total_cmp);
            let cut = near[near.len() / 4] - if own.len() < VERY_FEW { WIDE } else { MARGIN };
            let open = |text: &usize| !has(text) && !self.said[*text].contains_key(topic);
            doubtful.extend(
                (0..self.texts.len()).filter(open).filter(|text| dot(&centre, &vectors[*text]) >= cut),
            );
        }
        doubtful
    }
}

/// The texts that a centre was made from lie nearer to it than others like them.
const MARGIN: f32 = 0.1;

/// So few texts say little about how far their like may lie.
const VERY_FEW: usize = 20;
const WIDE: f32 = 0.2;

/// The mean direction of vectors.
pub fn centre<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Option<Vector> {
    let mut sum = [0.0; DIMENSIONS];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    let length = dot(&sum, &sum).sqrt();
    (length > 0.0).then(|| sum.map(|value| value / length))
}

pub fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
