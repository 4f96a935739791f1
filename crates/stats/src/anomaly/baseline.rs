//! What the points before lead to expect of the next one.

use super::Tuning;
use crate::order::median;

/// |z| of Kendall's test from which a trend is followed.
const TREND: f64 = 1.96;

/// The value expected at `now`, the end of `values` or later, from those points, which may have holes.
///
/// Robust throughout: the trend is the median slope between blocks of whole seasons (Theil 1950, Sen 1968), followed
/// only if Kendall's test finds it; the season is the median of each place in the season against its block; the level
/// is the median of the latest points without both. A spike, or a week of them, moves none of these. `None` with too
/// few points.
pub(super) fn forecast(values: &[Option<f64>], now: usize, tuning: &Tuning) -> Option<f64> {
    let blocks = blocks(values, tuning);
    if blocks.iter().flatten().count() < tuning.fewest_blocks {
        return None;
    }
    let slope = slope(&blocks, tuning.block);
    let season = season(values, &blocks, slope, tuning);
    let place = |index: usize| season[index % tuning.season];
    let start = values.len().saturating_sub(tuning.level);
    let latest = values[start..].iter().enumerate().filter_map(|(offset, value)| {
        let index = start + offset;
        Some((*value)? - place(index) + slope * (now - index) as f64)
    });
    Some(median(&mut latest.collect::<Vec<f64>>())? + place(now))
}

/// Medians of the blocks, the latest first. A block with fewer than half its points has none.
fn blocks(values: &[Option<f64>], tuning: &Tuning) -> Vec<Option<f64>> {
    let back = values.rchunks_exact(tuning.block).take(tuning.blocks);
    let of = |block: &[Option<f64>]| {
        let mut known: Vec<f64> = block.iter().flatten().copied().collect();
        if 2 * known.len() < block.len() { None } else { median(&mut known) }
    };
    back.map(of).collect()
}

/// What each place in the season adds; they add up to 0.
fn season(values: &[Option<f64>], blocks: &[Option<f64>], slope: f64, tuning: &Tuning) -> Vec<f64> {
    if tuning.season == 1 {
        return vec![0.0];
    }
    let mut apart: Vec<Vec<f64>> = vec![Vec::new(); tuning.season];
    for (number, block) in blocks.iter().enumerate() {
        let Some(middle) = block else { continue };
        let first = values.len() - (number + 1) * tuning.block;
        let centre = first as f64 + (tuning.block as f64 - 1.0) / 2.0;
        for index in first..first + tuning.block {
            if let Some(value) = values[index] {
                apart[index % tuning.season].push(value - middle - slope * (index as f64 - centre));
            }
        }
    }
    let places: Vec<f64> = apart.iter_mut().map(|values| median(values).unwrap_or(0.0)).collect();
    let mean = places.iter().sum::<f64>() / places.len() as f64;
    places.iter().map(|place| place - mean).collect()
}

/// The trend of one point, 0 where there is none to be seen.
fn slope(blocks: &[Option<f64>], length: usize) -> f64 {
    let known: Vec<(f64, f64)> =
        blocks.iter().enumerate().filter_map(|(number, block)| Some((number as f64, (*block)?))).collect();
    let pairs =
        known.iter().enumerate().flat_map(|(a, first)| known[a + 1..].iter().map(move |b| (first, b)));
    // Blocks count backwards.
    let mut slopes: Vec<f64> = pairs.map(|(a, b)| (a.1 - b.1) / ((b.0 - a.0) * length as f64)).collect();
    let balance: f64 = slopes.iter().map(|slope| if *slope == 0.0 { 0.0 } else { slope.signum() }).sum();
    let m = known.len() as f64;
    let spread = (m * (m - 1.0) * (2.0 * m + 5.0) / 18.0).sqrt();
    if balance.abs() < TREND * spread { 0.0 } else { median(&mut slopes).unwrap_or(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anomaly::Grain;

    fn week(index: usize) -> f64 {
        [5.0, 2.0, 0.0, 0.0, -1.0, -3.0, -3.0][index % 7]
    }

    fn expected(value: impl Fn(usize) -> f64, points: usize) -> Option<f64> {
        let values: Vec<Option<f64>> = (0..points).map(|index| Some(value(index))).collect();
        forecast(&values, points, &Grain::Day.tuning(points))
    }

    #[test]
    fn season_and_trend_are_carried_on() {
        let value = |index: usize| 100.0 + 0.3 * index as f64 + week(index);
        for points in 60..75 {
            assert!((expected(value, points).unwrap() - value(points)).abs() < 0.8, "{points}");
        }
    }

    #[test]
    fn a_week_of_spikes_moves_nothing() {
        let value = |index: usize| 100.0 + week(index) + if (50..57).contains(&index) { 400.0 } else { 0.0 };
        assert!((expected(value, 60).unwrap() - (100.0 + week(60))).abs() < 1e-9);
    }

    #[test]
    fn a_month_is_the_least() {
        assert_eq!(expected(week, 27), None);
        assert!(expected(week, 28).is_some());
    }
}
