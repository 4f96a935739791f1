//! A metric step by step, as `stats` reads it.

use otklik_facts::{Dimension, FactQuery, Facts, Filter, Measures, Period};
use otklik_stats::Tally;
use otklik_stats::anomaly::{Grain, Scan, scan_among};

use crate::calendar::steps;
use crate::count::Counter;
use crate::slice::Slices;
use crate::{DatePeriod, Denominators, Metric, MetricError};

/// A tally for every step of a period, also where nothing happened.
#[derive(Debug, Clone)]
pub struct Series {
    pub grain: Grain,
    pub points: Vec<Period>,
    pub tallies: Vec<Tally>,
    /// From the unit of `stats` to that of the metric.
    pub factor: f64,
    /// Totals and rates: what is counted grows with time.
    pub counts: bool,
}

impl Series {
    /// Spikes and shifts, and what was expected of each point, in the unit of the metric.
    pub fn scan(&self, watched: usize) -> Scan {
        let mut scan = scan_among(&self.tallies, self.grain, watched);
        for expected in scan.expected.iter_mut().flatten() {
            expected.value *= self.factor;
            expected.low *= self.factor;
            expected.high *= self.factor;
        }
        for alarm in &mut scan.alarms {
            alarm.value *= self.factor;
            alarm.expected *= self.factor;
        }
        scan
    }

    /// The value of a point in the unit of the metric.
    pub fn value(&self, point: usize) -> Option<f64> {
        Some(self.tallies.get(point)?.value()? * self.factor)
    }

    /// From the first day of one point to the last day of another.
    pub fn days(&self, from: usize, to: usize) -> Option<Period> {
        Some(Period { from: self.points.get(from)?.from, to: self.points.get(to)?.to })
    }
}

/// Reads a metric over the whole steps of a period. A window of the metric says nothing here: every step stands by
/// itself. `None` for a metric made of others, and where the customer base has no row for the items.
///
/// # Errors
/// What the facts refuse.
pub fn read_series(
    facts: &Facts,
    metric: &Metric,
    filter: &Filter,
    (period, grain): (Period, Grain),
    denominators: &Denominators,
) -> Result<Option<Series>, MetricError> {
    let formula = &metric.definition.formula;
    if formula.is_derived() {
        return Ok(None);
    }
    let (step, dimension) = match grain {
        Grain::Day => (crate::Grain::Day, Dimension::Day),
        Grain::Week => (crate::Grain::Week, Dimension::Week),
        Grain::Month => (crate::Grain::Month, Dimension::Month),
    };
    let evidence = metric.evidence();
    let counter = Counter { facts, formula, evidence: &evidence };
    let mut counted = counter.count(filter, Some(period), &[dimension])?;
    let slices = Slices::of(&filter.clone().and(metric.definition.filter.clone()));
    let (mut points, mut tallies) = (Vec::new(), Vec::new());
    for (name, days) in steps(step, period) {
        let base = match formula.base() {
            Some(base) => match denominators.mean(&slices, base, days) {
                Some(known) => known.value,
                None => return Ok(None),
            },
            None => 0.0,
        };
        let counts = counted.remove(&vec![Some(name)]).unwrap_or_default();
        let Some(tally) = formula.tally(&counts, base) else { return Ok(None) };
        points.push(days);
        tallies.push(tally);
    }
    let counts = formula.grows_with_time();
    Ok(Some(Series { grain, points, tallies, factor: formula.factor(), counts }))
}

/// From the first day of any feedback to the last.
pub fn extent(facts: &Facts) -> Result<Option<Period>, MetricError> {
    let dimensions = vec![Dimension::Day];
    let query = FactQuery { dimensions, measures: Measures::NONE, ..FactQuery::default() };
    let rows = facts.query(&query)?;
    let day = |key: &Vec<Option<String>>| -> Option<Period> {
        let date = key.first()?.clone()?;
        DatePeriod { from: date.clone(), to: date }.days().ok()
    };
    let (first, last) =
        (rows.first().and_then(|row| day(&row.key)), rows.last().and_then(|row| day(&row.key)));
    Ok(first.zip(last).map(|(first, last)| Period { from: first.from, to: last.to }))
}
