//! A value held against another: the difference, and whether it is real after all rows were looked at.

use otklik_stats::Confidence;
use otklik_stats::compare::{Comparison, Difference, compare, holm};

use crate::reading::Reading;
use crate::{Formula, MetricRow};

/// Puts the other value and the difference beside a row's own.
pub(crate) fn attach(row: &mut MetricRow, formula: Formula, this: &Reading, other: &Reading) {
    row.other = Some(other.into());
    row.comparison = this.tally_by_day().zip(other.tally_by_day()).and_then(|(a, b)| {
        let found = compare(&a, &b, Confidence::DEFAULT)?;
        Some(found.scaled(if found.ratio.is_some() { f64::from(this.days) } else { formula.factor() }))
    });
}

/// Corrects the p-values of all rows for their number, and takes back the verdicts that do not hold; the intervals
/// stay those of each row alone. True if there was anything to correct.
pub(crate) fn correct(rows: &mut [MetricRow]) -> bool {
    let mut judged: Vec<&mut Comparison> = rows
        .iter_mut()
        .filter_map(|row| row.comparison.as_mut())
        .filter(|comparison| comparison.verdict != Difference::TooFew)
        .collect();
    let p_values: Vec<f64> = judged.iter().map(|comparison| comparison.p_value).collect();
    for (comparison, corrected) in judged.iter_mut().zip(holm(&p_values)) {
        comparison.p_value = corrected;
        if corrected >= Confidence::DEFAULT.alpha() {
            comparison.verdict = Difference::NotReal;
        }
    }
    judged.len() > 1
}
