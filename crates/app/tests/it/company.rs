//! What the tests of this crate do all the time: files imported, items pushed, numbers asked for.

use std::path::PathBuf;

use otklik_app::imports::{ImportRequest, preview_file};
use otklik_app::{App, AppError};
use otklik_facts::{Dimension, FactQuery, FactRow};
use otklik_store::ids::{self, ImportId, JobId, TopicId};
use otklik_store::{Actor, Store};
use otklik_voice::feedback::Put;
use otklik_voice::files::{Issue, Record};
use otklik_voice::imports::{Counts, list_refusals, load_import};
use otklik_voice::sources::{self, Source, SourceIn};
use otklik_voice::topics::{self, TopicIn};
use otklik_voice::{Channel, erasure};

/// Lays a file into the uploads folder and starts its import as the screen does; `pairs` correct the proposed mapping.
pub async fn start(
    app: &App,
    source: &str,
    bytes: &[u8],
    pairs: &str,
) -> Result<(ImportId, JobId), AppError> {
    let upload = app.data.uploads().join(ids::new_id(app.store.now_ms()));
    std::fs::write(&upload, bytes).unwrap();
    let preview = preview_file(&upload, None, None, app.store.now_ms())?;
    let mut mapping = preview.mapping;
    mapping.apply_pairs(pairs)?;
    let request = ImportRequest {
        source: source.to_owned(),
        channel: Channel::Review,
        format: preview.format,
        mapping,
    };
    app.start_import(Actor::System, &upload, "отзывы.csv", request).await
}

/// Imports a whole file.
pub async fn import(app: &App, source: &str, bytes: &[u8], pairs: &str) -> (Counts, Vec<Issue>) {
    let (id, _) = start(app, source, bytes, pairs).await.unwrap();
    app.work_all().await.unwrap();
    let counts = load_import(&app.store, &id).await.unwrap().counts;
    (counts, list_refusals(&app.store, &id, 1_000, 0).await.unwrap())
}

/// Reads, new, unchanged, updated, refused.
pub fn counts(read: u64, new: u64, unchanged: u64, updated: u64, refused: u64) -> Counts {
    Counts { read, new, unchanged, updated, refused }
}

/// The public data set of this name, or nothing in a clone that lacks the data.
pub fn data(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "..", "..", "..", "shared", "data", name].iter().collect();
    std::fs::read(path).ok()
}

pub async fn add_source(app: &App, name: &str, retention_days: Option<u32>) -> Source {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let source = SourceIn { name: name.to_owned(), channel: Channel::Review, retention_days };
    sources::create_source(&mut tx, &source).await.unwrap();
    tx.commit().await.unwrap();
    sources::find_source(&app.store, name).await.unwrap().unwrap()
}

/// Adds a topic to the living rules, without classifying what is there already.
pub async fn add_topic(app: &App, code: &str, rule: &str) -> TopicId {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let id = topics::create_topic(&mut tx, &topic(code, rule)).await.unwrap();
    tx.commit().await.unwrap();
    app.refresh_directory().await.unwrap();
    id
}

pub fn topic(code: &str, rule: &str) -> TopicIn {
    TopicIn {
        parent_id: None,
        code: code.to_owned(),
        name_ru: code.to_owned(),
        name_en: code.to_owned(),
        rule: rule.to_owned(),
        position: 0,
    }
}

pub fn record(id: &str, text: &str) -> Record {
    Record { external_id: id.to_owned(), text: Some(text.to_owned()), ..Record::default() }
}

pub async fn push(app: &App, source: &Source, records: Vec<Record>) -> Vec<Put> {
    app.push_feedback(source, records).await.unwrap()
}

pub async fn erase(app: &App, customer: &str) -> i64 {
    let key = app.pseudonym(customer).unwrap();
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let receipt = erasure::erase_customer(&mut tx, &key, "по просьбе").await.unwrap();
    tx.commit().await.unwrap();
    receipt.items
}

/// A single number from the database.
pub async fn count(store: &Store, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(store.reader()).await.unwrap()
}

/// Everything counted by one dimension.
pub fn by(app: &App, dimension: Dimension) -> Vec<FactRow> {
    let query = FactQuery { dimensions: vec![dimension], customers: true, ..FactQuery::default() };
    app.facts().query(&query).unwrap()
}
