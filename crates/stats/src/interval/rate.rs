//! Interval of a rate of events.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::{Confidence, Estimate, RateTally};

/// A rate with Rao's score interval, Wilson's for counts: with k events k + z²/2 ± z · √(k + z²/4), over the
/// exposure.
///
/// Its coverage is 0.95 on average from 10 expected events up and stays within 0.93 and 0.97 for every true rate,
/// while the exact interval ([`rate_exact`]) covers up to 0.98 there. Source: Rao 1948; compared in Barker, The
/// American Statistician, 2002. Worked number: 10 events in exposure 1 → 10 (5.432…18.409). `None` without exposure.
pub fn rate(tally: &RateTally, confidence: Confidence) -> Option<Estimate> {
    estimate(tally, score(tally.events as f64, confidence.z()))
}

/// A rate with the exact Poisson interval of Garwood 1936, which covers at least as often as it says, and mostly
/// more: with k events the ends are χ²(α/2; 2k) / 2 and χ²(1 − α/2; 2k + 2) / 2, over the exposure.
///
/// Worked number: 10 events in exposure 1 → 10 (4.795…18.390). `None` without exposure.
pub fn rate_exact(tally: &RateTally, confidence: Confidence) -> Option<Estimate> {
    let (k, tail) = (tally.events as f64, confidence.alpha() / 2.0);
    let half_quantile =
        |freedom: f64, p: f64| ChiSquared::new(freedom).map_or(0.0, |d| d.inverse_cdf(p) / 2.0);
    estimate(tally, (half_quantile(2.0 * k, tail), half_quantile(2.0 * k + 2.0, 1.0 - tail)))
}

/// Both ends of the score interval of a count, which need not be a whole number.
pub(crate) fn score(events: f64, z: f64) -> (f64, f64) {
    let (centre, margin) = (events + z * z / 2.0, z * (events + z * z / 4.0).sqrt());
    ((centre - margin).max(0.0), centre + margin)
}

fn estimate(tally: &RateTally, (low, high): (f64, f64)) -> Option<Estimate> {
    let value = tally.value()?;
    let se = (tally.unit_variance()? / tally.exposure).sqrt();
    let ends = (low / tally.exposure, high / tally.exposure);
    Some(Estimate::within(value, ends, (0.0, f64::MAX), se, tally.events))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(by: fn(&RateTally, Confidence) -> Option<Estimate>, table: &[(u64, f64, f64)]) {
        for &(events, low, high) in table {
            let estimate = by(&RateTally { events, exposure: 1.0 }, Confidence::DEFAULT).unwrap();
            assert!((estimate.low - low).abs() < 2e-3, "{estimate:?}");
            assert!((estimate.high - high).abs() < 2e-3, "{estimate:?}");
        }
        assert_eq!(by(&RateTally { events: 3, exposure: 0.0 }, Confidence::DEFAULT), None);
    }

    #[test]
    fn the_worked_numbers_of_the_score_interval() {
        check(
            rate,
            &[(0, 0.0, 3.8415), (1, 0.1765, 5.6649), (10, 5.4319, 18.4095), (100, 82.2265, 121.6149)],
        );
    }

    #[test]
    fn the_worked_numbers_of_the_exact_interval() {
        check(
            rate_exact,
            &[(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (100, 81.3640, 121.6268)],
        );
    }

    #[test]
    fn the_unit_of_exposure_is_the_unit_of_the_rate() {
        let estimate = rate(&RateTally { events: 10, exposure: 4.0 }, Confidence::DEFAULT).unwrap();
        assert!((estimate.value - 2.5).abs() < 1e-12 && (estimate.high - 18.4095 / 4.0).abs() < 1e-3);
    }
}
