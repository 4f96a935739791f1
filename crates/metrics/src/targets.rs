//! Targets: which value a metric shall have by which day, of all or of some items; every version is kept.

use otklik_facts::Filter;
use otklik_store::column::{from_json, to_json};
use otklik_store::ids::{PersonId, TargetId, UnitId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use crate::calendar::day;
use crate::definition::is_storable;
use crate::{MetricError, load_metric};

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "target" };
const FILTER: &str = "metric_target.filter";
/// Longest note, in characters.
const NOTE_LIMIT: usize = 1_000;

/// What somebody promises.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetContent {
    pub metric: String,
    /// In the metric's unit: 40 of NPS, 85 of a share in per cent.
    pub value: f64,
    /// The last day to reach it: `2026-12-31`.
    pub due_on: String,
    /// Whose target it is; of nobody, the company's.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Of which items, beside those of the unit.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    #[serde(default)]
    pub note: String,
}

/// One version of a target.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Target {
    pub id: TargetId,
    pub version: i64,
    pub content: TargetContent,
    /// It is a target no more.
    pub dropped: bool,
    pub set_at: Millis,
    pub set_by: PersonId,
}

/// Sets a target.
///
/// # Errors
/// `BadTarget` with what is wrong; `UnknownMetric`.
pub async fn create_target(
    store: &Store,
    tx: &mut Tx,
    content: TargetContent,
) -> Result<Target, MetricError> {
    let id = TargetId::new(tx.now_ms());
    let target = insert(store, tx, id, 1, content, false).await?;
    tx.audit("target_set", "target", target.id.as_str(), &target.content).await?;
    Ok(target)
}

/// Sets another value, day or place in place of the version that was on the screen.
///
/// # Errors
/// `BadTarget`, `UnknownMetric`; `NotFound` also where it was dropped; `Stale`.
pub async fn update_target(
    store: &Store,
    tx: &mut Tx,
    id: &TargetId,
    version: i64,
    content: TargetContent,
) -> Result<Target, MetricError> {
    guard(tx, id, version).await?;
    let target = insert(store, tx, id.clone(), version + 1, content, false).await?;
    tx.audit("target_changed", "target", id.as_str(), &target.content).await?;
    Ok(target)
}

/// Drops a target; what it was stays in its history.
///
/// # Errors
/// `NotFound`, `Stale`.
pub async fn drop_target(store: &Store, tx: &mut Tx, id: &TargetId, version: i64) -> Result<(), MetricError> {
    let newest = guard(tx, id, version).await?;
    insert(store, tx, id.clone(), version + 1, newest.content, true).await?;
    Ok(tx.audit("target_dropped", "target", id.as_str(), &()).await?)
}

/// The newest version of every target that was not dropped, the next due first.
pub async fn list_targets(store: &Store) -> Result<Vec<Target>, MetricError> {
    let rows: Vec<TargetRow> = sqlx::query_as(
        "select * from metric_target t where dropped = 0 and version = \
         (select max(version) from metric_target n where n.id = t.id) order by due_on, id",
    )
    .fetch_all(store.reader())
    .await
    .map_err(StoreError::from)?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Every version of a target, the newest first.
///
/// # Errors
/// `NotFound`.
pub async fn list_target_versions(store: &Store, id: &TargetId) -> Result<Vec<Target>, MetricError> {
    let rows: Vec<TargetRow> =
        sqlx::query_as("select * from metric_target where id = $1 order by version desc")
            .bind(id.as_str())
            .fetch_all(store.reader())
            .await
            .map_err(StoreError::from)?;
    if rows.is_empty() {
        return Err(NOT_FOUND.into());
    }
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The newest version, which has to be the one that was on the screen.
async fn guard(tx: &mut Tx, id: &TargetId, version: i64) -> Result<Target, MetricError> {
    let row: Option<TargetRow> =
        sqlx::query_as("select * from metric_target where id = $1 order by version desc limit 1")
            .bind(id.as_str())
            .fetch_optional(tx.conn())
            .await
            .map_err(StoreError::from)?;
    let newest: Target = row.ok_or(NOT_FOUND)?.try_into()?;
    if newest.dropped {
        return Err(NOT_FOUND.into());
    }
    if newest.version != version {
        return Err(StoreError::Stale { entity: "target" }.into());
    }
    Ok(newest)
}

async fn insert(
    store: &Store,
    tx: &mut Tx,
    id: TargetId,
    version: i64,
    content: TargetContent,
    dropped: bool,
) -> Result<Target, MetricError> {
    for (holds, what) in [
        (content.value.is_finite(), "value"),
        (day(&content.due_on).is_some(), "day"),
        (is_storable(&content.filter), "filter"),
        (content.note.chars().count() <= NOTE_LIMIT, "note"),
    ] {
        if !holds {
            return Err(MetricError::BadTarget(what));
        }
    }
    load_metric(store, &content.metric, None).await?;
    let (set_at, set_by) = (tx.now_ms(), tx.actor().id().to_owned());
    let stored = sqlx::query(
        "insert into metric_target \
             (id, version, metric_code, unit_id, filter, value, due_on, note, dropped, set_at, set_by) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id, version) do nothing",
    )
    .bind(id.as_str())
    .bind(version)
    .bind(&content.metric)
    .bind(content.unit_id.as_ref().map(UnitId::as_str))
    .bind(to_json(&content.filter, FILTER)?)
    .bind(content.value)
    .bind(&content.due_on)
    .bind(&content.note)
    .bind(i64::from(dropped))
    .bind(set_at)
    .bind(set_by.clone())
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    if stored.rows_affected() == 0 {
        return Err(StoreError::Stale { entity: "target" }.into());
    }
    Ok(Target { id, version, content, dropped, set_at, set_by: PersonId(set_by) })
}

#[derive(FromRow)]
struct TargetRow {
    id: String,
    version: i64,
    metric_code: String,
    unit_id: Option<String>,
    filter: String,
    value: f64,
    due_on: String,
    note: String,
    dropped: i64,
    set_at: i64,
    set_by: String,
}

impl TryFrom<TargetRow> for Target {
    type Error = StoreError;

    fn try_from(row: TargetRow) -> Result<Self, StoreError> {
        let content = TargetContent {
            metric: row.metric_code,
            value: row.value,
            due_on: row.due_on,
            unit_id: row.unit_id.map(UnitId),
            filter: from_json(&row.filter, FILTER)?,
            note: row.note,
        };
        let (id, set_by) = (TargetId(row.id), PersonId(row.set_by));
        Ok(Self { id, version: row.version, content, dropped: row.dropped != 0, set_at: row.set_at, set_by })
    }
}
