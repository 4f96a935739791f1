//! Following the change numbers: what the facts are fed with.

use std::collections::BTreeMap;

use otklik_store::ids::SourceId;
use otklik_store::{Sequence, Store, StoreError};
use rustc_hash::FxHashMap;
use sqlx::{AssertSqlSafe, FromRow};

use super::Incoming;
use super::row::{COLUMNS, ItemRow};
use crate::VoiceError;
use crate::signals::Kind;

/// An item as the facts need it. `erased` ones have lost everything else.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    pub number: i64,
    pub occurred_at: i64,
    pub source_id: String,
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
    /// −1, 0, 1.
    pub sentiment: Option<i64>,
    /// The bits of [`Kind`].
    pub signals: u8,
    pub topics: Vec<String>,
    pub attributes: BTreeMap<String, String>,
    pub erased: bool,
}

impl Changed {
    /// An item that has just been stored for the first time: what reading its row would give.
    pub fn of_new(number: i64, source: &SourceId, item: Incoming) -> Self {
        let mut topics: Vec<String> = item.labels.into_iter().map(|label| label.topic_id.0).collect();
        topics.sort_unstable();
        let signals = item.signals.iter().fold(0, |bits, signal| bits | signal.kind.bit());
        Self {
            sentiment: item.mood.map(|mood| mood.tone.value()),
            signals,
            number,
            occurred_at: item.occurred_at,
            source_id: source.0.clone(),
            channel: item.channel.as_str().to_owned(),
            customer_key: item.customer_key,
            unit_id: item.unit_id.map(|unit| unit.0),
            product: item.product,
            touchpoint: item.touchpoint,
            segment: item.segment,
            region: item.region,
            language: item.language,
            nps: item.nps.map(i64::from),
            csat: item.csat.map(i64::from),
            ces: item.ces.map(i64::from),
            complaint: item.complaint,
            topics,
            attributes: item.attributes,
            erased: false,
        }
    }
}

/// The number of the last change there has been.
pub async fn load_last_change(store: &Store) -> Result<i64, StoreError> {
    let last = sqlx::query_scalar("select value from change_sequence where name = $1")
        .bind(Sequence::FeedbackChange.name())
        .fetch_one(store.reader())
        .await?;
    Ok(last)
}

/// All items whose latest change is after `after`, in whole transactions, about `limit` of them; and the last change
/// number among them. An empty answer means that there is nothing newer.
pub async fn load_changes(store: &Store, after: i64, limit: u32) -> Result<(Vec<Changed>, i64), VoiceError> {
    let Some(until) = last_change(store, after, limit).await? else {
        return Ok((Vec::new(), after));
    };
    let sql = format!(
        "select {COLUMNS}, erased_at from feedback where change > $1 and change <= $2 order by number"
    );
    let rows: Vec<ChangedRow> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(after).bind(until).fetch_all(store.reader()).await?;
    let mut topics = load_topics(store, after, until).await?;
    let signals = load_signals(store, after, until).await?;
    let changed = rows
        .into_iter()
        .map(|row| {
            let topics = topics.remove(&row.item.number).unwrap_or_default();
            let signals = signals.get(&row.item.number).copied().unwrap_or_default();
            row.complete(topics, signals)
        })
        .collect::<Result<_, _>>()?;
    Ok((changed, until))
}

/// The change number at which about `limit` items are reached. A transaction has one change number, so none is cut.
async fn last_change(store: &Store, after: i64, limit: u32) -> Result<Option<i64>, StoreError> {
    let last: Option<i64> = sqlx::query_scalar(
        "select max(change) from (select change from feedback where change > $1 order by change limit $2) as next",
    )
    .bind(after)
    .bind(i64::from(limit))
    .fetch_one(store.reader())
    .await?;
    Ok(last)
}

async fn load_topics(
    store: &Store,
    after: i64,
    until: i64,
) -> Result<FxHashMap<i64, Vec<String>>, StoreError> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "select feedback_number, topic_id from feedback_topic join feedback on number = feedback_number \
         where change > $1 and change <= $2 and applies = 1 order by feedback_number, topic_id",
    )
    .bind(after)
    .bind(until)
    .fetch_all(store.reader())
    .await?;
    let mut topics: FxHashMap<i64, Vec<String>> = FxHashMap::default();
    for (number, topic) in rows {
        topics.entry(number).or_default().push(topic);
    }
    Ok(topics)
}

/// The bits of each item's signals.
async fn load_signals(store: &Store, after: i64, until: i64) -> Result<FxHashMap<i64, u8>, StoreError> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "select feedback_number, kind from feedback_signal join feedback on number = feedback_number \
         where change > $1 and change <= $2 and dismissed_at is null",
    )
    .bind(after)
    .bind(until)
    .fetch_all(store.reader())
    .await?;
    let mut signals: FxHashMap<i64, u8> = FxHashMap::default();
    for (number, kind) in rows {
        *signals.entry(number).or_default() |= Kind::of(&kind).map_or(0, Kind::bit);
    }
    Ok(signals)
}

#[derive(FromRow)]
struct ChangedRow {
    #[sqlx(flatten)]
    item: ItemRow,
    erased_at: Option<i64>,
}

impl ChangedRow {
    fn complete(self, topics: Vec<String>, signals: u8) -> Result<Changed, StoreError> {
        let (attributes, item) = (self.item.attributes()?, self.item);
        Ok(Changed {
            number: item.number,
            occurred_at: item.occurred_at,
            source_id: item.source_id,
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
            sentiment: item.sentiment,
            signals,
            topics,
            attributes,
            erased: self.erased_at.is_some(),
        })
    }
}
