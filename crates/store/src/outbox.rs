//! Messages to the outside world, written in the transaction of the change and sent after it.

use serde::Serialize;

use crate::column::to_json;
use crate::ids::new_id;
use crate::{StoreError, Tx};

/// Puts a message into the outbox; whoever sends `kind` picks it up after the commit.
pub async fn post_message(tx: &mut Tx, kind: &str, payload: &impl Serialize) -> Result<String, StoreError> {
    let payload = to_json(payload, "outbox.payload")?;
    let id = new_id(tx.now_ms());
    let now = tx.now_ms();
    sqlx::query("insert into outbox (id, kind, payload, created_at) values ($1, $2, $3, $4)")
        .bind(&id)
        .bind(kind)
        .bind(payload)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(id)
}
