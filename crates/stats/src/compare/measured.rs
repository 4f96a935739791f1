//! Two values of which no more is known than their standard errors.

use super::{Comparison, Found, enough_answers};
use crate::Confidence;

/// A value, its standard error, and the answers that it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    pub value: f64,
    pub se: f64,
    pub n: u64,
}

/// z = (a − b) / √(SE²a + SE²b), for values that were measured independently of each other.
///
/// Worked number: 12 with standard error 3 against 4 with 2: 8 (0.93…15.07), p 0.0265.
pub fn measured(first: Measured, second: Measured, confidence: Confidence) -> Comparison {
    let difference = first.value - second.value;
    let found = Found {
        difference,
        centre: difference,
        se: first.se.hypot(second.se),
        freedom: None,
        enough: enough_answers(first.n, second.n),
    };
    found.judge(confidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Difference;

    const LEVEL: Confidence = Confidence::DEFAULT;

    #[test]
    fn the_worked_number() {
        let (first, second) =
            (Measured { value: 12.0, se: 3.0, n: 50 }, Measured { value: 4.0, se: 2.0, n: 40 });
        let found = measured(first, second, LEVEL);
        assert!((found.low - 0.933).abs() < 1e-3 && (found.high - 15.067).abs() < 1e-3, "{found:?}");
        assert!((found.p_value - 0.0265).abs() < 1e-4 && found.verdict == Difference::Real, "{found:?}");
        let few = Measured { n: 9, ..second };
        assert_eq!(measured(first, few, LEVEL).verdict, Difference::TooFew);
    }

    #[test]
    fn equal_values_without_error_show_nothing() {
        let same = Measured { value: 4.0, se: 0.0, n: 50 };
        let found = measured(same, same, LEVEL);
        assert_eq!((found.p_value, found.verdict), (1.0, Difference::NotReal));
    }
}
