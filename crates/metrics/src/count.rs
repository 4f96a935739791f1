//! Counting: the questions that a formula puts to the facts, and what came back for each group.

use std::collections::BTreeMap;

use otklik_facts::{Cell, Dimension, FactQuery, Facts, Filter, Measures, Period};

use crate::answers::{Answers, AttributeScale};
use crate::error::MAX_DIMENSIONS;
use crate::index::Moments;
use crate::{Counted, Formula, MetricError, joint};

/// A value for each dimension of a question.
pub(crate) type Key = Vec<Option<String>>;

/// What was counted in one group.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Counts {
    /// Items that the value is made of.
    pub(crate) items: u64,
    /// Their distinct customers, and how many of them have none.
    pub(crate) customers: u64,
    pub(crate) anonymous: u64,
    /// Of a share: the items or customers that match.
    pub(crate) hits: u64,
    /// Of a score: how often each answer was given, from the lowest.
    pub(crate) answers: Vec<u64>,
    /// Of an index.
    pub(crate) moments: Option<Moments>,
}

/// Counts the items of one formula.
#[derive(Clone, Copy)]
pub(crate) struct Counter<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) formula: &'a Formula,
    /// The items that the values are made of, the definition's own filter included.
    pub(crate) evidence: &'a Filter,
}

impl Counter<'_> {
    /// What the formula needs of each group of the items of a filter.
    pub(crate) fn count(
        &self,
        filter: &Filter,
        period: Option<Period>,
        by: &[Dimension],
    ) -> Result<BTreeMap<Key, Counts>, MetricError> {
        let items =
            Asked { facts: self.facts, filter: filter.clone().and(self.evidence.clone()), period, by };
        let score = self.formula.answers();
        let measures = score.as_ref().map_or(Measures::NONE, Answers::measures);
        let mut counts: BTreeMap<Key, Counts> = BTreeMap::new();
        for (key, cell) in items.cells(true, measures)? {
            let answers = score.as_ref().map_or(&[][..], |score| score.histogram(&cell)).to_vec();
            let Cell { count: items, customers, anonymous, .. } = cell;
            counts.insert(key, Counts { items, customers, anonymous, answers, ..Counts::default() });
        }
        match (self.formula, &score) {
            (Formula::Share { of, matching, .. }, _) => {
                let hits = Asked { filter: items.filter.clone().and(matching.clone()), ..items };
                for (key, cell) in hits.cells(*of == Counted::Customers, Measures::NONE)? {
                    let hits = if *of == Counted::Customers { cell.customers } else { cell.count };
                    counts.entry(key).or_default().hits = hits;
                }
            }
            (Formula::Index { parts }, _) => {
                for (key, moments) in joint::count_moments(&items, parts, &counts)? {
                    counts.entry(key).or_default().moments = Some(moments);
                }
            }
            (_, Some(answers @ Answers::Attribute(_))) => {
                for (key, histogram) in items.histograms(answers)? {
                    counts.entry(key).or_default().answers = histogram;
                }
            }
            _ => {}
        }
        Ok(counts)
    }
}

/// Some items, grouped.
pub(crate) struct Asked<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) filter: Filter,
    pub(crate) period: Option<Period>,
    pub(crate) by: &'a [Dimension],
}

impl Asked<'_> {
    fn cells(&self, customers: bool, measures: Measures) -> Result<Vec<(Key, Cell)>, MetricError> {
        self.ask(self.by.to_vec(), customers, measures)
    }

    fn ask(
        &self,
        dimensions: Vec<Dimension>,
        customers: bool,
        measures: Measures,
    ) -> Result<Vec<(Key, Cell)>, MetricError> {
        let (filter, period) = (self.filter.clone(), self.period);
        let query = FactQuery { filter, period, dimensions, top: None, customers, measures };
        Ok(self.facts.query(&query)?.into_iter().map(|row| (row.key, row.cell)).collect())
    }

    /// How often each answer was given in each group.
    pub(crate) fn histograms(&self, answers: &Answers) -> Result<BTreeMap<Key, Vec<u64>>, MetricError> {
        let mut histograms: BTreeMap<Key, Vec<u64>> = BTreeMap::new();
        match answers {
            Answers::Score(_) => {
                for (key, cell) in self.cells(false, answers.measures())? {
                    histograms.insert(key, answers.histogram(&cell).to_vec());
                }
            }
            Answers::Attribute(scale) => {
                for (key, steps, cell) in self.split(&[scale], Measures::NONE)? {
                    let histogram = histograms.entry(key).or_insert_with(|| vec![0; answers.steps()]);
                    histogram[steps[0]] += cell.count;
                }
            }
        }
        Ok(histograms)
    }

    /// The groups divided further by the answers in attributes: the group's key, the step of each answer, the cell.
    ///
    /// # Errors
    /// `TooManyDimensions` where the facts cannot group by all of them.
    pub(crate) fn split(
        &self,
        scales: &[&AttributeScale],
        measures: Measures,
    ) -> Result<Vec<(Key, Vec<usize>, Cell)>, MetricError> {
        let dimensions = self.split_dimensions(scales);
        if dimensions.len() > MAX_DIMENSIONS {
            return Err(MetricError::TooManyDimensions { given: dimensions.len() });
        }
        let at = |scale: &&AttributeScale| dimensions.iter().position(|by| *by == scale.dimension());
        let places: Vec<usize> = scales.iter().filter_map(at).collect();
        let rows = self.ask(dimensions.clone(), false, measures)?.into_iter();
        let split = rows.filter_map(|(mut key, cell)| {
            let step = |(place, scale): (&usize, &&AttributeScale)| scale.step(key[*place].as_deref()?);
            let steps = places.iter().zip(scales).map(step).collect::<Option<Vec<_>>>()?;
            key.truncate(self.by.len());
            Some((key, steps, cell))
        });
        Ok(split.collect())
    }

    /// Whether the facts can group by all of these at once.
    pub(crate) fn can_split(&self, scales: &[&AttributeScale]) -> bool {
        self.split_dimensions(scales).len() <= MAX_DIMENSIONS
    }

    fn split_dimensions(&self, scales: &[&AttributeScale]) -> Vec<Dimension> {
        let mut dimensions = self.by.to_vec();
        for scale in scales {
            if !dimensions.contains(&scale.dimension()) {
                dimensions.push(scale.dimension());
            }
        }
        dimensions
    }
}
