//! Messages to the outside world, written in the transaction of the change and sent after it.
//!
//! Each is sent at least once: whoever takes a message holds it for [`HELD_MS`], and when they die in between, somebody
//! else takes it again. Its id is the key by which a receiver knows a repetition.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, FromRow};

use crate::column::{from_json, to_json, to_u64};
use crate::ids::new_id;
use crate::{Actor, Millis, Page, Store, StoreError, Tx, bulk};

/// So long a message belongs to whoever took it.
pub const HELD_MS: Millis = 120_000;

const SECOND_MS: Millis = 1_000;
const MINUTE_MS: Millis = 60 * SECOND_MS;
const HOUR_MS: Millis = 60 * MINUTE_MS;

/// How long to wait after each failed try; after the last one a message is given up. The schedule of Standard Webhooks.
const RETRIES: [Millis; 9] = [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    Waiting,
    Sent,
    /// Given up after the last try, or refused for good.
    Failed,
}

/// A message as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: String,
    pub kind: String,
    pub payload: String,
    pub state: MessageState,
    /// How often somebody has taken it.
    pub attempts: u64,
    /// When it is tried next.
    pub due_at: Millis,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
    /// Why the last try failed.
    pub error: Option<String>,
}

impl Message {
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        from_json(&self.payload, "outbox.payload")
    }
}

/// Puts a message into the outbox; whoever sends `kind` picks it up after the commit.
pub async fn post_message(tx: &mut Tx, kind: &str, payload: &impl Serialize) -> Result<String, StoreError> {
    let payload = to_json(payload, "outbox.payload")?;
    let id = new_id(tx.now_ms());
    let now = tx.now_ms();
    sqlx::query("insert into outbox (id, kind, payload, created_at, due_at) values ($1, $2, $3, $4, $4)")
        .bind(&id)
        .bind(kind)
        .bind(payload)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// Takes the message that has been due longest, of one of these kinds.
pub async fn claim_message(store: &Store, kinds: &[&str]) -> Result<Option<Message>, StoreError> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let mut tx = store.begin(Actor::System).await?;
    let now = tx.now_ms();
    let sql = format!(
        "update outbox set attempts = attempts + 1, due_at = $2 \
         where id = (select id from outbox where state = 'waiting' and due_at <= $1 and kind in ({}) \
             order by due_at, id limit 1) \
             and state = 'waiting' and due_at <= $1 \
         returning *",
        bulk::parameters(kinds.len(), 2)
    );
    let mut query = sqlx::query_as::<_, MessageRow>(AssertSqlSafe(sql)).bind(now).bind(now + HELD_MS);
    for kind in kinds {
        query = query.bind(*kind);
    }
    let row = query.fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    row.map(Message::try_from).transpose()
}

/// Whether a message of this kind is due: a look that takes nothing and holds nobody up.
pub async fn has_due_message(store: &Store, kind: &str) -> Result<bool, StoreError> {
    let due: Option<i64> = sqlx::query_scalar(
        "select 1 from outbox where state = 'waiting' and due_at <= $1 and kind = $2 limit 1",
    )
    .bind(store.now_ms())
    .bind(kind)
    .fetch_optional(store.reader())
    .await?;
    Ok(due.is_some())
}

/// Deletes what was sent or given up before a moment; how many.
pub async fn delete_old_messages(tx: &mut Tx, before: Millis) -> Result<u64, StoreError> {
    let deleted = sqlx::query("delete from outbox where state <> 'waiting' and created_at < $1")
        .bind(before)
        .execute(tx.conn())
        .await?;
    Ok(deleted.rows_affected())
}

/// The receiver has it.
pub async fn confirm_message(store: &Store, message: &Message) -> Result<(), StoreError> {
    let mut tx = store.begin(Actor::System).await?;
    let now = tx.now_ms();
    sqlx::query(
        "update outbox set state = 'sent', sent_at = $2, error = null where id = $1 and state <> 'sent'",
    )
    .bind(&message.id)
    .bind(now)
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// A try has failed: the message waits longer and longer, and after the last try it is given up. `jitter` from 0 to 1
/// spreads tries that failed together; `not_before` is the moment that the receiver has asked for.
pub async fn retry_message(
    store: &Store,
    message: &Message,
    error: &str,
    jitter: f64,
    not_before: Option<Millis>,
) -> Result<MessageState, StoreError> {
    let tried = usize::try_from(message.attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(wait) = RETRIES.get(tried) else {
        refuse_message(store, message, error).await?;
        return Ok(MessageState::Failed);
    };
    let spread = (*wait as f64 * 0.2 * jitter.clamp(0.0, 1.0)) as Millis;
    let due_at = (store.now_ms() + wait + spread).max(not_before.unwrap_or_default());
    let mut tx = store.begin(Actor::System).await?;
    sqlx::query("update outbox set due_at = $2, error = $3 where id = $1 and state = 'waiting'")
        .bind(&message.id)
        .bind(due_at)
        .bind(error)
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(MessageState::Waiting)
}

/// No further try can succeed.
pub async fn refuse_message(store: &Store, message: &Message, error: &str) -> Result<(), StoreError> {
    let mut tx = store.begin(Actor::System).await?;
    sqlx::query("update outbox set state = 'failed', error = $2 where id = $1 and state = 'waiting'")
        .bind(&message.id)
        .bind(error)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// Tries a message that was given up once more, from the beginning of its schedule.
///
/// # Errors
/// `NotFound` for a message that is not there or was not given up.
pub async fn resend_message(tx: &mut Tx, id: &str) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let changed = sqlx::query(
        "update outbox set state = 'waiting', attempts = 0, due_at = $2, error = null \
         where id = $1 and state = 'failed'",
    )
    .bind(id)
    .bind(now)
    .execute(tx.conn())
    .await?
    .rows_affected();
    if changed == 0 {
        return Err(StoreError::NotFound { entity: "message" });
    }
    tx.audit("message_resent", "message", id, &()).await
}

/// The log of deliveries, the newest first.
pub async fn list_messages(store: &Store, limit: u32, offset: u32) -> Result<Page<Message>, StoreError> {
    let rows: Vec<MessageRow> =
        sqlx::query_as("select * from outbox order by created_at desc, id desc limit $1 offset $2")
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(store.reader())
            .await?;
    let total: i64 = sqlx::query_scalar("select count(*) from outbox").fetch_one(store.reader()).await?;
    let items = rows.into_iter().map(Message::try_from).collect::<Result<_, _>>()?;
    Ok(Page { items, total: to_u64(total) })
}

#[derive(FromRow)]
struct MessageRow {
    id: String,
    kind: String,
    payload: String,
    state: String,
    attempts: i64,
    due_at: i64,
    created_at: i64,
    sent_at: Option<i64>,
    error: Option<String>,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self, StoreError> {
        let state = match row.state.as_str() {
            "waiting" => MessageState::Waiting,
            "sent" => MessageState::Sent,
            "failed" => MessageState::Failed,
            other => return Err(StoreError::unreadable("outbox.state", other)),
        };
        Ok(Self {
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            state,
            attempts: to_u64(row.attempts),
            due_at: row.due_at,
            created_at: row.created_at,
            sent_at: row.sent_at,
            error: row.error,
        })
    }
}
