//! Interval of an NPS by drawing the answers anew.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::order::percentile;
use crate::{Confidence, Estimate, NpsTally};

/// NPS with the percentiles of `draws` samples (1,000 or more) drawn with replacement from the answers; the same seed
/// gives the same interval. The third choice: it takes time in proportion to draws × answers, and like the plain Wald
/// interval collapses when all answers agree. For checking the others.
///
/// Source: Efron 1979. Worked number: 250, 167, 83 with 2,000 draws → 33.4 (about 27…40). `None` without answers or
/// draws.
pub fn nps_bootstrap(tally: &NpsTally, draws: usize, seed: u64, confidence: Confidence) -> Option<Estimate> {
    let (value, n) = (tally.value()?, tally.n());
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut draw = || {
        let answer = |sum: i64, random: &mut ChaCha8Rng| {
            let place = random.random_range(0..n);
            sum + i64::from(place < tally.promoters) - i64::from(place >= n - tally.detractors)
        };
        100.0 * (0..n).fold(0, |sum, _| answer(sum, &mut random)) as f64 / n as f64
    };
    let mut values: Vec<f64> = (0..draws).map(|_| draw()).collect();
    values.sort_by(f64::total_cmp);
    let tail = confidence.alpha() / 2.0;
    let ends = (percentile(&values, tail), percentile(&values, 1.0 - tail));
    let (_, se) = tally.plain()?;
    (draws > 0).then(|| Estimate::within(value, ends, (-100.0, 100.0), se, n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::nps_wald;

    #[test]
    fn the_worked_number() {
        let tally = NpsTally { promoters: 250, passives: 167, detractors: 83 };
        let found = nps_bootstrap(&tally, 2_000, 1, Confidence::DEFAULT).unwrap();
        let wald = nps_wald(&tally, Confidence::DEFAULT).unwrap();
        assert!((found.low - wald.low).abs() < 0.6 && (found.high - wald.high).abs() < 0.6, "{found:?}");
        assert_eq!(nps_bootstrap(&tally, 2_000, 1, Confidence::DEFAULT), Some(found));
    }

    #[test]
    fn nothing_to_draw() {
        assert_eq!(nps_bootstrap(&NpsTally::default(), 1_000, 1, Confidence::DEFAULT), None);
        let one = NpsTally { promoters: 1, ..NpsTally::default() };
        assert_eq!(nps_bootstrap(&one, 0, 1, Confidence::DEFAULT), None);
    }
}
