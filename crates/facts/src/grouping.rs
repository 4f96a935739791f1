//! How the dimensions of a query make up one key, and how a key reads back.

use crate::calendar::Grain;
use crate::codes::Rows;
use crate::item::SIGNALS;
use crate::segment::Segment;
use crate::state::State;
use crate::test::{NPS_GROUPS, SENTIMENTS, TRUTHS, nps_group};
use crate::vocabulary::{COMPLAINT, NPS, SENTIMENT, Vocabulary};
use crate::{Dimension, FactsError};

/// Of more dimensions no table can be read.
const MAX_DIMENSIONS: usize = 4;

/// One dimension's share of the key: its code times `unit`.
#[derive(Debug)]
pub struct Part {
    pub source: Source,
    pub unit: u128,
    radix: u128,
}

/// Where a dimension's code comes from.
#[derive(Debug)]
pub enum Source {
    /// From the day, the same for all rows of a day: steps since `first`.
    Time { grain: Grain, first: i32 },
    /// From the topic whose rows are being read.
    Topic,
    /// From the signal whose rows are being read: 0 none, then each.
    Signal,
    /// From a column.
    Column(usize),
    /// From the NPS column: 0 missing, then detractor, passive, promoter.
    NpsGroup,
}

/// The parts of a key, and how keys are kept.
#[derive(Debug)]
pub struct Grouping {
    pub parts: Vec<Part>,
    /// How many keys there can be, if they are few enough to have a place each; else keys are hashed.
    pub dense: Option<usize>,
    /// How many of them differ by columns alone: rows of one day and one topic have their places side by side.
    pub width: usize,
}

/// A number that keys are summed up in: the narrower, the more of them a processor sums at once.
pub trait Key: Copy {
    fn of(key: u128) -> Self;
    /// Adds a code times a unit.
    #[must_use]
    fn plus(self, code: u32, unit: Self) -> Self;
}

macro_rules! impl_key {
    ($($number:ty)*) => {$(
        impl Key for $number {
            #[inline(always)]
            fn of(key: u128) -> Self {
                key as Self
            }

            #[inline(always)]
            fn plus(self, code: u32, unit: Self) -> Self {
                self.wrapping_add((code as Self).wrapping_mul(unit))
            }
        }
    )*};
}

impl_key!(u16 u32 u128);

impl Grouping {
    /// Keys have a place each when there are at most `dense_limit` possible ones.
    pub fn new(dimensions: &[Dimension], state: &State, dense_limit: usize) -> Result<Self, FactsError> {
        if dimensions.len() > MAX_DIMENSIONS {
            return Err(FactsError::TooManyDimensions { given: dimensions.len(), limit: MAX_DIMENSIONS });
        }
        for (position, dimension) in dimensions.iter().enumerate() {
            if dimensions[..position].contains(dimension) {
                return Err(FactsError::RepeatedDimension(dimension.clone()));
            }
        }
        let sources: Vec<_> = dimensions.iter().map(|dimension| source(dimension, state)).collect();
        let places = sources.iter().try_fold(1_usize, |places, (_, size)| places.checked_mul(*size as usize));
        let dense = places.filter(|&places| places <= dense_limit);
        // A hashed key has 32 bits for each dimension, which hold any code.
        let radix = |size: u32| if dense.is_some() { u128::from(size) } else { 1 << 32 };
        let part = |(source, size)| Part { source, unit: 0, radix: radix(size) };
        let mut parts: Vec<Part> = sources.into_iter().map(part).collect();
        // Columns have the smallest units, so that what is the same for many rows is what keys begin with.
        let mut inner_first: Vec<&mut Part> = parts.iter_mut().collect();
        inner_first.sort_by_key(|part| part.source.column().is_none());
        let (mut unit, mut width) = (1_u128, 1);
        for part in inner_first {
            part.unit = unit;
            unit = unit.wrapping_mul(part.radix);
            if part.source.column().is_some() {
                width = unit as usize;
            }
        }
        Ok(Self { parts, dense, width })
    }

    /// The keys of rows that all have `start` in common, from their columns.
    pub fn find_keys<K: Key>(&self, start: u128, segment: &Segment, rows: &Rows<'_>, keys: &mut Vec<K>) {
        keys.clear();
        keys.resize(rows.len(), K::of(start));
        for part in &self.parts {
            let Some(column) = part.source.column() else { continue };
            let (codes, unit) = (&segment.column(column).codes, K::of(part.unit));
            match part.source {
                Source::NpsGroup => {
                    codes
                        .each_with(rows, keys.iter_mut(), |key, code| *key = key.plus(nps_group(code), unit));
                }
                _ => codes.each_with(rows, keys.iter_mut(), |key, code| *key = key.plus(code, unit)),
            }
        }
    }

    /// Does every row of a run of rows have the same key?
    pub fn is_constant(&self) -> bool {
        self.parts
            .iter()
            .all(|part| matches!(part.source, Source::Time { .. } | Source::Topic | Source::Signal))
    }

    /// Is the topic part of the key, and which?
    pub fn topic_unit(&self) -> Option<u128> {
        self.parts.iter().find(|part| matches!(part.source, Source::Topic)).map(|part| part.unit)
    }

    /// Is the signal part of the key, and which?
    pub fn signal_unit(&self) -> Option<u128> {
        self.parts.iter().find(|part| matches!(part.source, Source::Signal)).map(|part| part.unit)
    }

    /// The share of the key that the day gives.
    pub fn day_key(&self, day: u16) -> u128 {
        let shares = self.parts.iter().filter_map(|part| match part.source {
            Source::Time { grain, first } => Some((grain.step(day) - first) as u128 * part.unit),
            _ => None,
        });
        shares.sum()
    }
}

impl Part {
    /// This part's code in a key.
    pub fn code(&self, key: u128) -> u32 {
        match u64::try_from(key) {
            // 128-bit division takes ten times as long.
            Ok(_) if self.unit > key => 0,
            Ok(key) => (key / self.unit as u64 % self.radix as u64) as u32,
            Err(_) => (key / self.unit % self.radix) as u32,
        }
    }

    /// The value a code stands for.
    pub fn label(&self, code: u32, dimension: &Dimension, vocabulary: &Vocabulary) -> Option<String> {
        match self.source {
            Source::Time { grain, first } => Some(grain.label(first + code as i32)),
            Source::Topic => vocabulary.topics.value(code).map(str::to_owned),
            Source::NpsGroup => NPS_GROUPS.get(code.checked_sub(1)? as usize).map(|&name| name.to_owned()),
            Source::Signal => SIGNALS.get(code.checked_sub(1)? as usize).map(|&name| name.to_owned()),
            Source::Column(SENTIMENT) => {
                SENTIMENTS.get(code.checked_sub(1)? as usize).map(|&name| name.to_owned())
            }
            Source::Column(COMPLAINT) => TRUTHS.get(code as usize).map(|&name| name.to_owned()),
            Source::Column(_) => vocabulary.column(dimension)?.1.value(code).map(str::to_owned),
        }
    }
}

/// Where a dimension comes from, and how many codes it has.
fn source(dimension: &Dimension, state: &State) -> (Source, u32) {
    if let Some(grain) = Grain::of(dimension) {
        let (first, last) =
            state.days().map_or((0, 0), |(first, last)| (grain.step(first), grain.step(last)));
        return (Source::Time { grain, first }, (last - first) as u32 + 1);
    }
    match dimension {
        Dimension::Topic => (Source::Topic, state.vocabulary.topics.codes()),
        Dimension::Complaint => (Source::Column(COMPLAINT), TRUTHS.len() as u32),
        Dimension::NpsGroup => (Source::NpsGroup, NPS_GROUPS.len() as u32 + 1),
        Dimension::Sentiment => (Source::Column(SENTIMENT), SENTIMENTS.len() as u32 + 1),
        Dimension::Signal => (Source::Signal, SIGNALS.len() as u32 + 1),
        _ => match state.vocabulary.column(dimension) {
            Some((column, dictionary)) => (Source::Column(column), dictionary.codes()),
            // No segment has this column, so all its rows are missing.
            None => (Source::Column(usize::MAX), 1),
        },
    }
}

impl Source {
    /// The column whose codes become this part's.
    pub fn column(&self) -> Option<usize> {
        match self {
            Self::Column(column) => Some(*column),
            Self::NpsGroup => Some(NPS),
            Self::Time { .. } | Self::Topic | Self::Signal => None,
        }
    }
}
