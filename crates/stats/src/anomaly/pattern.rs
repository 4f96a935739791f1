//! Season and trend of a whole series, told apart from chance.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};
use utoipa::ToSchema;

use crate::confidence::two_sided_p;
use crate::linear::Regression;
use crate::{Confidence, Tally};

/// Where the series is going.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SeriesTrend)]
pub struct Trend {
    /// Change for each point, in the unit of the series.
    pub per_point: f64,
    pub low: f64,
    pub high: f64,
    pub p_value: f64,
}

/// Does the place in the season matter?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SeriesSeason)]
pub struct Season {
    /// For each place, counted from the first point of the series, how far its points lie above the others' mean.
    pub effects: Vec<f64>,
    /// Share of the variation around the trend that the season explains.
    pub strength: f64,
    /// The chance of places as unlike as these if the season were nothing.
    pub p_value: f64,
}

/// The straight line through the values, each weighted by what it rests on, beside a season of so many points (1 for
/// none). Its error is the larger of Newey and West's and that of autoregressive errors, as for
/// [`segmented`](crate::effect::segmented): neighbours that are alike make no trend.
///
/// Worked number: 0, 2, 4, … 38 events → 2 for each point. `None` with fewer points than three and two for each place
/// of the season.
pub fn trend(series: &[Tally], season: usize, confidence: Confidence) -> Option<Trend> {
    let fit = fit(series, season.max(1))?;
    let mut slope = vec![0.0; fit.coefficients.len()];
    slope[0] = 1.0;
    let (per_point, se) = (fit.value(&slope), fit.variance_of(&slope).sqrt());
    let freedom = fit.freedom();
    let margin = confidence.t(freedom) * se;
    let p_value = two_sided_p(per_point / se, Some(freedom));
    Some(Trend { per_point, low: per_point - margin, high: per_point + margin, p_value })
}

/// The season of `length` points, and whether it is more than chance: Kruskal and Wallis' test on the values less
/// their trend.
///
/// Source: Kruskal and Wallis 1952. `None` with fewer points than two for each place, or a season of one.
pub fn season(series: &[Tally], length: usize) -> Option<Season> {
    (length > 1 && series.len() >= 2 * length).then_some(())?;
    let slope = trend(series, length, Confidence::DEFAULT)?.per_point;
    let values: Vec<(usize, f64)> = series
        .iter()
        .enumerate()
        .filter_map(|(index, tally)| Some((index % length, tally.value()? - slope * index as f64)))
        .collect();
    let n = values.len() as f64;
    let mean = values.iter().map(|(_, value)| value).sum::<f64>() / n;
    let mut sums = vec![(0.0, 0.0); length];
    for (place, value) in &values {
        sums[*place].0 += 1.0;
        sums[*place].1 += value - mean;
    }
    let effects: Vec<f64> =
        sums.iter().map(|(count, sum)| if *count > 0.0 { sum / count } else { 0.0 }).collect();
    let total: f64 = values.iter().map(|(_, value)| (value - mean).powi(2)).sum();
    let between: f64 = sums.iter().zip(&effects).map(|((count, _), effect)| count * effect * effect).sum();
    let strength = if total > 0.0 { between / total } else { 0.0 };
    Some(Season { effects, strength, p_value: kruskal_wallis(&values, length) })
}

/// The columns: time, then one for each place of the season.
fn fit(series: &[Tally], season: usize) -> Option<Regression> {
    let row = |index: usize| {
        let places = (0..season).map(move |place| f64::from(u8::from(index % season == place)));
        std::iter::once(index as f64).chain(places).collect::<Vec<f64>>()
    };
    let (mut rows, mut values, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for (index, tally) in series.iter().enumerate() {
        if let Some(value) = tally.value() {
            rows.push(row(index));
            values.push(value);
            weights.push(tally.weight());
        }
    }
    (rows.len() > season + 1).then_some(())?;
    Regression::fit(&rows, &values, &weights)
}

/// H = 12 / (n (n + 1)) Σ Rₚ² / nₚ − 3 (n + 1), corrected for ties, against χ² with one degree of freedom less than
/// groups.
fn kruskal_wallis(values: &[(usize, f64)], groups: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n = sorted.len() as f64;
    let (mut sums, mut ties, mut before) = (vec![(0.0, 0.0); groups], 0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.1 == b.1) {
        let size = tied.len() as f64;
        let rank = before + (size + 1.0) / 2.0;
        for (place, _) in tied {
            sums[*place].0 += 1.0;
            sums[*place].1 += rank;
        }
        before += size;
        ties += size.powi(3) - size;
    }
    let correction = 1.0 - ties / (n.powi(3) - n);
    let present = sums.iter().filter(|(count, _)| *count > 0.0);
    let squares: f64 = present.clone().map(|(count, sum)| sum * sum / count).sum();
    let freedom = present.count() as f64 - 1.0;
    let h = (12.0 / (n * (n + 1.0)) * squares - 3.0 * (n + 1.0)) / correction;
    if h.is_nan() {
        return 1.0;
    }
    ChiSquared::new(freedom).map_or(1.0, |d| d.sf(h.max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RateTally;

    fn counts(value: impl Fn(u64) -> u64, n: u64) -> Vec<Tally> {
        (0..n).map(|index| Tally::Rate(RateTally { events: value(index), exposure: 1.0 })).collect()
    }

    #[test]
    fn the_worked_number() {
        let found = trend(&counts(|index| 2 * index, 20), 1, Confidence::DEFAULT).unwrap();
        assert!((found.per_point - 2.0).abs() < 1e-9 && found.p_value < 1e-6);
    }

    #[test]
    fn a_season_is_told_from_a_trend() {
        let series =
            counts(|index| 50 + index + [12, 4, 0, 0, 0, 2, 3][index as usize % 7] + index * 7 % 5, 70);
        let found = season(&series, 7).unwrap();
        assert!(found.p_value < 1e-4 && found.effects[0] > 7.0 && found.strength > 0.7, "{found:?}");
        assert!(found.effects.iter().sum::<f64>().abs() < 1e-6);
        assert!((trend(&series, 7, Confidence::DEFAULT).unwrap().per_point - 1.0).abs() < 0.05);
    }

    #[test]
    fn level_noise_has_neither() {
        let series = counts(|index| 50 + index * 37 % 11, 70);
        assert!(season(&series, 7).unwrap().p_value > 0.05);
        assert!(trend(&series, 7, Confidence::DEFAULT).unwrap().p_value > 0.05);
    }

    #[test]
    fn too_short_series_have_none() {
        assert_eq!(trend(&counts(|index| index, 2), 1, Confidence::DEFAULT), None);
        assert_eq!(season(&counts(|index| index, 13), 7), None);
        assert_eq!(season(&counts(|index| index, 13), 1), None);
    }
}
