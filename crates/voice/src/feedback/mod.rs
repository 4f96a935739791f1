//! Feedback items: stored once whatever happens, read one by one, listed, followed by change number.

mod changes;
mod put;
mod read;
mod row;

use std::collections::BTreeMap;

use otklik_store::Millis;
use otklik_store::ids::{SourceId, TopicId, UnitId};
use serde::{Deserialize, Serialize};

use crate::Channel;
use crate::labels::{Origin, Span};
use crate::sentiment::{Mood, Tone};
use crate::signals::FoundSignal;

pub use changes::{Changed, load_changes, load_last_change};
pub use put::{Put, put_feedback};
pub use read::{
    Feedback, TextRow, find_numbers_of_customer, load_feedback, load_feedback_by_id, load_moments,
    load_texts, load_texts_of,
};

/// An item on its way into the database: masked, its customer a pseudonym, its labels found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    pub external_id: String,
    pub occurred_at: Millis,
    pub channel: Channel,
    pub customer_key: Option<String>,
    pub unit_id: Option<UnitId>,
    pub product: Option<String>,
    pub touchpoint: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    /// `ru`, `en` or `other`.
    pub language: String,
    pub nps: Option<u8>,
    pub csat: Option<u8>,
    pub ces: Option<u8>,
    pub complaint: bool,
    pub title: Option<String>,
    pub text: Option<String>,
    pub attributes: BTreeMap<String, String>,
    /// The stems of title and text, for the search index.
    #[serde(skip)]
    pub stems: String,
    /// What rules and model found.
    #[serde(skip)]
    pub labels: Vec<FoundLabel>,
    /// What the text says; nothing where there is no text in a language that is understood.
    #[serde(skip)]
    pub mood: Option<Mood>,
    #[serde(skip)]
    pub signals: Vec<FoundSignal>,
}

/// A topic that a rule or the model found, and the words that caused it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundLabel {
    pub topic_id: TopicId,
    pub origin: Origin,
    pub confidence: f64,
    /// The sentiment toward the topic.
    pub sentiment: Option<Tone>,
    pub spans: Vec<Span>,
}

/// The key of an item within its source, after the item was erased.
pub(crate) fn erased_external_id(source: &SourceId, external_id: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest =
        Sha256::new().chain_update(source.as_str()).chain_update([0]).chain_update(external_id).finalize();
    format!("erased:{}", hex::encode(&digest[..16]))
}
