//! A column of small numbers in as few bytes as they need.

use std::ops::Range;

/// The rows of a segment that take part: a contiguous range, or a rising list.
#[derive(Debug, Clone)]
pub enum Rows<'a> {
    Range(Range<usize>),
    List(&'a [u16]),
}

impl<'a> Rows<'a> {
    pub fn len(&self) -> usize {
        match self {
            Self::Range(range) => range.len(),
            Self::List(list) => list.len(),
        }
    }

    /// The rows from position `from` to before position `to`.
    pub fn slice(&self, from: usize, to: usize) -> Rows<'a> {
        match self {
            Self::Range(range) => Rows::Range(range.start + from..range.start + to),
            Self::List(list) => Rows::List(&list[from..to]),
        }
    }
}

/// One code for each row of a segment. Code 0 means «missing» in every column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codes {
    /// All rows have this code: an attribute nobody uses costs nothing.
    Same(u32),
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
}

/// A column with the range its codes lie in, by which filters skip it or take it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub codes: Codes,
    pub low: u32,
    pub high: u32,
}

impl Column {
    /// Every row missing.
    pub const MISSING: Self = Self { codes: Codes::Same(0), low: 0, high: 0 };

    /// The narrowest column that holds these values.
    pub fn new(values: &[u32]) -> Self {
        let low = values.iter().copied().min().unwrap_or(0);
        let high = values.iter().copied().max().unwrap_or(0);
        let codes = match high {
            _ if low == high => Codes::Same(low),
            0..=0xff => Codes::U8(values.iter().map(|&value| value as u8).collect()),
            0x100..=0xffff => Codes::U16(values.iter().map(|&value| value as u16).collect()),
            _ => Codes::U32(values.to_vec()),
        };
        Self { codes, low, high }
    }

    pub fn memory_bytes(&self) -> usize {
        size_of::<Self>()
            + match &self.codes {
                Codes::Same(_) => 0,
                Codes::U8(values) => values.capacity(),
                Codes::U16(values) => values.capacity() * 2,
                Codes::U32(values) => values.capacity() * 4,
            }
    }
}

impl Codes {
    /// The code of one row.
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Self::Same(code) => *code,
            Self::U8(values) => values[row].into(),
            Self::U16(values) => values[row].into(),
            Self::U32(values) => values[row],
        }
    }

    /// Appends the codes of the rows.
    pub fn append(&self, rows: &Rows<'_>, codes: &mut Vec<u32>) {
        match self {
            Self::Same(code) => codes.resize(codes.len() + rows.len(), *code),
            Self::U8(values) => append_of(values, rows, codes),
            Self::U16(values) => append_of(values, rows, codes),
            Self::U32(values) => append_of(values, rows, codes),
        }
    }

    /// Calls `f(code)` for each of the rows, in order; the loop is compiled for each width by itself.
    #[inline(always)]
    pub fn each(&self, rows: &Rows<'_>, mut f: impl FnMut(u32)) {
        self.each_with(rows, std::iter::repeat(()), |(), code| f(code));
    }

    /// Calls `f(other, code)` for each of the rows together with the next of `others`.
    #[inline(always)]
    pub fn each_with<I: Iterator>(&self, rows: &Rows<'_>, others: I, mut f: impl FnMut(I::Item, u32)) {
        match self {
            Self::Same(code) => others.take(rows.len()).for_each(|other| f(other, *code)),
            Self::U8(values) => each_of(values, rows, others, f),
            Self::U16(values) => each_of(values, rows, others, f),
            Self::U32(values) => each_of(values, rows, others, f),
        }
    }
}

fn append_of<T: Copy + Into<u32>>(values: &[T], rows: &Rows<'_>, codes: &mut Vec<u32>) {
    match rows {
        Rows::Range(range) => codes.extend(values[range.clone()].iter().map(|&value| value.into())),
        Rows::List(list) => codes.extend(list.iter().map(|&row| values[usize::from(row)].into())),
    }
}

#[inline(always)]
fn each_of<T: Copy + Into<u32>, I: Iterator>(
    values: &[T],
    rows: &Rows<'_>,
    others: I,
    mut f: impl FnMut(I::Item, u32),
) {
    match rows {
        Rows::Range(range) => {
            values[range.clone()].iter().zip(others).for_each(|(&value, other)| f(other, value.into()));
        }
        Rows::List(list) => {
            list.iter().zip(others).for_each(|(&row, other)| f(other, values[usize::from(row)].into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_gives_back_what_was_put_in() {
        for high in [0, 1, 255, 256, 65_535, 65_536, u32::MAX] {
            let values: Vec<u32> = [0, 1, 2, high, 1].into_iter().map(|value| value.min(high)).collect();
            let column = Column::new(&values);
            assert_eq!((column.low, column.high), (0, high));
            assert_eq!((0..5).map(|row| column.codes.get(row)).collect::<Vec<_>>(), values);
            let mut seen = Vec::new();
            column
                .codes
                .each_with(&Rows::List(&[1, 3, 4]), 0.., |position, code| seen.push((position, code)));
            assert_eq!(seen, [(0, values[1]), (1, values[3]), (2, values[4])]);
            seen.clear();
            column.codes.each(&Rows::Range(0..5).slice(2, 4), |code| seen.push((0, code)));
            assert_eq!(seen, [(0, values[2]), (0, values[3])]);
        }
    }

    #[test]
    fn one_value_takes_no_memory() {
        assert_eq!(Column::new(&[7; 1000]).codes, Codes::Same(7));
        assert_eq!(Column::new(&[]), Column::MISSING);
    }
}
