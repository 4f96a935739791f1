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

    #[test]
    fn counts_go_there_and_back() {
        let tally = Tally::Rate(RateTally { events: 30, exposure: 7.0 });
        let point = Point::of(&tally).unwrap();
        assert!((back(point.value, &tally) - 30.0 / 7.0).abs() < 1e-12);
        assert_eq!(back(0.0, &tally), 0.0);
        assert_eq!(Point::of(&Tally::Nps(NpsTally::default())), None);
    }
}
