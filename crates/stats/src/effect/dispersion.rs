//! How much more the weeks scatter than single answers explain.

use super::Arm;
use crate::Tally;

/// Degrees of freedom below which the scatter of weeks is hardly known: eight weeks in two groups.
const ENOUGH_FREEDOM: usize = 6;

/// Weeks of a group below which their correlation cannot be told, and what is then assumed: that of complaints.
const WEEKS_TO_CORRELATE: f64 = 4.0;
const USUAL_CORRELATION: f64 = 0.3;

/// Correlation of neighbouring weeks past which the estimate is not believed.
const HIGHEST_CORRELATION: f64 = 0.8;

/// Small-sample corrections divide by no less than this.
const LEAST_DIVISOR: f64 = 0.2;

/// The factor by which variances grow, and the degrees of freedom with which it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dispersion {
    pub(super) inflation: f64,
    pub(super) freedom: f64,
    /// Whether it rests on so few weeks that the reader must know.
    pub(super) hardly_known: bool,
}

/// The dispersion common to all groups.
///
/// Each week's residual is (value − the group's value) · √(weight / unit variance); without any extra scatter its
/// square is about 1, and φ = Σ residual² / Σ (weeks − 1), not below 1, is the scatter of quasi-Poisson regression.
/// Neighbouring weeks' correlation r is freed of its small-sample bias, ρ = (r + 1/k) / (1 − 4/k) for k weeks
/// (Kendall 1954), and kept between 0 and 0.8; under 4 weeks it is taken to be 0.3. A mean of k weeks of a
/// first-order autoregression has P = 1 + 2 Σⱼ (1 − j/k) ρʲ times the variance of independent ones; φ, too small for
/// such weeks, is divided by 1 − (P − 1) / (k − 1). The inflation is φ · P, its degrees of freedom Σ (weeks − 1) / P.
///
/// On simulated weeks without any effect (12 before, 12 after; plain regression is far too sure there) this calls 2 %
/// of pure chance an effect, 4 % of weeks that scatter by 25 %, 8 % where neighbours also correlate by 0.5; the bench
/// prints it. `None` where no group has two weeks.
pub(super) fn dispersion<'a>(arms: impl IntoIterator<Item = &'a Arm>) -> Option<Dispersion> {
    let groups: Vec<Vec<Option<f64>>> = arms.into_iter().map(residuals).collect();
    let sizes: Vec<usize> =
        groups.iter().map(|group| group.iter().flatten().count()).filter(|&weeks| weeks > 1).collect();
    let freedom: usize = sizes.iter().map(|weeks| weeks - 1).sum();
    if freedom == 0 {
        return None;
    }
    let hardly_known = freedom < ENOUGH_FREEDOM;
    let (weeks, freedom) = (sizes.iter().sum::<usize>() as f64 / sizes.len() as f64, freedom as f64);
    let squares: f64 = groups.iter().flatten().flatten().map(|residual| residual * residual).sum();
    let persistence = persistence(correlation(&groups, squares, weeks), weeks);
    let unseen = (1.0 - (persistence - 1.0) / (weeks - 1.0)).max(LEAST_DIVISOR);
    let scatter = (squares / freedom / unseen).max(1.0);
    let freedom = (freedom / persistence).max(2.0);
    Some(Dispersion { inflation: scatter * persistence, freedom, hardly_known })
}

/// Correlation of neighbouring weeks, common to all groups.
fn correlation(groups: &[Vec<Option<f64>>], squares: f64, weeks: f64) -> f64 {
    if weeks < WEEKS_TO_CORRELATE {
        return USUAL_CORRELATION;
    }
    if squares == 0.0 {
        return 0.0;
    }
    let pairs = groups.iter().flat_map(|group| group.windows(2));
    let neighbours: f64 = pairs.filter_map(|pair| Some(pair[0]? * pair[1]?)).sum();
    (neighbours / squares + 1.0 / weeks) / (1.0 - 4.0 / weeks).max(LEAST_DIVISOR)
}

/// How far each week lies from its group, in standard errors; `None` for an empty week.
fn residuals(arm: &Arm) -> Vec<Option<f64>> {
    let Some((value, variance)) = whole(arm).and_then(|all| all.value().zip(all.unit_variance())) else {
        return Vec::new();
    };
    let residual = |week: &Tally| Some((week.value()? - value) * (week.weight() / variance).sqrt());
    arm.iter().map(residual).collect()
}

/// All weeks of a group together; `None` for no weeks or mixed kinds.
pub(super) fn whole(arm: &Arm) -> Option<Tally> {
    let (first, rest) = arm.split_first()?;
    rest.iter().try_fold(*first, |sum, week| sum.merge(*week))
}

fn persistence(correlation: f64, weeks: f64) -> f64 {
    let correlation = correlation.clamp(0.0, HIGHEST_CORRELATION);
    let lags = 1..weeks as i32;
    1.0 + 2.0 * lags.map(|lag| (1.0 - f64::from(lag) / weeks) * correlation.powi(lag)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RateTally;

    fn weeks(events: &[u64]) -> Arm {
        events.iter().map(|&events| Tally::Rate(RateTally { events, exposure: 7.0 })).collect()
    }

    #[test]
    fn weeks_that_scatter_as_chance_has_it_are_left_alone() {
        let calm = dispersion([&weeks(&[98, 103, 99, 101, 97, 102, 100, 100])]).unwrap();
        assert_eq!(calm.freedom, 7.0);
        assert!((1.0..1.3).contains(&calm.inflation), "{calm:?}");
    }

    #[test]
    fn weeks_that_scatter_twice_as_far_quadruple_the_variance() {
        // Mean 100, so a standard deviation of 10 is chance; here it is 21.4, in alternation.
        let wild = dispersion([&weeks(&[80, 120, 80, 120, 80, 120, 80, 120])]).unwrap();
        assert!((wild.inflation - 8.0 * 400.0 / 100.0 / 7.0).abs() < 0.05, "{wild:?}");
    }

    #[test]
    fn weeks_that_follow_each_other_tell_less() {
        let drifting = dispersion([&weeks(&[80, 80, 80, 80, 120, 120, 120, 120])]).unwrap();
        assert!(drifting.inflation > 15.0, "{drifting:?}");
    }

    #[test]
    fn few_weeks_say_little_and_single_ones_nothing() {
        let few = dispersion([&weeks(&[80, 120]), &weeks(&[90, 91])]).unwrap();
        assert!(few.hardly_known && few.freedom == 2.0 && few.inflation > 4.0, "{few:?}");
        assert_eq!(dispersion([&weeks(&[80]), &weeks(&[90])]), None);
        assert_eq!(dispersion([&Arm::new()]), None);
    }
}
