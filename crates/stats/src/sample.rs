//! How many answers a question needs.

use crate::confidence::normal_quantile;
use crate::{Confidence, Tally};

/// The chance with which a planned study should notice a difference that exists.
pub const POWER: f64 = 0.8;

/// Answers after which the interval is no wider than ± `margin`: n = z² · v / m², rounded up. `unit_variance` is that
/// of one answer: 100² · (p + d − (p − d)²) for NPS, p(1 − p) for a share, s² for a mean.
///
/// Worked number: NPS with 40 % promoters and 30 % detractors, ± 5 → 1,061. `None` unless the margin is positive and
/// the variance a number.
pub fn answers_for_margin(unit_variance: f64, margin: f64, confidence: Confidence) -> Option<u64> {
    whole(confidence.z().powi(2) * unit_variance / (margin * margin), margin)
}

/// Answers that each of two equal groups needs so that a true difference of the given size is noticed with the chance
/// [`POWER`]: n = 2 · (z₁₋α⁄₂ + z_power)² · v / d², rounded up.
///
/// Source: Cohen 1988. Worked number: shares near 50 % (v 0.25), difference 10 points → 393 in each group.
pub fn answers_to_detect(unit_variance: f64, difference: f64, confidence: Confidence) -> Option<u64> {
    let quantiles = confidence.z() + normal_quantile(POWER);
    whole(2.0 * quantiles.powi(2) * unit_variance / (difference * difference), difference)
}

/// How many answers (events, for a rate) more than the tally has its interval needs to shrink to ± `margin`; 0 when
/// it has them. `None` when the tally has no variance or the margin is not positive.
///
/// Worked number: 60 answers, 45 of them hits, ± 5 points → 225 more.
pub fn more_answers(tally: &Tally, margin: f64, confidence: Confidence) -> Option<u64> {
    let weight = answers_for_margin(tally.unit_variance()?, margin, confidence)? as f64;
    let needed = weight * tally.n() as f64 / tally.weight();
    Some((needed.ceil() as u64).saturating_sub(tally.n()))
}

fn whole(answers: f64, size: f64) -> Option<u64> {
    (size > 0.0 && answers.is_finite()).then_some(answers.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ShareTally;

    const LEVEL: Confidence = Confidence::DEFAULT;

    #[test]
    fn the_worked_numbers() {
        assert_eq!(answers_for_margin(10_000.0 * (0.4 + 0.3 - 0.01), 5.0, LEVEL), Some(1_061));
        assert_eq!(answers_to_detect(0.25, 0.1, LEVEL), Some(393));
        let tally = Tally::Share(ShareTally { hits: 45, n: 60 });
        assert_eq!(more_answers(&tally, 0.05, LEVEL), Some(225));
        assert_eq!(more_answers(&tally, 0.5, LEVEL), Some(0));
    }

    #[test]
    fn a_margin_of_nothing_has_no_answer() {
        assert_eq!(answers_for_margin(0.25, 0.0, LEVEL), None);
        assert_eq!(answers_to_detect(0.25, f64::NAN, LEVEL), None);
        assert_eq!(more_answers(&Tally::Share(ShareTally::default()), 0.1, LEVEL), None);
    }
}
