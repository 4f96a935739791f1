//! Least squares on a series, with errors that allow for neighbours being alike.

use super::{Matrix, dot, invert};

/// Correlation of neighbouring errors past which the estimate is not believed.
const HIGHEST_CORRELATION: f64 = 0.9;
const STEPS: usize = 90;

/// A fit of y on the columns of X, in the order of time.
pub(crate) struct Regression {
    rows: Matrix,
    /// (XᵀX)⁻¹.
    inverse: Matrix,
    pub(crate) coefficients: Vec<f64>,
    residuals: Vec<f64>,
    /// Correlation of neighbouring errors, freed of what the fit took away from it.
    pub(crate) correlation: f64,
    /// Variance of one error, by the same reckoning.
    variance: f64,
}

impl Regression {
    /// Weighted least squares; `weights` are inverse to the variances. `None` when a column follows from the others,
    /// or with no more rows than columns.
    pub(crate) fn fit(rows: &[Vec<f64>], y: &[f64], weights: &[f64]) -> Option<Self> {
        let (n, columns) = (rows.len(), rows.first()?.len());
        (n > columns).then_some(())?;
        let mean = weights.iter().sum::<f64>() / n as f64;
        let roots: Vec<f64> = weights.iter().map(|weight| (weight / mean).sqrt()).collect();
        let rows: Matrix = rows
            .iter()
            .zip(&roots)
            .map(|(row, root)| row.iter().map(|value| value * root).collect())
            .collect();
        let y: Vec<f64> = y.iter().zip(&roots).map(|(value, root)| value * root).collect();
        let product = |a: usize, b: usize| rows.iter().map(|row| row[a] * row[b]).sum();
        let gram: Matrix = (0..columns).map(|a| (0..columns).map(|b| product(a, b)).collect()).collect();
        let inverse = invert(&gram)?;
        let moments: Vec<f64> =
            (0..columns).map(|column| rows.iter().zip(&y).map(|(row, y)| row[column] * y).sum()).collect();
        let coefficients: Vec<f64> = inverse.iter().map(|row| dot(row, &moments)).collect();
        let residuals: Vec<f64> = rows.iter().zip(&y).map(|(row, y)| y - dot(row, &coefficients)).collect();
        let mut fit = Self { rows, inverse, coefficients, residuals, correlation: 0.0, variance: 0.0 };
        fit.estimate_errors();
        Some(fit)
    }

    pub(crate) fn value(&self, combination: &[f64]) -> f64 {
        dot(combination, &self.coefficients)
    }

    /// Rows less columns, as many as are left of them when neighbours are alike: (n − p)(1 − ρ) / (1 + ρ), at least
    /// 2.
    pub(crate) fn freedom(&self) -> f64 {
        let plain = (self.rows.len() - self.coefficients.len()) as f64;
        (plain * (1.0 - self.correlation) / (1.0 + self.correlation)).max(2.0)
    }

    /// Variance of a combination of coefficients: the larger of Newey and West's and that of errors that follow a
    /// first-order autoregression.
    pub(crate) fn variance_of(&self, combination: &[f64]) -> f64 {
        let direction: Vec<f64> = self.inverse.iter().map(|row| dot(row, combination)).collect();
        let gains: Vec<f64> = self.rows.iter().map(|row| dot(row, &direction)).collect();
        self.newey_west(&gains).max(self.autoregressive(&gains))
    }

    /// Newey and West 1987 with Bartlett's weights and ⌊4 (n / 100)^(2/9)⌋ lags, times n / (n − p).
    pub(crate) fn newey_west(&self, gains: &[f64]) -> f64 {
        let n = self.rows.len();
        let lags = (4.0 * (n as f64 / 100.0).powf(2.0 / 9.0)).floor().max(1.0) as usize;
        let scores: Vec<f64> = gains.iter().zip(&self.residuals).map(|(gain, e)| gain * e).collect();
        let weighted = |lag: usize| {
            let together: f64 = scores.iter().zip(scores.iter().skip(lag)).map(|(a, b)| a * b).sum();
            2.0 * (1.0 - lag as f64 / (lags + 1) as f64) * together
        };
        let sum = dot(&scores, &scores) + (1..=lags).map(weighted).sum::<f64>();
        sum.max(0.0) * n as f64 / (n - self.coefficients.len()) as f64
    }

    /// The gains' variance when errors n steps apart correlate by ρⁿ.
    fn autoregressive(&self, gains: &[f64]) -> f64 {
        let mut sum = dot(gains, gains);
        let mut power = self.correlation;
        for lag in 1..gains.len() {
            sum += 2.0 * power * dot(gains, &gains[lag..]);
            power *= self.correlation;
        }
        self.variance * sum
    }

    /// Residuals correlate less than the errors they stand for. ρ is the one with which the residuals would be
    /// expected to correlate as they do: with H the residual maker, K the neighbours' matrix and S(ρ) = ρ^|i−j|, it
    /// solves tr(H K H S) / tr(H S) = Σ eₜ eₜ₊₁ / Σ eₜ²; kept between 0 and 0.9. The variance is Σ eₜ² / tr(H S).
    fn estimate_errors(&mut self) {
        let squares = dot(&self.residuals, &self.residuals);
        if squares <= 0.0 {
            return;
        }
        let seen = dot(&self.residuals, &self.residuals[1..]) / squares;
        let (makers, neighbours) = self.expectations();
        let at = |sums: &[f64], rho: f64| sums.iter().rev().fold(0.0, |sum, value| sum * rho + value);
        let candidates = (0..=STEPS).map(|step| HIGHEST_CORRELATION * step as f64 / STEPS as f64);
        let expected = |rho: f64| at(&neighbours, rho) / at(&makers, rho);
        self.correlation =
            candidates.take_while(|rho| *rho == 0.0 || expected(*rho) <= seen).last().unwrap_or(0.0);
        self.variance = squares / at(&makers, self.correlation);
    }

    /// The sums of the diagonals of H and of H·K·H at each distance from the main one.
    fn expectations(&self) -> (Vec<f64>, Vec<f64>) {
        let n = self.rows.len();
        let hats: Matrix =
            self.rows.iter().map(|row| self.inverse.iter().map(|line| dot(line, row)).collect()).collect();
        let maker: Matrix = (0..n)
            .map(|i| (0..n).map(|j| f64::from(u8::from(i == j)) - dot(&hats[i], &self.rows[j])).collect())
            .collect();
        let shifted = |i: usize, j: usize| {
            let before = if i > 0 { maker[i - 1][j] } else { 0.0 };
            let after = maker.get(i + 1).map_or(0.0, |row| row[j]);
            (before + after) / 2.0
        };
        // H·(K·H) = K·H − X·((XᵀX)⁻¹ Xᵀ·K·H), which never multiplies two large matrices.
        let columns = self.coefficients.len();
        let projected: Matrix = (0..n)
            .map(|j| {
                (0..columns).map(|column| (0..n).map(|i| hats[i][column] * shifted(i, j)).sum()).collect()
            })
            .collect();
        let (mut makers, mut neighbours) = (vec![0.0; n], vec![0.0; n]);
        for i in 0..n {
            for j in 0..n {
                makers[i.abs_diff(j)] += maker[i][j];
                neighbours[i.abs_diff(j)] += shifted(i, j) - dot(&self.rows[i], &projected[j]);
            }
        }
        (makers, neighbours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(y: &[f64]) -> Regression {
        let rows: Matrix = (0..y.len()).map(|t| vec![1.0, t as f64]).collect();
        Regression::fit(&rows, y, &vec![1.0; y.len()]).unwrap()
    }

    #[test]
    fn a_straight_line_is_found_exactly() {
        let fit = line(&[1.0, 3.0, 5.0, 7.0]);
        assert!((fit.coefficients[0] - 1.0).abs() < 1e-12 && (fit.coefficients[1] - 2.0).abs() < 1e-12);
        assert!(fit.variance_of(&[0.0, 1.0]) < 1e-20);
    }

    #[test]
    fn drifting_errors_correlate_and_widen() {
        let calm = line(&[1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
        let drifting = line(&[1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0, 1.0, 1.0, 1.0]);
        assert_eq!(calm.correlation, 0.0);
        assert!(drifting.correlation > 0.4, "{}", drifting.correlation);
        assert!(drifting.variance_of(&[0.0, 1.0]) > 3.0 * calm.variance_of(&[0.0, 1.0]));
        assert!(drifting.freedom() < calm.freedom());
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let fit = |rows: &[Vec<f64>], y: &[f64]| Regression::fit(rows, y, &vec![1.0; y.len()]);
        assert!(fit(&[vec![1.0, 2.0], vec![1.0, 2.0], vec![1.0, 2.0]], &[1.0, 2.0, 3.0]).is_none());
        assert!(fit(&[vec![1.0, 2.0], vec![1.0, 3.0]], &[1.0, 2.0]).is_none());
        assert!(fit(&[], &[]).is_none());
    }
}
