//! Many comparisons at once.

use super::{Comparison, Difference};
use crate::Confidence;

/// Holm's step-down correction: p-values that may each be held against α although many were looked at. The i-th
/// smallest of m is multiplied by m − i + 1, never falls below the one before it, and is cut to 1. The order is kept.
///
/// Source: Holm 1979. Worked number: 0.01, 0.04, 0.03 → 0.03, 0.06, 0.06.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut corrected = vec![0.0; p_values.len()];
    let mut floor: f64 = 0.0;
    for (rank, &index) in order.iter().enumerate() {
        floor = floor.max(p_values[index] * (p_values.len() - rank) as f64).min(1.0);
        corrected[index] = floor;
    }
    corrected
}

/// Corrects the p-values of comparisons that were looked at together by [`holm`], and takes back the verdicts that do
/// not hold; the intervals stay those of each comparison alone.
pub fn correct_together(judged: &mut [&mut Comparison], confidence: Confidence) {
    let p_values: Vec<f64> = judged.iter().map(|comparison| comparison.p_value).collect();
    for (comparison, corrected) in judged.iter_mut().zip(holm(&p_values)) {
        comparison.p_value = corrected;
        if comparison.verdict == Difference::Real && corrected >= confidence.alpha() {
            comparison.verdict = Difference::NotReal;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        assert_eq!(holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
        assert_eq!(holm(&[0.5, 0.9]), [1.0, 1.0]);
        assert_eq!(holm(&[]), [0.0; 0]);
    }

    #[test]
    fn what_does_not_hold_among_many_is_taken_back() {
        let found = |p_value, verdict| Comparison {
            difference: 1.0,
            low: 0.1,
            high: 1.9,
            p_value,
            verdict,
            ratio: None,
        };
        let mut three =
            [found(0.01, Difference::Real), found(0.04, Difference::Real), found(0.03, Difference::TooFew)];
        correct_together(&mut three.each_mut(), Confidence::DEFAULT);
        assert_eq!(three.map(|one| one.p_value), [0.03, 0.06, 0.06]);
        assert_eq!(three.map(|one| one.verdict), [Difference::Real, Difference::NotReal, Difference::TooFew]);
    }
}
