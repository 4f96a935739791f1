//! Storing items: new ones come in, known ones stay or change, erased ones stay away.

use otklik_store::column::to_json;
use otklik_store::ids::SourceId;
use otklik_store::{Sequence, StoreError, Tx, bulk, search};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::{Incoming, erased_external_id};
use crate::sentiment::Mood;
use crate::{VoiceError, labels, signals};

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    New(i64),
    Unchanged(i64),
    Updated(i64),
    /// Its customer asked to be forgotten: it does not come back.
    Erased,
}

/// Items that are looked up and inserted together, at most.
const MOST_ITEMS: usize = 4_000;

/// Stores items of one source; the answer stands in the order of the items. An item whose external id came before in
/// the same call changes the earlier one.
pub async fn put_feedback(
    tx: &mut Tx,
    source: &SourceId,
    items: &[Incoming],
) -> Result<Vec<Put>, VoiceError> {
    // Taking no numbers locks their counter: a second transaction with the same items waits here and then finds them.
    tx.take_numbers(Sequence::FeedbackNumber, 0).await?;
    let mut puts = Vec::with_capacity(items.len());
    let mut change = None;
    let mut rest = items;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(distinct_prefix(rest));
        puts.extend(put_distinct(tx, source, chunk, &mut change).await?);
        rest = after;
    }
    Ok(puts)
}

/// What the database has of an item, under its own key or under that of the erased.
struct Known {
    number: i64,
    content_hash: String,
}

/// An item that is not there yet.
struct Fresh<'a> {
    number: i64,
    item: &'a Incoming,
    hash: String,
}

/// The longest beginning in which no external id comes twice.
fn distinct_prefix(items: &[Incoming]) -> usize {
    let mut seen = FxHashSet::default();
    items.iter().take(MOST_ITEMS).take_while(|item| seen.insert(item.external_id.as_str())).count()
}

async fn put_distinct(
    tx: &mut Tx,
    source: &SourceId,
    items: &[Incoming],
    change: &mut Option<i64>,
) -> Result<Vec<Put>, VoiceError> {
    let erased_ids: Vec<String> =
        items.iter().map(|item| erased_external_id(source, &item.external_id)).collect();
    let known = find_known(tx, source, items, &erased_ids).await?;
    let is_new = |item: &Incoming, erased_id: &String| {
        !known.contains_key(&item.external_id) && !known.contains_key(erased_id)
    };
    let new_count = items.iter().zip(&erased_ids).filter(|(item, erased)| is_new(item, erased)).count();
    let new_count = u32::try_from(new_count).unwrap_or(u32::MAX);
    let mut next =
        if new_count > 0 { tx.take_numbers(Sequence::FeedbackNumber, new_count).await? } else { 0 };
    let mut fresh = Vec::with_capacity(new_count as usize);
    let mut puts = Vec::with_capacity(items.len());
    for (item, erased_id) in items.iter().zip(&erased_ids) {
        let hash = content_hash(item)?;
        puts.push(match known.get(&item.external_id) {
            Some(known) if known.content_hash == hash => Put::Unchanged(known.number),
            Some(known) => {
                let change = change_number(tx, change).await?;
                update_item(tx, known.number, change, &hash, item).await?;
                Put::Updated(known.number)
            }
            None if is_new(item, erased_id) => {
                fresh.push(Fresh { number: next, item, hash });
                next += 1;
                Put::New(next - 1)
            }
            None => Put::Erased,
        });
    }
    if !fresh.is_empty() {
        let change = change_number(tx, change).await?;
        insert_items(tx, source, change, &fresh).await?;
    }
    Ok(puts)
}

async fn change_number(tx: &mut Tx, taken: &mut Option<i64>) -> Result<i64, StoreError> {
    match *taken {
        Some(change) => Ok(change),
        None => {
            let change = tx.take_numbers(Sequence::FeedbackChange, 1).await?;
            *taken = Some(change);
            Ok(change)
        }
    }
}

async fn find_known(
    tx: &mut Tx,
    source: &SourceId,
    items: &[Incoming],
    erased_ids: &[String],
) -> Result<FxHashMap<String, Known>, VoiceError> {
    let ids: Vec<&String> = items.iter().map(|item| &item.external_id).chain(erased_ids).collect();
    let sql = format!(
        "select external_id, number, content_hash from feedback where source_id = $1 and external_id in ({})",
        tx.engine().texts_of(2)
    );
    let rows: Vec<(String, i64, String)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(source.as_str())
        .bind(to_json(&ids, "feedback.external_id")?)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(id, number, content_hash)| (id, Known { number, content_hash })).collect())
}

const COLUMNS: usize = 25;

const INSERT: &str = "insert into feedback (number, id, change, source_id, external_id, content_hash, occurred_at, \
     arrived_at, channel, customer_key, unit_id, product, touchpoint, segment, region, language, nps, csat, ces, \
     complaint, title, text, attributes, sentiment, sentiment_milli) values ";

/// Words come last: SQLite writes the search index out before every other statement that changes several rows.
async fn insert_items(
    tx: &mut Tx,
    source: &SourceId,
    change: i64,
    items: &[Fresh<'_>],
) -> Result<(), VoiceError> {
    for rows in bulk::pieces(items, COLUMNS) {
        insert_rows(tx, source, change, rows).await?;
    }
    let found: Vec<_> =
        items.iter().flat_map(|fresh| fresh.item.labels.iter().map(|label| (fresh.number, label))).collect();
    labels::insert_labels(tx, &found).await?;
    let told: Vec<_> = items
        .iter()
        .flat_map(|fresh| fresh.item.signals.iter().map(|signal| (fresh.number, signal)))
        .collect();
    signals::insert_signals(tx, &told).await?;
    let words: Vec<(i64, &str)> = items
        .iter()
        .filter(|fresh| !fresh.item.stems.is_empty())
        .map(|fresh| (fresh.number, fresh.item.stems.as_str()))
        .collect();
    Ok(search::index_words(tx, &words).await?)
}

async fn insert_rows(
    tx: &mut Tx,
    source: &SourceId,
    change: i64,
    rows: &[Fresh<'_>],
) -> Result<(), VoiceError> {
    let now = tx.now_ms();
    let values = bulk::values_list(tx.engine(), rows.len(), COLUMNS);
    let mut query = sqlx::query(AssertSqlSafe(format!("{INSERT}{values}")));
    for Fresh { number, item, hash } in rows {
        query = query
            .bind(number)
            .bind(otklik_store::ids::new_id(now))
            .bind(change)
            .bind(source.as_str())
            .bind(&item.external_id)
            .bind(hash)
            .bind(item.occurred_at)
            .bind(now)
            .bind(item.channel.as_str())
            .bind(&item.customer_key)
            .bind(item.unit_id.as_ref().map(|u| u.as_str()))
            .bind(&item.product)
            .bind(&item.touchpoint)
            .bind(&item.segment)
            .bind(&item.region)
            .bind(&item.language)
            .bind(item.nps.map(i64::from))
            .bind(item.csat.map(i64::from))
            .bind(item.ces.map(i64::from))
            .bind(i64::from(item.complaint))
            .bind(&item.title)
            .bind(&item.text)
            .bind(attributes_json(item)?)
            .bind(item.mood.map(|mood| mood.tone.value()))
            .bind(item.mood.map(Mood::milli));
    }
    query.execute(tx.conn()).await?;
    Ok(())
}

async fn update_item(
    tx: &mut Tx,
    number: i64,
    change: i64,
    hash: &str,
    item: &Incoming,
) -> Result<(), VoiceError> {
    sqlx::query(
        "update feedback set change = $1, content_hash = $2, occurred_at = $3, channel = $4, customer_key = $5, \
             unit_id = $6, product = $7, touchpoint = $8, segment = $9, region = $10, language = $11, nps = $12, \
             csat = $13, ces = $14, complaint = $15, title = $16, text = $17, attributes = $18, \
             sentiment = case when sentiment_origin = 'hand' then sentiment else $19 end, sentiment_milli = $20 \
         where number = $21",
    )
    .bind(change)
    .bind(hash)
    .bind(item.occurred_at)
    .bind(item.channel.as_str())
    .bind(&item.customer_key)
    .bind(item.unit_id.as_ref().map(|u| u.as_str()))
    .bind(&item.product)
    .bind(&item.touchpoint)
    .bind(&item.segment)
    .bind(&item.region)
    .bind(&item.language)
    .bind(item.nps.map(i64::from))
    .bind(item.csat.map(i64::from))
    .bind(item.ces.map(i64::from))
    .bind(i64::from(item.complaint))
    .bind(&item.title)
    .bind(&item.text)
    .bind(attributes_json(item)?)
    .bind(item.mood.map(|mood| mood.tone.value()))
    .bind(item.mood.map(Mood::milli))
    .bind(number)
    .execute(tx.conn())
    .await?;
    search::unindex_words(tx, number).await?;
    if !item.stems.is_empty() {
        search::index_words(tx, &[(number, item.stems.as_str())]).await?;
    }
    signals::replace_signals(tx, number, &item.signals).await?;
    labels::delete_found_labels(tx, number).await?;
    let found: Vec<_> = item.labels.iter().map(|label| (number, label)).collect();
    labels::insert_labels(tx, &found).await
}

fn attributes_json(item: &Incoming) -> Result<String, StoreError> {
    to_json(&item.attributes, "feedback.attributes")
}

/// Two deliveries of an item are the same when all that is stored of them is the same.
fn content_hash(item: &Incoming) -> Result<String, StoreError> {
    let json = serde_json::to_vec(item).map_err(|e| StoreError::unreadable("feedback.content_hash", e))?;
    Ok(hex::encode(&Sha256::digest(json)[..16]))
}
