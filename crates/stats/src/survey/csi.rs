//! Customer satisfaction index: definitions that give different numbers for the same answers. The metric names its
//! own.
//!
//! Each is computed for one respondent, or from the means of all; the mean over respondents with its interval comes
//! from [`interval::sample_mean`](crate::interval::sample_mean).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The American index of one respondent: three items of 1 to 10 (overall, against expectation, against the ideal),
/// Σ wᵢ (xᵢ − 1) / 9 · 100 with weights that sum to 1. 0 to 100. The published weights come from a model that is not
/// public; those of one published example are in the test.
///
/// Worked number: 8, 7, 7.5 with weights .3885, .3190, .2925 → 72.61. `None` for an answer off the scale or weights
/// that are negative or sum to nothing; they are divided by their sum.
pub fn acsi(answers: [f64; 3], weights: [f64; 3]) -> Option<f64> {
    let total: f64 = weights.iter().sum();
    let on_scale = answers.iter().all(|x| (1.0..=10.0).contains(x));
    let sound = total > 0.0 && weights.iter().all(|w| *w >= 0.0);
    let sum: f64 = answers.iter().zip(weights).map(|(x, w)| (x - 1.0) * w).sum();
    (on_scale && sound).then(|| sum / total / 9.0 * 100.0)
}

/// The same three items without weights: (x₁ + x₂ + x₃ − 3) / 27 · 100. 0 to 100.
///
/// Worked number: 8, 7, 7.5 → 72.22. `None` for an answer off the scale.
pub fn unweighted(answers: [f64; 3]) -> Option<f64> {
    acsi(answers, [1.0; 3])
}

/// An attribute of the service: how much it matters, and how satisfied people are with it, on one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribute {
    pub importance: f64,
    pub satisfaction: f64,
}

impl Attribute {
    /// Importance minus satisfaction: how far the service stays behind what is expected of it.
    ///
    /// Worked number: 9 and 8 → 1.
    pub fn gap(&self) -> f64 {
        self.importance - self.satisfaction
    }
}

/// Importance-weighted share of the maximum, the usual one in Russia: Σ Iᵢ Sᵢ / (S_max Σ Iᵢ) · 100. 0 to 100.
///
/// Worked number: importance 9, 7, 5, satisfaction 8, 6, 9, maximum 10 → 75.71. `None` without importance or maximum.
pub fn share_of_maximum(attributes: &[Attribute], maximum: f64) -> Option<f64> {
    let importance: f64 = attributes.iter().map(|a| a.importance).sum();
    let sum: f64 = attributes.iter().map(|a| a.importance * a.satisfaction).sum();
    (importance > 0.0 && maximum > 0.0).then(|| sum / (maximum * importance) * 100.0)
}

/// The product I · S of one attribute, as some guides print it; not bounded, and so not a percentage.
///
/// Worked number: 9 and 8 → 72.
pub fn importance_product(attribute: &Attribute) -> f64 {
    attribute.importance * attribute.satisfaction
}

/// The plain mean of the shares of satisfied with quality and with value, and of loyal ones, each 0 to 1.
///
/// Worked number: .8, .7, .6 → 0.7.
pub fn composite_average(quality: f64, value: f64, loyalty: f64) -> f64 {
    (quality + value + loyalty) / 3.0
}

/// Where an attribute stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportanceQuadrant)]
pub enum Quadrant {
    /// Matters more than most and satisfies less: work here first.
    Improve,
    /// Matters and satisfies.
    Keep,
    /// Matters little and satisfies little.
    Watch,
    /// Matters little and satisfies: more is given than is asked for.
    Enough,
}

/// The quadrant against the given middles, usually the means of all attributes. On the line counts as above.
///
/// Worked number: importance 9 and satisfaction 5 with middles 7 and 7 → improve.
pub fn quadrant(attribute: &Attribute, importance: f64, satisfaction: f64) -> Quadrant {
    match (attribute.importance >= importance, attribute.satisfaction >= satisfaction) {
        (true, false) => Quadrant::Improve,
        (true, true) => Quadrant::Keep,
        (false, false) => Quadrant::Watch,
        (false, true) => Quadrant::Enough,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: Option<f64>, expected: f64) {
        assert!((actual.unwrap() - expected).abs() < 0.005, "{actual:?} is not {expected}");
    }

    #[test]
    fn the_worked_numbers() {
        close(acsi([8.0, 7.0, 7.5], [0.3885, 0.3190, 0.2925]), 72.61);
        close(unweighted([8.0, 7.0, 7.5]), 72.22);
        let pair = |(importance, satisfaction)| Attribute { importance, satisfaction };
        let attributes = [(9.0, 8.0), (7.0, 6.0), (5.0, 9.0)].map(pair);
        close(share_of_maximum(&attributes, 10.0), 75.71);
        assert_eq!((importance_product(&attributes[0]), attributes[0].gap()), (72.0, 1.0));
        assert!((composite_average(0.8, 0.7, 0.6) - 0.7).abs() < 1e-12);
    }

    #[test]
    fn the_ends_of_the_scale_are_the_ends_of_the_index() {
        close(unweighted([1.0; 3]), 0.0);
        close(unweighted([10.0; 3]), 100.0);
        assert_eq!(unweighted([0.0, 5.0, 5.0]), None);
        assert_eq!(acsi([5.0; 3], [0.0; 3]), None);
        assert_eq!(share_of_maximum(&[], 10.0), None);
    }

    #[test]
    fn quadrants() {
        let place = |importance, satisfaction| quadrant(&Attribute { importance, satisfaction }, 7.0, 7.0);
        assert_eq!(place(9.0, 5.0), Quadrant::Improve);
        assert_eq!(place(9.0, 7.0), Quadrant::Keep);
        assert_eq!(place(5.0, 5.0), Quadrant::Watch);
        assert_eq!(place(5.0, 9.0), Quadrant::Enough);
    }
}
