//! Up to 65,536 items as columns: the unit that queries read and changes replace.

use std::ops::Range;
use std::sync::Arc;

use crate::codes::Column;
use crate::postings::Postings;

/// Row numbers of a segment fit 16 bits, and its columns fit the processor's cache.
pub const MAX_ROWS: usize = 1 << 16;

/// The rows of one day: from `start` to the start of the next run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRun {
    pub day: u16,
    pub start: u32,
}

/// The arrays of a segment, rows sorted by day, then number. They never change.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub days: Vec<DayRun>,
    pub numbers: Vec<u32>,
    pub columns: Vec<Column>,
    pub topics: Postings,
}

/// Arrays shared with other states, and which of their rows have been replaced or removed since they were made.
#[derive(Debug, Clone)]
pub struct Segment {
    columns: Arc<Columns>,
    dead: Option<Arc<Dead>>,
}

/// A bitmap of dead rows.
#[derive(Debug, Clone)]
struct Dead {
    bits: Vec<u64>,
    count: usize,
}

impl Segment {
    pub fn new(columns: Columns) -> Self {
        Self { columns: Arc::new(columns), dead: None }
    }

    /// Rows, the dead ones included.
    pub fn rows(&self) -> usize {
        self.columns.numbers.len()
    }

    /// Items: rows that are not dead.
    pub fn items(&self) -> usize {
        self.rows() - self.dead.as_ref().map_or(0, |dead| dead.count)
    }

    pub fn numbers(&self) -> &[u32] {
        &self.columns.numbers
    }

    /// A column; those of attributes that came later than the segment are missing all over.
    pub fn column(&self, index: usize) -> &Column {
        self.columns.columns.get(index).unwrap_or(&Column::MISSING)
    }

    /// How many columns the segment has of its own.
    pub fn columns(&self) -> usize {
        self.columns.columns.len()
    }

    pub fn topics(&self) -> &Postings {
        &self.columns.topics
    }

    pub fn first_day(&self) -> u16 {
        self.columns.days.first().map_or(0, |run| run.day)
    }

    pub fn last_day(&self) -> u16 {
        self.columns.days.last().map_or(0, |run| run.day)
    }

    /// The runs of equal days: day and rows.
    pub fn days(&self) -> impl Iterator<Item = (u16, Range<usize>)> {
        let ends = self.columns.days.iter().skip(1).map(|run| run.start as usize).chain([self.rows()]);
        self.columns.days.iter().zip(ends).map(|(run, end)| (run.day, run.start as usize..end))
    }

    /// The rows from a day to before another.
    pub fn rows_between(&self, from: u16, to: u16) -> Range<usize> {
        let start = |day| {
            let run = self.columns.days.partition_point(|run| run.day < day);
            self.columns.days.get(run).map_or(self.rows(), |run| run.start as usize)
        };
        start(from)..start(to).max(start(from))
    }

    /// The living row of an item.
    pub fn find(&self, day: u16, number: u32) -> Option<usize> {
        let rows = self.rows_between(day, day + 1);
        let row = rows.start + self.columns.numbers[rows].binary_search(&number).ok()?;
        (!self.is_dead(row)).then_some(row)
    }

    pub fn is_dead(&self, row: usize) -> bool {
        self.dead.as_ref().is_some_and(|dead| dead.bits[row / 64] & (1 << (row % 64)) != 0)
    }

    /// The dead rows of a range, if the segment has any at all.
    pub fn dead_rows(&self, rows: Range<usize>) -> Option<impl Iterator<Item = usize>> {
        let words = &self.dead.as_ref()?.bits;
        let words = (rows.start / 64..rows.end.div_ceil(64)).map(|word| (word * 64, words[word]));
        let bits = words.filter(|(_, bits)| *bits != 0).flat_map(|(start, bits)| {
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| start + bit)
        });
        Some(bits.filter(move |row| rows.contains(row)))
    }

    pub fn has_dead_rows(&self) -> bool {
        self.dead.is_some()
    }

    /// Marks a living row as dead, in this copy of the segment alone.
    pub fn kill(&mut self, row: usize) {
        let words = self.rows().div_ceil(64);
        let dead = self.dead.get_or_insert_with(|| Arc::new(Dead { bits: vec![0; words], count: 0 }));
        let dead = Arc::make_mut(dead);
        dead.bits[row / 64] |= 1 << (row % 64);
        dead.count += 1;
    }

    pub fn memory_bytes(&self) -> usize {
        let columns = &self.columns;
        let arrays = columns.days.capacity() * size_of::<DayRun>() + columns.numbers.capacity() * 4;
        let codes = columns.columns.iter().map(Column::memory_bytes).sum::<usize>();
        let dead = self.dead.as_ref().map_or(0, |dead| dead.bits.len() * 8);
        size_of::<Columns>() + arrays + codes + columns.topics.memory_bytes() + dead
    }
}

/// The runs of a rising list of days.
pub fn day_runs(days: impl Iterator<Item = u16>) -> Vec<DayRun> {
    let mut runs: Vec<DayRun> = Vec::new();
    for (row, day) in days.enumerate() {
        if runs.last().is_none_or(|run| run.day != day) {
            runs.push(DayRun { day, start: row as u32 });
        }
    }
    runs.shrink_to_fit();
    runs
}
