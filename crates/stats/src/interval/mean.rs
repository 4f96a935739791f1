//! Interval of a mean score.

use crate::{Confidence, Estimate, ScoreTally};

/// A mean score with Student's t interval, mean ± t(n − 1) · √(s² / n), cut to the ends of the scale.
///
/// Worked number: scores 1, 2, 4, 5 → 3 (1…5; ±2.905 before the cut). `None` below two answers.
pub fn mean(tally: &ScoreTally, confidence: Confidence) -> Option<Estimate> {
    let value = tally.value()?;
    let se = (tally.unit_variance()? / tally.n as f64).sqrt();
    let margin = confidence.t((tally.n - 1) as f64) * se;
    let bounds = (tally.lowest as f64, tally.highest as f64);
    Some(Estimate::within(value, (value - margin, value + margin), bounds, se, tally.n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        let estimate = mean(&ScoreTally::from_histogram(1, &[1, 1, 0, 1, 1]), Confidence::DEFAULT).unwrap();
        assert_eq!((estimate.value, estimate.low, estimate.high), (3.0, 1.0, 5.0));
        assert!((Confidence::DEFAULT.t(3.0) * estimate.se - 2.905).abs() < 1e-3);
    }

    #[test]
    fn a_larger_sample() {
        // 200 answers of mean 4.1 and sample variance 1.0754: t(199) = 1.97196.
        let tally = ScoreTally::from_histogram(1, &[6, 14, 20, 74, 86]);
        let estimate = mean(&tally, Confidence::DEFAULT).unwrap();
        assert!((estimate.value - 4.1).abs() < 1e-12);
        assert!((estimate.margin() - 0.14460).abs() < 1e-4, "{estimate:?}");
    }

    #[test]
    fn one_answer_has_no_interval() {
        assert_eq!(mean(&ScoreTally::from_histogram(1, &[1, 0, 0, 0, 0]), Confidence::DEFAULT), None);
    }
}
