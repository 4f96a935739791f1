//! Settings of the company that its administrator changes on the screen.

use otklik_store::column::{from_json, to_json};
use otklik_store::{Store, StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::PlatformError;

const COMPANY: &str = "company";

/// What holds for the whole company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CompanySettings {
    pub name: String,
    /// An IANA name such as `Europe/Moscow`: it says where a day of the numbers begins.
    pub time_zone: String,
}

impl Default for CompanySettings {
    fn default() -> Self {
        Self { name: String::new(), time_zone: "Europe/Moscow".to_owned() }
    }
}

pub async fn load_company(store: &Store) -> Result<CompanySettings, StoreError> {
    let value: Option<String> = sqlx::query_scalar("select value from setting where key = $1")
        .bind(COMPANY)
        .fetch_optional(store.reader())
        .await?;
    value.map_or_else(|| Ok(CompanySettings::default()), |json| from_json(&json, "setting.value"))
}

pub async fn save_company(tx: &mut Tx, settings: &CompanySettings) -> Result<(), PlatformError> {
    jiff::tz::TimeZone::get(&settings.time_zone)
        .map_err(|_| PlatformError::TimeZoneUnknown(settings.time_zone.clone()))?;
    let value = to_json(settings, "setting.value")?;
    let now = tx.now_ms();
    sqlx::query(
        "insert into setting (key, value, updated_at) values ($1, $2, $3) \
         on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at",
    )
    .bind(COMPANY)
    .bind(value)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("settings_changed", "setting", COMPANY, settings).await?;
    Ok(())
}
