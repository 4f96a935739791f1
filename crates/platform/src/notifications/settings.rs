//! How somebody wants to be told: what on the screen, what by mail, how often, and when not.

use std::collections::BTreeMap;

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::PersonId;
use otklik_store::{Store, StoreError, Tx};
use serde::{Deserialize, Serialize};

use super::EpisodeKind;
use crate::PlatformError;

/// How often letters come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailRhythm {
    AtOnce,
    /// Everything of a day in one letter.
    #[default]
    Daily,
    /// Everything of a week in one letter, on Mondays.
    Weekly,
}

/// Hours of the company's day in which no letter comes, from one full hour to another, also over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuietHours)]
pub struct Quiet {
    pub from: i8,
    pub to: i8,
}

/// By which ways one hears of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NotificationWays)]
pub struct Ways {
    pub screen: bool,
    pub mail: bool,
}

impl Default for Ways {
    fn default() -> Self {
        Self { screen: true, mail: true }
    }
}

/// A person's settings. A kind that is not named comes by both ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NotificationSettings {
    #[schema(value_type = BTreeMap<String, Ways>)]
    pub kinds: BTreeMap<EpisodeKind, Ways>,
    pub rhythm: MailRhythm,
    /// The full hour of the company's day at which a letter of a day or a week comes.
    pub hour: i8,
    pub quiet: Option<Quiet>,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self { kinds: BTreeMap::new(), rhythm: MailRhythm::default(), hour: 9, quiet: None }
    }
}

impl NotificationSettings {
    pub fn ways(&self, kind: EpisodeKind) -> Ways {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }
}

/// The settings of a person, or what holds for everybody who has set nothing.
pub async fn load_settings(store: &Store, person: &PersonId) -> Result<NotificationSettings, StoreError> {
    let value: Option<String> =
        sqlx::query_scalar("select value from notification_setting where person_id = $1")
            .bind(person.as_str())
            .fetch_optional(store.reader())
            .await?;
    value.map_or_else(
        || Ok(NotificationSettings::default()),
        |json| from_json(&json, "notification_setting.value"),
    )
}

/// # Errors
/// `HourInvalid`.
pub async fn save_settings(
    tx: &mut Tx,
    person: &PersonId,
    settings: &NotificationSettings,
) -> Result<(), PlatformError> {
    let hours = settings.quiet.iter().flat_map(|quiet| [quiet.from, quiet.to]).chain([settings.hour]);
    if hours.into_iter().any(|hour| !(0..24).contains(&hour)) {
        return Err(PlatformError::HourInvalid);
    }
    let now = tx.now_ms();
    sqlx::query(
        "insert into notification_setting (person_id, value, updated_at) values ($1, $2, $3) \
         on conflict (person_id) do update set value = excluded.value, updated_at = excluded.updated_at",
    )
    .bind(person.as_str())
    .bind(to_json(settings, "notification_setting.value")?)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    Ok(tx.audit("notification_settings_changed", "person", person.as_str(), settings).await?)
}
