//! Weighing answers so that their make-up is that of the customer base.

use std::collections::BTreeMap;

use otklik_facts::{Dimension, Filter, Period};
use otklik_stats::Tally;
use otklik_stats::validity::{Raked, rake};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::MAX_DIMENSIONS;
use crate::plan::{Key, Plan, Side};
use crate::slice::Slices;
use crate::{Base, Counted, Formula, MetricError};

/// What answers may be weighed by, where the customer base knows it.
const WEIGHABLE: [Dimension; 3] = [Dimension::Segment, Dimension::Region, Dimension::Product];

/// Share of answers without a value of a dimension past which it is not weighed by: those answers are left out, and they
/// seldom are like the others.
const MOST_MISSING: f64 = 0.1;

/// To what the answers of a query are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weighting {
    /// To the active customers of the customer base by segment, region and product, as far as it has them.
    CustomerBase,
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WeightingReport {
    /// By what the answers were weighed.
    pub by: Vec<String>,
    /// As many answers of equal weight would tell as much, of all together.
    pub n_eff: Option<f64>,
    /// Answers that have no value of what is weighed by, and so do not count.
    pub left_out: u64,
    /// Weights were cut at five times their mean; shares are then only approached.
    pub trimmed: bool,
    /// Why the values are those of the answers as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<WeightingRefusal>,
}

/// Why nothing was weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WeightingRefusal {
    /// Totals, rates, indices and formulas over others are not made of single answers.
    NotForMetric,
    /// The customer base does not know the make-up of these customers, or some group of it did not answer at all.
    NoBase,
}

/// One dimension: its values in the base, with the customers of each.
#[derive(Debug, Clone)]
pub(crate) struct Margin {
    pub(crate) dimension: Dimension,
    levels: Vec<String>,
    customers: Vec<f64>,
}

impl Margin {
    /// Answers and customers of each level, and the answers that have none; `None` where somebody answered out of a
    /// group that the base does not have.
    pub(crate) fn seen(&self, counts: &BTreeMap<Key, u64>) -> Option<(Vec<(u64, f64)>, u64)> {
        let mut groups: Vec<(u64, f64)> = self.customers.iter().map(|customers| (0, *customers)).collect();
        let mut missing = 0;
        for (key, n) in counts {
            match key.first()?.as_ref() {
                None => missing += n,
                Some(value) => groups[self.levels.iter().position(|level| level == value)?].0 += n,
            }
        }
        Some((groups, missing))
    }
}

/// What the base knows of a dimension within a filter; at least two levels.
pub(crate) fn margin(
    plan: &Plan<'_>,
    dimension: &Dimension,
    filter: &Filter,
    period: Period,
) -> Option<Margin> {
    let slices = Slices::of(filter);
    let customers = |level: &String| {
        let slice = slices.within(std::slice::from_ref(dimension), &[Some(level.clone())]);
        Some(plan.denominators.mean(&slice, Base::Customers, period)?.value)
    };
    let known: Vec<(String, f64)> = plan
        .denominators
        .levels(dimension)
        .into_iter()
        .filter_map(|level| Some((level.clone(), customers(&level)?)))
        .collect();
    let (levels, customers): (Vec<String>, Vec<f64>) = known.into_iter().unzip();
    (levels.len() > 1).then(|| Margin { dimension: dimension.clone(), levels, customers })
}

/// Puts weighted values in place of the plain ones, on both sides of a comparison by the same dimensions: weighed by
/// more on one side than on the other, the way of weighing would look like a change. What is reported is of `this`.
///
/// Weights are found by raking over all dimensions whose make-up the base knows, anew for each step of time; a row is
/// the weighted value of its cells.
pub(crate) fn weigh(
    plan: &Plan<'_>,
    this: (&Filter, &mut Side),
    other: Option<(&Filter, &mut Side)>,
) -> Result<WeightingReport, MetricError> {
    let refused = |refusal| WeightingReport {
        by: Vec::new(),
        n_eff: None,
        left_out: 0,
        trimmed: false,
        refusal: Some(refusal),
    };
    if !is_of_answers(plan.formula()) {
        return Ok(refused(WeightingRefusal::NotForMetric));
    }
    // A side without answers has nothing to weigh and nothing to compare with.
    let other = other.filter(|(_, side)| side.overall.n > 0);
    let mut sides: Vec<(&Filter, &mut Side)> = other.into_iter().chain([this]).collect();
    let mut margins = Vec::with_capacity(sides.len());
    for (filter, side) in &sides {
        margins.push(side.period.map_or(Ok(Vec::new()), |period| usable(plan, filter, period))?);
    }
    let mut report = refused(WeightingRefusal::NoBase);
    for ((filter, side), margins) in sides.iter_mut().zip(shared(plan, margins)) {
        if !margins.is_empty() {
            report = weigh_side(plan, filter, side, &margins)?;
        }
    }
    Ok(report)
}

fn weigh_side(
    plan: &Plan<'_>,
    filter: &Filter,
    side: &mut Side,
    margins: &[Margin],
) -> Result<WeightingReport, MetricError> {
    let by = margins.iter().map(|margin| margin.dimension.to_string()).collect();
    let mut report = WeightingReport { by, n_eff: None, left_out: 0, trimmed: false, refusal: None };
    weigh_overall(plan, filter, side, margins, &mut report)?;
    if !plan.dimensions.is_empty() {
        weigh_rows(plan, filter, side, margins, &mut report)?;
    }
    Ok(report)
}

fn is_of_answers(formula: &Formula) -> bool {
    formula.answers().is_some() || matches!(formula, Formula::Share { of: Counted::Items, .. })
}

/// The dimensions that answers of this side can be weighed by.
fn usable(plan: &Plan<'_>, filter: &Filter, period: Period) -> Result<Vec<Margin>, MetricError> {
    let narrowed = filter.clone().and(plan.definition.filter.clone());
    let mut margins = Vec::new();
    for dimension in WEIGHABLE {
        let Some(margin) = margin(plan, &dimension, &narrowed, period) else { continue };
        let counts = answers(plan, filter, Some(period), std::slice::from_ref(&dimension))?;
        let Some((groups, missing)) = margin.seen(&counts) else { continue };
        let answered: u64 = groups.iter().map(|(answers, _)| answers).sum();
        let everybody = groups.iter().all(|(answers, _)| *answers > 0);
        if everybody && (missing as f64) <= MOST_MISSING * (answered + missing) as f64 {
            margins.push(margin);
        }
    }
    Ok(margins)
}

/// Of each side the margins that every side has, as many as the facts can group by beside the dimensions of the query.
fn shared(plan: &Plan<'_>, mut sides: Vec<Vec<Margin>>) -> Vec<Vec<Margin>> {
    let everywhere: Vec<Dimension> = WEIGHABLE
        .into_iter()
        .filter(|one| sides.iter().all(|side| side.iter().any(|margin| margin.dimension == *one)))
        .collect();
    let room = MAX_DIMENSIONS - plan.dimensions.len();
    let (there, more): (Vec<Dimension>, Vec<Dimension>) =
        everywhere.into_iter().partition(|one| plan.dimensions.contains(one));
    let chosen: Vec<Dimension> = there.into_iter().chain(more.into_iter().take(room)).collect();
    for side in &mut sides {
        side.retain(|margin| chosen.contains(&margin.dimension));
    }
    sides
}

/// Answers in each group.
pub(crate) fn answers(
    plan: &Plan<'_>,
    filter: &Filter,
    period: Option<Period>,
    by: &[Dimension],
) -> Result<BTreeMap<Key, u64>, MetricError> {
    let counts = plan.counter().count(filter, period, by)?;
    let n = |counts| plan.formula().tally(counts, 0.0).map_or(0, |tally: Tally| tally.n());
    Ok(counts.iter().map(|(key, counts)| (key.clone(), n(counts))).collect())
}

fn weigh_overall(
    plan: &Plan<'_>,
    filter: &Filter,
    side: &mut Side,
    margins: &[Margin],
    report: &mut WeightingReport,
) -> Result<(), MetricError> {
    let by: Vec<Dimension> = margins.iter().map(|margin| margin.dimension.clone()).collect();
    let cells = plan.counter().count(filter, side.period, &by)?;
    let tally = |counts| plan.formula().tally(counts, 0.0);
    let tallies: Vec<(&[Option<String>], Tally)> =
        cells.iter().filter_map(|(key, counts)| Some((&key[..], tally(counts)?))).collect();
    let (weights, left_out) = weights(margins, &tallies);
    report.left_out = left_out;
    report.trimmed = weights.as_ref().is_some_and(|(_, raked)| raked.trimmed);
    let groups = weights.map(|(cells, raked)| with_weights(&tallies, &cells, &raked));
    side.overall.weigh(plan.formula(), groups.as_deref());
    report.n_eff = side.overall.n_eff;
    Ok(())
}

fn weigh_rows(
    plan: &Plan<'_>,
    filter: &Filter,
    side: &mut Side,
    margins: &[Margin],
    report: &mut WeightingReport,
) -> Result<(), MetricError> {
    let mut by = plan.dimensions.clone();
    by.extend(
        margins.iter().map(|margin| margin.dimension.clone()).filter(|one| !plan.dimensions.contains(one)),
    );
    let places: Vec<usize> =
        margins.iter().filter_map(|margin| by.iter().position(|one| *one == margin.dimension)).collect();
    let time = plan.time.map(|(at, _)| at);
    let wave_of = |key: &Key| time.and_then(|at| key.get(at).cloned().flatten());
    let cell_of = |key: &Key| -> Vec<Option<String>> { places.iter().map(|at| key[*at].clone()).collect() };
    let weights_of = wave_weights(plan, filter, side, margins, report)?;
    let mut rows: BTreeMap<Key, Vec<(Tally, f64)>> = BTreeMap::new();
    for (key, counts) in plan.count_by(filter, side.period, side.steps(), &by)? {
        let Some(tally) = plan.formula().tally(&counts, 0.0).filter(|tally| tally.n() > 0) else { continue };
        let row = rows.entry(key[..plan.dimensions.len()].to_vec()).or_default();
        if let Some(weight) = weights_of.get(&wave_of(&key)).and_then(|wave| wave.get(&cell_of(&key))) {
            row.push((tally, *weight));
        }
    }
    for (key, reading) in &mut side.rows {
        reading.weigh(plan.formula(), rows.get(key).map(Vec::as_slice).filter(|groups| !groups.is_empty()));
    }
    Ok(())
}

type CellWeights = BTreeMap<Key, f64>;

/// The weight of each cell in each step of time; of a query without time, in the whole period.
fn wave_weights(
    plan: &Plan<'_>,
    filter: &Filter,
    side: &Side,
    margins: &[Margin],
    report: &mut WeightingReport,
) -> Result<BTreeMap<Option<String>, CellWeights>, MetricError> {
    let time = plan.time.and_then(|(at, _)| plan.dimensions.get(at).cloned());
    let by: Vec<Dimension> =
        time.iter().cloned().chain(margins.iter().map(|margin| margin.dimension.clone())).collect();
    let mut waves: BTreeMap<Option<String>, Vec<(Key, Tally)>> = BTreeMap::new();
    for (mut key, counts) in plan.count_by(filter, side.period, side.steps(), &by)? {
        let wave = if time.is_some() { key.remove(0) } else { None };
        let Some(tally) = plan.formula().tally(&counts, 0.0) else { continue };
        waves.entry(wave).or_default().push((key, tally));
    }
    let mut found = BTreeMap::new();
    for (wave, cells) in waves {
        let tallies: Vec<(&[Option<String>], Tally)> =
            cells.iter().map(|(key, tally)| (&key[..], *tally)).collect();
        let Some((cells, raked)) = weights(margins, &tallies).0 else { continue };
        report.trimmed |= raked.trimmed;
        let of_cell = |(place, weight): (&usize, &f64)| (tallies[*place].0.to_vec(), *weight);
        found.insert(wave, cells.iter().zip(&raked.weights).map(of_cell).collect());
    }
    Ok(found)
}

/// Weights of the cells that have all values, by their places; and the answers of the cells that have not.
fn weights(margins: &[Margin], tallies: &[(&[Option<String>], Tally)]) -> (Option<(Vec<usize>, Raked)>, u64) {
    let level = |(margin, value): (&Margin, &Option<String>)| {
        margin.levels.iter().position(|level| Some(level) == value.as_ref())
    };
    let (mut cells, mut places, mut left_out) = (Vec::new(), Vec::new(), 0);
    for (place, (key, tally)) in tallies.iter().enumerate() {
        match margins.iter().zip(key.iter()).map(level).collect::<Option<Vec<usize>>>() {
            Some(levels) if tally.n() > 0 => {
                cells.push((levels, tally.n()));
                places.push(place);
            }
            Some(_) => {}
            None => left_out += tally.n(),
        }
    }
    let customers: Vec<Vec<f64>> = margins.iter().map(|margin| margin.customers.clone()).collect();
    (rake(&cells, &customers).ok().map(|raked| (places, raked)), left_out)
}

fn with_weights(
    tallies: &[(&[Option<String>], Tally)],
    places: &[usize],
    raked: &Raked,
) -> Vec<(Tally, f64)> {
    places.iter().zip(&raked.weights).map(|(place, weight)| (tallies[*place].1, *weight)).collect()
}
