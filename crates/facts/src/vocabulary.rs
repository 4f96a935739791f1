//! The dictionaries of all dimensions, and which column of a segment each one codes.

use std::sync::Arc;

use crate::dictionary::Dictionary;
use crate::{Dimension, Score};

/// The columns every segment has, in this order; those of attributes follow.
pub const DIMENSIONS: usize = 8;
pub const NPS: usize = 8;
pub const CSAT: usize = 9;
pub const CES: usize = 10;
pub const COMPLAINT: usize = 11;
pub const CUSTOMER: usize = 12;
/// 0 for nothing said, else negative, neutral, positive.
pub const SENTIMENT: usize = 13;
/// The bits of an item's signals.
pub const SIGNAL: usize = 14;
pub const FIRST_ATTRIBUTE: usize = 15;

/// The fixed dimensions in the order of their columns.
pub const FIXED: [Dimension; DIMENSIONS] = [
    Dimension::Source,
    Dimension::Channel,
    Dimension::Unit,
    Dimension::Product,
    Dimension::Touchpoint,
    Dimension::Segment,
    Dimension::Region,
    Dimension::Language,
];

/// The column of a score, which holds 0 for «not answered», else the answer + 1.
pub fn score_column(score: Score) -> usize {
    match score {
        Score::Nps => NPS,
        Score::Csat => CSAT,
        Score::Ces => CES,
    }
}

/// All words of a state.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub fixed: [Dictionary; DIMENSIONS],
    pub topics: Dictionary,
    pub attributes: Vec<(Arc<str>, Dictionary)>,
}

impl Vocabulary {
    /// The column and the dictionary of a dimension whose values are coded in a column. An attribute nobody has used
    /// yet has neither.
    pub fn column(&self, dimension: &Dimension) -> Option<(usize, &Dictionary)> {
        if let Dimension::Attribute(name) = dimension {
            let position = self.attributes.iter().position(|(known, _)| **known == **name)?;
            return Some((FIRST_ATTRIBUTE + position, &self.attributes[position].1));
        }
        let position = FIXED.iter().position(|fixed| fixed == dimension)?;
        Some((position, &self.fixed[position]))
    }

    /// The position of an attribute among the attributes, a new one if it is unknown.
    pub fn intern_attribute(&mut self, name: &str) -> usize {
        let known = self.attributes.iter().position(|(known, _)| **known == *name);
        known.unwrap_or_else(|| {
            self.attributes.push((name.into(), Dictionary::default()));
            self.attributes.len() - 1
        })
    }

    /// How many columns a new segment has.
    pub fn columns(&self) -> usize {
        FIRST_ATTRIBUTE + self.attributes.len()
    }

    /// Tidies the dictionaries up before a state is published.
    pub fn settle(&mut self) {
        self.dictionaries_mut().for_each(Dictionary::settle);
    }

    pub fn memory_bytes(&self) -> usize {
        let fixed = self.fixed.iter().chain([&self.topics]).map(Dictionary::memory_bytes).sum::<usize>();
        fixed + self.attributes.iter().map(|(name, values)| name.len() + values.memory_bytes()).sum::<usize>()
    }

    fn dictionaries_mut(&mut self) -> impl Iterator<Item = &mut Dictionary> {
        let attributes = self.attributes.iter_mut().map(|(_, values)| values);
        self.fixed.iter_mut().chain([&mut self.topics]).chain(attributes)
    }
}
