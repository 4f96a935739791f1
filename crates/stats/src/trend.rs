//! Whether a series moves, how fast, and when it would arrive somewhere.

use crate::confidence::two_sided_p;
use crate::linear::Regression;

/// Points from which a trend can be judged.
pub const MINIMUM_POINTS: usize = 6;

/// A value at a moment; the weight is inverse to its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendPoint {
    pub at: f64,
    pub value: f64,
    pub weight: f64,
}

/// A straight line through a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Change of the value in one unit of `at`.
    pub slope: f64,
    /// The line's value at `at` = 0.
    pub intercept: f64,
    /// The chance of such a slope where the series stands still, two-sided; neighbours may be alike.
    pub p_value: f64,
}

impl Trend {
    /// When the line has a value; `None` on a level line.
    pub fn reaches(&self, value: f64) -> Option<f64> {
        let at = (value - self.intercept) / self.slope;
        at.is_finite().then_some(at)
    }
}

/// Weighted least squares of the values on their moments, with errors that allow for neighbours being alike (the
/// larger of Newey and West's and a first-order autoregression's), tested by Student's t. `None` with fewer than
/// [`MINIMUM_POINTS`] points, weights that are not positive, or all points at one moment.
///
/// Worked number: values 10, 12, 13, 15, 17, 18 at 0 to 5, equally weighted, have the slope 57 / 35 = 1.6286 and the
/// intercept 10.0952.
pub fn fit_trend(points: &[TrendPoint]) -> Option<Trend> {
    let possible = |point: &TrendPoint| {
        point.at.is_finite() && point.value.is_finite() && point.weight > 0.0 && point.weight.is_finite()
    };
    if points.len() < MINIMUM_POINTS || !points.iter().all(possible) {
        return None;
    }
    // Around the middle the two columns are nearly at right angles: dates are large numbers.
    let middle = points.iter().map(|point| point.at).sum::<f64>() / points.len() as f64;
    let rows: Vec<Vec<f64>> = points.iter().map(|point| vec![1.0, point.at - middle]).collect();
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let weights: Vec<f64> = points.iter().map(|point| point.weight).collect();
    let fit = Regression::fit(&rows, &values, &weights)?;
    let along = [0.0, 1.0];
    let slope = fit.value(&along);
    let p_value = two_sided_p(slope / fit.variance_of(&along).sqrt(), Some(fit.freedom()));
    Some(Trend { slope, intercept: fit.value(&[1.0, 0.0]) - slope * middle, p_value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[f64]) -> Vec<TrendPoint> {
        let point = |(at, &value): (usize, &f64)| TrendPoint { at: at as f64, value, weight: 1.0 };
        values.iter().enumerate().map(point).collect()
    }

    #[test]
    fn a_rise_has_its_slope_and_arrives() {
        let trend = fit_trend(&series(&[10.0, 12.0, 13.0, 15.0, 17.0, 18.0])).unwrap();
        assert!((trend.slope - 57.0 / 35.0).abs() < 1e-9, "{trend:?}");
        assert!((trend.intercept - 10.095_238).abs() < 1e-6, "{trend:?}");
        assert!(trend.p_value < 0.01);
        assert!((trend.reaches(20.0).unwrap() - 6.081_871).abs() < 1e-6);
    }

    #[test]
    fn a_scatter_is_no_trend() {
        let trend = fit_trend(&series(&[10.0, 14.0, 9.0, 13.0, 10.0, 13.0, 11.0])).unwrap();
        assert!(trend.p_value > 0.3, "{trend:?}");
    }

    #[test]
    fn what_cannot_be_judged_is_not() {
        assert_eq!(fit_trend(&series(&[1.0, 2.0, 3.0, 4.0, 5.0])), None);
        let still: Vec<TrendPoint> =
            (0..8).map(|_| TrendPoint { at: 3.0, value: 1.0, weight: 1.0 }).collect();
        assert_eq!(fit_trend(&still), None);
        let weightless = TrendPoint { at: 1.0, value: 1.0, weight: 0.0 };
        assert_eq!(fit_trend(&[weightless; 8]), None);
    }

    #[test]
    fn a_point_of_little_weight_moves_little() {
        let mut points = series(&[10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 40.0]);
        points[6].weight = 1e-6;
        assert!((fit_trend(&points).unwrap().slope - 1.0).abs() < 0.01);
    }
}
