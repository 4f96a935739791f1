//! Units: overlapping trees of client paths, products, channels and regions that own experience.

use std::collections::BTreeMap;

use otklik_store::ids::UnitId;
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::PlatformError;

/// A part of the company. `code` is what files and programs call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow, utoipa::ToSchema)]
pub struct Unit {
    #[sqlx(try_from = "String")]
    pub id: UnitId,
    pub tree: String,
    pub parent_id: Option<String>,
    pub code: String,
    pub name_ru: String,
    pub name_en: String,
    pub position: i64,
    pub archived_at: Option<Millis>,
}

/// What one writes of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UnitIn {
    /// `path`, `product`, `channel` or `region`.
    pub tree: String,
    pub parent_id: Option<UnitId>,
    pub code: String,
    pub name_ru: String,
    pub name_en: String,
    #[serde(default)]
    pub position: i64,
}

pub async fn create_unit(tx: &mut Tx, unit: &UnitIn) -> Result<UnitId, PlatformError> {
    check(unit)?;
    check_tree(tx, None, unit).await?;
    let id = UnitId::new(tx.now_ms());
    let insert = sqlx::query(
        "insert into unit (id, tree, parent_id, code, name_ru, name_en, position) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.as_str())
    .bind(&unit.tree)
    .bind(unit.parent_id.as_ref().map(UnitId::as_str))
    .bind(unit.code.trim())
    .bind(unit.name_ru.trim())
    .bind(unit.name_en.trim())
    .bind(unit.position)
    .execute(tx.conn())
    .await;
    taken(insert)?;
    tx.audit("unit_created", "unit", id.as_str(), unit).await?;
    Ok(id)
}

pub async fn update_unit(tx: &mut Tx, id: &UnitId, unit: &UnitIn) -> Result<(), PlatformError> {
    check(unit)?;
    let mut parents =
        read_parents(sqlx::query_as(PARENTS).fetch_all(tx.conn()).await.map_err(StoreError::from)?);
    parents.insert(id.clone(), unit.parent_id.clone());
    if stands_below_itself(id, &parents) {
        return Err(PlatformError::UnitCycle);
    }
    check_tree(tx, Some(id), unit).await?;
    let update = sqlx::query(
        "update unit set tree = $1, parent_id = $2, code = $3, name_ru = $4, name_en = $5, position = $6 where id = $7",
    )
    .bind(&unit.tree)
    .bind(unit.parent_id.as_ref().map(UnitId::as_str))
    .bind(unit.code.trim())
    .bind(unit.name_ru.trim())
    .bind(unit.name_en.trim())
    .bind(unit.position)
    .bind(id.as_str())
    .execute(tx.conn())
    .await;
    if taken(update)? == 0 {
        return Err(StoreError::NotFound { entity: "unit" }.into());
    }
    tx.audit("unit_changed", "unit", id.as_str(), unit).await?;
    Ok(())
}

/// Takes a unit out of the pickers; what belongs to it stays.
pub async fn archive_unit(tx: &mut Tx, id: &UnitId) -> Result<(), PlatformError> {
    let now = tx.now_ms();
    let archived = sqlx::query("update unit set archived_at = $1 where id = $2")
        .bind(now)
        .bind(id.as_str())
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?
        .rows_affected();
    if archived == 0 {
        return Err(StoreError::NotFound { entity: "unit" }.into());
    }
    tx.audit("unit_archived", "unit", id.as_str(), &()).await?;
    Ok(())
}

/// All units, archived ones too, in the order of the trees.
pub async fn list_units(store: &Store) -> Result<Vec<Unit>, StoreError> {
    let units =
        sqlx::query_as("select * from unit order by tree, position, code").fetch_all(store.reader()).await?;
    Ok(units)
}

/// Each unit with the one above it.
pub async fn load_parents(store: &Store) -> Result<BTreeMap<UnitId, Option<UnitId>>, StoreError> {
    Ok(read_parents(sqlx::query_as(PARENTS).fetch_all(store.reader()).await?))
}

const PARENTS: &str = "select id, parent_id from unit";

fn read_parents(rows: Vec<(String, Option<String>)>) -> BTreeMap<UnitId, Option<UnitId>> {
    rows.into_iter().map(|(id, parent)| (UnitId(id), parent.map(UnitId))).collect()
}

fn stands_below_itself(id: &UnitId, parents: &BTreeMap<UnitId, Option<UnitId>>) -> bool {
    let mut at = id;
    for _ in 0..=parents.len() {
        match parents.get(at) {
            Some(Some(parent)) if parent == id => return true,
            Some(Some(parent)) => at = parent,
            _ => return false,
        }
    }
    true
}

/// Whatever stands above or below a unit belongs to the same tree.
async fn check_tree(tx: &mut Tx, id: Option<&UnitId>, unit: &UnitIn) -> Result<(), PlatformError> {
    let strangers: i64 = sqlx::query_scalar(
        "select count(*) from unit where tree <> $1 and (id = $2 or (parent_id = $3 and archived_at is null))",
    )
    .bind(&unit.tree)
    .bind(unit.parent_id.as_ref().map_or("", UnitId::as_str))
    .bind(id.map_or("", UnitId::as_str))
    .fetch_one(tx.conn())
    .await
    .map_err(StoreError::from)?;
    if strangers == 0 { Ok(()) } else { Err(PlatformError::UnitTree) }
}

fn check(unit: &UnitIn) -> Result<(), PlatformError> {
    let filled = [&unit.code, &unit.name_ru, &unit.name_en].iter().all(|s| !s.trim().is_empty());
    if filled { Ok(()) } else { Err(PlatformError::NameMissing) }
}

fn taken(result: Result<sqlx::any::AnyQueryResult, sqlx::Error>) -> Result<u64, PlatformError> {
    match result.map_err(StoreError::from) {
        Err(StoreError::Conflict { .. }) => Err(PlatformError::CodeTaken),
        other => Ok(other?.rows_affected()),
    }
}
