//! Settings of the company that its administrator changes on the screen.

use otklik_store::column::{from_json, to_json};
use otklik_store::{Store, StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::PlatformError;
use crate::currency::{DEFAULT_CURRENCY, read_currency};

const COMPANY: &str = "company";
/// The day whose round of work was made last.
const LAST_ROUND: &str = "daily_round";
/// How the texts that are stored were read.
const READING: &str = "reading";

/// What holds for the whole company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CompanySettings {
    pub name: String,
    /// An IANA name such as `Europe/Moscow`: it says where a day of the numbers begins.
    pub time_zone: String,
    /// What all sums of money are in: a code of ISO 4217.
    pub currency: String,
}

impl Default for CompanySettings {
    fn default() -> Self {
        Self {
            name: String::new(),
            time_zone: "Europe/Moscow".to_owned(),
            currency: DEFAULT_CURRENCY.to_owned(),
        }
    }
}

pub async fn load_company(store: &Store) -> Result<CompanySettings, StoreError> {
    let read = async {
        let value: Option<String> = sqlx::query_scalar("select value from setting where key = $1")
            .bind(COMPANY)
            .fetch_optional(store.reader())
            .await?;
        value
            .map_or_else(|| Ok(CompanySettings::default()), |json| from_json(&json, "setting.value"))
            .map(Some)
    };
    Ok(store.recall(COMPANY, read).await?.unwrap_or_default())
}

/// Changes the settings. A time zone or a currency that nobody knows is refused.
pub async fn save_company(tx: &mut Tx, settings: &CompanySettings) -> Result<(), PlatformError> {
    jiff::tz::TimeZone::get(&settings.time_zone)
        .map_err(|_| PlatformError::TimeZoneUnknown(settings.time_zone.clone()))?;
    let settings = CompanySettings { currency: read_currency(&settings.currency)?, ..settings.clone() };
    if write(tx, COMPANY, &settings).await? {
        tx.audit("settings_changed", "setting", COMPANY, &settings).await?;
    }
    Ok(())
}

/// Notes that the round of work of this day is made; false where it was noted already.
pub async fn note_daily_round(tx: &mut Tx, day: jiff::civil::Date) -> Result<bool, StoreError> {
    write(tx, LAST_ROUND, &day.to_string()).await
}

/// The version of the way in which all stored texts were read; 0 before any.
pub async fn load_reading(store: &Store) -> Result<i64, StoreError> {
    let value: Option<String> = sqlx::query_scalar("select value from setting where key = $1")
        .bind(READING)
        .fetch_optional(store.reader())
        .await?;
    value.map_or(Ok(0), |json| from_json(&json, "setting.value"))
}

/// Notes that all stored texts were read in this way.
pub async fn note_reading(tx: &mut Tx, version: i64) -> Result<(), StoreError> {
    write(tx, READING, &version).await.map(drop)
}

/// Writes a setting; false where it was the same already.
async fn write(tx: &mut Tx, key: &str, value: &impl Serialize) -> Result<bool, StoreError> {
    let value = to_json(value, "setting.value")?;
    let now = tx.now_ms();
    let written = sqlx::query(
        "insert into setting (key, value, updated_at) values ($1, $2, $3) \
         on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at \
         where setting.value <> excluded.value",
    )
    .bind(key)
    .bind(value)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(written.rows_affected() > 0)
}
