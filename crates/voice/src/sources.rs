//! Sources: where feedback comes from, and for how long it is kept.

use otklik_store::ids::SourceId;
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::error::taken;
use crate::{Channel, VoiceError};

/// An import, a program that pushes, a form. `retention_days` `None` keeps items for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Source {
    pub id: SourceId,
    pub name: String,
    pub channel: Channel,
    pub retention_days: Option<u32>,
    pub created_at: Millis,
}

/// What one writes of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SourceIn {
    pub name: String,
    pub channel: Channel,
    pub retention_days: Option<u32>,
}

pub async fn create_source(tx: &mut Tx, source: &SourceIn) -> Result<SourceId, VoiceError> {
    let name = read_name(&source.name)?;
    let (id, now) = (SourceId::new(tx.now_ms()), tx.now_ms());
    let insert = sqlx::query(
        "insert into source (id, name, channel, retention_days, created_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(id.as_str())
    .bind(name)
    .bind(source.channel.as_str())
    .bind(source.retention_days.map(i64::from))
    .bind(now)
    .execute(tx.conn())
    .await;
    taken(insert)?;
    tx.audit("source_created", "source", id.as_str(), source).await?;
    Ok(id)
}

pub async fn update_source(tx: &mut Tx, id: &SourceId, source: &SourceIn) -> Result<(), VoiceError> {
    let name = read_name(&source.name)?;
    let update = sqlx::query("update source set name = $1, channel = $2, retention_days = $3 where id = $4")
        .bind(name)
        .bind(source.channel.as_str())
        .bind(source.retention_days.map(i64::from))
        .bind(id.as_str())
        .execute(tx.conn())
        .await;
    if taken(update)?.rows_affected() == 0 {
        return Err(StoreError::NotFound { entity: "source" }.into());
    }
    tx.audit("source_changed", "source", id.as_str(), source).await?;
    Ok(())
}

/// The source of this name; made when it is not there yet.
pub async fn ensure_source(tx: &mut Tx, name: &str, channel: Channel) -> Result<SourceId, VoiceError> {
    let name = read_name(name)?;
    let found: Option<String> = sqlx::query_scalar("select id from source where name = $1")
        .bind(name)
        .fetch_optional(tx.conn())
        .await?;
    match found {
        Some(id) => Ok(SourceId(id)),
        None => create_source(tx, &SourceIn { name: name.to_owned(), channel, retention_days: None }).await,
    }
}

pub async fn find_source(store: &Store, name: &str) -> Result<Option<Source>, VoiceError> {
    let name = name.trim();
    let read = async {
        let row: Option<SourceRow> = sqlx::query_as("select * from source where name = $1")
            .bind(name)
            .fetch_optional(store.reader())
            .await
            .map_err(StoreError::from)?;
        row.map(Source::try_from).transpose()
    };
    store.recall(name, read).await
}

pub async fn load_source(store: &Store, id: &SourceId) -> Result<Source, VoiceError> {
    let row: Option<SourceRow> = sqlx::query_as("select * from source where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(StoreError::NotFound { entity: "source" })?.try_into()
}

pub async fn list_sources(store: &Store) -> Result<Vec<Source>, VoiceError> {
    let rows: Vec<SourceRow> = sqlx::query_as("select * from source where archived_at is null order by name")
        .fetch_all(store.reader())
        .await?;
    rows.into_iter().map(Source::try_from).collect()
}

fn read_name(name: &str) -> Result<&str, VoiceError> {
    let name = name.trim();
    if name.is_empty() { Err(VoiceError::NameMissing) } else { Ok(name) }
}

#[derive(FromRow)]
struct SourceRow {
    id: String,
    name: String,
    channel: String,
    retention_days: Option<i64>,
    created_at: i64,
}

impl TryFrom<SourceRow> for Source {
    type Error = VoiceError;

    fn try_from(row: SourceRow) -> Result<Self, VoiceError> {
        Ok(Self {
            id: SourceId(row.id),
            name: row.name,
            channel: row.channel.parse().map_err(VoiceError::UnknownChannel)?,
            retention_days: row.retention_days.and_then(|d| u32::try_from(d).ok()),
            created_at: row.created_at,
        })
    }
}
