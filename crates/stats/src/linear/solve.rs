//! Symmetric positive definite systems by Cholesky's factors.

use super::{Matrix, dot};

/// A pivot this small beside its diagonal element means that the row follows from those before it.
const SINGULAR: f64 = 1e-9;

/// x of A·x = b; `None` when A is not positive definite.
pub(crate) fn solve(a: &Matrix, b: &[f64]) -> Option<Vec<f64>> {
    let factor = cholesky(a)?;
    Some(substitute(&factor, b))
}

/// The inverse; `None` when A is not positive definite.
pub(crate) fn invert(a: &Matrix) -> Option<Matrix> {
    let factor = cholesky(a)?;
    let unit =
        |row: usize| (0..a.len()).map(|column| f64::from(u8::from(row == column))).collect::<Vec<f64>>();
    Some((0..a.len()).map(|row| substitute(&factor, &unit(row))).collect())
}

/// The rows, from the first on, that do not follow from those kept before them.
pub(crate) fn independent(a: &Matrix) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    let mut factor: Matrix = Vec::new();
    for (row, values) in a.iter().enumerate() {
        let column: Vec<f64> = kept.iter().map(|&other| values[other]).collect();
        let (line, pivot) = next_line(&factor, &column, values[row]);
        if pivot > SINGULAR * values[row].max(f64::MIN_POSITIVE) {
            factor.push([line, vec![pivot.sqrt()]].concat());
            kept.push(row);
        }
    }
    kept
}

/// Lower triangular L with L·Lᵀ = A, its rows as long as they are not 0.
pub(crate) fn cholesky(a: &Matrix) -> Option<Matrix> {
    let mut factor: Matrix = Vec::with_capacity(a.len());
    for (row, values) in a.iter().enumerate() {
        let (line, pivot) = next_line(&factor, &values[..row], values[row]);
        (pivot > SINGULAR * values[row].abs()).then_some(())?;
        factor.push([line, vec![pivot.sqrt()]].concat());
    }
    Some(factor)
}

/// The next line of the factor without its last element, and the square of that.
fn next_line(factor: &Matrix, column: &[f64], diagonal: f64) -> (Vec<f64>, f64) {
    let mut line: Vec<f64> = Vec::with_capacity(column.len() + 1);
    for (value, above) in column.iter().zip(factor) {
        let known = dot(&line, above);
        line.push((value - known) / above[line.len()]);
    }
    let pivot = diagonal - dot(&line, &line);
    (line, pivot)
}

fn substitute(factor: &Matrix, b: &[f64]) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::with_capacity(b.len());
    for (line, value) in factor.iter().zip(b) {
        let known = dot(&x, line);
        x.push((value - known) / line[x.len()]);
    }
    for row in (0..x.len()).rev() {
        let known: f64 = (row + 1..x.len()).map(|below| factor[below][row] * x[below]).sum();
        x[row] = (x[row] - known) / factor[row][row];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_system() {
        let a = vec![vec![4.0, 2.0, 0.4], vec![2.0, 5.0, 1.0], vec![0.4, 1.0, 3.0]];
        let x = solve(&a, &[1.0, 2.0, 3.0]).unwrap();
        for (row, expected) in a.iter().zip([1.0, 2.0, 3.0]) {
            assert!((dot(row, &x) - expected).abs() < 1e-12);
        }
        let inverse = invert(&a).unwrap();
        assert!((dot(&a[0], &inverse[0]) - 1.0).abs() < 1e-12 && dot(&a[1], &inverse[0]).abs() < 1e-12);
    }

    #[test]
    fn what_follows_from_the_rest_is_left_out() {
        // The third variable is the sum of the first two.
        let a = vec![vec![1.0, 0.0, 1.0], vec![0.0, 1.0, 1.0], vec![1.0, 1.0, 2.0]];
        assert_eq!(solve(&a, &[1.0; 3]), None);
        assert_eq!(independent(&a), [0, 1]);
        assert_eq!(independent(&vec![vec![0.0]]), [0usize; 0]);
    }
}
