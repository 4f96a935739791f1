//! Incidents: what happened on a day and shows in the numbers, written down by people.

use otklik_store::ids::{IncidentId, PersonId, UnitId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use crate::MetricError;
use crate::calendar::day;

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "incident" };
/// Longest name and note, in characters.
const NAME_LIMIT: usize = 200;
const NOTE_LIMIT: usize = 4_000;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// Something did not work.
    Outage,
    /// Prices, tariffs, terms.
    Terms,
    /// A campaign, a sale, a mailing.
    Campaign,
    /// News, regulators, competitors, holidays.
    Outside,
    /// The way of asking or counting changed.
    Measurement,
    Other,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncidentContent {
    /// `2026-11-07`.
    pub on: String,
    pub kind: IncidentKind,
    pub name: String,
    /// Whom it touched; of nobody, the whole company.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Incident {
    pub id: IncidentId,
    pub version: i64,
    pub content: IncidentContent,
    pub created_by: PersonId,
    pub updated_at: Millis,
}

/// Writes an incident down.
///
/// # Errors
/// `BadIncident` with what is wrong.
pub async fn create_incident(tx: &mut Tx, content: IncidentContent) -> Result<Incident, MetricError> {
    let content = content.checked()?;
    let (now, by) = (tx.now_ms(), tx.actor().id().to_owned());
    let id = IncidentId::new(now);
    sqlx::query(
        "insert into incident (id, happened_on, kind, name, unit_id, note, created_by, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.as_str())
    .bind(&content.on)
    .bind(content.kind.word())
    .bind(&content.name)
    .bind(content.unit_id.as_ref().map(UnitId::as_str))
    .bind(&content.note)
    .bind(by.clone())
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("incident_created", "incident", id.as_str(), &content).await?;
    Ok(Incident { id, version: 1, content, created_by: PersonId(by), updated_at: now })
}

/// Rewrites an incident that was on the screen in `version`.
///
/// # Errors
/// `BadIncident`, `NotFound`, `Stale`.
pub async fn update_incident(
    tx: &mut Tx,
    id: &IncidentId,
    version: i64,
    content: IncidentContent,
) -> Result<Incident, MetricError> {
    let content = content.checked()?;
    let now = tx.now_ms();
    let row: Option<IncidentRow> = sqlx::query_as(
        "update incident set happened_on = $3, kind = $4, name = $5, unit_id = $6, note = $7, \
             version = version + 1, updated_at = $8 \
         where id = $1 and version = $2 returning *",
    )
    .bind(id.as_str())
    .bind(version)
    .bind(&content.on)
    .bind(content.kind.word())
    .bind(&content.name)
    .bind(content.unit_id.as_ref().map(UnitId::as_str))
    .bind(&content.note)
    .bind(now)
    .fetch_optional(tx.conn())
    .await
    .map_err(StoreError::from)?;
    let incident: Incident = row.ok_or(StoreError::Stale { entity: "incident" })?.try_into()?;
    tx.audit("incident_changed", "incident", id.as_str(), &incident.content).await?;
    Ok(incident)
}

/// Takes an incident out of the register.
///
/// # Errors
/// `NotFound`.
pub async fn delete_incident(tx: &mut Tx, id: &IncidentId) -> Result<(), MetricError> {
    let row: Option<IncidentRow> = sqlx::query_as("delete from incident where id = $1 returning *")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await
        .map_err(StoreError::from)?;
    let incident: Incident = row.ok_or(NOT_FOUND)?.try_into()?;
    Ok(tx.audit("incident_deleted", "incident", id.as_str(), &incident.content).await?)
}

/// # Errors
/// `NotFound`.
pub async fn load_incident(store: &Store, id: &IncidentId) -> Result<Incident, MetricError> {
    let row: Option<IncidentRow> = sqlx::query_as("select * from incident where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await
        .map_err(StoreError::from)?;
    Ok(row.ok_or(NOT_FOUND)?.try_into()?)
}

/// Every incident, the latest first; whoever asks picks those that the reader may see.
pub async fn list_incidents(store: &Store) -> Result<Vec<Incident>, MetricError> {
    let rows: Vec<IncidentRow> = sqlx::query_as("select * from incident order by happened_on desc, id desc")
        .fetch_all(store.reader())
        .await
        .map_err(StoreError::from)?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

impl IncidentContent {
    fn checked(mut self) -> Result<Self, MetricError> {
        self.name = self.name.trim().to_owned();
        for (holds, what) in [
            (!self.name.is_empty(), "name"),
            (self.name.chars().count() <= NAME_LIMIT, "name"),
            (self.note.chars().count() <= NOTE_LIMIT, "note"),
            (day(&self.on).is_some(), "day"),
        ] {
            if !holds {
                return Err(MetricError::BadIncident(what));
            }
        }
        Ok(self)
    }
}

impl IncidentKind {
    const ALL: [Self; 6] =
        [Self::Outage, Self::Terms, Self::Campaign, Self::Outside, Self::Measurement, Self::Other];

    /// The word in the database and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Terms => "terms",
            Self::Campaign => "campaign",
            Self::Outside => "outside",
            Self::Measurement => "measurement",
            Self::Other => "other",
        }
    }
}

#[derive(FromRow)]
struct IncidentRow {
    id: String,
    happened_on: String,
    kind: String,
    name: String,
    unit_id: Option<String>,
    note: String,
    version: i64,
    created_by: String,
    updated_at: i64,
}

impl TryFrom<IncidentRow> for Incident {
    type Error = StoreError;

    fn try_from(row: IncidentRow) -> Result<Self, StoreError> {
        let kind = IncidentKind::ALL.into_iter().find(|kind| kind.word() == row.kind);
        let content = IncidentContent {
            on: row.happened_on,
            kind: kind.ok_or_else(|| StoreError::unreadable("incident.kind", row.kind))?,
            name: row.name,
            unit_id: row.unit_id.map(UnitId),
            note: row.note,
        };
        let (id, created_by) = (IncidentId(row.id), PersonId(row.created_by));
        Ok(Self { id, version: row.version, content, created_by, updated_at: row.updated_at })
    }
}
