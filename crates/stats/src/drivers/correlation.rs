//! Correlations among drivers and with the outcome: all that importance needs.

use super::DriverError;
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
        let k = rows.first().map_or(0, Vec::len);
        if k == 0 {
            return Err(DriverError::BadNumber { drivers: 0, limit: usize::MAX });
        }
        let sound = |row: &Vec<f64>| row.len() == k && row.iter().all(|value| value.is_finite());
        if let Some(row) = (0..rows.len().max(outcome.len())).find(|&row| {
            !(rows.get(row).is_some_and(sound) && outcome.get(row).is_some_and(|y| y.is_finite()))
        }) {
            return Err(DriverError::BadRow { row });
        }
        let columns: Matrix = (0..k).map(|driver| rows.iter().map(|row| row[driver]).collect()).collect();
        Self::from_columns(&columns, outcome)
    }

    pub(super) fn from_columns(columns: &[Vec<f64>], outcome: &[f64]) -> Result<Self, DriverError> {
        let standard = |(driver, column): (usize, &Vec<f64>)| {
            standardise(column).ok_or(DriverError::Constant { driver: Some(driver) })
        };
        let columns: Matrix = columns.iter().enumerate().map(standard).collect::<Result<_, _>>()?;
        let outcome = standardise(outcome).ok_or(DriverError::Constant { driver: None })?;
        let mut among: Matrix = columns.iter().map(|_| vec![1.0; columns.len()]).collect();
        for (first, a) in columns.iter().enumerate() {
            for (second, b) in columns.iter().enumerate().skip(first + 1) {
                among[first][second] = dot(a, b);
                among[second][first] = among[first][second];
            }
        }
        let with_outcome = columns.iter().map(|column| dot(column, &outcome)).collect();
        Ok(Self { among, with_outcome })
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

/// Mean 0, squares that add up to 1; `None` for a constant.
fn standardise(values: &[f64]) -> Option<Vec<f64>> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let length = dot(&centred, &centred).sqrt();
    let scale = values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
    (length > 1e-9 * scale).then(|| centred.iter().map(|value| value / length).collect())
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
