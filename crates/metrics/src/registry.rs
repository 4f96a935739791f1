//! Definitions as rows: every version is kept, the newest one counts.

use otklik_store::ids::PersonId;
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use crate::{Definition, MetricError, built_in, stored};

/// A version with who made it and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MetricVersion {
    pub definition: Definition,
    pub created_at: Millis,
    /// Absent where Otklik brought the definition along.
    pub created_by: Option<PersonId>,
}

/// The newest row of a code, as far as changes look at it.
#[derive(FromRow)]
struct Newest {
    version: i64,
    definition: String,
    created_by: String,
    archived_at: Option<i64>,
}

/// Brings the built-in definitions up to date, at every start: adds those that are not there, and a new version of
/// those that have another content now. A metric that the company has changed is left as it is.
pub async fn ensure_metrics(tx: &mut Tx) -> Result<(), MetricError> {
    for definition in built_in() {
        let Some(newest) = find_newest(tx, &definition.code).await? else {
            insert(tx, &definition).await?;
            continue;
        };
        let known = stored::read(&newest.definition)?;
        let version = newest.version + 1;
        if newest.created_by.is_empty()
            && (Definition { version: newest.version, ..definition.clone() }) != known
        {
            insert(tx, &Definition { version, ..definition }).await?;
        }
    }
    Ok(())
}

/// Stores a prepared definition as the first version of its code.
///
/// # Errors
/// `CodeTaken`, `BadDefinition`.
pub async fn create_metric(tx: &mut Tx, definition: Definition) -> Result<Definition, MetricError> {
    let definition = Definition { version: 1, ..definition };
    definition.check()?;
    if !insert(tx, &definition).await? {
        return Err(MetricError::CodeTaken(definition.code));
    }
    tx.audit("metric_created", "metric", &definition.code, &definition).await?;
    Ok(definition)
}

/// Stores a prepared definition as the version after `version`, the one that was on the screen.
///
/// # Errors
/// `UnknownMetric`, `Archived`, `BadDefinition`; `Stale` where somebody else has changed the metric since.
pub async fn update_metric(
    tx: &mut Tx,
    version: i64,
    definition: Definition,
) -> Result<Definition, MetricError> {
    const STALE: StoreError = StoreError::Stale { entity: "metric" };
    definition.check()?;
    let newest = find_newest(tx, &definition.code).await?;
    let newest = newest.ok_or_else(|| MetricError::UnknownMetric(definition.code.clone()))?;
    if newest.archived_at.is_some() {
        return Err(MetricError::Archived(definition.code));
    }
    if newest.version != version {
        return Err(STALE.into());
    }
    let before = stored::read(&newest.definition)?;
    if (Definition { version, ..definition.clone() }) == before {
        return Ok(before);
    }
    let definition = Definition { version: version + 1, ..definition };
    if !insert(tx, &definition).await? {
        return Err(STALE.into());
    }
    tx.audit("metric_changed", "metric", &definition.code, &definition).await?;
    Ok(definition)
}

/// Takes a metric out of the lists. Its numbers can be asked for all the same, and what was measured by it stays.
///
/// # Errors
/// `NotFound` for a metric that is not there or is archived already.
pub async fn archive_metric(tx: &mut Tx, code: &str) -> Result<(), MetricError> {
    let now = tx.now_ms();
    let update = sqlx::query("update metric set archived_at = $2 where code = $1 and archived_at is null");
    let archived = update.bind(code).bind(now).execute(tx.conn()).await.map_err(StoreError::from)?;
    require(archived.rows_affected())?;
    Ok(tx.audit("metric_archived", "metric", code, &()).await?)
}

/// Brings an archived metric back into the lists.
///
/// # Errors
/// `NotFound` for a metric that is not archived.
pub async fn restore_metric(tx: &mut Tx, code: &str) -> Result<(), MetricError> {
    let update =
        sqlx::query("update metric set archived_at = null where code = $1 and archived_at is not null");
    let restored = update.bind(code).execute(tx.conn()).await.map_err(StoreError::from)?;
    require(restored.rows_affected())?;
    Ok(tx.audit("metric_restored", "metric", code, &()).await?)
}

/// The newest version of every metric that is not archived: built-in ones in their order, then the company's own by
/// code.
pub async fn list_metrics(store: &Store) -> Result<Vec<Definition>, MetricError> {
    list(
        store,
        "select definition from metric m where archived_at is null and version = \
         (select max(version) from metric n where n.code = m.code) order by code",
    )
    .await
}

/// The newest version of every archived metric, in the same order.
pub async fn list_archived_metrics(store: &Store) -> Result<Vec<Definition>, MetricError> {
    list(
        store,
        "select definition from metric m where archived_at is not null and version = \
         (select max(version) from metric n where n.code = m.code) order by code",
    )
    .await
}

/// Every version of a metric, the newest first.
///
/// # Errors
/// `NotFound`.
pub async fn list_metric_versions(store: &Store, code: &str) -> Result<Vec<MetricVersion>, MetricError> {
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "select definition, created_at, created_by from metric where code = $1 order by version desc",
    )
    .bind(code)
    .fetch_all(store.reader())
    .await
    .map_err(StoreError::from)?;
    if rows.is_empty() {
        return Err(StoreError::NotFound { entity: "metric" }.into());
    }
    let version = |(text, created_at, by): (String, i64, String)| {
        let created_by = (!by.is_empty()).then_some(PersonId(by));
        Ok(MetricVersion { definition: stored::read(&text)?, created_at, created_by })
    };
    rows.into_iter().map(version).collect()
}

/// One definition, by default its newest version; archived or not.
///
/// # Errors
/// `UnknownMetric`.
pub async fn load_metric(store: &Store, code: &str, version: Option<i64>) -> Result<Definition, MetricError> {
    let text: Option<String> = sqlx::query_scalar(
        "select definition from metric where code = $1 and version = \
         coalesce($2, (select max(version) from metric where code = $1))",
    )
    .bind(code)
    .bind(version)
    .fetch_optional(store.reader())
    .await
    .map_err(StoreError::from)?;
    stored::read(&text.ok_or_else(|| MetricError::UnknownMetric(code.to_owned()))?)
}

async fn list(store: &Store, sql: &'static str) -> Result<Vec<Definition>, MetricError> {
    let texts: Vec<String> =
        sqlx::query_scalar(sql).fetch_all(store.reader()).await.map_err(StoreError::from)?;
    let mut metrics = texts.iter().map(|text| stored::read(text)).collect::<Result<Vec<_>, _>>()?;
    let order: Vec<String> = built_in().into_iter().map(|metric| metric.code).collect();
    let place =
        |metric: &Definition| order.iter().position(|code| *code == metric.code).unwrap_or(order.len());
    metrics.sort_by_key(place);
    Ok(metrics)
}

async fn find_newest(tx: &mut Tx, code: &str) -> Result<Option<Newest>, MetricError> {
    let newest = sqlx::query_as(
        "select version, definition, created_by, archived_at from metric where code = $1 \
         order by version desc limit 1",
    )
    .bind(code)
    .fetch_optional(tx.conn())
    .await
    .map_err(StoreError::from)?;
    Ok(newest)
}

/// True unless the version was there already. A new version of an archived metric is archived too.
async fn insert(tx: &mut Tx, definition: &Definition) -> Result<bool, MetricError> {
    let text = stored::write(definition)?;
    let (now_ms, by) = (tx.now_ms(), tx.actor().id().to_owned());
    let result = sqlx::query(
        "insert into metric (code, version, definition, created_at, created_by, archived_at) \
         values ($1, $2, $3, $4, $5, (select max(archived_at) from metric where code = $1)) \
         on conflict (code, version) do nothing",
    )
    .bind(&definition.code)
    .bind(definition.version)
    .bind(text)
    .bind(now_ms)
    .bind(by)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    Ok(result.rows_affected() > 0)
}

fn require(rows: u64) -> Result<(), StoreError> {
    if rows > 0 { Ok(()) } else { Err(StoreError::NotFound { entity: "metric" }) }
}
