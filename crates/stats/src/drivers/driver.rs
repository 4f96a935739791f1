//! Drivers as a screen shows them: weight with interval, sign, significance, and performance beside importance.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Correlations, DriverError, relative_weights, shapley};
use crate::Confidence;
use crate::linear::Matrix;
use crate::order::percentile;
use crate::survey::{Attribute, Quadrant, quadrant};

/// Rows for each driver, and in all, below which weights are noise.
const ROWS_EACH: usize = 10;
const ROWS: usize = 30;
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

/// The drivers of an outcome: `rows` hold one score for each driver, `outcome` the score to be explained.
///
/// Intervals are percentiles over draws of rows with replacement. In each draw a column of random numbers is a
/// driver, too: a driver is significant when the interval of its weight less that column's lies above 0 (Tonidandel,
/// LeBreton and Johnson 2009; weights are never negative, so an interval alone cannot tell). What drives is
/// association, not cause. Time grows with draws × rows × drivers²: 500 draws of 1,000 rows and 10 drivers take about
/// 50 ms.
///
/// # Errors
/// [`DriverError`] names what the rows lack.
pub fn drivers(rows: &[Vec<f64>], outcome: &[f64], options: &Options) -> Result<Drivers, DriverError> {
    let correlations = Correlations::from_rows(rows, outcome)?;
    let k = correlations.with_outcome.len();
    let minimum = ROWS.max(ROWS_EACH * k);
    if rows.len() < minimum {
        return Err(DriverError::TooFew { rows: rows.len(), minimum });
    }
    if options.method == Method::Shapley && k > SHAPLEY_DRAWN {
        return Err(DriverError::BadNumber { drivers: k, limit: SHAPLEY_DRAWN });
    }
    let coefficients = correlations.coefficients().ok_or(DriverError::Collinear)?;
    let weights = weigh(&correlations, options.method)?;
    let columns: Matrix = (0..k).map(|driver| rows.iter().map(|row| row[driver]).collect()).collect();
    let draws = draw(&columns, outcome, options);
    let r_squared: f64 = weights.iter().sum();
    let performance: Vec<f64> =
        columns.iter().map(|column| column.iter().sum::<f64>() / column.len() as f64).collect();
    let middle = performance.iter().sum::<f64>() / k as f64;
    let (n, number) = (rows.len() as f64, k as f64);
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
        n: rows.len() as u64,
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

fn draw(columns: &[Vec<f64>], outcome: &[f64], options: &Options) -> Draws {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let (k, n) = (columns.len(), outcome.len());
    let mut draws = Draws { weights: vec![Vec::new(); k], margins: vec![Vec::new(); k] };
    for _ in 0..options.draws {
        let chosen: Vec<usize> = (0..n).map(|_| random.random_range(0..n)).collect();
        let pick = |column: &[f64]| chosen.iter().map(|&row| column[row]).collect::<Vec<f64>>();
        let mut drawn: Matrix = columns.iter().map(|column| pick(column)).collect();
        drawn.push((0..n).map(|_| random.random::<f64>()).collect());
        // A draw in which a driver does not vary says nothing.
        let Ok(with_chance) = Correlations::from_columns(&drawn, &pick(outcome)) else { continue };
        let relative = relative_weights(&with_chance);
        let weights = match options.method {
            Method::RelativeWeights => relative.clone(),
            Method::Shapley => match shapley(&first(&with_chance, k)) {
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
    draws
}

/// The correlations without the random column.
fn first(correlations: &Correlations, k: usize) -> Correlations {
    Correlations {
        among: correlations.among[..k].iter().map(|row| row[..k].to_vec()).collect(),
        with_outcome: correlations.with_outcome[..k].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two drivers that count, for 2 and 1 parts (the second against), and one that does not.
    fn rows(n: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut score = || f64::from(random.random_range(1..=5u8));
        let rows: Vec<Vec<f64>> = (0..n).map(|_| vec![score(), score(), score()]).collect();
        let outcome = rows.iter().map(|row| 2.0 * row[0] - row[1] + score()).collect();
        (rows, outcome)
    }

    #[test]
    fn planted_drivers_are_found_and_the_idle_one_is_not() {
        let (rows, outcome) = rows(300);
        for method in [Method::RelativeWeights, Method::Shapley] {
            let found = drivers(&rows, &outcome, &Options { method, ..Options::default() }).unwrap();
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
        let (rows, outcome) = rows(100);
        let with =
            |seed| drivers(&rows, &outcome, &Options { seed, draws: 100, ..Options::default() }).unwrap();
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
    }

    #[test]
    fn too_little_is_refused() {
        let (rows, outcome) = rows(29);
        let refused = drivers(&rows, &outcome, &Options::default());
        assert_eq!(refused, Err(DriverError::TooFew { rows: 29, minimum: 30 }));
    }
}
