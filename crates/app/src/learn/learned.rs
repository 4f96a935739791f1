//! The learnt topics, ready to be applied.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use otklik_store::ids::TopicId;
use otklik_store::{Store, StoreError};
use otklik_text::topic::Assignment;
use otklik_text::{TopicModel, Vector};
use otklik_voice::feedback::FoundLabel;
use otklik_voice::labels::Origin;
use otklik_voice::learning::{self, KeptModel};
use otklik_voice::topics::Topic;
use std::sync::Arc;

use crate::AppError;
use crate::reading::Readable;

/// A model of all topics that had enough to learn from, and for which of them it may speak.
#[derive(Default, Clone)]
pub struct LearnedTopics {
    /// 0 before anything was learnt.
    pub version: i64,
    pub topics: Vec<TopicId>,
    on: Vec<bool>,
    model: Option<Arc<TopicModel>>,
}

impl LearnedTopics {
    /// The newest model; one that an older program wrote and this one cannot read has nothing to say.
    pub async fn load(store: &Store, topics: &[Topic]) -> Result<Self, AppError> {
        let Some(kept) = learning::find_model(store).await? else { return Ok(Self::default()) };
        let bytes =
            STANDARD.decode(&kept.model).map_err(|e| StoreError::unreadable("topic_model.model", e))?;
        let Ok(model) = TopicModel::from_bytes(&bytes) else {
            tracing::warn!(version = kept.version, "the learnt topics cannot be read: they are learnt anew");
            return Ok(Self { version: kept.version, ..Self::default() });
        };
        Ok(Self::of(kept.version, model, kept.topics).switched(topics))
    }

    pub fn of(version: i64, model: TopicModel, topics: Vec<TopicId>) -> Self {
        let on = vec![false; topics.len()];
        Self { version, topics, on, model: Some(Arc::new(model)) }
    }

    /// The same model, speaking for those topics that are switched on.
    #[must_use]
    pub fn switched(mut self, topics: &[Topic]) -> Self {
        let is_on = |id: &TopicId| {
            topics.iter().any(|topic| topic.id == *id && topic.model_on && topic.archived_at.is_none())
        };
        self.on = self.topics.iter().map(is_on).collect();
        self
    }

    /// The same model, speaking for one topic alone.
    #[must_use]
    pub fn only(mut self, topic: &TopicId) -> Self {
        self.on = self.topics.iter().map(|own| own == topic).collect();
        self
    }

    /// The same model, speaking for those of these topics for which it speaks.
    #[must_use]
    pub fn among(mut self, topics: &[TopicId]) -> Self {
        self.on = self.topics.iter().zip(&self.on).map(|(own, on)| *on && topics.contains(own)).collect();
        self
    }

    pub fn knows(&self, topic: &TopicId) -> bool {
        self.model.is_some() && self.topics.contains(topic)
    }

    /// Has it anything to say at all?
    pub fn speaks(&self) -> bool {
        self.model.is_some() && self.on.contains(&true)
    }

    pub fn model(&self) -> Option<&TopicModel> {
        self.model.as_deref()
    }

    /// The bytes to be kept, with what it was learnt from.
    pub fn to_kept(&self, labelled: u64, trained_at: i64) -> Option<KeptModel> {
        let model = STANDARD.encode(self.model.as_ref()?.to_bytes());
        Some(KeptModel { version: self.version, topics: self.topics.clone(), labelled, trained_at, model })
    }

    /// The topics of a text for which the model speaks; the sentiment toward them is not known yet.
    pub fn find(&self, readable: &Readable, vector: &Vector) -> Vec<FoundLabel> {
        let Some(model) = self.model.as_ref().filter(|_| self.speaks()) else { return Vec::new() };
        let found = model.assign_at(&readable.tokens, vector).into_iter();
        found.filter(|found| self.on[found.topic]).map(|found| self.label(readable, found)).collect()
    }

    /// How sure the model is that a text has a topic.
    pub fn confidence(&self, topic: &TopicId, readable: &Readable, vector: &Vector) -> Option<f32> {
        let place = self.topics.iter().position(|own| own == topic)?;
        self.model.as_ref()?.probabilities_at(&readable.tokens, vector).get(place).copied()
    }

    /// From which confidence on the model gives a topic.
    pub fn threshold(&self, topic: &TopicId) -> Option<f32> {
        let place = self.topics.iter().position(|own| own == topic)?;
        self.model.as_ref()?.settings().thresholds.get(place).copied()
    }

    fn label(&self, readable: &Readable, found: Assignment) -> FoundLabel {
        FoundLabel {
            topic_id: self.topics[found.topic].clone(),
            origin: Origin::Model,
            confidence: (f64::from(found.confidence) * 1_000.0).round() / 1_000.0,
            sentiment: None,
            spans: readable.spans(&found.reasons),
        }
    }
}

impl std::fmt::Debug for LearnedTopics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LearnedTopics").field("version", &self.version).field("topics", &self.topics).finish()
    }
}
