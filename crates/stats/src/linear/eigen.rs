//! Eigenvalues of a symmetric matrix by Jacobi's rotations.

use super::Matrix;

const SWEEPS: usize = 60;
const SMALL: f64 = 1e-24;

/// Eigenvalues and, as columns, eigenvectors of a symmetric matrix.
///
/// Source: Golub and Van Loan, «Matrix Computations», 8.5. Exact to rounding for the sizes met here.
pub(crate) fn eigen(a: &Matrix) -> (Vec<f64>, Matrix) {
    let k = a.len();
    let mut a = a.clone();
    let mut vectors: Matrix =
        (0..k).map(|row| (0..k).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    for _ in 0..SWEEPS {
        let off: f64 =
            (0..k).flat_map(|p| (p + 1..k).map(move |q| (p, q))).map(|(p, q)| a[p][q].powi(2)).sum();
        if off < SMALL {
            break;
        }
        for p in 0..k {
            for q in p + 1..k {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    ((0..k).map(|index| a[index][index]).collect(), vectors)
}

fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let turn = |x: f64, y: f64| (cosine * x - sine * y, sine * x + cosine * y);
    for row in a.iter_mut().chain(vectors.iter_mut()) {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    let (above, below) = a.split_at_mut(q);
    for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
        (*x, *y) = turn(*x, *y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear::dot;

    #[test]
    fn values_and_vectors_make_the_matrix() {
        let a = vec![vec![2.0, -1.0, 0.5], vec![-1.0, 3.0, 0.25], vec![0.5, 0.25, 1.0]];
        let (values, vectors) = eigen(&a);
        assert!((values.iter().sum::<f64>() - 6.0).abs() < 1e-12);
        for (row, expected) in a.iter().enumerate() {
            for (column, expected) in expected.iter().enumerate() {
                let scaled: Vec<f64> = vectors[row].iter().zip(&values).map(|(v, value)| v * value).collect();
                assert!((dot(&scaled, &vectors[column]) - expected).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn two_by_two() {
        let (mut values, _) = eigen(&vec![vec![1.0, 0.5], vec![0.5, 1.0]]);
        values.sort_by(f64::total_cmp);
        assert!((values[0] - 0.5).abs() < 1e-12 && (values[1] - 1.5).abs() < 1e-12);
    }
}
