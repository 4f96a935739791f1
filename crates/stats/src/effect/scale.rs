//! The scale on which effects add up: differences for points, logarithms for per cent.

use super::{Direction, Hypothesis, Unit};
use crate::Tally;

/// One group's place on the scale: where it stands, and the variance of that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// From the counts as they are; what is shown. Not finite when a logarithm of 0 was taken.
    pub(super) plain: f64,
    /// From the adjusted counts; what is judged.
    pub(super) centre: f64,
    pub(super) variance: f64,
}

impl Unit {
    /// Where a group stands; `None` without value or variance, and for a per cent of NPS.
    ///
    /// The logarithm of a share has variance 1/(x + ½) − 1/(n + ½), of a rate 1/(k + ½), of a mean s² / (n · mean²).
    pub(super) fn place(self, tally: &Tally) -> Option<Place> {
        match self {
            Self::Points => points(tally),
            Self::Percent => logarithm(tally),
        }
    }

    /// The farthest that one group can move: a share by 1, a score by the length of its scale.
    pub(super) fn reach(self, tally: &Tally) -> f64 {
        match (self, tally) {
            (Self::Points, Tally::Nps(_)) => 200.0,
            (Self::Points, Tally::Share(_)) => 1.0,
            (Self::Points, Tally::Score(score)) => score.highest.saturating_sub(score.lowest) as f64,
            _ => f64::MAX,
        }
    }

    /// From the scale back to the unit.
    pub(super) fn back(self, on_scale: f64) -> f64 {
        match self {
            Self::Points => on_scale,
            Self::Percent => 100.0 * on_scale.exp_m1(),
        }
    }

    /// The unit's step for a small step on the scale, at a place on it.
    pub(super) fn slope(self, on_scale: f64) -> f64 {
        match self {
            Self::Points => 1.0,
            Self::Percent => 100.0 * on_scale.exp(),
        }
    }
}

impl Hypothesis {
    /// The length of the smallest effect on the scale; `None` unless it is positive and possible.
    pub(super) fn length(&self) -> Option<f64> {
        let length = match (self.unit, self.direction) {
            (Unit::Points, _) => self.smallest,
            (Unit::Percent, Direction::Up) => (self.smallest / 100.0).ln_1p(),
            (Unit::Percent, Direction::Down) => -(-self.smallest / 100.0).ln_1p(),
        };
        (length.is_finite() && length > 0.0).then_some(length)
    }

    /// From a length on the scale back to the unit, without sign: what [`length`](Self::length) undoes.
    pub(super) fn in_unit(&self, length: f64) -> f64 {
        match (self.unit, self.direction) {
            (Unit::Points, _) => length,
            (Unit::Percent, Direction::Up) => 100.0 * length.exp_m1(),
            (Unit::Percent, Direction::Down) => -100.0 * (-length).exp_m1(),
        }
    }
}

fn points(tally: &Tally) -> Option<Place> {
    let plain = tally.value()?;
    let centre = match tally {
        Tally::Nps(nps) => nps.adjusted()?.0,
        Tally::Share(share) => share.adjusted()?.0,
        Tally::Score(_) => plain,
        Tally::Rate(rate) => (rate.events as f64 + 0.5) / rate.exposure,
    };
    Some(Place { plain, centre, variance: tally.unit_variance()? / tally.weight() })
}

fn logarithm(tally: &Tally) -> Option<Place> {
    let value = tally.value()?;
    let (centre, variance) = match tally {
        Tally::Nps(_) => return None,
        Tally::Share(share) => {
            let (hits, n) = (share.hits() + 0.5, share.n as f64 + 0.5);
            ((hits / n).ln(), (1.0 / hits - 1.0 / n).max(0.25 / n))
        }
        Tally::Score(score) if value > 0.0 => {
            (value.ln(), score.unit_variance()? / (score.n as f64 * value * value))
        }
        Tally::Score(_) => return None,
        Tally::Rate(rate) => {
            let events = rate.events as f64 + 0.5;
            ((events / rate.exposure).ln(), 1.0 / events)
        }
    };
    Some(Place { plain: value.ln(), centre, variance })
}
