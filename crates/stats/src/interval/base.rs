//! From a share among those heard to a number of customers in the whole base.

use crate::Estimate;

/// How many of `base` customers a share stands for: share · base with its interval, to whole customers outwards.
///
/// It holds as far as those who were heard are like those who were not; the caller says so beside the number.
/// Worked number: 45 of 60 heard (0.628…0.842) in a base of 10,000 → 7,500 (6,276…8,423).
pub fn base_estimate(share: &Estimate, base: u64) -> Estimate {
    let scaled = share.scaled(base as f64);
    Estimate { value: scaled.value.round(), low: scaled.low.floor(), high: scaled.high.ceil(), ..scaled }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Confidence, ShareTally, interval};

    #[test]
    fn the_worked_number() {
        let share = interval::share(&ShareTally { hits: 45, n: 60 }, Confidence::DEFAULT).unwrap();
        let estimate = base_estimate(&share, 10_000);
        assert_eq!(
            (estimate.low, estimate.value, estimate.high, estimate.n),
            (6_276.0, 7_500.0, 8_423.0, 60)
        );
    }
}
