//! A checked query: what to ask the facts, and how to read what they answer.

use std::collections::{BTreeMap, BTreeSet};

use otklik_facts::{Cell, Dimension, FactQuery, Facts, Filter, Measures, Period};

use crate::calendar::{length, steps};
use crate::error::MAX_DIMENSIONS;
use crate::reading::Reading;
use crate::slice::Slices;
use crate::{Definition, Denominators, Formula, Grain, MetricError, MetricQuery};

/// Rows up to which groups without items in a step of time are filled in.
const MAX_FILLED_ROWS: usize = 20_000;

pub(crate) type Key = Vec<Option<String>>;

pub(crate) struct Plan<'a> {
    facts: &'a Facts,
    denominators: &'a Denominators,
    pub(crate) formula: Formula,
    pub(crate) dimensions: Vec<Dimension>,
    /// The time dimension's place in a key, and its grain.
    pub(crate) time: Option<(usize, Grain)>,
}

/// The values of one set of items in one period.
pub(crate) struct Side {
    pub(crate) rows: BTreeMap<Key, Reading>,
    pub(crate) overall: Reading,
    /// Items without a customer.
    pub(crate) anonymous: u64,
    pub(crate) period: Option<Period>,
    slices: Slices,
    /// The steps of time in the period, each with its days. Their names rise with time.
    steps: BTreeMap<String, Period>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        facts: &'a Facts,
        denominators: &'a Denominators,
        definition: &Definition,
        query: &MetricQuery,
    ) -> Result<Self, MetricError> {
        if definition.code != query.metric {
            return Err(MetricError::UnknownMetric(query.metric.clone()));
        }
        let dimensions = dimensions(facts, query)?;
        let mut times =
            dimensions.iter().enumerate().filter_map(|(at, dimension)| Some((at, Grain::of(dimension)?)));
        let time = times.next();
        if times.next().is_some() {
            return Err(MetricError::TwoTimes);
        }
        Ok(Self { facts, denominators, formula: definition.formula, dimensions, time })
    }

    /// Values of the items of a filter. Without a period, from the first day of any feedback to the last.
    pub(crate) fn read(&self, filter: &Filter, period: Option<Period>) -> Result<Side, MetricError> {
        let items = filter.clone().and(self.formula.evidence());
        let period = match period {
            Some(period) => Some(period),
            None => self.extent()?,
        };
        let cells = self.cells(&items, period, &self.dimensions)?;
        let whole =
            self.cells(&items, period, &[])?.into_iter().next().map(|(_, cell)| cell).unwrap_or_default();
        let slices = Slices::of(filter);
        let mut side = Side {
            rows: BTreeMap::new(),
            overall: self.value(&slices, &whole, period),
            anonymous: whole.anonymous,
            period,
            slices,
            steps: self.time.zip(period).map_or_else(BTreeMap::new, |((_, grain), period)| {
                steps(grain, period).into_iter().collect()
            }),
        };
        side.rows =
            cells.into_iter().map(|(key, cell)| (key.clone(), self.reading(&side, &key, &cell))).collect();
        Ok(side)
    }

    /// Values of the groups with all time together: what `top` ranks by.
    pub(crate) fn read_groups(
        &self,
        filter: &Filter,
        period: Option<Period>,
    ) -> Result<BTreeMap<Key, Reading>, MetricError> {
        let groups: Vec<Dimension> =
            self.dimensions.iter().filter(|dimension| !dimension.is_time()).cloned().collect();
        let slices = Slices::of(filter);
        let cells = self.cells(&filter.clone().and(self.formula.evidence()), period, &groups)?;
        let read = |(key, cell): (Key, Cell)| {
            let reading = self.value(&slices.within(&groups, &key), &cell, period);
            (key, reading)
        };
        Ok(cells.into_iter().map(read).collect())
    }

    /// The groups that occur in a side, time apart. Of a query by time alone: one, whether it has items or not.
    pub(crate) fn groups(&self, side: &Side) -> BTreeSet<Key> {
        let mut groups: BTreeSet<Key> = side.rows.keys().map(|key| self.group(key)).collect();
        if self.time.is_some() && self.dimensions.len() == 1 {
            groups.insert(Key::new());
        }
        groups
    }

    /// Gives every group a row, in every step of time: that nothing happened there is a value too.
    pub(crate) fn fill(&self, side: &mut Side, groups: &BTreeSet<Key>) {
        if groups.len() * side.steps.len().max(1) > MAX_FILLED_ROWS {
            return;
        }
        let keys: Vec<Key> = groups.iter().flat_map(|group| self.keys(side, group)).collect();
        for key in keys {
            if !side.rows.contains_key(&key) {
                let reading = self.reading(side, &key, &Cell::default());
                side.rows.insert(key, reading);
            }
        }
    }

    /// Renames the steps of `other` to those of `this`, the first to the first and so on; steps without a counterpart
    /// go.
    pub(crate) fn align(&self, other: &mut Side, this: &Side) {
        let Some((at, _)) = self.time else { return };
        let twins: BTreeMap<String, String> =
            other.steps.keys().cloned().zip(this.steps.keys().cloned()).collect();
        let renamed = std::mem::take(&mut other.rows).into_iter().filter_map(|(mut key, reading)| {
            let twin = twins.get(key.get(at)?.as_deref()?)?.clone();
            key[at] = Some(twin);
            Some((key, reading))
        });
        other.rows = renamed.collect();
    }

    /// A key without its step of time.
    pub(crate) fn group(&self, key: &Key) -> Key {
        let mut group = key.clone();
        if let Some((at, _)) = self.time {
            group.remove(at);
        }
        group
    }

    fn keys(&self, side: &Side, group: &Key) -> Vec<Key> {
        let Some((at, _)) = self.time else { return vec![group.clone()] };
        let at_step = |name: &String| {
            let mut key = group.clone();
            key.insert(at, Some(name.clone()));
            key
        };
        side.steps.keys().map(at_step).collect()
    }

    fn cells(
        &self,
        items: &Filter,
        period: Option<Period>,
        by: &[Dimension],
    ) -> Result<Vec<(Key, Cell)>, MetricError> {
        let query = FactQuery {
            filter: items.clone(),
            period,
            dimensions: by.to_vec(),
            top: None,
            customers: true,
            measures: self.formula.measures(),
        };
        Ok(self.facts.query(&query)?.into_iter().map(|row| (row.key, row.cell)).collect())
    }

    /// From the first to the last day on which there is any feedback: the same for all metrics and filters, so that a
    /// rare topic is not divided by the few days between its first and last item.
    fn extent(&self) -> Result<Option<Period>, MetricError> {
        let dimensions = vec![Dimension::Day];
        let query = FactQuery { dimensions, measures: Measures::NONE, ..FactQuery::default() };
        let rows = self.facts.query(&query)?;
        let day = |key: &Key| -> Option<Period> {
            let date = key.first()?.clone()?;
            crate::DatePeriod { from: date.clone(), to: date }.days().ok()
        };
        let (first, last) =
            (rows.first().and_then(|row| day(&row.key)), rows.last().and_then(|row| day(&row.key)));
        Ok(first.zip(last).map(|(first, last)| Period { from: first.from, to: last.to }))
    }

    fn reading(&self, side: &Side, key: &Key, cell: &Cell) -> Reading {
        let name = self.time.and_then(|(at, _)| key.get(at)?.as_deref());
        let step = name.and_then(|name| side.steps.get(name)).copied();
        self.value(&side.slices.within(&self.dimensions, key), cell, step.or(side.period))
    }

    fn value(&self, slices: &Slices, cell: &Cell, period: Option<Period>) -> Reading {
        let base = self.formula.base().zip(period);
        let denominator = base.and_then(|(base, period)| self.denominators.mean(slices, base, period));
        Reading::new(self.formula, cell, denominator, period.map_or(1, length))
    }
}

fn dimensions(facts: &Facts, query: &MetricQuery) -> Result<Vec<Dimension>, MetricError> {
    let mut dimensions: Vec<Dimension> = query.grain.map(Grain::dimension).into_iter().collect();
    for name in &query.dimensions {
        let dimension: Dimension = name.parse().map_err(|_| MetricError::UnknownDimension(name.clone()))?;
        if let Dimension::Attribute(attribute) = &dimension
            && !facts.attributes().contains(attribute)
        {
            return Err(MetricError::UnknownDimension(name.clone()));
        }
        if !dimensions.contains(&dimension) {
            dimensions.push(dimension);
        }
    }
    if dimensions.len() > MAX_DIMENSIONS {
        return Err(MetricError::TooManyDimensions { given: dimensions.len() });
    }
    Ok(dimensions)
}
