//! A filter in the terms of columns and codes, made once for each query.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use crate::calendar::{self, Grain};
use crate::code_set::CodeSet;
use crate::item::SIGNALS;
use crate::vocabulary::{COMPLAINT, CUSTOMER, NPS, SENTIMENT, SIGNAL, Vocabulary, score_column};
use crate::{Dimension, FactsError, Filter, ItemSet};

/// What a row must pass.
#[derive(Debug)]
pub enum Test {
    Always(bool),
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    /// The code in this column is one of these.
    Code {
        column: usize,
        codes: CodeSet,
    },
    /// One of the row's topics is one of these.
    Topic(CodeSet),
    /// The stored day lies in one of these ranges.
    Day(Vec<Range<u16>>),
    Item(Arc<ItemSet>),
    /// One test that several have in them.
    Shared(Arc<Test>),
}

/// The values of `complaint`, `nps_group` and `sentiment` in order of their codes.
pub const TRUTHS: [&str; 2] = ["false", "true"];
pub const NPS_GROUPS: [&str; 3] = ["detractor", "passive", "promoter"];
pub const SENTIMENTS: [&str; 3] = ["negative", "neutral", "positive"];

/// The codes of the NPS column that make up each group: answer + 1.
const NPS_GROUP_CODES: [RangeInclusive<u32>; 3] = [1..=7, 8..=9, 10..=11];

/// The group of a code in the NPS column: 0 missing, then detractor, passive, promoter.
#[inline(always)]
pub fn nps_group(code: u32) -> u32 {
    // Three comparisons, which a processor does for many rows at once, where a table is one row at a time.
    NPS_GROUP_CODES.iter().map(|codes| u32::from(code >= *codes.start())).sum()
}

/// How many codes the column of signals has: each set of signals is one.
pub fn signal_codes() -> u32 {
    1 << SIGNALS.len()
}

/// The codes of the sets that have a signal, by its place in [`SIGNALS`].
fn codes_with(signal: usize) -> impl Iterator<Item = u32> {
    (0..signal_codes()).filter(move |code| code >> signal & 1 == 1)
}

impl Test {
    /// An item's share in each value of `signal`: no signal at all, then each of [`SIGNALS`].
    pub fn each_signal() -> impl Iterator<Item = (u32, Self)> {
        let one = |signal| (signal as u32 + 1, Self::code(SIGNAL, codes_with(signal).collect()));
        [(0, Self::code(SIGNAL, vec![0]))].into_iter().chain((0..SIGNALS.len()).map(one))
    }

    pub fn new(filter: &Filter, vocabulary: &Vocabulary) -> Result<Self, FactsError> {
        let tests = |filters: &[Filter]| {
            filters.iter().map(|filter| Self::new(filter, vocabulary)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match filter {
            Filter::All => Self::Always(true),
            Filter::And(filters) => {
                let mut tests = tests(filters)?;
                tests.sort_by_key(Self::effort);
                Self::And(tests)
            }
            Filter::Or(filters) => Self::Or(tests(filters)?),
            Filter::Not(filter) => Self::Not(Box::new(Self::new(filter, vocabulary)?)),
            Filter::In { dimension, values } => Self::value_in(dimension, values, vocabulary)?,
            Filter::Missing { dimension } => Self::missing(dimension, vocabulary),
            Filter::Range { score, low, high } => {
                let codes = (u32::from(*low) + 1..=u32::from(*high) + 1).collect();
                Self::code(score_column(*score), codes)
            }
            Filter::Answered(score) => {
                let (low, high) = score.scale();
                Self::code(score_column(*score), (u32::from(low) + 1..=u32::from(high) + 1).collect())
            }
            Filter::Anonymous => Self::code(CUSTOMER, vec![0]),
            Filter::Items(items) => Self::Item(items.clone()),
        })
    }

    fn value_in(
        dimension: &Dimension,
        values: &[String],
        vocabulary: &Vocabulary,
    ) -> Result<Self, FactsError> {
        let bad =
            |value: &String| FactsError::BadValue { dimension: dimension.clone(), value: value.clone() };
        let position = |names: &[&str], value: &String| {
            names.iter().position(|name| name == value).ok_or_else(|| bad(value))
        };
        if let Some(grain) = Grain::of(dimension) {
            let days = values
                .iter()
                .map(|value| grain.parse(value).map(calendar::pack_days).ok_or_else(|| bad(value)));
            return Ok(Self::Day(days.collect::<Result<_, _>>()?));
        }
        Ok(match dimension {
            Dimension::Complaint => {
                let codes = values.iter().map(|value| position(&TRUTHS, value).map(|code| code as u32));
                Self::code(COMPLAINT, codes.collect::<Result<_, _>>()?)
            }
            Dimension::NpsGroup => {
                let groups: Result<Vec<_>, _> =
                    values.iter().map(|value| position(&NPS_GROUPS, value)).collect();
                Self::code(
                    NPS,
                    groups?.into_iter().flat_map(|group| NPS_GROUP_CODES[group].clone()).collect(),
                )
            }
            Dimension::Sentiment => {
                let codes =
                    values.iter().map(|value| position(&SENTIMENTS, value).map(|code| code as u32 + 1));
                Self::code(SENTIMENT, codes.collect::<Result<_, _>>()?)
            }
            Dimension::Signal => {
                let signals: Result<Vec<_>, _> =
                    values.iter().map(|value| position(&SIGNALS, value)).collect();
                Self::code(SIGNAL, signals?.into_iter().flat_map(codes_with).collect())
            }
            Dimension::Topic => {
                let codes = values.iter().filter_map(|value| vocabulary.topics.find(value)).collect();
                CodeSet::new(codes).map_or(Self::Always(false), Self::Topic)
            }
            _ => match vocabulary.column(dimension) {
                Some((column, dictionary)) => {
                    Self::code(column, values.iter().filter_map(|value| dictionary.find(value)).collect())
                }
                None => Self::Always(false),
            },
        })
    }

    fn missing(dimension: &Dimension, vocabulary: &Vocabulary) -> Self {
        match dimension {
            Dimension::Complaint => Self::Always(false),
            time if time.is_time() => Self::Always(false),
            Dimension::NpsGroup => Self::code(NPS, vec![0]),
            Dimension::Sentiment => Self::code(SENTIMENT, vec![0]),
            Dimension::Signal => Self::code(SIGNAL, vec![0]),
            Dimension::Topic => CodeSet::new(vec![0]).map_or(Self::Always(true), Self::Topic),
            _ => match vocabulary.column(dimension) {
                Some((column, _)) => Self::code(column, vec![0]),
                None => Self::Always(true),
            },
        }
    }

    fn code(column: usize, codes: Vec<u32>) -> Self {
        CodeSet::new(codes).map_or(Self::Always(false), |codes| Self::Code { column, codes })
    }

    /// What is quick to tell, or leaves few rows, is better asked first.
    fn effort(&self) -> u8 {
        match self {
            Self::Always(_) => 0,
            Self::Topic(_) => 1,
            Self::Day(_) => 2,
            Self::Code { .. } => 3,
            Self::Item(_) => 4,
            Self::Not(_) => 5,
            Self::And(_) | Self::Or(_) | Self::Shared(_) => 6,
        }
    }
}
