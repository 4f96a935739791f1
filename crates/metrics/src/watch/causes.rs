//! Where a change came from: which segment, channel, topic, region or product made it.

use std::collections::{BTreeMap, BTreeSet};

use otklik_facts::{Dimension, Facts, Filter, Period};
use otklik_stats::compare::{self, Difference};
use otklik_stats::{Confidence, RateTally, ShareTally, Tally, anomaly};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calendar::length;
use crate::count::{Counter, Counts, Key};
use crate::{DatePeriod, Formula, Metric, MetricError};

/// What a change may come from.
const DIMENSIONS: [Dimension; 7] = [
    Dimension::Topic,
    Dimension::Product,
    Dimension::Unit,
    Dimension::Channel,
    Dimension::Touchpoint,
    Dimension::Region,
    Dimension::Segment,
];

/// The least part of the change that is worth naming.
const LEAST_SHARE: f64 = 0.2;
/// A value that has nearly all items always is no cause.
const ALWAYS: f64 = 0.9;
/// Parts of the joint cause must each keep this much of what the others explain.
const KEPT: f64 = 0.7;
const MOST_CANDIDATES: usize = 6;
const MOST_PARTS: usize = 3;

/// Candidates: places to look at, not proofs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyCauses)]
pub struct Causes {
    /// The days that the anomaly was held against.
    pub before: Option<DatePeriod>,
    /// The largest part of the change first.
    pub candidates: Vec<CauseCandidate>,
    /// Values of several dimensions that made the change together.
    pub joint: Option<CauseJoint>,
}

/// A value whose own change is more than chance, corrected for all values and dimensions that were looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyCauseCandidate)]
pub struct CauseCandidate {
    pub dimension: String,
    pub value: String,
    /// Its part of the whole change, per cent, 100 at most.
    pub share_pct: f64,
    /// Its part of all items or answers before, per cent.
    pub usual_pct: f64,
    /// Its own value, of totals and rates a day's.
    pub before: Option<f64>,
    pub after: Option<f64>,
    pub n_before: u64,
    pub n_after: u64,
    pub p_value: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyCauseJoint)]
pub struct CauseJoint {
    pub parts: Vec<CausePart>,
    pub share_pct: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyCausePart)]
pub struct CausePart {
    pub dimension: String,
    pub value: String,
}

/// Looks for the values that made the difference between two periods.
///
/// # Errors
/// What the facts refuse.
pub fn find_causes(
    facts: &Facts,
    metric: &Metric,
    filter: &Filter,
    before: Period,
    after: Period,
) -> Result<Causes, MetricError> {
    let evidence = metric.evidence();
    let counter = Counter { facts, formula: &metric.definition.formula, evidence: &evidence };
    let search = Search { counter, filter, before, after };
    let Some(change) = search.change(filter)? else { return Ok(Causes::default()) };
    let mut candidates = Vec::new();
    for dimension in DIMENSIONS.iter().filter(|dimension| !is_fixed(filter, dimension)) {
        candidates.append(&mut search.candidates(dimension, change)?);
    }
    let rounded = |share: f64| (share / 5.0).round();
    candidates.sort_by(|a, b| {
        rounded(b.share_pct).total_cmp(&rounded(a.share_pct)).then(a.usual_pct.total_cmp(&b.usual_pct))
    });
    candidates.truncate(MOST_CANDIDATES);
    let joint = search.joint(&candidates, change)?;
    Ok(Causes { before: Some(DatePeriod::of(before)), candidates, joint })
}

/// All items of the filter have one value of it.
fn is_fixed(filter: &Filter, dimension: &Dimension) -> bool {
    match filter {
        Filter::And(parts) => parts.iter().any(|part| is_fixed(part, dimension)),
        Filter::In { dimension: by, values } => by == dimension && values.len() == 1,
        _ => false,
    }
}

/// Whether a value's part of all events has changed by more than chance: a large region makes a large part of any rise,
/// and is no cause of it. Scores are told apart by their values alone.
fn has_another_part(pair: (&Tally, &Tally), all: (u64, u64), alpha: f64) -> bool {
    let (Tally::Rate(before), Tally::Rate(after)) = pair else { return true };
    let part = |hits: u64, n: u64| ShareTally { hits, n };
    let (before, after) = (part(before.events, all.0), part(after.events, all.1));
    compare::share(&after, &before, Confidence::DEFAULT).is_some_and(|found| found.p_value < alpha)
}

struct Search<'a> {
    counter: Counter<'a>,
    filter: &'a Filter,
    before: Period,
    after: Period,
}

impl Search<'_> {
    fn candidates(&self, dimension: &Dimension, change: f64) -> Result<Vec<CauseCandidate>, MetricError> {
        let by = std::slice::from_ref(dimension);
        let mut before = self.counter.count(self.filter, Some(self.before), by)?;
        let mut after = self.counter.count(self.filter, Some(self.after), by)?;
        let keys: BTreeSet<Key> = before.keys().chain(after.keys()).cloned().collect();
        let mut pairs = Vec::with_capacity(keys.len());
        for key in &keys {
            let tally = |counts: &mut BTreeMap<Key, Counts>, period| {
                self.tally(&counts.remove(key).unwrap_or_default(), period)
            };
            let Some(pair) = tally(&mut before, self.before).zip(tally(&mut after, self.after)) else {
                return Ok(Vec::new());
            };
            pairs.push(pair);
        }
        let all = pairs.iter().fold((0, 0), |all, pair| (all.0 + pair.0.n(), all.1 + pair.1.n()));
        let keys: Vec<Key> = keys.into_iter().collect();
        let alpha = Confidence::DEFAULT.alpha() / DIMENSIONS.len() as f64;
        let factor = self.factor();
        let candidate = |cause: anomaly::Cause| {
            let value = keys.get(cause.segment)?.first()?.clone()?;
            let comparison = cause.comparison?;
            let (first, second) = pairs.get(cause.segment)?;
            let usual = first.n() as f64 / all.0.max(1) as f64;
            let share = cause.points * factor / change;
            let holds = comparison.verdict == Difference::Real && comparison.p_value < alpha;
            let stands_out = || has_another_part((first, second), all, alpha / keys.len() as f64);
            (holds && stands_out() && share >= LEAST_SHARE && usual < ALWAYS).then(|| CauseCandidate {
                dimension: dimension.to_string(),
                value,
                share_pct: (share * 100.0).min(100.0),
                usual_pct: usual * 100.0,
                before: first.value().map(|value| value * factor),
                after: second.value().map(|value| value * factor),
                n_before: first.n(),
                n_after: second.n(),
                p_value: comparison.p_value,
            })
        };
        let causes = anomaly::causes(&pairs, Confidence::DEFAULT);
        Ok(causes.into_iter().filter_map(candidate).collect())
    }

    /// The candidates of different dimensions that stand for the same items, the strongest first.
    fn joint(&self, candidates: &[CauseCandidate], change: f64) -> Result<Option<CauseJoint>, MetricError> {
        if !self.counter.formula.grows_with_time() {
            return Ok(None);
        }
        let (mut parts, mut filter, mut share) = (Vec::<CausePart>::new(), self.filter.clone(), 1.0);
        for CauseCandidate { dimension, value, .. } in candidates {
            if parts.len() == MOST_PARTS || parts.iter().any(|part| part.dimension == *dimension) {
                continue;
            }
            let Ok(by) = dimension.parse::<Dimension>() else { continue };
            let narrowed = filter.clone().and(Filter::any_of(by, [value.clone()]));
            let Some(part) = self.change(&narrowed)? else { continue };
            let explained = part / change;
            if parts.is_empty() || explained >= share * KEPT {
                parts.push(CausePart { dimension: dimension.clone(), value: value.clone() });
                (filter, share) = (narrowed, explained);
            }
        }
        let share_pct = (share * 100.0).min(100.0);
        Ok((parts.len() > 1).then_some(CauseJoint { parts, share_pct }))
    }

    /// How far the value of some items moved, in the unit of the metric, totals and rates a day.
    fn change(&self, filter: &Filter) -> Result<Option<f64>, MetricError> {
        let value = |period| -> Result<Option<f64>, MetricError> {
            let counts = self.counter.count(filter, Some(period), &[])?.into_values().next();
            let tally = self.tally(&counts.unwrap_or_default(), period);
            Ok(tally.and_then(|tally| Some(tally.value()? * self.factor())))
        };
        let change = value(self.after)?.zip(value(self.before)?).map(|(after, before)| after - before);
        Ok(change.filter(|change| *change != 0.0))
    }

    /// Totals and rates as events a day: the customer base changes too slowly to make a difference.
    fn tally(&self, counts: &Counts, period: Period) -> Option<Tally> {
        let formula = self.counter.formula;
        if !formula.grows_with_time() {
            return formula.tally(counts, 0.0);
        }
        let events = formula.events(counts);
        Some(Tally::Rate(RateTally { events, exposure: f64::from(length(period)) }))
    }

    fn factor(&self) -> f64 {
        let formula: &Formula = self.counter.formula;
        if formula.grows_with_time() { 1.0 } else { formula.factor() }
    }
}
