//! How far a metric is from its target, and when it would arrive if it went on as it goes.

use otklik_facts::{Facts, Filter, Period, date_of, day_number};
use otklik_stats::trend::{TrendPoint, fit_trend};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calendar::month;
use crate::{
    DatePeriod, Denominators, Grain, Metric, MetricAnswer, MetricError, MetricQuery, MetricRow, Preference,
    Refusal, TargetContent, evaluate,
};

/// Whole months that are looked back on.
const MONTHS: i32 = 12;
const DAYS_PER_MONTH: f64 = 365.2425 / 12.0;
/// Days ahead past which an arrival is not foretold.
const FORESEEABLE_DAYS: f64 = 3.0 * 365.0;
const SIGNIFICANT: f64 = 0.05;

/// The last whole month against the target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TargetProgress {
    /// The month: `2026-10`.
    pub month: String,
    pub value: Option<f64>,
    pub n: u64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub refusal: Option<Refusal>,
    /// What is missing, in the metric's unit; 0 or less where the target is reached.
    pub missing: Option<f64>,
    /// Absent where the last year shows no trend that is more than chance.
    pub trend: Option<TargetTrend>,
}

/// A trend of the last twelve whole months.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TargetTrend {
    /// Change in a month, in the metric's unit.
    pub per_month: f64,
    pub p_value: f64,
    /// The month in which the line arrives at the target: `2027-03`. Absent where it leads away from it, or arrives in
    /// more than three years.
    pub arrives: Option<String>,
}

/// Looks at the twelve whole months before `today`, a number of a day, over the items of `filter`.
///
/// # Errors
/// Those of [`evaluate`].
pub fn measure_progress(
    facts: &Facts,
    metric: &Metric,
    denominators: &Denominators,
    target: &TargetContent,
    filter: Filter,
    today: i32,
) -> Result<TargetProgress, MetricError> {
    let query = MetricQuery {
        metric: metric.definition.code.clone(),
        filter,
        period: Some(DatePeriod::of(months_before(today))),
        grain: Some(Grain::Month),
        ..MetricQuery::default()
    };
    let answer = evaluate(facts, metric, &query, denominators)?;
    let last = answer.rows.last();
    let value = last.and_then(|row| row.value);
    let missing = value.map(|value| match metric.definition.direction {
        Preference::LessIsBetter => value - target.value,
        Preference::MoreIsBetter | Preference::Neutral => target.value - value,
    });
    Ok(TargetProgress {
        month: last.and_then(month_of).unwrap_or_default(),
        value,
        n: last.map_or(0, |row| row.n),
        low: last.and_then(|row| row.low),
        high: last.and_then(|row| row.high),
        refusal: last.and_then(|row| row.refusal),
        missing,
        trend: value.and_then(|_| trend(&answer, target.value)),
    })
}

/// The twelve whole months before a day.
fn months_before(today: i32) -> Period {
    let first = date_of(today).first_of_month();
    let from = first.saturating_sub(jiff::Span::new().months(MONTHS));
    Period { from: day_number(from), to: day_number(first) }
}

fn trend(answer: &MetricAnswer, target: f64) -> Option<TargetTrend> {
    let points: Vec<TrendPoint> = answer.rows.iter().filter_map(point).collect();
    let found = fit_trend(&points).filter(|trend| trend.p_value < SIGNIFICANT)?;
    let last = points.last()?.at;
    let arrives = found
        .reaches(target)
        .filter(|at| *at > last && *at - last <= FORESEEABLE_DAYS)
        .map(|at| date_of(at.round() as i32).strftime("%Y-%m").to_string());
    Some(TargetTrend { per_month: found.slope * DAYS_PER_MONTH, p_value: found.p_value, arrives })
}

/// A month at its middle; a value without an interval weighs as much as any other.
fn point(row: &MetricRow) -> Option<TrendPoint> {
    let days = month(&month_of(row)?)?;
    let weight = match (row.low, row.high) {
        (Some(low), Some(high)) if high > low => (high - low).powi(-2),
        _ => 1.0,
    };
    Some(TrendPoint { at: f64::from(days.from + days.to) / 2.0, value: row.value?, weight })
}

fn month_of(row: &MetricRow) -> Option<String> {
    row.key.first()?.clone()
}
