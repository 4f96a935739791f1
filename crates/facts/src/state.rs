//! Everything a query sees: one immutable state after one sequence number.

use std::collections::BTreeMap;

use crate::segment::Segment;
use crate::vocabulary::Vocabulary;

/// The published state. Copying it copies pointers; a new state shares all segments that did not change.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Segments by calendar month.
    pub months: BTreeMap<i32, Vec<Segment>>,
    /// The latest items, of any month, until they are enough to join the months.
    pub tail: Option<Segment>,
    pub vocabulary: Vocabulary,
    /// How many customer codes are in use, that of anonymous items included.
    pub customers: u32,
    pub sequence: u64,
}

impl State {
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.months.values().flatten().chain(&self.tail)
    }

    /// How many items there are.
    pub fn items(&self) -> usize {
        self.segments().map(Segment::items).sum()
    }

    /// The first and the last stored day of any item.
    pub fn days(&self) -> Option<(u16, u16)> {
        let first = self.segments().map(Segment::first_day).min()?;
        let last = self.segments().map(Segment::last_day).max()?;
        Some((first, last))
    }

    pub fn memory_bytes(&self) -> usize {
        self.segments().map(Segment::memory_bytes).sum::<usize>() + self.vocabulary.memory_bytes()
    }
}
