//! A point of a series on the scale on which its scatter is even.

use crate::Tally;

/// Added to counts before the root is taken (Anscombe 1948).
const ROOT: f64 = 0.375;

/// A value and the variance that chance alone gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) value: f64,
    pub(super) variance: f64,
}

impl Point {
    /// Counts as 2 √((k + ⅜) / exposure) with variance 1 / exposure (Anscombe 1948); other kinds as they are. `None`
    /// where there are no answers.
    pub(super) fn of(tally: &Tally) -> Option<Self> {
        let value = tally.value()?;
        match tally {
            Tally::Rate(rate) => Some(Self {
                value: 2.0 * ((rate.events as f64 + ROOT) / rate.exposure).sqrt(),
                variance: 1.0 / rate.exposure,
            }),
            _ => Some(Self { value, variance: tally.unit_variance()? / tally.weight() }),
        }
    }
}

/// How far so many events lie below a mean, in standard deviations, 0 where they do not: the signed root of the Poisson
/// deviance at half an event more. It follows the exact lower tail down to no events at all, where a difference of roots
/// overstates it (McCullagh & Nelder 1989, 2.4).
///
/// Worked number: none where 6 are usual is 2.9 below; its probability of 0.0025 is that of 2.8, the roots say 3.8.
pub(super) fn below(events: f64, mean: f64) -> f64 {
    let events = events + 0.5;
    if events >= mean { 0.0 } else { (2.0 * (mean - events + events * (events / mean).ln())).sqrt() }
}

/// Fewer events than this are as many deviations or more below a mean; 0 where even none are not.
pub(super) fn fewest(mean: f64, deviations: f64) -> f64 {
    const HALVINGS: usize = 24;
    let (mut low, mut high) = (0.0, mean);
    if below(low, mean) < deviations {
        return 0.0;
    }
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if below(middle, mean) < deviations { high = middle } else { low = middle }
    }
    high
}

/// From the even scale back to the unit of the tally.
pub(super) fn back(value: f64, tally: &Tally) -> f64 {
    let (lowest, highest) = tally.bounds();
    let plain = match tally {
        Tally::Rate(rate) => (value.max(0.0) / 2.0).powi(2) - ROOT / rate.exposure,
        _ => value,
    };
    plain.max(lowest).min(highest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NpsTally, RateTally};
    use statrs::distribution::ContinuousCDF;

    #[test]
    fn the_lower_tail_of_few_events_is_that_of_poisson() {
        let probability = |events: u32, mean: f64| -> f64 {
            let mut term = (-mean).exp();
            (0..=events)
                .map(|k| {
                    let now = term;
                    term *= mean / f64::from(k + 1);
                    now
                })
                .sum()
        };
        let normal = statrs::distribution::Normal::standard();
        for (events, mean) in [(0, 4.0), (0, 6.0), (1, 8.0), (2, 12.0), (11, 30.0), (65, 100.0)] {
            let exact = -normal.inverse_cdf(probability(events, mean));
            assert!((below(f64::from(events), mean) - exact).abs() < 0.15, "{events} of {mean}: {exact}");
        }
        assert_eq!(below(6.0, 6.0), 0.0);
    }

    #[test]
    fn the_edge_parts_the_counts_that_are_too_few() {
        assert_eq!(fewest(6.0, 3.6), 0.0);
        let edge = fewest(30.0, 3.6);
        assert!(below(edge.floor(), 30.0) >= 3.6 && below(edge.ceil(), 30.0) < 3.6, "{edge}");
    }

    #[test]
    fn counts_go_there_and_back() {
        let tally = Tally::Rate(RateTally { events: 30, exposure: 7.0 });
        let point = Point::of(&tally).unwrap();
        assert!((back(point.value, &tally) - 30.0 / 7.0).abs() < 1e-12);
        assert_eq!(back(0.0, &tally), 0.0);
        assert_eq!(Point::of(&Tally::Nps(NpsTally::default())), None);
    }
}
