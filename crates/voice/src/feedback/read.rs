//! Reading items with their labels.

use std::collections::BTreeMap;

use otklik_store::{Millis, Store, StoreError, bulk};
use rustc_hash::FxHashMap;
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};

use super::row::ItemRow;
use crate::VoiceError;
use crate::labels::{Label, load_labels};
use crate::sentiment::{Tone, ToneOrigin};
use crate::signals::{Signal, load_signals};

/// One thing that one customer told us, as a person reads it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Feedback {
    pub number: i64,
    pub id: String,
    pub source_id: String,
    pub external_id: String,
    pub occurred_at: Millis,
    pub arrived_at: Millis,
    pub channel: String,
    pub customer_key: Option<String>,
    pub unit_id: Option<String>,
    pub product: Option<String>,
    pub touchpoint: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    pub language: String,
    pub nps: Option<i64>,
    pub csat: Option<i64>,
    pub ces: Option<i64>,
    pub complaint: bool,
    pub sentiment: Option<Tone>,
    pub sentiment_origin: ToneOrigin,
    /// Praise less complaint as the model sees it, from −1 to 1.
    pub sentiment_score: Option<f64>,
    pub signals: Vec<Signal>,
    pub title: Option<String>,
    pub text: Option<String>,
    pub attributes: BTreeMap<String, String>,
    pub labels: Vec<Label>,
}

/// The items of these numbers, in their order; erased or unknown ones are left out.
pub async fn load_feedback(store: &Store, numbers: &[i64]) -> Result<Vec<Feedback>, VoiceError> {
    let mut found: FxHashMap<i64, Feedback> = FxHashMap::default();
    for chunk in numbers.chunks(bulk::rows_per_statement(1)) {
        let sql = format!(
            "select * from feedback where erased_at is null and number in ({})",
            bulk::parameters(chunk.len(), 0)
        );
        let mut query = sqlx::query_as::<_, FeedbackRow>(AssertSqlSafe(sql));
        for number in chunk {
            query = query.bind(number);
        }
        let rows = query.fetch_all(store.reader()).await?;
        let mut labels = load_labels(store, chunk).await?;
        let mut signals = load_signals(store, chunk).await?;
        for row in rows {
            let labels = labels.remove(&row.item.number).unwrap_or_default();
            let signals = signals.remove(&row.item.number).unwrap_or_default();
            found.insert(row.item.number, row.complete(labels, signals)?);
        }
    }
    Ok(numbers.iter().filter_map(|number| found.remove(number)).collect())
}

/// The moments of the items of these numbers.
pub async fn load_moments(store: &Store, numbers: &[i64]) -> Result<FxHashMap<i64, Millis>, VoiceError> {
    let mut moments = FxHashMap::default();
    for chunk in numbers.chunks(bulk::rows_per_statement(1)) {
        let sql = format!(
            "select number, occurred_at from feedback where number in ({})",
            bulk::parameters(chunk.len(), 0)
        );
        let mut query = sqlx::query_as::<_, (i64, Millis)>(AssertSqlSafe(sql));
        for number in chunk {
            query = query.bind(number);
        }
        moments.extend(query.fetch_all(store.reader()).await?);
    }
    Ok(moments)
}

/// One item by the id that the world outside knows.
pub async fn load_feedback_by_id(store: &Store, id: &str) -> Result<Feedback, VoiceError> {
    let number: Option<i64> =
        sqlx::query_scalar("select number from feedback where id = $1 and erased_at is null")
            .bind(id)
            .fetch_optional(store.reader())
            .await?;
    let number = number.ok_or(StoreError::NotFound { entity: "feedback" })?;
    let found = load_feedback(store, &[number]).await?.pop();
    Ok(found.ok_or(StoreError::NotFound { entity: "feedback" })?)
}

/// What customers wrote in an item.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TextRow {
    pub number: i64,
    pub language: String,
    pub title: Option<String>,
    pub text: Option<String>,
}

/// Title and text of up to `limit` items after a number: what re-classifying walks through.
pub async fn load_texts(store: &Store, after: i64, limit: u32) -> Result<Vec<TextRow>, VoiceError> {
    let rows = sqlx::query_as(
        "select number, language, title, text from feedback where number > $1 and erased_at is null order by number limit $2",
    )
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(store.reader())
    .await?;
    Ok(rows)
}

/// Title and text of the items of these ascending numbers; erased or unknown ones are left out.
pub async fn load_texts_of(store: &Store, numbers: &[i64]) -> Result<Vec<TextRow>, VoiceError> {
    let mut texts = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(bulk::rows_per_statement(1)) {
        let sql = format!(
            "select number, language, title, text from feedback where erased_at is null and number in ({}) order by number",
            bulk::parameters(chunk.len(), 0)
        );
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for number in chunk {
            query = query.bind(number);
        }
        texts.extend(query.fetch_all(store.reader()).await?);
    }
    Ok(texts)
}

/// The numbers of all items of a customer, newest first.
pub async fn find_numbers_of_customer(store: &Store, customer_key: &str) -> Result<Vec<i64>, VoiceError> {
    let numbers =
        sqlx::query_scalar("select number from feedback where customer_key = $1 order by occurred_at desc")
            .bind(customer_key)
            .fetch_all(store.reader())
            .await?;
    Ok(numbers)
}

#[derive(FromRow)]
struct FeedbackRow {
    #[sqlx(flatten)]
    item: ItemRow,
    id: String,
    external_id: String,
    arrived_at: Millis,
    sentiment_milli: Option<i64>,
    sentiment_origin: String,
    title: Option<String>,
    text: Option<String>,
}

impl FeedbackRow {
    fn complete(self, labels: Vec<Label>, signals: Vec<Signal>) -> Result<Feedback, StoreError> {
        let (attributes, item) = (self.item.attributes()?, self.item);
        Ok(Feedback {
            number: item.number,
            id: self.id,
            source_id: item.source_id,
            external_id: self.external_id,
            occurred_at: item.occurred_at,
            arrived_at: self.arrived_at,
            channel: item.channel,
            customer_key: item.customer_key,
            unit_id: item.unit_id,
            product: item.product,
            touchpoint: item.touchpoint,
            segment: item.segment,
            region: item.region,
            language: item.language,
            nps: item.nps,
            csat: item.csat,
            ces: item.ces,
            complaint: item.complaint != 0,
            sentiment: item.sentiment.map(Tone::of),
            sentiment_origin: ToneOrigin::of(&self.sentiment_origin),
            sentiment_score: self.sentiment_milli.map(|milli| milli as f64 / 1_000.0),
            signals,
            title: self.title,
            text: self.text,
            attributes,
            labels,
        })
    }
}
