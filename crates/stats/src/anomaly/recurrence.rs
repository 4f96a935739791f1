//! A change that comes every year is no surprise.

use super::point::Point;
use super::{Alarm, Grain};
use crate::Tally;

/// Standard deviations of chance from which last year's change is believed.
const BELIEVED: f64 = 2.5;
/// The part of this year's change that last year's must reach.
const ALIKE: f64 = 0.5;

/// Whether the series changed in the same way a year before: the alarm is its season then, and no anomaly.
///
/// The points since the change, two weeks at least, and the four weeks before it are looked up a year back, up to ten
/// days earlier or later. Both changes are measured on the scale on which counts scatter evenly. Last year's must
/// point the same way, be larger than chance (2.5 deviations) and at least half of this year's. Without a year and
/// four weeks of history nothing recurs.
pub fn recurs(series: &[Tally], alarm: &Alarm, grain: Grain) -> bool {
    let days = match grain {
        Grain::Day => 1,
        Grain::Week => 7,
        Grain::Month => 30,
    };
    let (least, before, slack) = (14_usize.div_ceil(days), 28_usize.div_ceil(days), 10 / days);
    let Some((this_year, _)) = change(series, alarm.from, alarm.to + 1, before) else { return false };
    let end = (alarm.to + 1).max(alarm.from + least);
    let year = grain.points_a_year();
    (0..=2 * slack).any(|shift| {
        let back = |index: usize| (index + shift).checked_sub(year + slack);
        let Some((from, to)) = back(alarm.from).zip(back(end)) else { return false };
        let Some((last_year, deviation)) = change(series, from, to, before) else { return false };
        last_year * this_year > 0.0
            && deviation.abs() >= BELIEVED
            && last_year.abs() >= ALIKE * this_year.abs()
    })
}

/// How far the points `from..to` lie from the `before` ones before them, and that in standard deviations of chance.
fn change(series: &[Tally], from: usize, to: usize, before: usize) -> Option<(f64, f64)> {
    let whole = |points: &[Tally]| {
        let sum = points.iter().copied().map(Some).reduce(|sum, point| sum?.merge(point?))??;
        Point::of(&sum)
    };
    let after = whole(series.get(from..to)?)?;
    let earlier = whole(series.get(from.checked_sub(before)?..from)?)?;
    let change = after.value - earlier.value;
    Some((change, change / (after.variance + earlier.variance).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RateTally;
    use crate::anomaly::scan;

    /// Ten a day, and thirty in the weeks from day 400 to 430 and, if it recurs, a year before.
    fn waves(recurring: bool) -> Vec<Tally> {
        let level = |day: usize| {
            let wave = |from: usize| (from..from + 30).contains(&day);
            if wave(400) || (recurring && wave(400 - 365)) { 30 } else { 10 }
        };
        let scatter = |day: usize| [2, 0, 5, 1, 4, 3, 0, 6, 2][day % 9];
        (0..440)
            .map(|day| Tally::Rate(RateTally { events: level(day) + scatter(day), exposure: 1.0 }))
            .collect()
    }

    #[test]
    fn a_wave_of_every_year_is_known_by_the_year_before() {
        for recurring in [true, false] {
            let series = waves(recurring);
            let alarms = scan(&series, Grain::Day).alarms;
            let late: Vec<&Alarm> = alarms.iter().filter(|alarm| alarm.from >= 395).collect();
            assert!(!late.is_empty());
            assert!(late.iter().all(|alarm| recurs(&series, alarm, Grain::Day) == recurring), "{late:?}");
        }
    }

    #[test]
    fn without_a_year_of_history_nothing_recurs() {
        let short = &waves(true)[100..];
        let alarms = scan(short, Grain::Day).alarms;
        assert!(!alarms.is_empty() && alarms.iter().all(|alarm| !recurs(short, alarm, Grain::Day)));
    }
}
