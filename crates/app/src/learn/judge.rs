//! What rules and model say of stored texts about some topics, many texts at once.

use std::sync::Arc;

use otklik_store::ids::TopicId;
use otklik_text::rule::Rule;
use otklik_text::{SentimentModel, Vector, embed};
use otklik_voice::feedback::{FoundLabel, TextRow};
use otklik_voice::labels::Origin;
use rayon::prelude::*;

use super::LearnedTopics;
use crate::reading::{About, Readable, TOGETHER, is_understood, tones, toward, vectors};

/// Judges texts for some topics; where both speak, the rule does.
#[derive(Default)]
pub struct Judge {
    pub rules: Vec<(TopicId, Rule)>,
    pub model: LearnedTopics,
}

impl Judge {
    /// The labels of these texts, on all cores, in the order of the texts.
    pub fn judge(self: &Arc<Self>, texts: &[TextRow]) -> Vec<(i64, FoundLabel)> {
        texts.par_chunks(TOGETHER).flat_map_iter(|texts| self.judge_together(texts)).collect()
    }

    fn judge_together(&self, texts: &[TextRow]) -> Vec<(i64, FoundLabel)> {
        let ready: Vec<Readable> =
            texts.iter().map(|row| Readable::new(row.title.as_deref(), row.text.as_deref())).collect();
        let vectors: Vec<Option<Vector>> = match self.model.speaks() {
            true => vectors(ready.iter()).into_iter().map(Some).collect(),
            false => vec![None; texts.len()],
        };
        let mut found: Vec<(i64, FoundLabel)> = Vec::new();
        let (mut places, mut apart) = (Vec::new(), Vec::<About>::new());
        for ((row, readable), vector) in texts.iter().zip(&ready).zip(&vectors) {
            let mut labels = self.by_rule(readable);
            if let Some(vector) = vector {
                let learnt = self.model.find(readable, vector).into_iter();
                let new = learnt.filter(|own| labels.iter().all(|label| label.topic_id != own.topic_id));
                labels.extend(new.collect::<Vec<_>>());
            }
            if !labels.is_empty() && is_understood(&row.language) {
                let vector = vector.unwrap_or_else(|| embed(&readable.text));
                let model = SentimentModel::shipped();
                let whole = model.sentiment_at(&readable.text, &readable.tokens, &vector);
                for about in toward(readable, &whole, &mut labels) {
                    places.push(found.len() + about.label);
                    apart.push(about);
                }
            }
            found.extend(labels.into_iter().map(|label| (row.number, label)));
        }
        for (place, tone) in places.into_iter().zip(tones(&apart)) {
            found[place].1.sentiment = Some(tone);
        }
        found
    }

    fn by_rule(&self, readable: &Readable) -> Vec<FoundLabel> {
        let label = |(topic, rule): &(TopicId, Rule)| {
            let ranges = rule.find(&readable.tokens)?;
            Some(FoundLabel {
                topic_id: topic.clone(),
                origin: Origin::Rule,
                confidence: 1.0,
                sentiment: None,
                spans: readable.spans(&ranges),
            })
        };
        self.rules.iter().filter_map(label).collect()
    }
}
