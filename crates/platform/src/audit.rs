//! Reading the audit trail: who did what, when, to which thing.

use otklik_store::{Millis, Page, Store, StoreError};
use serde::Serialize;
use sqlx::FromRow;

/// One event. `detail` is what the event says about itself, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow, utoipa::ToSchema)]
pub struct AuditRow {
    pub id: String,
    pub at: Millis,
    pub actor_kind: String,
    pub actor_id: String,
    pub actor_name: Option<String>,
    pub event: String,
    pub entity: String,
    pub entity_id: String,
    pub detail: String,
}

/// What to show; empty fields do not filter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub entity: Option<String>,
    pub entity_id: Option<String>,
    pub actor_id: Option<String>,
    /// Only events before the one of this id.
    pub before: Option<String>,
}

const MATCHES: &str = "from audit left join person on person.id = audit.actor_id \
     where ($1 = '' or entity = $1) and ($2 = '' or entity_id = $2) and ($3 = '' or actor_id = $3) and ($4 = '' or audit.id < $4)";

/// The newest events first: ids are in the order of time, and no two events have one.
pub async fn list_audit(
    store: &Store,
    filter: &AuditFilter,
    limit: u32,
) -> Result<Page<AuditRow>, StoreError> {
    let select = format!(
        "select audit.id as id, at, actor_kind, actor_id, person.name as actor_name, event, entity, entity_id, detail \
         {MATCHES} order by audit.id desc limit $5"
    );
    let (entity, entity_id) =
        (filter.entity.as_deref().unwrap_or(""), filter.entity_id.as_deref().unwrap_or(""));
    let (actor, before) = (filter.actor_id.as_deref().unwrap_or(""), filter.before.as_deref().unwrap_or(""));
    let items = sqlx::query_as(sqlx::AssertSqlSafe(select))
        .bind(entity)
        .bind(entity_id)
        .bind(actor)
        .bind(before)
        .bind(i64::from(limit))
        .fetch_all(store.reader())
        .await?;
    let total: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) {MATCHES}")))
        .bind(entity)
        .bind(entity_id)
        .bind(actor)
        .bind(before)
        .fetch_one(store.reader())
        .await?;
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0) })
}
