//! Import profiles: a column mapping kept under a name, for the next file of the same kind.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::ProfileId;
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::files::Mapping;
use crate::{Channel, VoiceError};

/// A kept mapping, with the source and channel that its files belong to.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Profile {
    pub id: ProfileId,
    pub name: String,
    pub source: String,
    pub channel: Channel,
    pub mapping: Mapping,
    pub updated_at: Millis,
}

/// What one writes of a profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProfileIn {
    pub name: String,
    pub source: String,
    pub channel: Channel,
    pub mapping: Mapping,
}

/// Keeps a profile; one of the same name is replaced.
pub async fn save_profile(tx: &mut Tx, profile: &ProfileIn) -> Result<ProfileId, VoiceError> {
    let name = profile.name.trim();
    if name.is_empty() || profile.source.trim().is_empty() {
        return Err(VoiceError::NameMissing);
    }
    let mapping = to_json(&profile.mapping, "import_profile.mapping")?;
    let now = tx.now_ms();
    let id: String = sqlx::query_scalar(
        "insert into import_profile (id, name, source_name, channel, mapping, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $6) on conflict (name) do update set source_name = excluded.source_name, \
             channel = excluded.channel, mapping = excluded.mapping, updated_at = excluded.updated_at returning id",
    )
    .bind(ProfileId::new(now).0)
    .bind(name)
    .bind(profile.source.trim())
    .bind(profile.channel.as_str())
    .bind(mapping)
    .bind(now)
    .fetch_one(tx.conn())
    .await?;
    tx.audit("profile_saved", "import_profile", &id, &name).await?;
    Ok(ProfileId(id))
}

pub async fn delete_profile(tx: &mut Tx, id: &ProfileId) -> Result<(), VoiceError> {
    let deleted = sqlx::query("delete from import_profile where id = $1")
        .bind(id.as_str())
        .execute(tx.conn())
        .await?
        .rows_affected();
    if deleted == 0 {
        return Err(StoreError::NotFound { entity: "profile" }.into());
    }
    tx.audit("profile_deleted", "import_profile", id.as_str(), &()).await?;
    Ok(())
}

pub async fn find_profile(store: &Store, name: &str) -> Result<Option<Profile>, VoiceError> {
    let row: Option<ProfileRow> = sqlx::query_as("select * from import_profile where name = $1")
        .bind(name.trim())
        .fetch_optional(store.reader())
        .await?;
    row.map(Profile::try_from).transpose()
}

pub async fn list_profiles(store: &Store) -> Result<Vec<Profile>, VoiceError> {
    let rows: Vec<ProfileRow> =
        sqlx::query_as("select * from import_profile order by name").fetch_all(store.reader()).await?;
    rows.into_iter().map(Profile::try_from).collect()
}

#[derive(FromRow)]
struct ProfileRow {
    id: String,
    name: String,
    source_name: String,
    channel: String,
    mapping: String,
    updated_at: i64,
}

impl TryFrom<ProfileRow> for Profile {
    type Error = VoiceError;

    fn try_from(row: ProfileRow) -> Result<Self, VoiceError> {
        Ok(Self {
            id: ProfileId(row.id),
            name: row.name,
            source: row.source_name,
            channel: row.channel.parse().map_err(VoiceError::UnknownChannel)?,
            mapping: from_json(&row.mapping, "import_profile.mapping")?,
            updated_at: row.updated_at,
        })
    }
}
