//! The customer base: how many active customers, transactions, contracts, invitations a slice had in a month. The
//! denominators.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use otklik_store::column::to_u64;
use otklik_store::ids::UnitId;
use otklik_store::{Page, Sequence, Store, StoreError, Tx, bulk};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

use crate::VoiceError;

/// Of the table.
const COLUMNS: usize = 10;

/// One month of one slice; an empty text in a dimension means «all of it».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromRow, utoipa::ToSchema)]
pub struct BaseRow {
    /// `2026-11`.
    pub month: String,
    #[serde(default)]
    pub unit_id: String,
    #[serde(default)]
    pub product: String,
    #[serde(default)]
    pub segment: String,
    #[serde(default)]
    pub region: String,
    pub customers: Option<i64>,
    pub transactions: Option<i64>,
    pub contracts: Option<i64>,
    /// Invitations that arrived.
    #[serde(default)]
    pub invitations: Option<i64>,
    /// Questionnaires that were begun.
    #[serde(default)]
    pub starts: Option<i64>,
}

/// Writes rows of the base; a row of the same month and slice is replaced, also by a later one of the same call.
pub async fn put_base(tx: &mut Tx, rows: &[BaseRow]) -> Result<(), VoiceError> {
    // One statement may not write a row twice.
    let mut by_slice = BTreeMap::new();
    for row in rows {
        check(row)?;
        by_slice.insert((&row.month, &row.unit_id, &row.product, &row.segment, &row.region), row);
    }
    let rows: Vec<&BaseRow> = by_slice.into_values().collect();
    for chunk in rows.chunks(bulk::rows_per_statement(COLUMNS)) {
        let sql = format!(
            "insert into customer_base (month, unit_id, product, segment, region, customers, transactions, contracts, \
                 invitations, starts) \
             values {} on conflict (month, unit_id, product, segment, region) do update set \
                 customers = excluded.customers, transactions = excluded.transactions, contracts = excluded.contracts, \
                 invitations = excluded.invitations, starts = excluded.starts",
            bulk::values_list(tx.engine(), chunk.len(), COLUMNS)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for row in chunk {
            query = query
                .bind(&row.month)
                .bind(&row.unit_id)
                .bind(&row.product)
                .bind(&row.segment)
                .bind(&row.region)
                .bind(row.customers)
                .bind(row.transactions)
                .bind(row.contracts)
                .bind(row.invitations)
                .bind(row.starts);
        }
        query.execute(tx.conn()).await?;
    }
    tx.take_numbers(Sequence::BaseChange, 1).await?;
    tx.audit("customer_base_changed", "customer_base", "", &rows.len()).await?;
    Ok(())
}

/// The number of the latest change: while it stays the same, so does [`load_base`].
pub async fn load_base_change(store: &Store) -> Result<i64, StoreError> {
    let change = sqlx::query_scalar("select value from change_sequence where name = $1")
        .bind(Sequence::BaseChange.name())
        .fetch_one(store.reader())
        .await?;
    Ok(change)
}

/// The whole base, by month and slice.
pub async fn load_base(store: &Store) -> Result<Vec<BaseRow>, VoiceError> {
    let rows =
        sqlx::query_as("select * from customer_base order by month, unit_id, product, segment, region")
            .fetch_all(store.reader())
            .await?;
    Ok(rows)
}

/// Which rows of the base; what is not given narrows nothing, an empty slice is «all of it».
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BaseFilter {
    /// `2026-11`.
    pub month: Option<String>,
    pub unit_id: Option<String>,
    pub product: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
}

/// The months of the base and what is missing among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BaseOutline {
    /// Those with rows, the latest first.
    pub months: Vec<BaseMonth>,
    /// Slices that lack months between the first and the last of the base; the first of them, by name.
    pub gaps: Vec<BaseGap>,
    /// How many such slices there are in all.
    pub gaps_total: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow, utoipa::ToSchema)]
pub struct BaseMonth {
    pub month: String,
    #[sqlx(try_from = "i64")]
    pub rows: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BaseGap {
    pub unit_id: String,
    pub product: String,
    pub segment: String,
    pub region: String,
    /// The missing months.
    pub months: Vec<String>,
}

/// Gaps that are listed; more are counted.
const MOST_GAPS: i64 = 10;

/// A page of the base, the latest month first, then by slice; `units` are those that the reader may see.
pub async fn list_base(
    store: &Store,
    filter: &BaseFilter,
    units: Option<&[UnitId]>,
    (limit, offset): (u32, u32),
) -> Result<Page<BaseRow>, VoiceError> {
    let BaseFilter { month, unit_id, product, segment, region } = filter;
    let (mut clauses, mut values) = seen(units);
    for (column, value) in [
        ("month", month),
        ("unit_id", unit_id),
        ("product", product),
        ("segment", segment),
        ("region", region),
    ] {
        if let Some(value) = value {
            values.push(value.clone());
            clauses.push(format!("{column} = ${}", values.len()));
        }
    }
    let condition = all_of(&clauses);
    let sql = format!(
        "select * from customer_base{condition} order by month desc, unit_id, product, segment, region \
         limit {limit} offset {offset}"
    );
    let mut rows = sqlx::query_as(AssertSqlSafe(sql));
    let mut total =
        sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!("select count(*) from customer_base{condition}")));
    for value in &values {
        rows = rows.bind(value);
        total = total.bind(value);
    }
    let items = rows.fetch_all(store.reader()).await?;
    let total = to_u64(total.fetch_one(store.reader()).await?);
    Ok(Page { items, total })
}

/// The months of the base and the slices that lack some; `units` are those that the reader may see.
pub async fn outline_base(store: &Store, units: Option<&[UnitId]>) -> Result<BaseOutline, VoiceError> {
    let (clauses, values) = seen(units);
    let condition = all_of(&clauses);
    let sql = format!(
        "select month, count(*) as rows from customer_base{condition} group by month order by month desc"
    );
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for value in &values {
        query = query.bind(value);
    }
    let months: Vec<BaseMonth> = query.fetch_all(store.reader()).await?;
    let Some((first, last)) = months.last().zip(months.first()) else {
        return Ok(BaseOutline { months, gaps: Vec::new(), gaps_total: 0 });
    };
    let all = months_between(&first.month, &last.month);
    let (sliced, n) = ("unit_id, product, segment, region", all.len());
    let lacking = format!("from customer_base{condition} group by {sliced} having count(*) < {n}");
    let sql = format!(
        "select b.unit_id, b.product, b.segment, b.region, b.month from customer_base b \
         join (select {sliced} {lacking} order by {sliced} limit {MOST_GAPS}) g \
         on g.unit_id = b.unit_id and g.product = b.product and g.segment = b.segment and g.region = b.region"
    );
    let mut known = sqlx::query_as(AssertSqlSafe(sql));
    let count = format!("select count(*) from (select 1 {lacking}) g");
    let mut total = sqlx::query_scalar::<_, i64>(AssertSqlSafe(count));
    for value in &values {
        known = known.bind(value);
        total = total.bind(value);
    }
    let known: Vec<(String, String, String, String, String)> = known.fetch_all(store.reader()).await?;
    let gaps_total = to_u64(total.fetch_one(store.reader()).await?);
    Ok(BaseOutline { months, gaps: gaps_of(known, &all), gaps_total })
}

/// The months that each slice lacks.
fn gaps_of(known: Vec<(String, String, String, String, String)>, all: &[String]) -> Vec<BaseGap> {
    let mut slices: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (unit_id, product, segment, region, month) in known {
        slices.entry((unit_id, product, segment, region)).or_default().insert(month);
    }
    let gap = |((unit_id, product, segment, region), known): (_, BTreeSet<String>)| {
        let months = all.iter().filter(|month| !known.contains(*month)).cloned().collect();
        BaseGap { unit_id, product, segment, region, months }
    };
    slices.into_iter().map(gap).collect()
}

fn months_between(first: &str, last: &str) -> Vec<String> {
    let day = |month: &str| format!("{month}-01").parse::<jiff::civil::Date>();
    let (Ok(first), Ok(last)) = (day(first), day(last)) else { return Vec::new() };
    let months = first.series(1.month()).take_while(|day| *day <= last);
    months.map(|day| day.strftime("%Y-%m").to_string()).collect()
}

/// The condition that keeps to the units which the reader may see.
fn seen(units: Option<&[UnitId]>) -> (Vec<String>, Vec<String>) {
    let Some(units) = units else { return (Vec::new(), Vec::new()) };
    if units.is_empty() {
        return (vec!["1 = 0".to_owned()], Vec::new());
    }
    let values: Vec<String> = units.iter().map(|unit| unit.0.clone()).collect();
    (vec![format!("unit_id in ({})", bulk::parameters(values.len(), 0))], values)
}

fn all_of(clauses: &[String]) -> String {
    if clauses.is_empty() { String::new() } else { format!(" where {}", clauses.join(" and ")) }
}

fn check(row: &BaseRow) -> Result<(), VoiceError> {
    let month = format!("{}-01", row.month);
    if row.month.len() != 7 || month.parse::<jiff::civil::Date>().is_err() {
        return Err(VoiceError::BadMonth(row.month.clone()));
    }
    if [row.customers, row.transactions, row.contracts, row.invitations, row.starts]
        .into_iter()
        .flatten()
        .any(|n| n < 0)
    {
        return Err(VoiceError::NegativeBase);
    }
    Ok(())
}
