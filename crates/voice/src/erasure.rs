//! Forgetting: one customer everywhere, with a receipt; and items older than their source keeps them.

use otklik_store::ids::ReceiptId;
use otklik_store::{Millis, Sequence, Store, Tx, bulk, search};
use serde::Serialize;
use sqlx::{AssertSqlSafe, FromRow};

use crate::VoiceError;
use crate::feedback::erased_external_id;

const DAY_MS: Millis = 24 * 3_600_000;

/// The proof that a customer was erased. `customer_hint` is the beginning of the pseudonym: enough to find the receipt
/// again when the same customer asks, not enough to be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow, utoipa::ToSchema)]
pub struct Receipt {
    pub id: String,
    pub at: Millis,
    pub actor_id: String,
    pub customer_hint: String,
    pub items: i64,
    pub reason: String,
}

/// Erases everything of one customer and returns the receipt. A second call erases nothing and says so.
pub async fn erase_customer(tx: &mut Tx, customer_key: &str, reason: &str) -> Result<Receipt, VoiceError> {
    let items: Vec<(i64, String, String)> =
        sqlx::query_as("select number, source_id, external_id from feedback where customer_key = $1")
            .bind(customer_key)
            .fetch_all(tx.conn())
            .await?;
    erase_items(tx, &items).await?;
    let receipt = Receipt {
        id: ReceiptId::new(tx.now_ms()).0,
        at: tx.now_ms(),
        actor_id: tx.actor().id().to_owned(),
        customer_hint: customer_key.chars().take(8).collect(),
        items: i64::try_from(items.len()).unwrap_or(i64::MAX),
        reason: reason.trim().to_owned(),
    };
    sqlx::query(
        "insert into erasure_receipt (id, at, actor_id, customer_hint, items, reason) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&receipt.id)
    .bind(receipt.at)
    .bind(&receipt.actor_id)
    .bind(&receipt.customer_hint)
    .bind(receipt.items)
    .bind(&receipt.reason)
    .execute(tx.conn())
    .await?;
    tx.audit("customer_erased", "erasure_receipt", &receipt.id, &receipt.items).await?;
    Ok(receipt)
}

/// Erases up to `limit` items that are older than their source keeps them; returns how many.
pub async fn erase_expired(tx: &mut Tx, limit: u32) -> Result<usize, VoiceError> {
    let now = tx.now_ms();
    let items: Vec<(i64, String, String)> = sqlx::query_as(
        "select number, source_id, external_id from feedback join source on source.id = source_id \
         where retention_days is not null and occurred_at < $1 - retention_days * $2 and erased_at is null limit $3",
    )
    .bind(now)
    .bind(DAY_MS)
    .bind(i64::from(limit))
    .fetch_all(tx.conn())
    .await?;
    erase_items(tx, &items).await?;
    if !items.is_empty() {
        tx.audit("items_expired", "feedback", "", &items.len()).await?;
    }
    Ok(items.len())
}

pub async fn list_receipts(store: &Store) -> Result<Vec<Receipt>, VoiceError> {
    let receipts = sqlx::query_as("select * from erasure_receipt order by at desc, id desc")
        .fetch_all(store.reader())
        .await?;
    Ok(receipts)
}

/// What stays of an item: its number, its source, and a hash by which it is known when the file comes again.
async fn erase_items(tx: &mut Tx, items: &[(i64, String, String)]) -> Result<(), VoiceError> {
    if items.is_empty() {
        return Ok(());
    }
    let now = tx.now_ms();
    let change = tx.take_numbers(Sequence::FeedbackChange, 1).await?;
    for (number, source, external_id) in items {
        sqlx::query(
            "update feedback set change = $1, erased_at = $2, external_id = $3, content_hash = '', customer_key = null, \
                 unit_id = null, product = null, touchpoint = null, segment = null, region = null, nps = null, \
                 csat = null, ces = null, complaint = 0, title = null, text = null, attributes = '{}', \
                 sentiment = null, sentiment_milli = null, sentiment_origin = 'model' \
             where number = $4",
        )
        .bind(change)
        .bind(now)
        .bind(erased_external_id(&source.clone().into(), external_id))
        .bind(number)
        .execute(tx.conn())
        .await?;
        search::unindex_words(tx, *number).await?;
    }
    for table in ["feedback_topic", "feedback_signal", "topic_answer"] {
        for chunk in items.chunks(bulk::rows_per_statement(1)) {
            let sql = format!(
                "delete from {table} where feedback_number in ({})",
                bulk::parameters(chunk.len(), 0)
            );
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for (number, ..) in chunk {
                query = query.bind(number);
            }
            query.execute(tx.conn()).await?;
        }
    }
    Ok(())
}
