//! From an effect with its interval to the outcome to propose.

use super::{Direction, Hypothesis, Outcome};
use crate::Estimate;

/// The rules of [`Outcome`]'s table.
pub(super) fn outcome(effect: &Estimate, hypothesis: &Hypothesis) -> Outcome {
    let (gain, low, high) = match hypothesis.direction {
        Direction::Up => (effect.value, effect.low, effect.high),
        Direction::Down => (-effect.value, -effect.high, -effect.low),
    };
    if low > 0.0 {
        if gain >= hypothesis.smallest { Outcome::Worked } else { Outcome::Partly }
    } else if high < 0.0 {
        Outcome::Worse
    } else if high < hypothesis.smallest {
        Outcome::NoEffect
    } else {
        Outcome::CannotTell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::Unit;

    fn judge(direction: Direction, low: f64, value: f64, high: f64) -> Outcome {
        let hypothesis = Hypothesis { direction, smallest: 5.0, unit: Unit::Points };
        outcome(&Estimate { value, low, high, se: 1.0, n: 100 }, &hypothesis)
    }

    #[test]
    fn the_table() {
        for (low, value, high, expected) in [
            (1.0, 6.0, 11.0, Outcome::Worked),
            (5.5, 6.0, 6.5, Outcome::Worked),
            (1.0, 3.0, 5.5, Outcome::Partly),
            (1.0, 2.0, 3.0, Outcome::Partly),
            (-2.0, 1.0, 4.0, Outcome::NoEffect),
            (-9.0, -4.0, 1.0, Outcome::NoEffect),
            (-9.0, -5.0, -1.0, Outcome::Worse),
            (-1.0, 4.0, 9.0, Outcome::CannotTell),
            (-20.0, -1.0, 18.0, Outcome::CannotTell),
        ] {
            assert_eq!(judge(Direction::Up, low, value, high), expected);
            assert_eq!(judge(Direction::Down, -high, -value, -low), expected);
        }
    }
}
