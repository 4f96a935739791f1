//! Correlations among drivers and with the outcome: all that importance needs.

use super::{DriverError, Moments};
use crate::linear::{Matrix, dot, solve};

/// Pearson correlations.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlations {
    /// Of each driver with each: symmetric, ones on the diagonal.
    pub among: Vec<Vec<f64>>,
    /// Of each driver with the outcome.
    pub with_outcome: Vec<f64>,
}

impl Correlations {
    /// From complete rows, one value for each driver, and the outcome of each row.
    ///
    /// # Errors
    /// `BadNumber`, `BadRow` and `Constant` say what is wrong with the rows.
    pub fn from_rows(rows: &[Vec<f64>], outcome: &[f64]) -> Result<Self, DriverError> {
        let rows = Moments::of_rows(rows, outcome)?;
        let mut all = Moments::none(rows.first().map_or(0, |row| row.sums.len()));
        rows.iter().for_each(|row| all.add(row));
        Self::from_moments(&all)
    }

    /// The share of the outcome's variance that all drivers explain together.
    ///
    /// Worked number: r₁₂ .5, with the outcome .6 and .4 → .3733. `None` when a driver follows from the others.
    pub fn r_squared(&self) -> Option<f64> {
        Some(dot(&self.coefficients()?, &self.with_outcome))
    }

    /// Standardised regression coefficients, R⁻¹ r. `None` when a driver follows from the others.
    pub fn coefficients(&self) -> Option<Vec<f64>> {
        solve(&self.among, &self.with_outcome)
    }

    /// R² of some of the drivers alone; a set with a superfluous driver explains what the set without it does.
    pub(super) fn r_squared_of(&self, chosen: &[usize]) -> Option<f64> {
        let among: Matrix =
            chosen.iter().map(|&a| chosen.iter().map(|&b| self.among[a][b]).collect()).collect();
        let with_outcome: Vec<f64> = chosen.iter().map(|&driver| self.with_outcome[driver]).collect();
        Some(dot(&solve(&among, &with_outcome)?, &with_outcome))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        let found =
            Correlations { among: vec![vec![1.0, 0.5], vec![0.5, 1.0]], with_outcome: vec![0.6, 0.4] };
        assert!((found.r_squared().unwrap() - 0.3733).abs() < 5e-5);
    }

    #[test]
    fn rows_are_checked() {
        let rows = |values: &[[f64; 2]]| values.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
        let of = |values: &[[f64; 2]], outcome: &[f64]| Correlations::from_rows(&rows(values), outcome);
        let found = of(&[[1.0, 2.0], [2.0, 1.0], [3.0, 3.0]], &[1.0, 2.0, 3.0]).unwrap();
        assert!((found.among[0][1] - 0.5).abs() < 1e-12 && (found.with_outcome[0] - 1.0).abs() < 1e-12);
        assert_eq!(
            of(&[[1.0, 2.0], [2.0, 2.0]], &[1.0, 2.0]),
            Err(DriverError::Constant { driver: Some(1) })
        );
        assert_eq!(of(&[[1.0, 2.0], [2.0, 3.0]], &[1.0, 1.0]), Err(DriverError::Constant { driver: None }));
        assert_eq!(of(&[[1.0, f64::NAN]], &[1.0]), Err(DriverError::BadRow { row: 0 }));
        assert_eq!(of(&[[1.0, 2.0]], &[1.0, 2.0]), Err(DriverError::BadRow { row: 1 }));
        assert!(matches!(of(&[], &[]), Err(DriverError::BadNumber { .. })));
    }
}
