//! A source, items of it, and the calls that the tests of this crate make all the time.

use std::collections::BTreeMap;

use otklik_store::ids::SourceId;
use otklik_store::{Actor, Store};
use otklik_text::Tokens;
use otklik_voice::Channel;
use otklik_voice::feedback::{Incoming, Put, put_feedback};
use otklik_voice::sources::{SourceIn, create_source};

pub async fn add_source(store: &Store, name: &str, retention_days: Option<u32>) -> SourceId {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let source = SourceIn { name: name.to_owned(), channel: Channel::Review, retention_days };
    let id = create_source(&mut tx, &source).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// An item that nobody has masked or labelled.
pub fn item(id: &str, text: &str) -> Incoming {
    Incoming {
        external_id: id.to_owned(),
        occurred_at: otklik_testkit::database::START_MS - 1,
        channel: Channel::Review,
        customer_key: None,
        unit_id: None,
        product: None,
        touchpoint: None,
        segment: None,
        region: None,
        language: "ru".to_owned(),
        nps: None,
        csat: None,
        ces: None,
        complaint: false,
        title: None,
        text: Some(text.to_owned()),
        attributes: BTreeMap::new(),
        stems: Tokens::new(text).stems().to_owned(),
        labels: Vec::new(),
        mood: None,
        signals: Vec::new(),
    }
}

pub async fn put(store: &Store, source: &SourceId, items: &[Incoming]) -> Vec<Put> {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let puts = put_feedback(&mut tx, source, items).await.unwrap();
    tx.commit().await.unwrap();
    puts
}

/// A single number from the database.
pub async fn count(store: &Store, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(store.reader()).await.unwrap()
}
