//! Two independent mean scores.

use super::{Comparison, Found, enough_answers};
use crate::{Confidence, ScoreTally};

/// Welch's t-test: unequal variances, degrees of freedom by Welch and Satterthwaite.
///
/// Source: Welch 1947. Worked number: 60 answers of mean 4.0 against 40 of mean 3.5 on 1–5 (see the test): 0.5
/// (0.022…0.978), t 2.08, 75.3 degrees of freedom, p 0.041. `None` when a group has fewer than two answers.
pub fn mean(first: &ScoreTally, second: &ScoreTally, confidence: Confidence) -> Option<Comparison> {
    let a = first.unit_variance()? / first.n as f64;
    let b = second.unit_variance()? / second.n as f64;
    let difference = first.value()? - second.value()?;
    let freedom = (a + b).powi(2) / (a * a / (first.n - 1) as f64 + b * b / (second.n - 1) as f64);
    let found = Found {
        difference,
        centre: difference,
        se: (a + b).sqrt(),
        freedom: Some(freedom),
        enough: enough_answers(first.n, second.n),
    };
    Some(found.judge(confidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Difference;

    #[test]
    fn the_worked_number() {
        let first = ScoreTally::from_histogram(1, &[2, 4, 10, 20, 24]);
        let second = ScoreTally::from_histogram(1, &[3, 6, 9, 12, 10]);
        let found = mean(&first, &second, Confidence::DEFAULT).unwrap();
        for (actual, expected) in
            [(found.difference, 0.5), (found.low, 0.02163), (found.high, 0.97837), (found.p_value, 0.04074)]
        {
            assert!((actual - expected).abs() < 1e-4, "{found:?}");
        }
        assert_eq!(found.verdict, Difference::Real);
    }
}
