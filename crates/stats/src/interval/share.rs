//! Interval of a share.

use crate::{Confidence, Estimate, ShareTally};

/// A share with Wilson's score interval: (p + z²/2n ± z · √(p(1−p)/n + z²/4n²)) / (1 + z²/n). `se` is √(p(1−p)/n) of
/// the adjusted counts.
///
/// Source: Wilson 1927; recommended by Brown, Cai and DasGupta 2001. Worked number: 45 of 60 → 0.75 (0.628…0.842).
/// `None` without answers.
pub fn share(tally: &ShareTally, confidence: Confidence) -> Option<Estimate> {
    let value = tally.value()?;
    let (_, se) = tally.adjusted()?;
    Some(Estimate::within(value, wilson(value, tally.n as f64, confidence.z()), (0.0, 1.0), se, tally.n))
}

/// Both ends of Wilson's interval of a share of `n` answers, which need not be a whole number.
pub(crate) fn wilson(share: f64, n: f64, z: f64) -> (f64, f64) {
    let shrink = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / shrink;
    let margin = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
    (centre - margin, centre + margin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers() {
        for (hits, n, low, high) in
            [(45, 60, 0.6277, 0.8422), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)]
        {
            let estimate = share(&ShareTally { hits, n }, Confidence::DEFAULT).unwrap();
            assert!((estimate.low - low).abs() < 1e-4, "{estimate:?}");
            assert!((estimate.high - high).abs() < 1e-4, "{estimate:?}");
        }
        assert_eq!(share(&ShareTally::default(), Confidence::DEFAULT), None);
    }
}
