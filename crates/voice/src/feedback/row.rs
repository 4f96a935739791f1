//! What every reading of an item takes from its row.

use std::collections::BTreeMap;

use otklik_store::column::from_json;
use otklik_store::{Millis, StoreError};
use sqlx::FromRow;

/// The columns of [`ItemRow`], for a statement that reads no more than it needs.
pub(super) const COLUMNS: &str = "number, occurred_at, source_id, channel, customer_key, unit_id, product, touchpoint, \
     segment, region, language, nps, csat, ces, complaint, sentiment, attributes";

/// An item without its words.
#[derive(FromRow)]
pub(super) struct ItemRow {
    pub number: i64,
    pub occurred_at: Millis,
    pub source_id: String,
    pub channel: String,
    pub customer_key: Option<String>,
    pub unit_id: Option<String>,
    pub product: Option<String>,
    pub touchpoint: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    pub language: String,
    pub nps: Option<i64>,
    pub csat: Option<i64>,
    pub ces: Option<i64>,
    pub complaint: i64,
    pub sentiment: Option<i64>,
    attributes: String,
}

impl ItemRow {
    /// The company's own attributes; most items have none.
    pub fn attributes(&self) -> Result<BTreeMap<String, String>, StoreError> {
        match self.attributes.as_str() {
            "{}" => Ok(BTreeMap::new()),
            json => from_json(json, "feedback.attributes"),
        }
    }
}
