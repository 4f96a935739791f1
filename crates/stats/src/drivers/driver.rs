//! Drivers as a screen shows them: weight with interval, sign, significance, and performance beside importance.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Correlations, DriverError, Moments, relative_weights, shapley};
use crate::Confidence;
use crate::confidence::normal_quantile;
use crate::linear::{Matrix, cholesky, dot};
use crate::order::percentile;
use crate::survey::{Attribute, Quadrant, quadrant};

/// Rows for each driver, and in all, below which weights are noise.
const ROWS_EACH: usize = 10;
const ROWS: usize = 30;
/// What is left of a correlation where a perfect one cannot be worked with.
const NEARLY_ALL: f64 = 1.0 - 1e-6;
/// Drivers for which Shapley values can be drawn anew hundreds of times.
const SHAPLEY_DRAWN: usize = 10;

/// How R² is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DriverMethod)]
pub enum Method {
    /// Johnson's relative weights; any number of drivers.
    RelativeWeights,
    /// Shapley values (LMG); up to ten drivers here, as each draw fits all sets of them.
    Shapley,
}

/// How to compute. The same seed gives the same intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    pub method: Method,
    /// Bootstrap draws behind intervals and significance; 500 unless stated.
    pub draws: usize,
    pub seed: u64,
    pub confidence: Confidence,
}

impl Default for Options {
    fn default() -> Self {
        Self { method: Method::RelativeWeights, draws: 500, seed: 1, confidence: Confidence::DEFAULT }
    }
}

/// What explains the outcome, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Drivers {
    /// Complete rows.
    pub n: u64,
    /// Share of the outcome's variance that all drivers explain together.
    pub r_squared: f64,
    /// The same less what as many random drivers would explain: 1 − (1 − R²)(n − 1) / (n − k − 1).
    pub adjusted_r_squared: f64,
    pub method: Method,
    pub drivers: Vec<Driver>,
}

/// One driver.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Driver {
    /// Its part of R², with the interval of the bootstrap's percentiles.
    pub weight: f64,
    pub low: f64,
    pub high: f64,
    /// Its part of what is explained, 0 to 1: the importance to draw.
    pub share: f64,
    /// Standardised regression coefficient: the sign says which way, others held equal.
    pub coefficient: f64,
    /// Whether it explains more than a column of pure chance does. To be greyed out if not.
    pub significant: bool,
    /// The mean of its scores.
    pub performance: f64,
    /// Its place on the map importance × performance, against the means of all drivers; only drivers on one scale
    /// can be placed so.
    pub quadrant: Quadrant,
}

/// The drivers of an outcome, from sums and products over blocks of rows: a block a row
/// ([`Moments::of_rows`]), or all rows of some customers, so that a customer who answered twice is not taken for two.
///
/// Intervals are percentiles over draws of blocks with replacement. In each draw a column of random numbers is a
/// driver, too: a driver is significant when the interval of its weight less that column's lies above 0 (Tonidandel,
/// LeBreton and Johnson 2009; weights are never negative, so an interval alone cannot tell). The random column itself
/// is not made: its correlations with n rows of the others are normal with those others' own correlations over n.
/// What drives is association, not cause. Time grows with draws × blocks × drivers²: 500 draws of 1,000 blocks and 10
/// drivers take about 50 ms. `go_on` is asked before each draw.
///
/// # Errors
/// [`DriverError`] names what the rows lack.
pub fn drivers(
    blocks: &[Moments],
    options: &Options,
    go_on: impl Fn() -> bool,
) -> Result<Drivers, DriverError> {
    let k = blocks.first().map_or(0, |block| block.sums.len()).saturating_sub(1);
    if k == 0 {
        return Err(DriverError::BadNumber { drivers: 0, limit: usize::MAX });
    }
    let mut all = Moments::none(k + 1);
    blocks.iter().for_each(|block| all.add(block));
    let (rows, minimum) = (all.n as usize, ROWS.max(ROWS_EACH * k));
    if rows < minimum {
        return Err(DriverError::TooFew { rows, minimum });
    }
    if options.method == Method::Shapley && k > SHAPLEY_DRAWN {
        return Err(DriverError::BadNumber { drivers: k, limit: SHAPLEY_DRAWN });
    }
    let correlations = Correlations::from_moments(&all)?;
    let coefficients = correlations.coefficients().ok_or(DriverError::Collinear)?;
    let weights = weigh(&correlations, options.method)?;
    let draws = draw(blocks, options, go_on)?;
    let r_squared: f64 = weights.iter().sum();
    let performance: Vec<f64> = (1..=k).map(|driver| all.mean(driver)).collect();
    let middle = performance.iter().sum::<f64>() / k as f64;
    let (n, number) = (all.n, k as f64);
    let driver = |index: usize| {
        let (low, high) = draws.interval(index, options.confidence);
        let share = if r_squared > 0.0 { weights[index] / r_squared } else { 0.0 };
        let place = Attribute { importance: share, satisfaction: performance[index] };
        Driver {
            weight: weights[index],
            low: low.min(weights[index]),
            high: high.max(weights[index]),
            share,
            coefficient: coefficients[index],
            significant: draws.beats_chance(index, options.confidence),
            performance: performance[index],
            quadrant: quadrant(&place, 1.0 / number, middle),
        }
    };
    Ok(Drivers {
        n: rows as u64,
        r_squared,
        adjusted_r_squared: 1.0 - (1.0 - r_squared) * (n - 1.0) / (n - number - 1.0),
        method: options.method,
        drivers: (0..k).map(driver).collect(),
    })
}

fn weigh(correlations: &Correlations, method: Method) -> Result<Vec<f64>, DriverError> {
    match method {
        Method::RelativeWeights => Ok(relative_weights(correlations)),
        Method::Shapley => shapley(correlations),
    }
}

/// For each driver its weights over the draws, and its relative weights less those of the random column.
struct Draws {
    weights: Matrix,
    margins: Matrix,
}

impl Draws {
    fn interval(&self, driver: usize, confidence: Confidence) -> (f64, f64) {
        let tail = confidence.alpha() / 2.0;
        (percentile(&self.weights[driver], tail), percentile(&self.weights[driver], 1.0 - tail))
    }

    fn beats_chance(&self, driver: usize, confidence: Confidence) -> bool {
        let margins = &self.margins[driver];
        !margins.is_empty() && percentile(margins, confidence.alpha() / 2.0) > 0.0
    }
}

fn draw(blocks: &[Moments], options: &Options, go_on: impl Fn() -> bool) -> Result<Draws, DriverError> {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let blocks: Vec<&Moments> = blocks.iter().filter(|block| block.n > 0.0).collect();
    let k = blocks.first().map_or(0, |block| block.sums.len() - 1);
    let mut draws = Draws { weights: vec![Vec::new(); k], margins: vec![Vec::new(); k] };
    for _ in 0..options.draws {
        if !go_on() {
            return Err(DriverError::Stopped);
        }
        let mut drawn = Moments::none(k + 1);
        (0..blocks.len()).for_each(|_| drawn.add(blocks[random.random_range(0..blocks.len())]));
        // A draw in which a driver does not vary, or follows from others, says nothing.
        let Ok(correlations) = Correlations::from_moments(&drawn) else { continue };
        let Some(with_chance) = with_chance(&correlations, drawn.n, &mut random) else { continue };
        let relative = relative_weights(&with_chance);
        let weights = match options.method {
            Method::RelativeWeights => relative.clone(),
            Method::Shapley => match shapley(&correlations) {
                Ok(weights) => weights,
                Err(_) => continue,
            },
        };
        for driver in 0..k {
            draws.weights[driver].push(weights[driver]);
            draws.margins[driver].push(relative[driver] - relative[k]);
        }
    }
    for values in draws.weights.iter_mut().chain(&mut draws.margins) {
        values.sort_by(f64::total_cmp);
    }
    Ok(draws)
}

/// The correlations with a random column as one driver more; `None` when a driver follows from the others.
fn with_chance(correlations: &Correlations, rows: f64, random: &mut ChaCha8Rng) -> Option<Correlations> {
    let mut all = correlations.among.clone();
    all.iter_mut().zip(&correlations.with_outcome).for_each(|(line, outcome)| line.push(*outcome));
    all.push([&correlations.with_outcome[..], &[1.0]].concat());
    // An outcome that its drivers explain wholly would leave no factor; a millionth less leaves one.
    for (a, line) in all.iter_mut().enumerate() {
        line.iter_mut().enumerate().filter(|(b, _)| a != *b).for_each(|(_, value)| *value *= NEARLY_ALL);
    }
    let factor = cholesky(&all)?;
    // A chance of 0 or 1 has no quantile.
    let mut normal = || normal_quantile(random.random_range(1e-12..1.0 - 1e-12));
    let independent: Vec<f64> = factor.iter().map(|_| normal() / rows.sqrt()).collect();
    let mut found: Vec<f64> = factor.iter().map(|line| dot(line, &independent)).collect();
    let with_outcome = found.pop()?;
    let mut chance = correlations.clone();
    chance.among.iter_mut().zip(&found).for_each(|(line, correlation)| line.push(*correlation));
    chance.among.push([&found[..], &[1.0]].concat());
    chance.with_outcome.push(with_outcome);
    Some(chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two drivers that count, for 2 and 1 parts (the second against), and one that does not.
    fn rows(n: usize) -> Vec<Moments> {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut score = || f64::from(random.random_range(1..=5u8));
        let rows: Vec<Vec<f64>> = (0..n).map(|_| vec![score(), score(), score()]).collect();
        let outcome: Vec<f64> = rows.iter().map(|row| 2.0 * row[0] - row[1] + score()).collect();
        Moments::of_rows(&rows, &outcome).unwrap()
    }

    #[test]
    fn planted_drivers_are_found_and_the_idle_one_is_not() {
        let rows = rows(300);
        for method in [Method::RelativeWeights, Method::Shapley] {
            let found = drivers(&rows, &Options { method, ..Options::default() }, || true).unwrap();
            let of = |part: fn(&Driver) -> bool| found.drivers.iter().map(part).collect::<Vec<_>>();
            assert_eq!(of(|driver| driver.significant), [true, true, false], "{found:?}");
            assert!(found.drivers[0].coefficient > 0.0 && found.drivers[1].coefficient < 0.0);
            assert!((found.drivers.iter().map(|driver| driver.share).sum::<f64>() - 1.0).abs() < 1e-9);
            assert!((found.drivers[0].share - 0.8).abs() < 0.05 && found.r_squared > 0.75, "{found:?}");
            assert!(of(|d| d.low <= d.weight && d.weight <= d.high).iter().all(|holds| *holds));
        }
    }

    #[test]
    fn the_seed_decides() {
        let rows = rows(100);
        let with =
            |seed| drivers(&rows, &Options { seed, draws: 100, ..Options::default() }, || true).unwrap();
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
    }

    #[test]
    fn too_little_is_refused() {
        let rows = rows(29);
        let refused = drivers(&rows, &Options::default(), || true);
        assert_eq!(refused, Err(DriverError::TooFew { rows: 29, minimum: 30 }));
    }

    #[test]
    fn a_driver_that_explains_all_is_significant() {
        let rows: Vec<Vec<f64>> = (0..60).map(|row| vec![f64::from(row % 3)]).collect();
        let outcome: Vec<f64> = rows.iter().map(|row| 9.0 - 3.0 * row[0]).collect();
        let found =
            drivers(&Moments::of_rows(&rows, &outcome).unwrap(), &Options::default(), || true).unwrap();
        assert!(found.drivers[0].significant && (found.r_squared - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn whoever_no_longer_waits_is_not_served() {
        assert_eq!(drivers(&rows(100), &Options::default(), || false), Err(DriverError::Stopped));
    }

    #[test]
    fn customers_who_repeat_themselves_widen_the_interval() {
        let once = rows(100);
        let width = |blocks: &[Moments]| {
            let found = drivers(blocks, &Options::default(), || true).unwrap();
            found.drivers[0].high - found.drivers[0].low
        };
        let copies: Vec<Moments> = once.iter().flat_map(|row| std::iter::repeat_n(row.clone(), 4)).collect();
        let of_customers: Vec<Moments> = copies
            .chunks(4)
            .map(|rows| {
                let mut sum = Moments::none(4);
                rows.iter().for_each(|row| sum.add(row));
                sum
            })
            .collect();
        // Four times the same answer tells as much as one, if one knows whose it is.
        assert!(width(&copies) < 0.7 * width(&once));
        assert!((width(&of_customers) / width(&once) - 1.0).abs() < 0.2);
    }
}
