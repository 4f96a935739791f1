//! Two independent shares.

use super::{Comparison, Found, enough_answers};
use crate::{Confidence, ShareTally};

/// Agresti and Caffo's adjusted Wald: one hit and one miss are added to each group, then
/// z = (p₁ − p₂) / √(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂).
///
/// Source: Agresti and Caffo, The American Statistician, 2000. Worked number: 56 of 70 against 48 of 80: 0.20
/// (0.052…0.336), p 0.0072. `None` when a group is empty.
pub fn share(first: &ShareTally, second: &ShareTally, confidence: Confidence) -> Option<Comparison> {
    let (a, a_se) = first.adjusted()?;
    let (b, b_se) = second.adjusted()?;
    let found = Found {
        difference: first.value()? - second.value()?,
        centre: a - b,
        se: a_se.hypot(b_se),
        freedom: None,
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
        let (first, second) = (ShareTally { hits: 56, n: 70 }, ShareTally { hits: 48, n: 80 });
        let found = share(&first, &second, Confidence::DEFAULT).unwrap();
        assert!((found.difference - 0.2).abs() < 1e-9);
        assert!((found.low - 0.0525).abs() < 1e-4 && (found.high - 0.3358).abs() < 1e-4, "{found:?}");
        assert!((found.p_value - 0.00724).abs() < 1e-5, "{found:?}");
        assert_eq!(found.verdict, Difference::Real);
    }
}
