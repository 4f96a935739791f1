//! The little linear algebra that the methods need, on matrices of a few dozen rows.

mod eigen;
mod regression;
mod solve;

pub(crate) use eigen::eigen;
pub(crate) use regression::Regression;
pub(crate) use solve::{cholesky, independent, invert, solve};

/// Rows of equal length.
pub(crate) type Matrix = Vec<Vec<f64>>;

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
