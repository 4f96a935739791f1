//! Letters: they wait in the outbox until the sender takes them; what is attached lies beside them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use otklik_store::ids::AttachmentId;
use otklik_store::{Millis, Store, StoreError, Tx, bulk, outbox};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

use crate::PlatformError;
use crate::people::read_email;

/// The kind of message in the outbox.
pub const LETTER: &str = "letter";

/// So long an attachment is kept: longer than the outbox tries, and some days more, to send a letter again by hand.
const KEPT_MS: Millis = 14 * 24 * 3_600_000;

/// A letter as it goes out: one copy, which all receivers see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: Vec<String>,
    pub subject: String,
    pub text: String,
    /// The same for readers that show it; it brings nothing along from other places.
    #[serde(default)]
    pub html: Option<String>,
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// A file that letters carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

/// Puts a letter into the outbox; it goes out after the commit. Returns the id of the message.
///
/// # Errors
/// `EmailInvalid` where there is no receiver, or one is no mail address.
pub async fn enqueue_letter(tx: &mut Tx, letter: &Letter) -> Result<String, PlatformError> {
    let to = letter.to.iter().map(|address| read_email(address)).collect::<Result<Vec<_>, _>>()?;
    if to.is_empty() {
        return Err(PlatformError::EmailInvalid);
    }
    Ok(outbox::post_message(tx, LETTER, &Letter { to, ..letter.clone() }).await?)
}

/// Keeps a file for letters of the same transaction, or of the next days.
pub async fn keep_attachment(
    tx: &mut Tx,
    name: &str,
    media_type: &str,
    content: &[u8],
) -> Result<AttachmentId, StoreError> {
    let (id, now) = (AttachmentId::new(tx.now_ms()), tx.now_ms());
    sqlx::query(
        "insert into attachment (id, name, media_type, content, created_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(id.as_str())
    .bind(name)
    .bind(media_type)
    .bind(STANDARD.encode(content))
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The files of a letter, in its order.
///
/// # Errors
/// `NotFound` where one was cleaned up already.
pub async fn load_attachments(store: &Store, ids: &[AttachmentId]) -> Result<Vec<Attachment>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select id, name, media_type, content from attachment where id in ({})",
        bulk::parameters(ids.len(), 0)
    );
    let mut query = sqlx::query_as::<_, AttachmentRow>(AssertSqlSafe(sql));
    for id in ids {
        query = query.bind(id.as_str());
    }
    let rows = query.fetch_all(store.reader()).await?;
    let find = |id: &AttachmentId| {
        let row =
            rows.iter().find(|row| row.id == id.0).ok_or(StoreError::NotFound { entity: "attachment" })?;
        let content = STANDARD.decode(&row.content);
        Ok(Attachment {
            id: id.clone(),
            name: row.name.clone(),
            media_type: row.media_type.clone(),
            content: content.map_err(|e| StoreError::unreadable("attachment.content", e))?,
        })
    };
    ids.iter().map(find).collect()
}

/// Deletes files that no letter needs any more; how many.
pub async fn delete_old_attachments(tx: &mut Tx) -> Result<u64, StoreError> {
    let before = tx.now_ms() - KEPT_MS;
    let deleted = sqlx::query(
        "delete from attachment where created_at < $1 and not exists (\
         select 1 from outbox where kind = $2 and state = 'waiting' \
         and payload like '%' || attachment.id || '%')",
    )
    .bind(before)
    .bind(LETTER)
    .execute(tx.conn())
    .await?;
    Ok(deleted.rows_affected())
}

#[derive(FromRow)]
struct AttachmentRow {
    id: String,
    name: String,
    media_type: String,
    content: String,
}
