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

/// The value of groups whose answers carry a weight each, by the method of their kind with n_eff = (Σw)² / Σw² in the
/// place of n: adjusted Wald for NPS, Wilson for a share, the bounded score interval for a mean. Rates are standardised
/// to the weights as shares: Σ wᵢ·rateᵢ / Σ wᵢ, with the interval of as many events as have the same relative variance.
///
/// Source: Kish 1965 (n_eff); Fay and Feuer 1997 (rates). Worked number: 30 of 40 with weight 1 and 10 of 20 with
/// weight 2 → 0.625, n_eff 53.3 (0.491…0.742). `None` without answers, with kinds mixed, or a weight below 0.
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

/// Sums of the groups' parts, each times its weight; the weight of all answers, and n_eff.
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
    sums.n_eff = sums.total * sums.total / squares;
    (squares > 0.0).then_some(sums)
}

fn nps(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let Sums { parts: [promoters, detractors], total, n_eff, n } = sums(groups, |tally| match tally {
        Tally::Nps(nps) => Some([nps.promoters as f64, nps.detractors as f64]),
        _ => None,
    })?;
    let (p, d) = (promoters / total, detractors / total);
    let (centre, se) = centre_and_error(p * n_eff + 0.75, d * n_eff + 0.75, n_eff + 3.0)?;
    let margin = confidence.z() * se;
    let ends = (centre - margin, centre + margin);
    Some(Weighted { estimate: Estimate::within(100.0 * (p - d), ends, (-100.0, 100.0), se, n), n_eff })
}

fn share(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let Sums { parts: [hits], total, n_eff, n } = sums(groups, |tally| match tally {
        Tally::Share(share) => Some([share.hits()]),
        _ => None,
    })?;
    let value = hits / total;
    let near = (hits / total * n_eff + 1.0) / (n_eff + 2.0);
    let se = (near * (1.0 - near) / (n_eff + 2.0)).sqrt();
    let ends = wilson(value, n_eff, confidence.z());
    Some(Weighted { estimate: Estimate::within(value, ends, (0.0, 1.0), se, n), n_eff })
}

fn mean(groups: &[(Tally, f64)], confidence: Confidence) -> Option<Weighted> {
    let Sums { parts: [sum, sum_squares], total, n_eff, n } = sums(groups, |tally| match tally {
        Tally::Score(score) => Some([score.sum as f64, score.sum_squares as f64]),
        _ => None,
    })?;
    (n_eff > 1.0).then_some(())?;
    let value = sum / total;
    let variance = (sum_squares / total - value * value).max(0.0) * n_eff / (n_eff - 1.0);
    let scale = groups.iter().filter_map(|(tally, _)| match tally {
        Tally::Score(score) => Some((score.lowest as f64, score.highest as f64)),
        _ => None,
    });
    let bounds = scale.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    let ends = bounded(value, variance, n_eff, bounds, confidence);
    let se = (variance.max(1.0 / n_eff) / n_eff).sqrt();
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
    // The half event of each group's variance belongs to the value, too, where the two are weighed against each other.
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
            (found.estimate.low, 0.4905),
            (found.estimate.high, 0.7427),
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
