//! A checked query: what to ask the facts, and how to read what they answer.

use std::collections::{BTreeMap, BTreeSet};

use otklik_facts::{Dimension, Facts, Filter, Period};

use crate::calendar::{length, steps};
pub(crate) use crate::count::Key;
use crate::count::{Counter, Counts};
use crate::error::MAX_DIMENSIONS;
use crate::expression::{self, Expression};
use crate::reading::Reading;
use crate::slice::Slices;
use crate::watch::extent;
use crate::{Definition, Denominators, Formula, Grain, Metric, MetricError, MetricQuery};

/// Rows up to which groups without items in a step of time are filled in.
const MAX_FILLED_ROWS: usize = 20_000;

/// Most steps of a trend with a window: each is a question of its own to the facts.
const MAX_WINDOWS: usize = 400;

#[derive(Clone)]
pub(crate) struct Plan<'a> {
    facts: &'a Facts,
    pub(crate) denominators: &'a Denominators,
    pub(crate) definition: &'a Definition,
    evidence: Filter,
    pub(crate) dimensions: Vec<Dimension>,
    /// The time dimension's place in a key, and its grain.
    pub(crate) time: Option<(usize, Grain)>,
    /// Of a formula over other metrics: what it computes, and their plans by code.
    expression: Option<Expression>,
    pub(crate) parts: BTreeMap<String, Plan<'a>>,
}

/// The values of one set of items in one period.
pub(crate) struct Side {
    pub(crate) rows: BTreeMap<Key, Reading>,
    pub(crate) overall: Reading,
    /// Items without a customer.
    pub(crate) anonymous: u64,
    pub(crate) period: Option<Period>,
    slices: Slices,
    /// The steps of time in the period, each with the days that it is counted over. Their names rise with time.
    steps: BTreeMap<String, Period>,
    /// The same of each metric that the formula names.
    parts: BTreeMap<String, Side>,
}

impl Side {
    /// The steps of time, each with the days that it is counted over.
    pub(crate) fn steps(&self) -> &BTreeMap<String, Period> {
        &self.steps
    }

    /// Whether something holds of one of the values, or of one that they were made of.
    pub(crate) fn any_reading(&self, holds: &dyn Fn(&Reading) -> bool) -> bool {
        self.rows.values().chain([&self.overall]).any(holds)
            || self.parts.values().any(|part| part.any_reading(holds))
    }
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        facts: &'a Facts,
        denominators: &'a Denominators,
        metric: &'a Metric,
        query: &MetricQuery,
    ) -> Result<Self, MetricError> {
        let dimensions = dimensions(facts, query)?;
        let mut times =
            dimensions.iter().enumerate().filter_map(|(at, dimension)| Some((at, Grain::of(dimension)?)));
        let time = times.next();
        if times.next().is_some() {
            return Err(MetricError::TwoTimes);
        }
        Self::of(facts, denominators, metric, (dimensions, time))
    }

    fn of(
        facts: &'a Facts,
        denominators: &'a Denominators,
        metric: &'a Metric,
        by: (Vec<Dimension>, Option<(usize, Grain)>),
    ) -> Result<Self, MetricError> {
        let mut parts = BTreeMap::new();
        for (code, part) in &metric.parts {
            parts.insert(code.clone(), Self::of(facts, denominators, part, by.clone())?);
        }
        let expression = match &metric.definition.formula {
            Formula::Expression { text, .. } => Some(expression::parse(text)?),
            _ => None,
        };
        let (definition, evidence, (dimensions, time)) = (&metric.definition, metric.evidence(), by);
        Ok(Self { facts, denominators, definition, evidence, dimensions, time, expression, parts })
    }

    /// The same question without its time dimension: what `top` ranks by.
    pub(crate) fn without_time(&self) -> Self {
        let mut plan = self.clone();
        plan.dimensions.retain(|dimension| !dimension.is_time());
        plan.time = None;
        plan.parts = self.parts.iter().map(|(code, part)| (code.clone(), part.without_time())).collect();
        plan
    }

    pub(crate) fn formula(&self) -> &'a Formula {
        &self.definition.formula
    }

    /// Whether something holds of the metric or of one that its formula names.
    pub(crate) fn any(&self, holds: &impl Fn(&Self) -> bool) -> bool {
        holds(self) || self.parts.values().any(|part| part.any(holds))
    }

    /// Values of the items of a filter. Without a period, from the first day of any feedback to the last.
    pub(crate) fn read(&self, filter: &Filter, period: Option<Period>) -> Result<Side, MetricError> {
        let period = match period {
            Some(period) => Some(period),
            // The same for all metrics and filters, so that a rare topic is not divided by the few days between its
            // first and last item.
            None => extent(self.facts)?,
        };
        let steps = self.steps(period)?;
        let counted = self.count_by(filter, period, &steps, &self.dimensions)?;
        let whole = self.counter().count(filter, period, &[])?.into_values().next().unwrap_or_default();
        let mut parts = BTreeMap::new();
        let narrowed = filter.clone().and(self.definition.filter.clone());
        for (code, part) in &self.parts {
            parts.insert(code.clone(), part.read(&narrowed, period)?);
        }
        let slices = Slices::of(&narrowed);
        let overalls = parts.iter().map(|(code, part)| (code.clone(), part.overall.clone())).collect();
        let overall = self.value(&slices, &whole, period, &overalls);
        let anonymous = whole.anonymous;
        let mut side = Side { rows: BTreeMap::new(), overall, anonymous, period, slices, steps, parts };
        side.rows = counted
            .into_iter()
            .map(|(key, counts)| {
                let reading = self.reading(&side, &key, &counts);
                (key, reading)
            })
            .collect();
        Ok(side)
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
                let reading = self.reading(side, &key, &Counts::default());
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

    /// The steps of time, each with the days that it is counted over: its own, or those of the metric's window.
    fn steps(&self, period: Option<Period>) -> Result<BTreeMap<String, Period>, MetricError> {
        let Some(((_, grain), period)) = self.time.zip(period) else { return Ok(BTreeMap::new()) };
        let own = steps(grain, period);
        let Some(window) = self.definition.window else { return Ok(own.into_iter().collect()) };
        if own.len() > MAX_WINDOWS {
            return Err(MetricError::TooManySteps { given: own.len(), limit: MAX_WINDOWS });
        }
        Ok(own.into_iter().map(|(name, step)| (name, window.of(step))).collect())
    }

    /// Counts by some dimensions; each step of time over the metric's window, where it has one.
    pub(crate) fn count_by(
        &self,
        filter: &Filter,
        period: Option<Period>,
        steps: &BTreeMap<String, Period>,
        by: &[Dimension],
    ) -> Result<BTreeMap<Key, Counts>, MetricError> {
        let time = by.iter().position(Dimension::is_time);
        let (Some(at), Some(_)) = (time, self.definition.window) else {
            return self.counter().count(filter, period, by);
        };
        let groups: Vec<Dimension> = by.iter().filter(|dimension| !dimension.is_time()).cloned().collect();
        let mut counted = BTreeMap::new();
        for (name, window) in steps {
            for (mut key, counts) in self.counter().count(filter, Some(*window), &groups)? {
                key.insert(at, Some(name.clone()));
                counted.insert(key, counts);
            }
        }
        Ok(counted)
    }

    pub(crate) fn counter(&self) -> Counter<'_> {
        Counter { facts: self.facts, formula: self.formula(), evidence: &self.evidence }
    }

    fn reading(&self, side: &Side, key: &Key, counts: &Counts) -> Reading {
        let name = self.time.and_then(|(at, _)| key.get(at)?.as_deref());
        let step = name.and_then(|name| side.steps.get(name)).copied();
        let part = |(code, plan): (&String, &Plan<'_>)| {
            let side = side.parts.get(code)?;
            let known = side.rows.get(key).cloned();
            Some((code.clone(), known.unwrap_or_else(|| plan.reading(side, key, &Counts::default()))))
        };
        let parts = self.parts.iter().filter_map(part).collect();
        self.value(&side.slices.within(&self.dimensions, key), counts, step.or(side.period), &parts)
    }

    fn value(
        &self,
        slices: &Slices,
        counts: &Counts,
        period: Option<Period>,
        parts: &BTreeMap<String, Reading>,
    ) -> Reading {
        let days = period.map_or(1, length);
        if let Some(expression) = &self.expression {
            let parts = parts.iter().map(|(code, part)| (code.clone(), part)).collect();
            return Reading::derived(expression, counts, &parts, days);
        }
        let base =
            self.formula().base().filter(|base| !base.is_flow() || slices.is_about_people()).zip(period);
        let denominator = base.and_then(|(base, period)| self.denominators.mean(slices, base, period));
        Reading::new(self.formula(), counts, denominator, days)
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
