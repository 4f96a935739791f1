//! Answering a query.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use otklik_facts::{Dimension, Facts, Filter, Period};

use crate::calendar::{length, previous};
use crate::contrast;
use crate::plan::{Key, Plan, Side};
use crate::reading::Reading;
use crate::validity::sample_warnings;
use crate::weighting::weigh;
use crate::{
    Compare, DatePeriod, Denominators, Metric, MetricAnswer, MetricError, MetricQuery, MetricRow, Note,
    Order, Weighting,
};

/// Answers a query with a metric: a value with n and interval for every group and for all together, or a refusal
/// with its reason; with `compare` also the other value, the difference, and whether it is real.
///
/// # Errors
/// `UnknownMetric` when the metric is not the one asked for; `UnknownDimension`, `TooManyDimensions`, `TwoTimes`,
/// `BadPeriod`, `TooManySteps`; what the facts refuse.
pub fn evaluate(
    facts: &Facts,
    metric: &Metric,
    query: &MetricQuery,
    denominators: &Denominators,
) -> Result<MetricAnswer, MetricError> {
    let definition = &metric.definition;
    if definition.code != query.metric {
        return Err(MetricError::UnknownMetric(query.metric.clone()));
    }
    let plan = Plan::new(facts, denominators, metric, query)?;
    let period = query.period.as_ref().map(DatePeriod::days).transpose()?;
    let mut this = plan.read(&query.filter, period)?;
    let mut other = read_other(&plan, query, this.period)?;
    let warnings = sample_warnings(&plan, &query.filter, &this, period.is_some())?;
    let weighting = match query.weighting {
        Some(Weighting::CustomerBase) => {
            let other = other.as_mut().map(|other| (other_filter(query), other));
            Some(weigh(&plan, (&query.filter, &mut this), other)?)
        }
        None => None,
    };
    let mut groups = plan.groups(&this);
    if let Some(other) = &mut other {
        groups.append(&mut plan.groups(other));
        plan.fill(other, &groups);
        plan.align(other, &this);
    }
    if query.grain.is_some() || other.is_some() {
        plan.fill(&mut this, &groups);
    }
    let mut overall = MetricRow::new(Key::new(), &this.overall);
    if let Some(other) = &other {
        contrast::attach(&mut overall, plan.formula(), &this.overall, &other.overall);
    }
    let mut rows = match plan.dimensions.len() {
        0 => vec![overall.clone()],
        _ => join(&plan, &this, other.as_ref()),
    };
    arrange(&plan, query, this.period, &mut rows)?;
    let corrected = contrast::correct(&mut rows);
    Ok(MetricAnswer {
        metric: definition.code.clone(),
        version: definition.version,
        unit: definition.unit,
        direction: definition.direction,
        dimensions: plan.dimensions.iter().map(Dimension::to_string).collect(),
        period: this.period.map(DatePeriod::of),
        other_period: other.as_ref().and_then(|other| other.period).map(DatePeriod::of),
        notes: notes(&plan, &this, other.as_ref(), corrected),
        rows,
        overall,
        warnings,
        weighting,
    })
}

/// The items that a query compares with.
fn other_filter(query: &MetricQuery) -> &Filter {
    match &query.compare {
        Some(Compare::Filter(filter)) => filter,
        _ => &query.filter,
    }
}

/// The other side of a comparison; `None` without one, or without any period to place it by.
fn read_other(
    plan: &Plan<'_>,
    query: &MetricQuery,
    period: Option<Period>,
) -> Result<Option<Side>, MetricError> {
    let (Some(compare), Some(period)) = (&query.compare, period) else { return Ok(None) };
    let other = match compare {
        Compare::Previous => previous(period),
        Compare::Period(dates) => dates.days()?,
        Compare::Filter(_) => period,
    };
    plan.read(other_filter(query), Some(other)).map(Some)
}

fn join(plan: &Plan<'_>, this: &Side, other: Option<&Side>) -> Vec<MetricRow> {
    let row = |(key, reading): (&Key, &Reading)| {
        let mut row = MetricRow::new(key.clone(), reading);
        if let Some(twin) = other.and_then(|other| other.rows.get(key)) {
            contrast::attach(&mut row, plan.formula(), reading, twin);
        }
        row
    };
    this.rows.iter().map(row).collect()
}

/// Puts rows into the order asked for, and keeps those of the first groups.
fn arrange(
    plan: &Plan<'_>,
    query: &MetricQuery,
    period: Option<Period>,
    rows: &mut Vec<MetricRow>,
) -> Result<(), MetricError> {
    let grouped = plan.dimensions.iter().any(|dimension| !dimension.is_time());
    if let Some(top) = query.top.filter(|_| grouped) {
        let mut groups: Vec<(Key, Reading)> =
            plan.without_time().read(&query.filter, period)?.rows.into_iter().collect();
        let by = if query.order == Order::Key { Order::CustomersDesc } else { query.order };
        groups.sort_by(|(_, a), (_, b)| place(by, (a.value, a.customers, a.n), (b.value, b.customers, b.n)));
        let kept: BTreeSet<Key> = groups.into_iter().take(top).map(|(key, _)| key).collect();
        rows.retain(|row| kept.contains(&plan.group(&row.key)));
    }
    rows.sort_by(|a, b| place(query.order, (a.value, a.customers, a.n), (b.value, b.customers, b.n)));
    Ok(())
}

/// Which of two rows, given as value, customers and n, comes first; rows that are equal keep the order of their keys.
fn place(order: Order, a: (Option<f64>, u64, u64), b: (Option<f64>, u64, u64)) -> Ordering {
    let value = |sign: f64| match (a.0, b.0) {
        (Some(a), Some(b)) => (sign * a).total_cmp(&(sign * b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    match order {
        Order::Key => Ordering::Equal,
        Order::ValueDesc => value(-1.0),
        Order::ValueAsc => value(1.0),
        Order::CustomersDesc => (b.1, b.2).cmp(&(a.1, a.2)),
        Order::NDesc => b.2.cmp(&a.2),
    }
}

fn notes(plan: &Plan<'_>, this: &Side, other: Option<&Side>, corrected: bool) -> Vec<Note> {
    let any_reading = |holds: &dyn Fn(&Reading) -> bool| {
        [Some(this), other].into_iter().flatten().any(|side| side.any_reading(holds))
    };
    let carried = any_reading(&|reading| reading.denominator.is_some_and(|denominator| denominator.carried));
    let counts_customers = plan.any(&|plan| plan.formula().counts_customers());
    let lengths = |side: &Side| side.period.map(length);
    let differ = plan.any(&|plan| plan.formula().grows_with_time() && !plan.formula().is_of_flow())
        && other.is_some_and(|other| lengths(other) != lengths(this));
    let windowed = plan.time.is_some() && plan.any(&|plan| plan.definition.window.is_some());
    [
        (plan.dimensions.iter().any(Dimension::overlaps), Note::GroupsOverlap),
        (carried, Note::DenominatorCarried),
        (counts_customers && this.anonymous > 0, Note::AnonymousItems),
        (differ, Note::PeriodsDiffer),
        (windowed, Note::WindowsOverlap),
        (plan.parts.len() > 1, Note::PartsIndependent),
        (any_reading(&|reading| reading.bounded), Note::CovarianceBounded),
        (corrected, Note::ManyComparisons),
    ]
    .into_iter()
    .filter_map(|(holds, note)| holds.then_some(note))
    .collect()
}
