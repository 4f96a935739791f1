//! The latest items as rows, where they can still be replaced one by one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::codes::Column;
use crate::postings::Postings;
use crate::segment::{Columns, Segment, day_runs};

/// One coded item: a code for each column, and its topics.
#[derive(Debug)]
pub struct Row {
    pub day: u16,
    pub number: u32,
    pub codes: Vec<u32>,
    pub topics: Vec<u32>,
}

/// Coded items in no order, found by number.
#[derive(Debug, Default)]
pub struct Tail {
    rows: Vec<Row>,
    places: FxHashMap<u32, usize>,
}

impl Tail {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds an item whose number is not in the tail.
    pub fn push(&mut self, row: Row) {
        self.places.insert(row.number, self.rows.len());
        self.rows.push(row);
    }

    /// Takes an item out; `false` if it is not in the tail.
    pub fn remove(&mut self, number: u32) -> bool {
        let Some(place) = self.places.remove(&number) else { return false };
        self.rows.swap_remove(place);
        if let Some(moved) = self.rows.get(place) {
            self.places.insert(moved.number, place);
        }
        true
    }

    pub fn clear(&mut self) {
        self.rows.clear();
        self.places.clear();
    }

    /// The items as a segment of so many columns; `None` of nothing.
    pub fn segment(&self, width: usize) -> Option<Segment> {
        if self.rows.is_empty() {
            return None;
        }
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_unstable_by_key(|row| (row.day, row.number));
        let mut values = Vec::with_capacity(rows.len());
        let columns = (0..width).map(|index| {
            values.clear();
            values.extend(rows.iter().map(|row| row.codes.get(index).copied().unwrap_or(0)));
            Column::new(&values)
        });
        let mut lists: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            let topics = if row.topics.is_empty() { &[0] } else { row.topics.as_slice() };
            topics.iter().for_each(|&topic| lists.entry(topic).or_default().push(place as u16));
        }
        Some(Segment::new(Columns {
            columns: columns.collect(),
            days: day_runs(rows.iter().map(|row| row.day)),
            numbers: rows.iter().map(|row| row.number).collect(),
            topics: Postings::new(lists),
        }))
    }

    pub fn memory_bytes(&self) -> usize {
        let row = |row: &Row| size_of::<Row>() + (row.codes.capacity() + row.topics.capacity()) * 4;
        self.rows.iter().map(row).sum::<usize>() + self.places.capacity() * 24
    }
}
