//! A value with its interval: the only form in which a measured number leaves this crate.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A measured value, the interval that holds the true one with the confidence asked for, and what it rests on.
///
/// The interval always contains the value. `se` is the standard error the interval was made from, in the unit of the
/// value. `n` is the number of answers, or of events where the value is a rate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Estimate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub se: f64,
    pub n: u64,
}

impl Estimate {
    /// An estimate whose interval is first cut to `bounds`, then widened if need be until it holds the value:
    /// adjusted intervals are centred beside the value and may miss it when n is 1 or 2.
    pub(crate) fn within(value: f64, (low, high): (f64, f64), bounds: (f64, f64), se: f64, n: u64) -> Self {
        let low = low.max(bounds.0).min(value);
        let high = high.min(bounds.1).max(value);
        Self { value, low, high, se, n }
    }

    /// The same estimate in another unit: 0.75 scaled by 100 is 75 %. `factor` must be positive.
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low * factor,
            high: self.high * factor,
            se: self.se * factor,
            n: self.n,
        }
    }

    /// Half the width of the interval: the margin that one quotes as «±».
    pub fn margin(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_cut_to_its_bounds_and_holds_the_value() {
        let estimate = Estimate::within(100.0, (-120.0, 98.5), (-100.0, 100.0), 37.5, 1);
        assert_eq!((estimate.low, estimate.high), (-100.0, 100.0));
    }

    #[test]
    fn another_unit_scales_every_part_but_n() {
        let estimate = Estimate { value: 0.75, low: 0.5, high: 1.0, se: 0.125, n: 8 }.scaled(100.0);
        assert_eq!(estimate, Estimate { value: 75.0, low: 50.0, high: 100.0, se: 12.5, n: 8 });
        assert_eq!(estimate.margin(), 25.0);
    }
}
