//! Finding anomalies: by state, metric, unit and words of the series.

use otklik_store::column::to_u64;
use otklik_store::ids::{AnomalyId, UnitId};
use otklik_store::{Page, Store, StoreError, bulk};
use sqlx::AssertSqlSafe;

use super::row::AnomalyRow;
use super::{Anomaly, AnomalyState};

/// Which anomalies; `None` sets no condition. Those that only repeat another one are never listed.
#[derive(Debug, Clone, Default)]
pub struct AnomalyFilter {
    pub state: Option<AnomalyState>,
    pub metric: Option<String>,
    /// `""` asks for the series of all items.
    pub dimension: Option<String>,
    /// `Some` of an empty list finds nothing.
    pub units: Option<Vec<UnitId>>,
    pub limit: u32,
    pub offset: u32,
}

/// A page, the newest first, and on one day the clearest.
pub async fn list_anomalies(store: &Store, filter: &AnomalyFilter) -> Result<Page<Anomaly>, StoreError> {
    let (mut clauses, mut values) = (vec!["lead_id is null".to_owned()], Vec::new());
    let state = filter.state.map(|state| state.word().to_owned());
    for (column, value) in
        [("state", &state), ("metric_code", &filter.metric), ("dimension", &filter.dimension)]
    {
        if let Some(value) = value {
            values.push(value.clone());
            clauses.push(format!("{column} = ${}", values.len()));
        }
    }
    match &filter.units {
        Some(units) if units.is_empty() => return Ok(Page { items: Vec::new(), total: 0 }),
        Some(units) => {
            clauses.push(format!("unit_id in ({})", bulk::parameters(units.len(), values.len())));
            values.extend(units.iter().map(|unit| unit.0.clone()));
        }
        None => {}
    }
    let within = clauses.join(" and ");
    let mut count = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from anomaly where {within}")));
    let sql = format!(
        "select * from anomaly where {within} order by to_on desc, abs(deviation) desc, id limit ${} offset ${}",
        values.len() + 1,
        values.len() + 2,
    );
    let mut query = sqlx::query_as::<_, AnomalyRow>(AssertSqlSafe(sql));
    for value in &values {
        count = count.bind(value);
        query = query.bind(value);
    }
    let total: i64 = count.fetch_one(store.reader()).await?;
    let rows =
        query.bind(i64::from(filter.limit)).bind(i64::from(filter.offset)).fetch_all(store.reader()).await?;
    Ok(Page {
        items: rows.into_iter().map(Anomaly::try_from).collect::<Result<_, _>>()?,
        total: to_u64(total),
    })
}

/// Those that show the same event as this one, less clearly.
pub async fn list_followers(store: &Store, id: &AnomalyId) -> Result<Vec<Anomaly>, StoreError> {
    let rows: Vec<AnomalyRow> =
        sqlx::query_as("select * from anomaly where lead_id = $1 order by abs(deviation) desc, id")
            .bind(id.as_str())
            .fetch_all(store.reader())
            .await?;
    rows.into_iter().map(Anomaly::try_from).collect()
}

/// # Errors
/// `NotFound`.
pub async fn load_anomaly(store: &Store, id: &AnomalyId) -> Result<Anomaly, StoreError> {
    let row: Option<AnomalyRow> = sqlx::query_as("select * from anomaly where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(StoreError::NotFound { entity: "anomaly" })?.try_into()
}
