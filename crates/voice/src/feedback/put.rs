//! Storing items: new ones come in, known ones stay or change, erased ones stay away.

use otklik_store::column::to_json;
use otklik_store::ids::SourceId;
use otklik_store::{Sequence, StoreError, Tx, bulk, search};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::{Incoming, erased_external_id};
use crate::{VoiceError, labels};

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    New(i64),
    Unchanged(i64),
    Updated(i64),
    /// Its customer asked to be forgotten: it does not come back.
    Erased,
}

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

struct Known {
    number: i64,
    content_hash: String,
}

/// The longest beginning in which no external id comes twice and that fits into one statement.
fn distinct_prefix(items: &[Incoming]) -> usize {
    let mut seen = FxHashSet::default();
    let fits = bulk::rows_per_statement(COLUMNS);
    items.iter().take(fits).take_while(|item| seen.insert(item.external_id.as_str())).count()
}

async fn put_distinct(
    tx: &mut Tx,
    source: &SourceId,
    items: &[Incoming],
    change: &mut Option<i64>,
) -> Result<Vec<Put>, VoiceError> {
    let known = find_known(tx, source, items).await?;
    let hashes: Vec<String> = items.iter().map(content_hash).collect::<Result<_, _>>()?;
    let is_new = |item: &Incoming| {
        !known.contains_key(&item.external_id)
            && !known.contains_key(&erased_external_id(source, &item.external_id))
    };
    let new_count = u32::try_from(items.iter().filter(|i| is_new(i)).count()).unwrap_or(u32::MAX);
    let mut next =
        if new_count > 0 { tx.take_numbers(Sequence::FeedbackNumber, new_count).await? } else { 0 };
    let mut fresh = Vec::with_capacity(new_count as usize);
    let mut puts = Vec::with_capacity(items.len());
    for (item, hash) in items.iter().zip(&hashes) {
        puts.push(match known.get(&item.external_id) {
            Some(known) if known.content_hash == *hash => Put::Unchanged(known.number),
            Some(known) => {
                let change = change_number(tx, change).await?;
                update_item(tx, known.number, change, hash, item).await?;
                Put::Updated(known.number)
            }
            None if is_new(item) => {
                fresh.push((next, item, hash.as_str()));
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
) -> Result<FxHashMap<String, Known>, VoiceError> {
    let sql = format!(
        "select external_id, number, content_hash from feedback where source_id = $1 and external_id in ({})",
        bulk::parameters(items.len() * 2, 1)
    );
    let mut query = sqlx::query_as::<_, (String, i64, String)>(AssertSqlSafe(sql)).bind(source.as_str());
    for item in items {
        query = query.bind(&item.external_id).bind(erased_external_id(source, &item.external_id));
    }
    let rows = query.fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(|(id, number, content_hash)| (id, Known { number, content_hash })).collect())
}

const COLUMNS: usize = 23;

const INSERT: &str = "insert into feedback (number, id, change, source_id, external_id, content_hash, occurred_at, \
     arrived_at, channel, customer_key, unit_id, product, touchpoint, segment, region, language, nps, csat, ces, \
     complaint, title, text, attributes) values ";

async fn insert_items(
    tx: &mut Tx,
    source: &SourceId,
    change: i64,
    items: &[(i64, &Incoming, &str)],
) -> Result<(), VoiceError> {
    let now = tx.now_ms();
    let mut query =
        sqlx::query(AssertSqlSafe(format!("{INSERT}{}", bulk::values_list(items.len(), COLUMNS, 0))));
    for (number, item, hash) in items {
        query = query
            .bind(number)
            .bind(otklik_store::ids::new_id(now))
            .bind(change)
            .bind(source.as_str())
            .bind(&item.external_id)
            .bind(*hash)
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
            .bind(attributes_json(item)?);
    }
    query.execute(tx.conn()).await?;
    let words: Vec<(i64, String)> = items
        .iter()
        .filter(|(_, item, _)| !item.stems.is_empty())
        .map(|(number, item, _)| (*number, item.stems.clone()))
        .collect();
    search::index_words(tx, &words).await?;
    let mut found = Vec::new();
    for (number, item, _) in items {
        found.extend(item.labels.iter().map(|label| (*number, label)));
    }
    labels::insert_rule_labels(tx, &found).await
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
             csat = $13, ces = $14, complaint = $15, title = $16, text = $17, attributes = $18 where number = $19",
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
    .bind(number)
    .execute(tx.conn())
    .await?;
    search::unindex_words(tx, number).await?;
    if !item.stems.is_empty() {
        search::index_words(tx, &[(number, item.stems.clone())]).await?;
    }
    labels::delete_rule_labels(tx, number).await?;
    let found: Vec<_> = item.labels.iter().map(|label| (number, label)).collect();
    labels::insert_rule_labels(tx, &found).await
}

fn attributes_json(item: &Incoming) -> Result<String, StoreError> {
    to_json(&item.attributes, "feedback.attributes")
}

/// Two deliveries of an item are the same when all that is stored of them is the same.
fn content_hash(item: &Incoming) -> Result<String, StoreError> {
    let json = serde_json::to_vec(item).map_err(|e| StoreError::unreadable("feedback.content_hash", e))?;
    Ok(hex::encode(&Sha256::digest(json)[..16]))
}
