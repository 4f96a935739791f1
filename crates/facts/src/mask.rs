//! Which rows of a segment pass a test.

use std::ops::Range;

use crate::codes::{Codes, Column};
use crate::postings::within;
use crate::segment::Segment;
use crate::test::{CodeSet, Test};

/// The outcome for a range of rows.
#[derive(Debug)]
pub enum Matched {
    None,
    All,
    /// A byte for each row, 1 if it passes: bytes, because a processor compares 16 of them at once.
    Mask(Vec<u8>),
}

/// Masks no longer in use, to be filled again.
#[derive(Debug, Default)]
pub struct Masks {
    free: Vec<Vec<u8>>,
}

impl Masks {
    /// The living rows of the range that pass the test.
    pub fn living(&mut self, test: &Test, segment: &Segment, rows: Range<usize>) -> Matched {
        if rows.is_empty() {
            return Matched::None;
        }
        let matched = self.matched(test, segment, &rows);
        let Some(dead) = segment.dead() else { return matched };
        let mut mask = match matched {
            Matched::None => return Matched::None,
            Matched::All => self.filled(rows.len(), 1),
            Matched::Mask(mask) => mask,
        };
        for (passes, row) in mask.iter_mut().zip(rows) {
            *passes &= u8::from(dead[row / 64] & (1 << (row % 64)) == 0);
        }
        Matched::Mask(mask)
    }

    /// Takes a mask back.
    pub fn give_back(&mut self, matched: Matched) {
        if let Matched::Mask(mask) = matched {
            self.free.push(mask);
        }
    }

    fn matched(&mut self, test: &Test, segment: &Segment, rows: &Range<usize>) -> Matched {
        match test {
            Test::Always(true) => Matched::All,
            Test::Always(false) => Matched::None,
            Test::And(tests) => self.all(tests, segment, rows),
            Test::Or(tests) => self.any(tests, segment, rows),
            Test::Not(test) => match self.matched(test, segment, rows) {
                Matched::None => Matched::All,
                Matched::All => Matched::None,
                Matched::Mask(mut mask) => {
                    mask.iter_mut().for_each(|passes| *passes ^= 1);
                    Matched::Mask(mask)
                }
            },
            Test::Code { column, codes } => self.codes(segment.column(*column), codes, rows),
            Test::Topic(codes) => self.topics(segment, codes, rows),
            Test::Day(days) => self.days(segment, days, rows),
            Test::Item(items) => {
                let mut mask = self.empty();
                mask.extend(
                    segment.numbers()[rows.clone()].iter().map(|&number| u8::from(items.contains(number))),
                );
                Matched::Mask(mask)
            }
        }
    }

    fn all(&mut self, tests: &[Test], segment: &Segment, rows: &Range<usize>) -> Matched {
        let mut sum = Matched::All;
        for test in tests {
            let matched = self.matched(test, segment, rows);
            sum = match (sum, matched) {
                (sum, Matched::All) => sum,
                (Matched::All, matched) => matched,
                (Matched::Mask(mut mask), Matched::Mask(other)) => {
                    mask.iter_mut().zip(&other).for_each(|(passes, other)| *passes &= other);
                    self.free.push(other);
                    Matched::Mask(mask)
                }
                (unused, Matched::None) | (Matched::None, unused) => {
                    self.give_back(unused);
                    Matched::None
                }
            };
            if is_hopeless(&sum) {
                self.give_back(sum);
                return Matched::None;
            }
        }
        sum
    }

    fn any(&mut self, tests: &[Test], segment: &Segment, rows: &Range<usize>) -> Matched {
        let mut sum = Matched::None;
        for test in tests {
            let matched = self.matched(test, segment, rows);
            sum = match (sum, matched) {
                (sum, Matched::None) => sum,
                (Matched::None, matched) => matched,
                (Matched::Mask(mut mask), Matched::Mask(other)) => {
                    mask.iter_mut().zip(&other).for_each(|(passes, other)| *passes |= other);
                    self.free.push(other);
                    Matched::Mask(mask)
                }
                (unused, Matched::All) | (Matched::All, unused) => {
                    self.give_back(unused);
                    return Matched::All;
                }
            };
        }
        sum
    }

    fn codes(&mut self, column: &Column, set: &CodeSet, rows: &Range<usize>) -> Matched {
        if set.high < column.low || set.low > column.high {
            return Matched::None;
        }
        if set.members.is_none() && set.low <= column.low && set.high >= column.high {
            return Matched::All;
        }
        let mut mask = self.empty();
        let rows = rows.clone();
        // Within the column's own range the bounds fit its width.
        let (low, high) = (set.low.max(column.low), set.high.min(column.high));
        match (&column.codes, &set.members) {
            (Codes::Same(code), _) => return if set.contains(*code) { Matched::All } else { Matched::None },
            (Codes::U8(values), None) => {
                let (low, span) = (low as u8, (high - low) as u8);
                mask.extend(values[rows].iter().map(|value| u8::from(value.wrapping_sub(low) <= span)));
            }
            (Codes::U16(values), None) => {
                let (low, span) = (low as u16, (high - low) as u16);
                mask.extend(values[rows].iter().map(|value| u8::from(value.wrapping_sub(low) <= span)));
            }
            (Codes::U32(values), None) => {
                let span = high - low;
                mask.extend(values[rows].iter().map(|value| u8::from(value.wrapping_sub(low) <= span)));
            }
            (Codes::U8(values), Some(_)) => {
                let table: [u8; 256] = std::array::from_fn(|code| set.contains(code as u32).into());
                mask.extend(values[rows].iter().map(|&value| table[usize::from(value)]));
            }
            (Codes::U16(values), Some(_)) => {
                mask.extend(values[rows].iter().map(|&value| u8::from(set.contains(value.into()))));
            }
            (Codes::U32(values), Some(_)) => {
                mask.extend(values[rows].iter().map(|&value| u8::from(set.contains(value))));
            }
        }
        Matched::Mask(mask)
    }

    fn topics(&mut self, segment: &Segment, set: &CodeSet, rows: &Range<usize>) -> Matched {
        let mut mask = self.filled(rows.len(), 0);
        let mut is_hit = false;
        for (_, list) in segment.topics().iter().filter(|(code, _)| set.contains(*code)) {
            for &row in within(list, rows.clone()) {
                mask[usize::from(row) - rows.start] = 1;
                is_hit = true;
            }
        }
        if is_hit {
            return Matched::Mask(mask);
        }
        self.free.push(mask);
        Matched::None
    }

    fn days(&mut self, segment: &Segment, days: &[Range<u16>], rows: &Range<usize>) -> Matched {
        let mut mask = self.filled(rows.len(), 0);
        for days in days {
            let hit = segment.rows_between(days.start, days.end);
            let (from, to) = (hit.start.max(rows.start), hit.end.min(rows.end));
            if from < to {
                mask[from - rows.start..to - rows.start].fill(1);
            }
        }
        Matched::Mask(mask)
    }

    fn empty(&mut self) -> Vec<u8> {
        let mut mask = self.free.pop().unwrap_or_default();
        mask.clear();
        mask
    }

    fn filled(&mut self, len: usize, value: u8) -> Vec<u8> {
        let mut mask = self.empty();
        mask.resize(len, value);
        mask
    }
}

fn is_hopeless(matched: &Matched) -> bool {
    match matched {
        Matched::None => true,
        Matched::All => false,
        Matched::Mask(mask) => !mask.contains(&1),
    }
}

/// The rows, counted from `start`, whose byte is 1.
pub fn list_rows(mask: &[u8], start: usize, rows: &mut Vec<u16>) {
    rows.clear();
    rows.resize(mask.len() + 8, 0);
    let mut listed = 0;
    for (eight, bytes) in mask.chunks(8).enumerate() {
        // Most masks are sparse: nothing in eight rows is one comparison.
        if bytes.iter().all(|&byte| byte == 0) {
            continue;
        }
        // Every row is written; only those that pass are kept: no branch to be guessed wrong.
        let base = start + eight * 8;
        let places = &mut rows[listed..listed + 8];
        let mut kept = 0;
        for (row, &byte) in (base..).zip(bytes) {
            places[kept % 8] = row as u16;
            kept += usize::from(byte);
        }
        listed += kept;
    }
    rows.truncate(listed);
}
