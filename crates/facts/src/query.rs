//! Questions to the facts and their answers.

use serde::{Deserialize, Serialize};

use crate::{Dimension, Filter};

/// Days since 1970-01-01, from the first to the one after the last: `{ from: 20_453, to: 20_483 }` is 30 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub from: i32,
    pub to: i32,
}

/// What a query counts in each group besides the items themselves. What is left out stays zero in the [`Cell`] and
/// costs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    pub nps: bool,
    pub csat: bool,
    pub ces: bool,
    pub complaints: bool,
}

impl Measures {
    pub const ALL: Self = Self { nps: true, csat: true, ces: true, complaints: true };
    pub const NONE: Self = Self { nps: false, csat: false, ces: false, complaints: false };
    pub const NPS: Self = Self { nps: true, ..Self::NONE };
    pub const CSAT: Self = Self { csat: true, ..Self::NONE };
    pub const CES: Self = Self { ces: true, ..Self::NONE };
    pub const COMPLAINTS: Self = Self { complaints: true, ..Self::NONE };
}

impl Default for Measures {
    fn default() -> Self {
        Self::ALL
    }
}

/// Which items, grouped how, and what to count of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FactQuery {
    pub filter: Filter,
    pub period: Option<Period>,
    /// Up to four, each once; none asks for one total.
    pub dimensions: Vec<Dimension>,
    /// Keep only this many groups: those of most distinct customers if `customers` is set, else of most items.
    pub top: Option<usize>,
    /// Count distinct customers and anonymous items.
    pub customers: bool,
    /// By default everything; name what is needed to be faster.
    pub measures: Measures,
}

/// One group of a query's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactRow {
    /// One value for each dimension of the query; `None` where the items have no value.
    pub key: Vec<Option<String>>,
    pub cell: Cell,
}

/// What was counted in one group. Means and variances follow exactly from the histograms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Items.
    pub count: u64,
    /// Distinct customers among them; an anonymous item is nobody's. Zero unless asked for.
    pub customers: u64,
    /// Items without a customer. Zero unless customers were asked for.
    pub anonymous: u64,
    /// Items that are complaints.
    pub complaints: u64,
    /// Answers 0, 1, … 10.
    pub nps: [u64; 11],
    /// Answers 1, 2, … 5.
    pub csat: [u64; 5],
    /// Answers 1, 2, … 7.
    pub ces: [u64; 7],
}

/// Which page of a list of items: `limit` of them after skipping `offset`, counted from the newest, or from the item
/// that follows `before` (the last number of the page before).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    pub limit: usize,
    pub offset: usize,
    pub before: Option<u32>,
}

/// A page of the items behind a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Selected {
    /// Newest first: by day, then by number, both falling.
    pub numbers: Vec<u32>,
    /// The day of each, since 1970-01-01: items of one day stand together.
    pub days: Vec<i32>,
    /// All items that match, on whatever page.
    pub total: u64,
}
