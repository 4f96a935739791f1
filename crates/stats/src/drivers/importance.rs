//! Dividing R² among drivers that overlap.

use super::{Correlations, DriverError, SHAPLEY_LIMIT};
use crate::linear::{Matrix, eigen};

/// Eigenvalues below this belong to a combination of drivers that never varies.
const NOTHING: f64 = 1e-10;

/// Johnson's relative weights: with R the drivers' correlations, L = R^½ and β = L⁻¹ r, driver j gets Σₖ L²ⱼₖ β²ₖ.
/// They are not negative and add up to R²; close to [`shapley`] at a fraction of the cost, for any number of drivers.
///
/// Source: Johnson 2000; LeBreton 2004; Grömping 2015. Worked number: r₁₂ .5, with the outcome .6 and .4 → .2867 and
/// .0867.
pub fn relative_weights(correlations: &Correlations) -> Vec<f64> {
    let k = correlations.with_outcome.len();
    let (values, vectors) = eigen(&correlations.among);
    let roots: Vec<f64> = values.iter().map(|value| value.max(0.0).sqrt()).collect();
    let root: Matrix = combine(&vectors, &roots);
    let inverses: Vec<f64> =
        values.iter().map(|value| if *value > NOTHING { 1.0 / value.sqrt() } else { 0.0 }).collect();
    let inverse = combine(&vectors, &inverses);
    let beta: Vec<f64> =
        (0..k).map(|row| crate::linear::dot(&inverse[row], &correlations.with_outcome)).collect();
    let weight = |row: &Vec<f64>| row.iter().zip(&beta).map(|(l, b)| l * l * b * b).sum();
    root.iter().map(weight).collect()
}

/// V · diag · Vᵀ.
fn combine(vectors: &Matrix, diagonal: &[f64]) -> Matrix {
    let scaled: Matrix =
        vectors.iter().map(|row| row.iter().zip(diagonal).map(|(v, d)| v * d).collect()).collect();
    scaled.iter().map(|a| vectors.iter().map(|b| crate::linear::dot(a, b)).collect()).collect()
}

/// Shapley values of R², also called LMG or general dominance: each driver's gain in R², averaged over all orders in
/// which drivers can be added. They are not negative and add up to R².
///
/// Source: Lindeman, Merenda and Gold 1980; Budescu 1993. Worked number: that of [`shapley_of`].
///
/// # Errors
/// `BadNumber` beyond [`SHAPLEY_LIMIT`] drivers, `Collinear` when one follows from the others.
pub fn shapley(correlations: &Correlations) -> Result<Vec<f64>, DriverError> {
    let k = correlations.with_outcome.len();
    if k == 0 || k > SHAPLEY_LIMIT {
        return Err(DriverError::BadNumber { drivers: k, limit: SHAPLEY_LIMIT });
    }
    let subset = |set: usize| {
        let chosen: Vec<usize> = (0..k).filter(|driver| set >> driver & 1 == 1).collect();
        correlations.r_squared_of(&chosen)
    };
    let explained: Option<Vec<f64>> = (0..1usize << k).map(subset).collect();
    Ok(shapley_of(k, &explained.ok_or(DriverError::Collinear)?))
}

/// Shapley values from the R² of every set of drivers: `explained[set]` with bit j of `set` for driver j, 2^k of
/// them, that of the empty set first.
///
/// Worked number: {1} .1064, {2} .1254, {3} .1288, {1,2} .1807, {1,3} .1700, {2,3} .1873, {1,2,3} .2144 → .0606,
/// .0787, .0751. A set beyond the end of the slice counts as explaining nothing.
pub fn shapley_of(drivers: usize, explained: &[f64]) -> Vec<f64> {
    let k = drivers as i32;
    // |S|! (k − |S| − 1)! / k!, by the size of the set.
    let chances: Vec<f64> = (0..k)
        .map(|size| {
            (0..size).fold(1.0 / f64::from(k), |chance, i| chance * f64::from(i + 1) / f64::from(k - 1 - i))
        })
        .collect();
    let of = |set: usize| explained.get(set).copied().unwrap_or(0.0);
    let value = |driver: usize| {
        let bit = 1usize << driver;
        let without = (0..1usize << drivers).filter(|set| set & bit == 0);
        without.map(|set| chances[set.count_ones() as usize] * (of(set | bit) - of(set))).sum()
    };
    (0..drivers).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: &[f64], expected: &[f64]) {
        assert_eq!(actual.len(), expected.len());
        for (actual, expected) in actual.iter().zip(expected) {
            assert!((actual - expected).abs() < 5.1e-5, "{actual} is not {expected}");
        }
    }

    #[test]
    fn the_worked_number_of_shapley() {
        // The sets in order: none, 1, 2, 12, 3, 13, 23, 123.
        let explained = [0.0, 0.1064, 0.1254, 0.1807, 0.1288, 0.1700, 0.1873, 0.2144];
        close(&shapley_of(3, &explained), &[0.0606, 0.0787, 0.0751]);
    }

    #[test]
    fn the_worked_number_of_relative_weights() {
        let two = Correlations { among: vec![vec![1.0, 0.5], vec![0.5, 1.0]], with_outcome: vec![0.6, 0.4] };
        close(&relative_weights(&two), &[0.2867, 0.0867]);
        close(&shapley(&two).unwrap(), &[0.2867, 0.0867]);
    }

    #[test]
    fn a_driver_twice_shares_its_weight() {
        let twice =
            Correlations { among: vec![vec![1.0, 1.0], vec![1.0, 1.0]], with_outcome: vec![0.6, 0.6] };
        close(&relative_weights(&twice), &[0.18, 0.18]);
        assert_eq!(shapley(&twice), Err(DriverError::Collinear));
    }

    #[test]
    fn sixteen_drivers_are_too_many_for_shapley() {
        let none = Correlations { among: vec![vec![0.0; 16]; 16], with_outcome: vec![0.0; 16] };
        assert_eq!(shapley(&none), Err(DriverError::BadNumber { drivers: 16, limit: 15 }));
    }
}
