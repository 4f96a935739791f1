//! A value held against another: the difference, and whether it is real after all rows were looked at.

use otklik_stats::Confidence;
use otklik_stats::compare::{Comparison, Difference, Measured, compare, correct_together, measured};

use crate::reading::Reading;
use crate::{Formula, MetricRow};

/// Puts the other value and the difference beside a row's own.
pub(crate) fn attach(row: &mut MetricRow, formula: &Formula, this: &Reading, other: &Reading) {
    row.other = Some(other.into());
    let is_weighed = this.n_eff.is_some() || other.n_eff.is_some();
    row.comparison = match formula.is_derived() || is_weighed {
        true => compare_known(this, other),
        false => compare_counted(formula, this, other),
    };
}

fn compare_counted(formula: &Formula, this: &Reading, other: &Reading) -> Option<Comparison> {
    let found = compare(&this.tally_by_day()?, &other.tally_by_day()?, Confidence::DEFAULT)?;
    Some(found.scaled(if found.ratio.is_some() { f64::from(this.days) } else { formula.factor() }))
}

/// Two values of formulas over other metrics, or of weighted answers.
fn compare_known(this: &Reading, other: &Reading) -> Option<Comparison> {
    let known = |reading: &Reading| Some(Measured { value: reading.value?, se: reading.se, n: reading.n });
    Some(measured(known(this)?, known(other)?, Confidence::DEFAULT))
}

/// Corrects the comparisons of all rows for their number. True if there was anything to correct.
pub(crate) fn correct(rows: &mut [MetricRow]) -> bool {
    let mut judged: Vec<&mut Comparison> = rows
        .iter_mut()
        .filter_map(|row| row.comparison.as_mut())
        .filter(|comparison| comparison.verdict != Difference::TooFew)
        .collect();
    correct_together(&mut judged, Confidence::DEFAULT);
    judged.len() > 1
}
