//! Two groups: how far apart they are, and whether the difference is more than chance.

mod false_discovery;
mod holm;
mod mean;
mod measured;
mod nps;
mod rate;
mod share;
mod stratified;

pub use false_discovery::benjamini_hochberg;
pub use holm::{correct_together, holm};
pub use mean::mean;
pub use measured::{Measured, measured};
pub use nps::nps;
pub use rate::rate;
pub use share::share;
pub use stratified::{Stratum, stratified};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::confidence::two_sided_p;
use crate::{Confidence, Tally};

/// Answers that each group must have before a difference is called real or not real.
pub const MINIMUM_ANSWERS: u64 = 10;

/// Events that two rates must have together before their difference is called real or not real.
pub const MINIMUM_EVENTS: u64 = 10;

/// What a comparison says in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The interval of the difference does not contain 0.
    Real,
    /// The difference is no larger than chance makes it. That is not a proof that there is none.
    NotReal,
    /// A group is smaller than [`MINIMUM_ANSWERS`] or [`MINIMUM_EVENTS`] demand.
    TooFew,
}

/// The first group minus the second, with interval and p-value.
///
/// `low`, `high` and `p_value` come from one standard error, so p < α exactly when the interval leaves 0 out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    pub difference: f64,
    pub low: f64,
    pub high: f64,
    pub p_value: f64,
    pub verdict: Difference,
    /// First rate over second, where both are rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Ratio>,
}

/// How many times the first rate is the second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ratio {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Comparison {
    /// The same comparison in another unit. `factor` must be positive.
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            difference: self.difference * factor,
            low: self.low * factor,
            high: self.high * factor,
            ..self
        }
    }
}

/// Compares two groups by the method of their kind; `None` when the kinds differ or a group has no value or variance.
pub fn compare(first: &Tally, second: &Tally, confidence: Confidence) -> Option<Comparison> {
    match (first, second) {
        (Tally::Nps(a), Tally::Nps(b)) => nps(a, b, confidence),
        (Tally::Share(a), Tally::Share(b)) => share(a, b, confidence),
        (Tally::Score(a), Tally::Score(b)) => mean(a, b, confidence),
        (Tally::Rate(a), Tally::Rate(b)) => rate(a, b, confidence),
        _ => None,
    }
}

/// A difference as its method found it: the plain one to show, and the centre and error to judge it by.
struct Found {
    difference: f64,
    centre: f64,
    se: f64,
    /// Degrees of freedom of Student's t; the normal distribution if absent.
    freedom: Option<f64>,
    enough: bool,
}

impl Found {
    fn judge(self, confidence: Confidence) -> Comparison {
        let quantile = self.freedom.map_or(confidence.z(), |freedom| confidence.t(freedom));
        let margin = quantile * self.se;
        let p_value = two_sided_p(self.centre / self.se, self.freedom);
        let verdict = match (self.enough, margin < self.centre.abs()) {
            (false, _) => Difference::TooFew,
            (true, true) => Difference::Real,
            (true, false) => Difference::NotReal,
        };
        Comparison {
            difference: self.difference,
            low: (self.centre - margin).min(self.difference),
            high: (self.centre + margin).max(self.difference),
            p_value,
            verdict,
            ratio: None,
        }
    }
}

fn enough_answers(first: u64, second: u64) -> bool {
    first.min(second) >= MINIMUM_ANSWERS
}
