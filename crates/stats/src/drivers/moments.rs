//! Sums and products, from which correlations follow without the rows.

use super::{Correlations, DriverError};
use crate::linear::Matrix;

/// A variance this small beside the mean square is none.
const NOTHING: f64 = 1e-12;

/// Count, sums and products of some variables over complete rows; those of several blocks of rows add up. The outcome
/// stands first, its drivers after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    pub n: f64,
    /// Σ xₐ.
    pub sums: Vec<f64>,
    /// Σ xₐ·x_b for b ≤ a, at a(a + 1)/2 + b.
    pub products: Vec<f64>,
}

impl Moments {
    /// Of no rows.
    pub fn none(variables: usize) -> Self {
        Self { n: 0.0, sums: vec![0.0; variables], products: vec![0.0; variables * (variables + 1) / 2] }
    }

    /// Each row by itself: drawing such blocks anew is drawing rows.
    ///
    /// # Errors
    /// `BadNumber`, `BadRow`.
    pub fn of_rows(rows: &[Vec<f64>], outcome: &[f64]) -> Result<Vec<Self>, DriverError> {
        let k = rows.first().map_or(0, Vec::len);
        if k == 0 {
            return Err(DriverError::BadNumber { drivers: 0, limit: usize::MAX });
        }
        let of_row = |row: usize| {
            let drivers = rows.get(row).filter(|drivers| drivers.len() == k)?;
            let values: Vec<f64> = outcome.get(row).into_iter().chain(drivers).copied().collect();
            let sound = values.len() == k + 1 && values.iter().all(|value| value.is_finite());
            sound.then(|| Self::of_row(&values))
        };
        let rows = 0..rows.len().max(outcome.len());
        rows.map(|row| of_row(row).ok_or(DriverError::BadRow { row })).collect()
    }

    fn of_row(values: &[f64]) -> Self {
        let products = (0..values.len()).flat_map(|a| (0..=a).map(move |b| values[a] * values[b]));
        Self { n: 1.0, sums: values.to_vec(), products: products.collect() }
    }

    /// Takes in the rows of another block.
    pub fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
    }

    /// The mean of a variable; NaN without rows.
    pub fn mean(&self, variable: usize) -> f64 {
        self.sums[variable] / self.n
    }

    /// Σ xₐ·x_b.
    pub fn product(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (a.max(b), a.min(b));
        self.products[a * (a + 1) / 2 + b]
    }

    /// The same without some of the variables.
    pub fn keep(&self, variables: &[usize]) -> Self {
        let products = variables
            .iter()
            .enumerate()
            .flat_map(|(place, &a)| variables[..=place].iter().map(move |&b| self.product(a, b)));
        Self {
            n: self.n,
            sums: variables.iter().map(|&variable| self.sums[variable]).collect(),
            products: products.collect(),
        }
    }

    /// Drivers that vary and do not follow from those before them, from 0.
    pub fn independent(&self) -> Vec<usize> {
        let varying: Vec<usize> = (1..self.sums.len()).filter(|&a| self.spread(a) > 0.0).collect();
        let scaled = |a: usize, b: usize| self.centred(a, b) / (self.spread(a) * self.spread(b));
        let among: Matrix =
            varying.iter().map(|&a| varying.iter().map(|&b| scaled(a, b)).collect()).collect();
        crate::linear::independent(&among).into_iter().map(|place| varying[place] - 1).collect()
    }

    fn centred(&self, a: usize, b: usize) -> f64 {
        self.product(a, b) - self.sums[a] * self.sums[b] / self.n
    }

    /// The length of the centred variable; 0 for a constant.
    fn spread(&self, variable: usize) -> f64 {
        let squares = self.centred(variable, variable);
        if squares > NOTHING * self.product(variable, variable) { squares.sqrt() } else { 0.0 }
    }
}

impl Correlations {
    /// From sums and products.
    ///
    /// # Errors
    /// `Constant`.
    pub fn from_moments(moments: &Moments) -> Result<Self, DriverError> {
        let variables = moments.sums.len();
        let spreads: Vec<f64> = (0..variables).map(|variable| moments.spread(variable)).collect();
        if let Some(constant) = spreads.iter().position(|spread| *spread <= 0.0) {
            return Err(DriverError::Constant { driver: constant.checked_sub(1) });
        }
        let of = |a: usize, b: usize| match a == b {
            true => 1.0,
            false => moments.centred(a, b) / (spreads[a] * spreads[b]),
        };
        let among = (1..variables).map(|a| (1..variables).map(|b| of(a, b)).collect()).collect();
        Ok(Self { among, with_outcome: (1..variables).map(|a| of(a, 0)).collect() })
    }
}
