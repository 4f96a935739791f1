//! From a record to an item that may be stored: masked, its customer a pseudonym, read by rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use otklik_store::Millis;
use otklik_text::mask;
use otklik_voice::feedback::Incoming;
use otklik_voice::files::{Issue, Record};
use otklik_voice::{Channel, CustomerSecret};
use rayon::prelude::*;

use crate::App;
use crate::classify::{Readable, TopicRules};
use crate::directory::Directory;

/// What preparing needs to know, taken once for a batch.
pub struct Preparer {
    secret: CustomerSecret,
    rules: Arc<TopicRules>,
    directory: Arc<Directory>,
    /// The channel of records that name none.
    channel: Channel,
    /// The time of records that have none.
    now_ms: Millis,
}

impl Preparer {
    pub fn new(app: &App, channel: Channel, now_ms: Millis) -> Self {
        Self {
            secret: app.secret.clone(),
            rules: app.rules.load_full(),
            directory: app.directory.load_full(),
            channel,
            now_ms,
        }
    }

    /// Prepares a batch on all cores; the order stays.
    pub fn prepare_all(&self, records: Vec<Record>) -> Vec<Incoming> {
        records.into_par_iter().map(|record| self.prepare(record)).collect()
    }

    /// Masks, hashes, detects and labels one record.
    pub fn prepare(&self, record: Record) -> Incoming {
        let title = record.title.map(|t| mask(&t).text);
        let text = record.text.map(|t| mask(&t).text);
        let mut attributes: BTreeMap<String, String> =
            record.attributes.into_iter().map(|(name, value)| (name, mask(&value).text)).collect();
        let unit_id = record.unit.as_deref().and_then(|name| self.directory.unit(name)).cloned();
        if let (None, Some(name)) = (&unit_id, record.unit) {
            // A unit that nobody has set up yet is kept as the company's own attribute, so that nothing is lost.
            attributes.insert("unit".to_owned(), mask(&name).text);
        }
        let readable = Readable::new(title.as_deref(), text.as_deref());
        Incoming {
            external_id: self.external_id(record.external_id),
            occurred_at: record.occurred_at.unwrap_or(self.now_ms),
            channel: record.channel.unwrap_or(self.channel),
            customer_key: record.customer.and_then(|customer| self.secret.pseudonym(&customer)),
            unit_id,
            product: record.product,
            touchpoint: record.touchpoint,
            segment: record.segment,
            region: record.region,
            language: record.language.unwrap_or_else(|| language(title.as_deref(), text.as_deref())),
            nps: record.nps,
            csat: record.csat,
            ces: record.ces,
            complaint: record.complaint.unwrap_or(false),
            labels: self.rules.find(&readable),
            stems: readable.tokens.stems().to_owned(),
            title,
            text,
            attributes,
        }
    }

    /// The key within the source. One that is itself personal data, such as a mail address, is kept as a pseudonym.
    fn external_id(&self, id: String) -> String {
        if mask(&id).spans.is_empty() {
            return id;
        }
        self.secret.pseudonym(&id).map_or(id, |pseudonym| format!("key:{pseudonym}"))
    }
}

fn language(title: Option<&str>, text: Option<&str>) -> String {
    otklik_text::detect(text.or(title).unwrap_or_default()).code().to_owned()
}

/// The same issue without personal data in what it quotes.
pub fn mask_issue(mut issue: Issue) -> Issue {
    for value in issue.params.values_mut() {
        *value = mask(value).text;
    }
    issue
}
