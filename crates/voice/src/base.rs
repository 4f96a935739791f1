//! The customer base: how many active customers, transactions, contracts, invitations a slice had in a month. The
//! denominators.

use std::collections::BTreeMap;

use otklik_store::{Sequence, Store, StoreError, Tx, bulk};
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

/// The number of the latest change: while it stays the same, so does [`list_base`].
pub async fn load_base_change(store: &Store) -> Result<i64, StoreError> {
    let change = sqlx::query_scalar("select value from change_sequence where name = $1")
        .bind(Sequence::BaseChange.name())
        .fetch_one(store.reader())
        .await?;
    Ok(change)
}

/// The whole base, by month and slice.
pub async fn list_base(store: &Store) -> Result<Vec<BaseRow>, VoiceError> {
    let rows =
        sqlx::query_as("select * from customer_base order by month, unit_id, product, segment, region")
            .fetch_all(store.reader())
            .await?;
    Ok(rows)
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
