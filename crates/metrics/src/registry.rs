//! Definitions as rows: every version is kept, the newest one counts.

use otklik_store::{Store, StoreError, Tx};

use crate::{Definition, MetricError, built_in};

/// Adds the built-in definitions that are not there yet, at every start.
pub async fn ensure_metrics(tx: &mut Tx) -> Result<(), MetricError> {
    for definition in built_in() {
        insert(tx, &definition).await?;
    }
    Ok(())
}

/// Stores a definition as the next version of its code, or as the first, and returns that version.
///
/// # Errors
/// `BadDefinition`.
pub async fn create_metric_version(tx: &mut Tx, definition: Definition) -> Result<i64, MetricError> {
    definition.check()?;
    let last: Option<i64> = sqlx::query_scalar("select max(version) from metric where code = $1")
        .bind(&definition.code)
        .fetch_one(tx.conn())
        .await
        .map_err(StoreError::from)?;
    let definition = Definition { version: last.unwrap_or(0) + 1, ..definition };
    insert(tx, &definition).await?;
    tx.audit("metric_version_created", "metric", &definition.code, &definition).await?;
    Ok(definition.version)
}

/// The newest version of every metric: built-in ones in their order, then the company's own by code.
pub async fn list_metrics(store: &Store) -> Result<Vec<Definition>, MetricError> {
    let texts: Vec<String> = sqlx::query_scalar(
        "select definition from metric m \
         where version = (select max(version) from metric n where n.code = m.code) order by code",
    )
    .fetch_all(store.reader())
    .await
    .map_err(StoreError::from)?;
    let mut metrics = texts.iter().map(|text| read(text)).collect::<Result<Vec<_>, _>>()?;
    let order: Vec<String> = built_in().into_iter().map(|metric| metric.code).collect();
    let place =
        |metric: &Definition| order.iter().position(|code| *code == metric.code).unwrap_or(order.len());
    metrics.sort_by_key(place);
    Ok(metrics)
}

/// One definition, by default its newest version.
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
    read(&text.ok_or_else(|| MetricError::UnknownMetric(code.to_owned()))?)
}

async fn insert(tx: &mut Tx, definition: &Definition) -> Result<(), MetricError> {
    let text =
        serde_json::to_string(definition).map_err(|e| StoreError::unreadable("metric.definition", e))?;
    let (now_ms, by) = (tx.now_ms(), tx.actor().id().to_owned());
    sqlx::query(
        "insert into metric (code, version, definition, created_at, created_by) values ($1, $2, $3, $4, $5) \
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
    Ok(())
}

fn read(text: &str) -> Result<Definition, MetricError> {
    Ok(serde_json::from_str(text).map_err(|e| StoreError::unreadable("metric.definition", e))?)
}
