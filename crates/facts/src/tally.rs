//! Histograms by group: everything a cell holds but distinct customers.

use crate::codes::{Codes, Rows};
use crate::segment::Segment;
use crate::vocabulary::{CES, COMPLAINT, CSAT, NPS};
use crate::{Cell, Measures};

/// How often each code of a few columns occurs in each group. A group is a small number, its place in the arrays.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    histograms: Vec<Histogram>,
}

#[derive(Debug, Clone)]
struct Histogram {
    column: usize,
    /// Codes the column can have.
    slots: usize,
    counts: Vec<u32>,
}

/// Code slots of the columns: scores are answer + 1, 0 is «not answered».
const NPS_SLOTS: usize = 12;
const CSAT_SLOTS: usize = 7;
const CES_SLOTS: usize = 9;
const COMPLAINT_SLOTS: usize = 2;
/// Codes compared at once: a few registers full.
const LANES: usize = 64;

impl Tally {
    /// Empty histograms of what is measured. Every row falls into one slot of each, so the count of items needs none of
    /// its own, unless nothing else is measured: then a column that nobody has counts rows in a single slot.
    pub fn new(measures: Measures) -> Self {
        let wanted = [
            (measures.nps, NPS, NPS_SLOTS),
            (measures.csat, CSAT, CSAT_SLOTS),
            (measures.ces, CES, CES_SLOTS),
            (measures.complaints, COMPLAINT, COMPLAINT_SLOTS),
            (measures == Measures::NONE, usize::MAX, 1),
        ];
        let wanted = wanted.into_iter().filter(|(is_wanted, ..)| *is_wanted);
        let histogram = |(_, column, slots)| Histogram { column, slots, counts: Vec::new() };
        Self { histograms: wanted.map(histogram).collect() }
    }

    /// Counters each group takes.
    pub fn slots(&self) -> usize {
        self.histograms.iter().map(|histogram| histogram.slots).sum()
    }

    /// Makes room for so many groups.
    pub fn grow(&mut self, groups: usize) {
        for histogram in &mut self.histograms {
            histogram.counts.resize(groups * histogram.slots, 0);
        }
    }

    /// Counts rows that are all of one group.
    pub fn add_run(&mut self, group: usize, segment: &Segment, rows: &Rows<'_>) {
        for histogram in &mut self.histograms {
            let counts = &mut histogram.counts[group * histogram.slots..][..histogram.slots];
            match (&segment.column(histogram.column).codes, rows) {
                (Codes::Same(code), _) => counts[*code as usize] += rows.len() as u32,
                (Codes::U8(codes), Rows::Range(range)) => add_equal(counts, &codes[range.clone()]),
                (codes, _) => codes.each(rows, |code| counts[code as usize] += 1),
            }
        }
    }

    /// Counts rows each of its own group, `first` and a few groups after it.
    pub fn add_rows<G: Copy + Into<u32>>(
        &mut self,
        first: usize,
        groups: &[G],
        segment: &Segment,
        rows: &Rows<'_>,
    ) {
        for Histogram { column, slots, counts } in &mut self.histograms {
            let codes = &segment.column(*column).codes;
            let counts = &mut counts[first * *slots..];
            match *slots {
                NPS_SLOTS => add_each::<NPS_SLOTS, G>(counts, groups, codes, rows),
                CSAT_SLOTS => add_each::<CSAT_SLOTS, G>(counts, groups, codes, rows),
                CES_SLOTS => add_each::<CES_SLOTS, G>(counts, groups, codes, rows),
                COMPLAINT_SLOTS => add_each::<COMPLAINT_SLOTS, G>(counts, groups, codes, rows),
                _ => add_each::<1, G>(counts, groups, codes, rows),
            }
        }
    }

    /// Adds the counts of another tally, whose group `n` is `groups[n]` here.
    pub fn merge(&mut self, other: &Tally, groups: &[u32]) {
        for (histogram, other) in self.histograms.iter_mut().zip(&other.histograms) {
            let slots = histogram.slots;
            for (counts, &group) in other.counts.chunks_exact(slots).zip(groups) {
                let sums = &mut histogram.counts[group as usize * slots..][..slots];
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
    }

    /// How many items a group has.
    pub fn items(&self, group: usize) -> u64 {
        let counts = self.histograms.first().map_or(&[][..], |histogram| histogram.of(group));
        counts.iter().map(|&count| u64::from(count)).sum()
    }

    /// What was counted in a group.
    pub fn cell(&self, group: usize) -> Cell {
        let mut cell = Cell { count: self.items(group), ..Cell::default() };
        for histogram in &self.histograms {
            let counts = histogram.of(group);
            match histogram.column {
                NPS => copy(&mut cell.nps, &counts[1..]),
                CSAT => copy(&mut cell.csat, &counts[2..]),
                CES => copy(&mut cell.ces, &counts[2..]),
                COMPLAINT => cell.complaints = counts[1].into(),
                _ => {}
            }
        }
        cell
    }
}

impl Histogram {
    fn of(&self, group: usize) -> &[u32] {
        &self.counts[group * self.slots..][..self.slots]
    }
}

/// Counts codes by comparing all of them with one code after the other, many at once: quicker than a counter for each,
/// which has to wait for itself whenever a code follows its like.
fn add_equal(counts: &mut [u32], codes: &[u8]) {
    for codes in codes.chunks(LANES * 255) {
        let mut left = codes.len() as u32;
        for (code, count) in (0..).zip(counts.iter_mut()).skip(1) {
            let equal = count_equal(codes, code);
            *count += equal;
            left -= equal;
        }
        counts[0] += left;
    }
}

/// How many of at most `LANES` times 255 codes are this one.
fn count_equal(codes: &[u8], code: u8) -> u32 {
    let mut lanes = [0_u8; LANES];
    let (vectors, rest) = codes.as_chunks::<LANES>();
    for vector in vectors {
        lanes.iter_mut().zip(vector).for_each(|(lane, other)| *lane += u8::from(*other == code));
    }
    let rest = rest.iter().filter(|other| **other == code).count() as u32;
    rest + lanes.iter().map(|&lane| u32::from(lane)).sum::<u32>()
}

fn add_each<const SLOTS: usize, G: Copy + Into<u32>>(
    counts: &mut [u32],
    groups: &[G],
    codes: &Codes,
    rows: &Rows<'_>,
) {
    codes.each_with(rows, groups.iter(), |&group, code| {
        counts[group.into() as usize * SLOTS + code as usize] += 1;
    });
}

fn copy<const N: usize>(answers: &mut [u64; N], counts: &[u32]) {
    answers.iter_mut().zip(counts).for_each(|(answer, &count)| *answer = count.into());
}
