//! Values of answers that do not all count alike, with the effective number of answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{mean::bounded, rate::score, share::wilson};
use crate::tally::centre_and_error;
use crate::{Confidence, Estimate, Tally};

/// A weighted value, its interval, and the answers that it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Weighted {
    /// `n` is the plain number of answers.
    pub estimate: Estimate,
    /// (Σw)² / Σw²: as many answers of equal weight would tell as much; for a rate, as many events.
    pub n_eff: f64,
}

/// The value of groups whose answers carry a weight each, as after weighting to the customer base: Σ Wᵢ vᵢ with Wᵢ
/// the group's part of all weight, by the method of its kind: adjusted Wald for NPS, Wilson for a share, the bounded
/// score interval for a mean, Rao's score interval for a rate (standardised to the weights).
///
/// In the place of n stands the number of answers of one group that would have the variance Σ Wᵢ² sᵢ² / nᵢ of this
/// value, s² being that within the groups: what divides groups from each other is no uncertainty. A group's variance
/// is shrunk to that of the whole as if two more answers were like the whole, so that a group of few is not taken for
/// unanimous.
///
/// Source: Cochran, «Sampling Techniques», ch. 5; Kish 1965 (n_eff); Fay and Feuer 1997 (rates). Worked number: 30 of
/// 40 with weight 1 and 10 of 20 with weight 2 → 0.625, n_eff 53.3 (0.492…0.741). `None` without answers, with kinds
/// mixed, or a weight below 0.
pub fn weighted(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let sound = groups.iter().all(|(_, weight)| weight.is_finite() && *weight >= 0.0);
    sound.then_some(())?;
    match groups.first()?.0 {
        Tally::Nps(_) => nps(groups, confidence),
        Tally::Share(_) => share(groups, confidence),
        Tally::Score(_) => mean(groups, confidence),
        Tally::Rate(_) => rate(groups, confidence),
    }
}

/// Answers of equal weight that tell as much as these: (Σw)² / Σw². `None` without any weight.
///
/// Worked number: weights 1, 1, 2 → 16 / 6 = 2.67.
pub fn effective_answers(weights: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, squares) = weights.into_iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    (squares > 0.0).then(|| sum * sum / squares)
}

/// Answers like the whole that are added to each group in thought.
const THOUGHT: f64 = 2.0;

/// Sums of the groups' parts, each times its weight, over all weight; n_eff, and the number of answers.
struct Sums<const N: usize> {
    parts: [f64; N],
    total: f64,
    n_eff: f64,
    n: u64,
}

fn sums<const N: usize>(
    groups: &[(Tally, f64)],
    parts: impl Fn(&Tally) -> Option<[f64; N]>,
) -> Option<Sums<N>> {
    let mut sums = Sums { parts: [0.0; N], total: 0.0, n_eff: 0.0, n: 0 };
    let mut squares = 0.0;
    for (tally, weight) in groups {
        for (sum, part) in sums.parts.iter_mut().zip(parts(tally)?) {
            *sum += weight * part;
        }
        let n = tally.n() as f64;
        sums.total += weight * n;
        squares += weight * weight * n;
        sums.n += tally.n();
    }
    sums.parts = sums.parts.map(|sum| sum / sums.total);
    sums.n_eff = sums.total * sums.total / squares;
    (squares > 0.0).then_some(sums)
}

/// Answers of one group with the given variance that tell as much; n_eff where no answer differs from another.
fn worth(groups: &[(Tally, f64)], total: f64, n_eff: f64, whole: f64, within: impl Fn(&Tally) -> f64) -> f64 {
    // (Wᵢ)² / nᵢ with Wᵢ = wᵢ nᵢ / Σ.
    let part = |(tally, weight): &(Tally, f64)| (weight / total).powi(2) * tally.n() as f64 * within(tally);
    let variance: f64 = groups.iter().map(part).sum();
    if whole > 0.0 && variance > 0.0 { whole / variance } else { n_eff }
}

fn nps(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let counts = |tally: &Tally| match tally {
        Tally::Nps(nps) => Some([nps.promoters as f64, nps.detractors as f64]),
        _ => None,
    };
    let Sums { parts: [p, d], total, n_eff, n } = sums(groups, counts)?;
    let variance = |p: f64, d: f64| p + d - (p - d).powi(2);
    let worth = worth(groups, total, n_eff, variance(p, d), |tally| {
        let [promoters, detractors] = counts(tally).unwrap_or_default();
        let n = tally.n() as f64 + THOUGHT;
        variance((promoters + THOUGHT * p) / n, (detractors + THOUGHT * d) / n)
    });
    let (centre, se) = centre_and_error(p * worth + 0.75, d * worth + 0.75, worth + 3.0)?;
    let margin = confidence.z() * se;
    let ends = (centre - margin, centre + margin);
    Some(Weighted { estimate: Estimate::within(100.0 * (p - d), ends, (-100.0, 100.0), se, n), n_eff })
}

fn share(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let hits = |tally: &Tally| match tally {
        Tally::Share(share) => Some([share.hits()]),
        _ => None,
    };
    let Sums { parts: [value], total, n_eff, n } = sums(groups, hits)?;
    let variance = |share: f64| share * (1.0 - share);
    let worth = worth(groups, total, n_eff, variance(value), |tally| {
        let [hits] = hits(tally).unwrap_or_default();
        variance((hits + THOUGHT * value) / (tally.n() as f64 + THOUGHT))
    });
    let se = (variance((value * worth + 1.0) / (worth + 2.0)) / (worth + 2.0)).sqrt();
    let ends = wilson(value, worth, confidence.z());
    Some(Weighted { estimate: Estimate::within(value, ends, (0.0, 1.0), se, n), n_eff })
}

fn mean(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let Sums { parts: [value, square], total, n_eff, n } = sums(groups, |tally| match tally {
        Tally::Score(score) => Some([score.sum as f64, score.sum_squares as f64]),
        _ => None,
    })?;
    (n_eff > 1.0).then_some(())?;
    let variance = (square - value * value).max(0.0) * n_eff / (n_eff - 1.0);
    let within = |tally: &Tally| match tally {
        Tally::Score(score) => {
            let seen = score.n.saturating_sub(1) as f64;
            (seen * score.sample_variance().unwrap_or(0.0) + THOUGHT * variance) / (seen + THOUGHT)
        }
        _ => variance,
    };
    let worth = worth(groups, total, n_eff, variance, within);
    let scale = groups.iter().map(|(tally, _)| tally.bounds());
    let bounds = scale.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let ends = bounded(value, variance, worth, bounds, confidence);
    let se = (variance.max(1.0 / worth) / worth).sqrt();
    Some(Weighted { estimate: Estimate::within(value, ends, bounds, se, n), n_eff })
}

fn rate(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let total: f64 = groups.iter().map(|(_, weight)| weight).sum();
    let (mut value, mut variance, mut n) = (0.0, 0.0, 0);
    for (tally, weight) in groups.iter().filter(|(_, weight)| *weight > 0.0) {
        let Tally::Rate(rate) = tally else { return None };
        let part = weight / total;
        value += part * rate.value()?;
        variance += part * part * rate.unit_variance()? / rate.exposure;
        n += rate.events;
    }
    // The half event of each group's variance belongs to the value, too, where the two are weighed against each
    // other.
    let half: f64 = groups
        .iter()
        .map(|(tally, weight)| 0.5 * weight / total / tally.weight().max(f64::MIN_POSITIVE))
        .sum();
    let exposure = (value + half) / variance;
    let n_eff = value * exposure;
    let (low, high) = score(n_eff, confidence.z());
    let ends = (low / exposure, high / exposure);
    (variance > 0.0).then(|| Weighted {
        estimate: Estimate::within(value, ends, (0.0, f64::MAX), variance.sqrt(), n),
        n_eff,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NpsTally, RateTally, ScoreTally, ShareTally};

    const LEVEL: Confidence = Confidence::DEFAULT;

    #[test]
    fn the_worked_numbers() {
        let groups = [
            (Tally::Share(ShareTally { hits: 30, n: 40 }), 1.0),
            (Tally::Share(ShareTally { hits: 10, n: 20 }), 2.0),
        ];
        let found = weighted(&groups, LEVEL).unwrap();
        for (actual, expected) in [
            (found.estimate.value, 0.625),
            (found.n_eff, 6_400.0 / 120.0),
            (found.estimate.low, 0.4921),
            (found.estimate.high, 0.7414),
        ] {
            assert!((actual - expected).abs() < 1e-3, "{found:?}");
        }
        assert!((effective_answers([1.0, 1.0, 2.0]).unwrap() - 16.0 / 6.0).abs() < 1e-12);
        assert_eq!(effective_answers([]), None);
    }

    #[test]
    fn equal_weights_change_nothing() {
        for tally in [
            Tally::Nps(NpsTally { promoters: 10, passives: 5, detractors: 5 }),
            Tally::Share(ShareTally { hits: 45, n: 60 }),
            Tally::Score(ScoreTally::from_histogram(1, &[1, 2, 3, 4, 5])),
            Tally::Rate(RateTally { events: 30, exposure: 12.0 }),
        ] {
            let (plain, found) = (tally.estimate(LEVEL).unwrap(), weighted(&[(tally, 3.0)], LEVEL).unwrap());
            assert!((found.n_eff - tally.n() as f64).abs() < 1e-9, "{found:?}");
            for (actual, expected) in [
                (found.estimate.value, plain.value),
                (found.estimate.low, plain.low),
                (found.estimate.high, plain.high),
                (found.estimate.se, plain.se),
            ] {
                assert!((actual - expected).abs() < 1e-9, "{found:?} {plain:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_weighed_is_refused() {
        let share = Tally::Share(ShareTally { hits: 1, n: 2 });
        let rate = Tally::Rate(RateTally { events: 1, exposure: 2.0 });
        for groups in
            [&[(share, 1.0), (rate, 1.0)][..], &[(share, -1.0)], &[(share, f64::NAN)], &[(share, 0.0)], &[]]
        {
            assert_eq!(weighted(groups, LEVEL), None, "{groups:?}");
        }
    }
}
