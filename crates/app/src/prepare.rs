//! From a record to an item that may be stored: masked, its customer a pseudonym, read by rules.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use otklik_store::Millis;
use otklik_text::mask;
use otklik_voice::feedback::Incoming;
use otklik_voice::files::{Issue, Record};
use otklik_voice::{Channel, CustomerSecret};
use rayon::prelude::*;

use crate::App;
use crate::directory::Directory;
use crate::reading::{Readable, TOGETHER, TextReader};

/// What preparing needs to know, taken once for a batch.
pub struct Preparer {
    secret: CustomerSecret,
    reader: TextReader,
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
            reader: TextReader::new(app),
            directory: app.directory.load_full(),
            channel,
            now_ms,
        }
    }

    /// Prepares a batch on all cores; the order stays.
    pub fn prepare_all(&self, records: Vec<Record>) -> Vec<Incoming> {
        Self::prepare_together(records.into_iter().map(|record| (self, record)).collect())
    }

    /// Prepares records, each as its own preparer would, on all cores; the order stays.
    pub fn prepare_together<P: Deref<Target = Self> + Send>(work: Vec<(P, Record)>) -> Vec<Incoming> {
        work.into_par_iter().chunks(TOGETHER).flat_map_iter(Self::prepare).collect()
    }

    /// Masks, hashes and detects a few records, and reads all of them as the last preparer does, the newest.
    fn prepare<P: Deref<Target = Self>>(work: Vec<(P, Record)>) -> Vec<Incoming> {
        let mut items = Vec::with_capacity(work.len());
        let mut last = None;
        for (preparer, record) in work {
            items.push(preparer.mask(record));
            last = Some(preparer);
        }
        let Some(newest) = last else { return items };
        let ready: Vec<Readable> =
            items.iter().map(|item| Readable::new(item.title.as_deref(), item.text.as_deref())).collect();
        let texts: Vec<_> =
            ready.iter().zip(&items).map(|(readable, item)| (readable, item.language.as_str())).collect();
        let told = newest.reader.read_all(&texts);
        for ((item, readable), told) in items.iter_mut().zip(&ready).zip(told) {
            readable.tokens.stems().clone_into(&mut item.stems);
            (item.labels, item.mood, item.signals) = (told.labels, told.mood, told.signals);
        }
        items
    }

    /// The item of a record, without what its text says.
    fn mask(&self, record: Record) -> Incoming {
        let title = record.title.map(|t| mask(&t).text);
        let text = record.text.map(|t| mask(&t).text);
        let mut attributes: BTreeMap<String, String> =
            record.attributes.into_iter().map(|(name, value)| (name, mask(&value).text)).collect();
        let unit_id = record.unit.as_deref().and_then(|name| self.directory.unit(name)).cloned();
        if let (None, Some(name)) = (&unit_id, record.unit) {
            // A unit that nobody has set up yet is kept as the company's own attribute, so that nothing is lost.
            attributes.insert("unit".to_owned(), mask(&name).text);
        }
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
            labels: Vec::new(),
            mood: None,
            signals: Vec::new(),
            stems: String::new(),
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
