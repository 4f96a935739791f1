//! How sure an interval or a test is meant to be, and the quantiles that follow.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Degrees of freedom past which Student's t and the normal distribution differ by less than 0.3 %.
const PRACTICALLY_NORMAL: f64 = 1_000.0;

/// A two-sided confidence level, strictly between 0 and 1; 95 % unless stated.
///
/// Worked numbers: `Confidence::DEFAULT.z()` = 1.960, `Confidence::DEFAULT.t(10.0)` = 2.228.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 %.
    pub const DEFAULT: Self = Self(0.95);

    /// A level such as 0.9; `None` unless 0 < level < 1.
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then_some(Self(level))
    }

    /// The level as a fraction, 0.95 for 95 %.
    pub fn level(self) -> f64 {
        self.0
    }

    /// The chance of a false alarm that the level leaves, 0.05 for 95 %.
    pub fn alpha(self) -> f64 {
        1.0 - self.0
    }

    /// Two-sided quantile of the standard normal distribution.
    pub fn z(self) -> f64 {
        normal_quantile(1.0 - self.alpha() / 2.0)
    }

    /// Two-sided quantile of Student's t with `freedom` > 0 degrees of freedom; that of the normal past 1,000.
    pub fn t(self, freedom: f64) -> f64 {
        match student(freedom) {
            Some(t) => t.inverse_cdf(1.0 - self.alpha() / 2.0),
            None => self.z(),
        }
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The point below which a standard normal value lies with chance `p`, 0 < p < 1.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// The chance that a standard normal value lies below `x`.
pub(crate) fn normal_chance(x: f64) -> f64 {
    Normal::standard().cdf(x)
}

/// The chance that a value of Student's t, or a normal one where `freedom` is `None`, lies below `x`.
pub(crate) fn chance_below(x: f64, freedom: Option<f64>) -> f64 {
    freedom.and_then(student).map_or_else(|| normal_chance(x), |t| t.cdf(x))
}

/// Two-sided p-value of a statistic that is standard normal (`freedom` = `None`) or Student's t under the hypothesis
/// of no difference. A statistic that is not a number gives 1: nothing was shown.
pub(crate) fn two_sided_p(statistic: f64, freedom: Option<f64>) -> f64 {
    if statistic.is_nan() {
        return 1.0;
    }
    let tail = match freedom.and_then(student) {
        Some(t) => t.sf(statistic.abs()),
        None => Normal::standard().sf(statistic.abs()),
    };
    (2.0 * tail).min(1.0)
}

fn student(freedom: f64) -> Option<StudentsT> {
    if freedom > PRACTICALLY_NORMAL { None } else { StudentsT::new(0.0, 1.0, freedom).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 5e-4, "{actual} is not {expected}");
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        let level = Confidence::DEFAULT;
        for (actual, expected) in [
            (level.z(), 1.95996),
            (level.t(1.0), 12.7062),
            (level.t(10.0), 2.22814),
            (level.t(200.0), 1.97190),
            (level.t(1e9), 1.95996),
            (Confidence(0.9).z(), 1.64485),
        ] {
            close(actual, expected);
        }
    }

    #[test]
    fn p_values_are_those_of_the_tables() {
        close(two_sided_p(1.95996, None), 0.05);
        close(two_sided_p(-2.22814, Some(10.0)), 0.05);
        close(two_sided_p(0.0, None), 1.0);
        close(two_sided_p(f64::NAN, None), 1.0);
    }

    #[test]
    fn a_level_is_strictly_between_nothing_and_certainty() {
        for level in [0.0, 1.0, -0.5, f64::NAN] {
            assert_eq!(Confidence::new(level), None);
        }
        assert_eq!(Confidence::new(0.95), Some(Confidence::DEFAULT));
    }
}
