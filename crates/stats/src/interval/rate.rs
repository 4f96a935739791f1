//! Interval of a rate of events.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::{Confidence, Estimate, RateTally};

/// Events from which Byar's closed form replaces the exact quantile; they agree to 6 digits there.
const BYAR_FROM: u64 = 10_000;

/// A rate with the exact Poisson interval of Garwood 1936: with k events the ends are χ²(α/2; 2k) / 2 and
/// χ²(1 − α/2; 2k + 2) / 2, over the exposure. From 10,000 events on by Byar's approximation.
///
/// Worked number: 10 events in exposure 1 → 10 (4.795…18.390). `None` without exposure.
pub fn rate(tally: &RateTally, confidence: Confidence) -> Option<Estimate> {
    let value = tally.value()?;
    let se = (tally.unit_variance()? / tally.exposure).sqrt();
    let (low, high) = event_interval(tally.events, confidence);
    let ends = (low / tally.exposure, high / tally.exposure);
    Some(Estimate::within(value, ends, (0.0, f64::MAX), se, tally.events))
}

fn event_interval(events: u64, confidence: Confidence) -> (f64, f64) {
    let (k, tail) = (events as f64, confidence.alpha() / 2.0);
    if events >= BYAR_FROM {
        let byar = |k: f64, z: f64| k * (1.0 - 1.0 / (9.0 * k) + z / (3.0 * k.sqrt())).powi(3);
        return (byar(k, -confidence.z()), byar(k + 1.0, confidence.z()));
    }
    let half_quantile =
        |freedom: f64, p: f64| ChiSquared::new(freedom).map_or(0.0, |d| d.inverse_cdf(p) / 2.0);
    (half_quantile(2.0 * k, tail), half_quantile(2.0 * k + 2.0, 1.0 - tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers() {
        for (events, low, high) in [
            (0, 0.0, 3.6889),
            (1, 0.0253, 5.5716),
            (10, 4.7954, 18.3904),
            (100, 81.3640, 121.6268),
            (9_999, 9803.9623, 10196.9418),
            (10_000, 9804.9525, 10197.9516),
        ] {
            let estimate = rate(&RateTally { events, exposure: 1.0 }, Confidence::DEFAULT).unwrap();
            assert!((estimate.low - low).abs() < 2e-3, "{estimate:?}");
            assert!((estimate.high - high).abs() < 2e-3, "{estimate:?}");
        }
        assert_eq!(rate(&RateTally { events: 3, exposure: 0.0 }, Confidence::DEFAULT), None);
    }

    #[test]
    fn the_unit_of_exposure_is_the_unit_of_the_rate() {
        let estimate = rate(&RateTally { events: 10, exposure: 4.0 }, Confidence::DEFAULT).unwrap();
        assert!((estimate.value - 2.5).abs() < 1e-12 && (estimate.high - 18.3904 / 4.0).abs() < 1e-3);
    }
}
