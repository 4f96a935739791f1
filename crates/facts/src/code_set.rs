//! Sets of codes, and which rows of a column have one of them.

use std::ops::{Range, RangeInclusive};

use crate::codes::{Codes, Column};

/// So many ranges are compared with all rows one after the other, many rows at once; more are looked up in a table.
const FEW_RANGES: usize = 4;

/// A set of codes that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSet {
    /// Neighbouring codes together, rising.
    ranges: Vec<RangeInclusive<u32>>,
    /// For each code up to the highest, if there are several ranges.
    members: Vec<bool>,
}

impl CodeSet {
    /// `None` of no codes.
    pub fn new(mut codes: Vec<u32>) -> Option<Self> {
        codes.sort_unstable();
        codes.dedup();
        let runs = codes.chunk_by(|before, code| before + 1 == *code);
        let ranges: Vec<_> = runs.filter_map(|run| Some(*run.first()?..=*run.last()?)).collect();
        let mut members = Vec::new();
        if ranges.len() > 1 {
            members.resize(*codes.last()? as usize + 1, false);
            codes.iter().for_each(|&code| members[code as usize] = true);
        }
        (!ranges.is_empty()).then_some(Self { ranges, members })
    }

    pub fn contains(&self, code: u32) -> bool {
        match self.ranges.as_slice() {
            [range] => range.contains(&code),
            _ => self.members.get(code as usize).is_some_and(|is_in| *is_in),
        }
    }

    /// Has no row of the column one of these codes, as far as its range tells?
    pub fn misses(&self, column: &Column) -> bool {
        self.ranges_of(column).next().is_none()
    }

    /// Has every row of the column one of these codes, as far as its range tells?
    pub fn covers(&self, column: &Column) -> bool {
        self.ranges.iter().any(|range| *range.start() <= column.low && column.high <= *range.end())
    }

    /// Gives empty `bytes` one for each of the rows: 1 if the row has one of these codes.
    pub fn mark(&self, column: &Column, rows: Range<usize>, bytes: &mut Vec<u8>) {
        match &column.codes {
            Codes::Same(code) => bytes.resize(rows.len(), self.contains(*code).into()),
            Codes::U8(codes) if self.is_scattered(column) => {
                let table: [u8; 256] = std::array::from_fn(|code| self.contains(code as u32).into());
                bytes.extend(codes[rows].iter().map(|&code| table[usize::from(code)]));
            }
            Codes::U8(codes) => self.compare(column, &codes[rows], bytes),
            Codes::U16(codes) => self.compare(column, &codes[rows], bytes),
            Codes::U32(codes) => self.compare(column, &codes[rows], bytes),
        }
    }

    fn compare<T: Code>(&self, column: &Column, codes: &[T], bytes: &mut Vec<u8>) {
        if self.is_scattered(column) {
            bytes.extend(codes.iter().map(|&code| u8::from(self.contains(code.into()))));
            return;
        }
        for range in self.ranges_of(column) {
            let (low, span) = (T::of(*range.start()), T::of(range.end() - range.start()));
            let is_in = codes.iter().map(|code| code.is_within(low, span));
            if bytes.is_empty() {
                bytes.extend(is_in);
            } else {
                bytes.iter_mut().zip(is_in).for_each(|(byte, is_in)| *byte |= is_in);
            }
        }
    }

    fn is_scattered(&self, column: &Column) -> bool {
        self.ranges_of(column).count() > FEW_RANGES
    }

    /// What of the ranges lies in the column's own: bounds that fit its width.
    fn ranges_of(&self, column: &Column) -> impl Iterator<Item = RangeInclusive<u32>> {
        let (low, high) = (column.low, column.high);
        let ranges = self.ranges.iter().map(move |range| *range.start().max(&low)..=*range.end().min(&high));
        ranges.filter(|range| !range.is_empty())
    }
}

/// A code in the width of its column.
trait Code: Copy + Into<u32> {
    fn of(code: u32) -> Self;
    /// 1 if it lies in the range of `span + 1` codes from `low`.
    fn is_within(self, low: Self, span: Self) -> u8;
}

macro_rules! impl_code {
    ($($width:ty)*) => {$(
        impl Code for $width {
            fn of(code: u32) -> Self {
                code as Self
            }

            #[inline(always)]
            fn is_within(self, low: Self, span: Self) -> u8 {
                (self.wrapping_sub(low) <= span).into()
            }
        }
    )*};
}

impl_code!(u8 u16 u32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_sets_know_their_members() {
        assert_eq!(CodeSet::new(vec![]), None);
        for codes in [vec![3], vec![4, 3, 5, 4], vec![0, 9], vec![2, 3, 5], vec![0, 2, 4, 6, 8, 11]] {
            let set = CodeSet::new(codes.clone()).unwrap();
            assert!((0..20).all(|code| set.contains(code) == codes.contains(&code)), "{codes:?}");
        }
    }

    #[test]
    fn rows_of_every_width_are_marked() {
        let highs = [7, 200, 255, 256, 65_535, 65_536, u32::MAX];
        let sets =
            [vec![3], vec![0, 1, 2], vec![1, 2, 5], vec![0, 2, 4, 6, 200, 300, 65_536], vec![0, 255, 256]];
        for (high, codes) in highs.iter().flat_map(|high| sets.iter().map(move |codes| (*high, codes))) {
            let values = [0, 1, 2, 3, 4, 5, 6, 7, 200, high].map(|value: u32| value.min(high));
            let column = Column::new(&values);
            let set = CodeSet::new(codes.clone()).unwrap();
            let expected = values.map(|value| u8::from(codes.contains(&value)));
            let mut bytes = Vec::new();
            set.mark(&column, 2..10, &mut bytes);
            assert_eq!(bytes, expected[2..], "{codes:?} up to {high}");
            assert!(!set.misses(&column) || !expected.contains(&1));
            assert!(!set.covers(&column) || !expected.contains(&0));
        }
        let same = Column::new(&[5; 9]);
        for (codes, misses) in [(vec![5], false), (vec![4, 6], true)] {
            let set = CodeSet::new(codes).unwrap();
            assert_eq!((set.misses(&same), set.covers(&same)), (misses, !misses));
        }
    }
}
