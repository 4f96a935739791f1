//! Two independent rates of events.

use super::{Comparison, Found, MINIMUM_EVENTS, Ratio};
use crate::{Confidence, RateTally};

/// The difference of two Poisson rates by Wald with half an event added to each count, so that «forty before, none
/// after» has an answer; beside it their ratio, whose logarithm has variance 1/(k₁ + ½) + 1/(k₂ + ½).
///
/// Source: Rothman, Greenland and Lash, «Modern Epidemiology», ch. 14; half an event: Haldane, Anscombe 1956.
/// Worked number: 30 in 10 against 15 in 10: 1.5 (0.17…2.83), p 0.027; ratio 2 (1.07…3.63). `None` without exposure.
pub fn rate(first: &RateTally, second: &RateTally, confidence: Confidence) -> Option<Comparison> {
    let error = |tally: &RateTally| Some((tally.unit_variance()? / tally.exposure).sqrt());
    let found = Found {
        difference: first.value()? - second.value()?,
        centre: adjusted(first) - adjusted(second),
        se: error(first)?.hypot(error(second)?),
        freedom: None,
        enough: first.events + second.events >= MINIMUM_EVENTS,
    };
    Some(Comparison { ratio: Some(ratio(first, second, confidence)), ..found.judge(confidence) })
}

fn adjusted(tally: &RateTally) -> f64 {
    (tally.events as f64 + 0.5) / tally.exposure
}

fn ratio(first: &RateTally, second: &RateTally, confidence: Confidence) -> Ratio {
    let centre = adjusted(first) / adjusted(second);
    let variance = 1.0 / (first.events as f64 + 0.5) + 1.0 / (second.events as f64 + 0.5);
    let factor = (confidence.z() * variance.sqrt()).exp();
    let value = match (first.value(), second.value()) {
        (Some(a), Some(b)) if b > 0.0 => a / b,
        _ => centre,
    };
    Ratio { value, low: (centre / factor).min(value), high: (centre * factor).max(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Difference;

    fn compare(first: u64, second: u64) -> Comparison {
        let tally = |events| RateTally { events, exposure: 10.0 };
        rate(&tally(first), &tally(second), Confidence::DEFAULT).unwrap()
    }

    #[test]
    fn the_worked_number() {
        let found = compare(30, 15);
        let ratio = found.ratio.unwrap();
        for (actual, expected) in [
            (found.difference, 1.5),
            (found.low, 0.1707),
            (found.high, 2.8293),
            (found.p_value, 0.02699),
            (ratio.value, 2.0),
            (ratio.low, 1.0677),
            (ratio.high, 3.6265),
        ] {
            assert!((actual - expected).abs() < 1e-4, "{found:?}");
        }
        assert_eq!(found.verdict, Difference::Real);
    }

    #[test]
    fn silence_after_noise_is_a_real_difference() {
        let found = compare(0, 40);
        assert_eq!(found.verdict, Difference::Real);
        assert_eq!(found.ratio.unwrap().value, 0.0);
    }

    #[test]
    fn nine_events_are_too_few() {
        assert_eq!(compare(9, 0).verdict, Difference::TooFew);
    }
}
