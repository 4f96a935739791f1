//! Two independent NPS.

use super::{Comparison, Found, enough_answers};
use crate::{Confidence, NpsTally};

/// z = (N₁ − N₂) / √(SE₁² + SE₂²) with the adjusted counts of each, the same as a test on answers recoded −100, 0,
/// 100.
///
/// Source: displayr.com, «Statistical testing of the Net Promoter Score»; adjusted counts keep it sound for small n.
/// Worked number: (250, 167, 83) against (200, 180, 120): 17.4, z 3.58 (3.60 with plain counts). `None` when a group
/// is empty.
pub fn nps(first: &NpsTally, second: &NpsTally, confidence: Confidence) -> Option<Comparison> {
    let (a, a_se) = first.adjusted()?;
    let (b, b_se) = second.adjusted()?;
    let found = Found {
        difference: first.value()? - second.value()?,
        centre: a - b,
        se: a_se.hypot(b_se),
        freedom: None,
        enough: enough_answers(first.n(), second.n()),
    };
    Some(found.judge(confidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Difference;

    const FIRST: NpsTally = NpsTally { promoters: 250, passives: 167, detractors: 83 };
    const SECOND: NpsTally = NpsTally { promoters: 200, passives: 180, detractors: 120 };

    #[test]
    fn the_worked_number_of_the_plain_counts() {
        let ((a, a_se), (b, b_se)) = (FIRST.plain().unwrap(), SECOND.plain().unwrap());
        assert!(((a - b) / a_se.hypot(b_se) - 3.60).abs() < 0.005);
    }

    #[test]
    fn the_worked_number_of_the_adjusted_counts() {
        let found = nps(&FIRST, &SECOND, Confidence::DEFAULT).unwrap();
        assert!((found.difference - 17.4).abs() < 1e-9);
        assert!((found.p_value - 0.00034).abs() < 2e-5, "{found:?}");
        assert_eq!(found.verdict, Difference::Real);
    }

    #[test]
    fn nine_answers_are_too_few() {
        let nine = NpsTally { promoters: 9, ..NpsTally::default() };
        assert_eq!(nps(&FIRST, &nine, Confidence::DEFAULT).unwrap().verdict, Difference::TooFew);
    }
}
