//! An index of several answers of the same people, such as CSI: what is made of each answer, and how they weigh.

use otklik_stats::ScoreTally;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Answers;

/// Into how many whole parts the sums of an index are counted: a value is exact to a thousandth of a point.
pub(crate) const PRECISION: f64 = 100_000.0;

/// Most parts of an index: pairs of parts are counted one by one.
pub(crate) const MOST_PARTS: usize = 10;

/// One question of an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexPart {
    pub score: Answers,
    /// How much it weighs against the others: equal, by importance, or as a model found. Above 0.
    pub weight: f64,
    pub reading: PartReading,
}

/// What an answer is made into, from 0 to 1. The indices of companies differ in this; those of one series must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartReading {
    /// (x − lowest) / (highest − lowest), as in ACSI: 8 of 1–10 is 0.778.
    OfRange,
    /// x / highest, the importance-weighted share of the maximum: 8 of 1–10 is 0.8.
    OfMaximum,
    /// 1 from this answer up, else 0: the part is a share, and the index a composite average of shares.
    ShareFrom(u8),
}

/// Mean and sample variance of the index over the people who answered all of its questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    pub(crate) n: u64,
    pub(crate) mean: f64,
    pub(crate) variance: f64,
    /// Some covariance could not be counted and stands at its upper bound.
    pub(crate) bounded: bool,
}

impl IndexPart {
    /// What the answer at a step of the scale is made into.
    pub(crate) fn read(&self, step: usize) -> f64 {
        let (lowest, highest) = self.score.scale();
        let answer = f64::from(lowest) + step as f64;
        match self.reading {
            PartReading::OfRange => step as f64 / f64::from(highest - lowest),
            PartReading::OfMaximum => answer / f64::from(highest),
            PartReading::ShareFrom(from) => f64::from(u8::from(answer >= f64::from(from))),
        }
    }

    /// How far one answer can move the part at the least.
    fn smallest_step(&self) -> f64 {
        match self.reading {
            PartReading::ShareFrom(_) => 1.0,
            _ => self.read(1) - self.read(0),
        }
    }

    pub(crate) fn is_possible(&self) -> bool {
        let within = match self.reading {
            PartReading::ShareFrom(from) => self.score.holds(from),
            _ => true,
        };
        within && self.score.is_possible() && self.weight.is_finite() && self.weight > 0.0
    }
}

/// Each weight as its share of all.
pub(crate) fn weights(parts: &[IndexPart]) -> Vec<f64> {
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    parts.iter().map(|part| part.weight / total).collect()
}

/// The sums of an index as whole hundred-thousandths, for `stats` to estimate and compare. Where all people answered
/// alike the variance is that of one person in n who answered one question a step aside.
pub(crate) fn tally(parts: &[IndexPart], moments: Option<Moments>) -> ScoreTally {
    let weights = weights(parts);
    let weighted = |read: &dyn Fn(&IndexPart) -> f64| -> f64 {
        parts.iter().zip(&weights).map(|(part, weight)| weight * read(part)).sum()
    };
    let whole = |value: f64| (value * PRECISION).round() as u64;
    let empty = ScoreTally {
        lowest: whole(weighted(&|part| part.read(0))),
        highest: whole(1.0),
        ..ScoreTally::default()
    };
    let Some(moments) = moments else { return empty };
    let n = moments.n as f64;
    let step = parts
        .iter()
        .zip(&weights)
        .map(|(part, weight)| weight * part.smallest_step())
        .fold(f64::MAX, f64::min);
    let variance = moments.variance.max(step * step / n) * PRECISION * PRECISION;
    let sum = (moments.mean * n * PRECISION).round();
    let sum_squares = sum * sum / n + variance * (n - 1.0);
    ScoreTally { n: moments.n, sum: sum as u64, sum_squares: sum_squares.round() as u64, ..empty }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AttributeScale;

    fn part(weight: f64, reading: PartReading) -> IndexPart {
        let scale = AttributeScale { attribute: "x".into(), lowest: 1, highest: 10 };
        IndexPart { score: Answers::Attribute(scale), weight, reading }
    }

    #[test]
    fn an_answer_is_read_in_three_ways() {
        let read = |reading| part(1.0, reading).read(7);
        assert!((read(PartReading::OfRange) - 7.0 / 9.0).abs() < 1e-12);
        assert_eq!(
            [read(PartReading::OfMaximum), read(PartReading::ShareFrom(8)), read(PartReading::ShareFrom(9))],
            [0.8, 1.0, 0.0]
        );
    }

    #[test]
    fn the_sums_give_mean_and_variance_back() {
        let parts = [part(2.0, PartReading::OfRange), part(1.0, PartReading::OfMaximum)];
        let moments = Moments { n: 40, mean: 0.726_08, variance: 0.012_3, bounded: false };
        let tally = tally(&parts, Some(moments));
        assert!((tally.value().unwrap() / PRECISION - 0.726_08).abs() < 1e-6);
        assert!((tally.unit_variance().unwrap() / PRECISION.powi(2) - 0.012_3).abs() < 1e-6);
        assert_eq!((tally.lowest, tally.highest), (3_333, 100_000));
    }

    #[test]
    fn unanimity_is_not_certainty() {
        let parts = [part(1.0, PartReading::OfRange)];
        let tally = tally(&parts, Some(Moments { n: 10, mean: 0.5, variance: 0.0, bounded: false }));
        assert!(
            (tally.unit_variance().unwrap() / PRECISION.powi(2) - (1.0_f64 / 9.0).powi(2) / 10.0).abs()
                < 1e-6
        );
    }
}
