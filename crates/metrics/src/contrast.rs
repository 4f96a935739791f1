//! A value held against another: the difference, and whether it is real after all rows were looked at.

use otklik_stats::Confidence;
use otklik_stats::compare::{Comparison, Difference, MINIMUM_ANSWERS, compare, holm};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::reading::Reading;
use crate::{Formula, MetricRow};

/// Puts the other value and the difference beside a row's own.
pub(crate) fn attach(row: &mut MetricRow, formula: &Formula, this: &Reading, other: &Reading) {
    row.other = Some(other.into());
    row.comparison = match formula.is_derived() {
        true => compare_derived(this, other),
        false => compare_counted(formula, this, other),
    };
}

fn compare_counted(formula: &Formula, this: &Reading, other: &Reading) -> Option<Comparison> {
    let found = compare(&this.tally_by_day()?, &other.tally_by_day()?, Confidence::DEFAULT)?;
    Some(found.scaled(if found.ratio.is_some() { f64::from(this.days) } else { formula.factor() }))
}

/// Two values that are known by their standard errors alone: z = (a − b) / √(se²(a) + se²(b)).
fn compare_derived(this: &Reading, other: &Reading) -> Option<Comparison> {
    let (difference, se) = (this.value? - other.value?, this.se.hypot(other.se));
    let margin = Confidence::DEFAULT.z() * se;
    let z = (difference / se).abs();
    Some(Comparison {
        difference,
        low: difference - margin,
        high: difference + margin,
        p_value: if z.is_nan() { 1.0 } else { 2.0 * Normal::standard().sf(z) },
        verdict: match (this.n.min(other.n) >= MINIMUM_ANSWERS, difference.abs() > margin) {
            (false, _) => Difference::TooFew,
            (true, true) => Difference::Real,
            (true, false) => Difference::NotReal,
        },
        ratio: None,
    })
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
