//! Interval of an NPS.

use crate::{Confidence, Estimate, NpsTally};

const BOUNDS: (f64, f64) = (-100.0, 100.0);

/// NPS with the adjusted Wald interval: the counts plus 0.75 promoters, 1.5 passives and 0.75 detractors give centre
/// and standard error; cut to −100…100. The value itself stays that of the answers.
///
/// The best of six methods in Rocks, «Interval Estimation for the Net Promoter Score», The American Statistician,
/// 2016. Worked number: 250, 167, 83 → 33.40 (26.69…39.71). `None` without answers.
pub fn nps_adjusted(tally: &NpsTally, confidence: Confidence) -> Option<Estimate> {
    estimate(tally, tally.adjusted()?, confidence)
}

/// NPS with the plain Wald interval of the trinomial mean, NPS ± z · SE. For showing beside other systems' figures
/// only: it collapses to a point when all answers agree.
///
/// Worked number: 250, 167, 83 → 33.40 (26.87…39.93), SE 3.33. `None` without answers.
pub fn nps_wald(tally: &NpsTally, confidence: Confidence) -> Option<Estimate> {
    estimate(tally, tally.plain()?, confidence)
}

fn estimate(tally: &NpsTally, (centre, se): (f64, f64), confidence: Confidence) -> Option<Estimate> {
    let margin = confidence.z() * se;
    Some(Estimate::within(tally.value()?, (centre - margin, centre + margin), BOUNDS, se, tally.n()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(promoters: u64, passives: u64, detractors: u64) -> NpsTally {
        NpsTally { promoters, passives, detractors }
    }

    fn check(estimate: Option<Estimate>, value: f64, low: f64, high: f64) {
        let Estimate { value: v, low: l, high: h, .. } = estimate.unwrap();
        for (actual, expected) in [(v, value), (l, low), (h, high)] {
            assert!((actual - expected).abs() < 0.006, "{actual} is not {expected}");
        }
    }

    #[test]
    fn the_worked_numbers_of_the_plain_interval() {
        check(nps_wald(&tally(250, 167, 83), Confidence::DEFAULT), 33.40, 26.87, 39.93);
        check(nps_wald(&tally(10, 5, 5), Confidence::DEFAULT), 25.00, -11.34, 61.34);
        check(nps_wald(&tally(8, 0, 0), Confidence::DEFAULT), 100.0, 100.0, 100.0);
        assert!((nps_wald(&tally(250, 167, 83), Confidence::DEFAULT).unwrap().se - 3.33).abs() < 0.005);
    }

    #[test]
    fn the_worked_numbers_of_the_adjusted_interval() {
        check(nps_adjusted(&tally(250, 167, 83), Confidence::DEFAULT), 33.40, 26.69, 39.71);
        check(nps_adjusted(&tally(10, 5, 5), Confidence::DEFAULT), 25.00, -11.72, 55.20);
        check(nps_adjusted(&tally(8, 0, 0), Confidence::DEFAULT), 100.0, 38.54, 100.0);
        for ((p, n, d), centre) in [((250, 167, 83), 33.20), ((10, 5, 5), 21.74), ((8, 0, 0), 72.73)] {
            assert!((tally(p, n, d).adjusted().unwrap().0 - centre).abs() < 0.005);
        }
    }

    #[test]
    fn no_answer_no_estimate() {
        assert_eq!(nps_adjusted(&tally(0, 0, 0), Confidence::DEFAULT), None);
        assert_eq!(nps_wald(&tally(0, 0, 0), Confidence::DEFAULT), None);
    }
}
