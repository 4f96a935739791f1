//! Groups and what was counted in them: of one core while it reads, of all of them in the end.

use rustc_hash::FxHashMap;

use crate::answer::{self, Group};
use crate::distinct::Customers;
use crate::grouping::Grouping;
use crate::limits::Limits;
use crate::state::State;
use crate::tally::Tally;
use crate::{Cell, FactQuery, FactRow, FactsError};

/// Bytes of a value in an answer: the pointer to its text and a short text.
const VALUE_BYTES: usize = size_of::<Option<String>>() + 24;

/// The counters of a query.
#[derive(Debug)]
pub struct Groups {
    /// The key of each group if keys are hashed; else a group is its key.
    pub keys: Option<Keys>,
    pub tally: Tally,
    /// If they are asked for.
    pub customers: Option<Customers>,
    len: usize,
}

/// Keys numbered in order of appearance.
#[derive(Debug, Default)]
pub struct Keys {
    groups: FxHashMap<u128, u32>,
    keys: Vec<u128>,
}

impl Keys {
    /// The number of a key, a new one if it is unknown.
    pub fn group(&mut self, key: u128) -> u32 {
        *self.groups.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() as u32 - 1
        })
    }
}

impl Groups {
    /// Counters at zero, with a place for each key if there is one.
    pub fn new(grouping: &Grouping, query: &FactQuery) -> Self {
        let mut groups = Self {
            keys: grouping.dense.is_none().then(Keys::default),
            tally: Tally::new(query.measures),
            customers: query.customers.then(Customers::default),
            len: 0,
        };
        groups.grow(grouping.dense.unwrap_or(0));
        groups
    }

    /// Bytes that so many groups take while they are counted.
    pub fn bytes(query: &FactQuery, groups: usize, is_hashed: bool) -> usize {
        // A hashed key stands in a list and in a table that is at least 7/16 full.
        let key = size_of::<u128>() + 16 * (size_of::<(u128, u32)>() + 1) / 7;
        let counters = Tally::new(query.measures).slots() + usize::from(query.customers);
        groups.saturating_mul(counters * 4 + if is_hashed { key } else { 0 })
    }

    /// Makes room for all keys that have been hashed, as far as the limits go; the query takes `known_bytes` besides.
    pub fn make_room(
        &mut self,
        query: &FactQuery,
        limits: &Limits,
        known_bytes: usize,
    ) -> Result<(), FactsError> {
        let Some(keys) = &self.keys else { return Ok(()) };
        let groups = keys.keys.len();
        if groups > self.len {
            limits.allow_groups(groups)?;
            limits.allow_bytes(known_bytes + Self::bytes(query, groups, true), &query.dimensions)?;
            self.grow(groups);
        }
        Ok(())
    }

    fn grow(&mut self, groups: usize) {
        self.len = groups;
        self.tally.grow(groups);
        if let Some(customers) = &mut self.customers {
            customers.grow(groups);
        }
    }

    /// Adds what another core has counted.
    pub fn merge(mut self, other: Self) -> Self {
        let renamed: Vec<u32> = match (&mut self.keys, &other.keys) {
            (Some(keys), Some(others)) => others.keys.iter().map(|&key| keys.group(key)).collect(),
            _ => (0..other.len as u32).collect(),
        };
        self.grow(self.keys.as_ref().map_or(self.len, |keys| keys.keys.len()));
        self.tally.merge(&other.tally, &renamed);
        if let (Some(customers), Some(others)) = (&mut self.customers, other.customers) {
            customers.merge(others, &renamed);
        }
        self
    }

    /// The answer: a row for each group that has items.
    pub fn rows(
        &self,
        grouping: &Grouping,
        query: &FactQuery,
        state: &State,
        limits: &Limits,
    ) -> Result<Vec<FactRow>, FactsError> {
        let counts = self.customers.as_ref().map(|customers| customers.count(state.customers, limits));
        let distinct = counts.transpose()?.unwrap_or_default();
        let customers = |group: usize| distinct.get(group).copied().unwrap_or(0).into();
        let named = |group: usize| {
            let items = self.tally.items(group);
            (items > 0).then(|| Group {
                group,
                key: self.keys.as_ref().map_or(group as u128, |keys| keys.keys[group]),
                weight: if query.customers { customers(group) } else { items },
            })
        };
        let groups: Vec<Group> = (0..self.len).filter_map(named).collect();
        limits.allow_groups(groups.len())?;
        let row_bytes = size_of::<FactRow>() + grouping.parts.len() * VALUE_BYTES;
        let rows = groups.len().min(query.top.unwrap_or(usize::MAX));
        limits.allow_bytes(rows.saturating_mul(row_bytes), &query.dimensions)?;
        let anonymous =
            |group: usize| self.customers.as_ref().map_or(0, |customers| customers.anonymous[group]);
        let cell = |group| Cell {
            customers: customers(group),
            anonymous: anonymous(group).into(),
            ..self.tally.cell(group)
        };
        Ok(answer::rows(&groups, grouping, query, &state.vocabulary, cell))
    }
}
