//! Spikes and shifts in a series, as they would have been found day by day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::baseline::forecast;
use super::point::{Point, back, below, fewest};
use super::{Grain, Tuning};
use crate::Tally;
use crate::order::median;

/// Makes the median of absolute deviations the standard deviation of a normal distribution.
const NORMAL: f64 = 1.4826;
/// One point counts no more than this in the cumulative sum, so that a spike is not taken for a shift.
const MOST: f64 = 2.5;
/// Correlation of neighbouring residuals past which the estimate is not believed.
const HIGHEST_CORRELATION: f64 = 0.8;

/// What was found, and what was expected of each point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyScan)]
pub struct Scan {
    /// One for each point; `None` where the series had not yet shown what is usual.
    pub expected: Vec<Option<Expected>>,
    /// In the order in which they were found.
    pub alarms: Vec<Alarm>,
}

/// What was to be expected of a point, from those before it, in the unit of the series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyExpected)]
pub struct Expected {
    pub value: f64,
    /// Beyond these it is a spike.
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// Points far from what was expected, in a row.
    Spike,
    /// The level has changed and stays.
    Shift,
}

/// Something that stands out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyAlarm)]
pub struct Alarm {
    pub kind: AlarmKind,
    /// The first point of it.
    pub from: usize,
    /// The last point of a spike; of a shift the point at which it was found.
    pub to: usize,
    /// The farthest point of a spike, or the median since a shift.
    pub value: f64,
    /// What was expected instead.
    pub expected: f64,
    /// Standard deviations from what was expected, with its sign; of the farthest point, or of the median.
    pub deviation: f64,
}

/// Goes through a series of one tally a point, empty ones too, and finds spikes and shifts.
///
/// Each point is held against a robust forecast from those before it: level, trend and season. Counts are judged as
/// square roots, so that large days may scatter more; how few are too few is told by the tail of Poisson, for where few
/// are usual the roots make much of none. How far a point lies is told in standard deviations: chance's
/// own, times how much the last residuals scattered more than that (by their median, never less than 1). A point
/// beyond the limit is a spike; neighbours on the same side are one. Shifts are found by a two-sided cumulative sum
/// of the deviations (Page 1954), each cut to 2.5, and shrunk by √((1 − ρ) / (1 + ρ)) where neighbours correlate;
/// after one, the past is moved to the new level.
///
/// Tuned so that chance raises about one alarm a year (the bench prints it for series with season, trend,
/// over-dispersion and autocorrelation). A day needs 8 weeks before it, a week 22, a month 15. Worked number: a day
/// of 120 where 50 ± 7 are usual is a spike of about 8 deviations.
pub fn scan(series: &[Tally], grain: Grain) -> Scan {
    scan_among(series, grain, 1)
}

/// The same for one of `watched` series: the more there are, the farther from what is expected an alarm must lie, so
/// that chance raises about one a month over all of them and not one a year in each.
pub fn scan_among(series: &[Tally], grain: Grain, watched: usize) -> Scan {
    let tuning = grain.tuning(series.len()).among(watched, grain.points_a_year() as f64);
    let mut scanner = Scanner::new(tuning);
    let expected = series.iter().map(|tally| scanner.next(tally)).collect();
    Scan { expected, alarms: scanner.alarms }
}

struct Scanner {
    tuning: Tuning,
    /// The points so far, moved to the level of today.
    values: Vec<Option<f64>>,
    /// Deviations in units of chance alone, with their index.
    residuals: Vec<(usize, f64)>,
    rise: Sum,
    fall: Sum,
    alarms: Vec<Alarm>,
}

/// One side of the cumulative sum, and the point since when it is above 0.
#[derive(Default)]
struct Sum {
    height: f64,
    since: Option<usize>,
}

impl Sum {
    fn add(&mut self, step: f64, index: usize) {
        self.height = (self.height + step).max(0.0);
        self.since = if self.height > 0.0 { self.since.or(Some(index)) } else { None };
    }
}

impl Scanner {
    fn new(tuning: Tuning) -> Self {
        Self {
            tuning,
            values: Vec::new(),
            residuals: Vec::new(),
            rise: Sum::default(),
            fall: Sum::default(),
            alarms: Vec::new(),
        }
    }

    fn next(&mut self, tally: &Tally) -> Option<Expected> {
        let index = self.values.len();
        let Some(point) = Point::of(tally) else {
            self.values.push(None);
            return None;
        };
        let forecast = forecast(&self.values, index, &self.tuning);
        self.values.push(Some(point.value));
        let expected = forecast?;
        let chance = point.variance.sqrt();
        let residual = (point.value - expected) / chance;
        let scatter = self.scatter();
        self.residuals.push((index, residual));
        let scatter = scatter?;
        let deviation = residual / scatter;
        let value = back(expected, tally);
        let reach = self.tuning.spike * scatter;
        let (apart, low) = match tally {
            Tally::Rate(rate) => {
                let (events, mean) = (rate.events as f64, value * rate.exposure);
                let apart = if deviation < 0.0 { -below(events, mean) / scatter } else { deviation };
                (apart, fewest(mean, reach) / rate.exposure)
            }
            _ => (deviation, back(expected - reach * chance, tally)),
        };
        self.spike(tally, index, value, apart);
        self.shift(tally, index, deviation, chance * scatter);
        Some(Expected { value, low, high: back(expected + reach * chance, tally) })
    }

    /// How many times more than chance the last residuals scatter.
    fn scatter(&self) -> Option<f64> {
        let last = self.last_residuals();
        if last.len() < self.tuning.fewest_residuals {
            return None;
        }
        let mut sizes: Vec<f64> = last.iter().map(|(_, residual)| residual.abs()).collect();
        let n = sizes.len() as f64;
        Some((NORMAL * median(&mut sizes)? * (1.0 + 1.0 / n)).max(1.0))
    }

    fn last_residuals(&self) -> &[(usize, f64)] {
        &self.residuals[self.residuals.len().saturating_sub(self.tuning.memory)..]
    }

    fn spike(&mut self, tally: &Tally, index: usize, expected: f64, deviation: f64) {
        if deviation.abs() < self.tuning.spike {
            return;
        }
        let found = Alarm {
            kind: AlarmKind::Spike,
            from: index,
            to: index,
            value: tally.value().unwrap_or_default(),
            expected,
            deviation,
        };
        match self.alarms.last_mut() {
            Some(last) if last.goes_on(&found) => {
                let farthest = if deviation.abs() > last.deviation.abs() { found } else { *last };
                *last = Alarm { from: last.from, to: index, ..farthest };
            }
            _ => self.alarms.push(found),
        }
    }

    fn shift(&mut self, tally: &Tally, index: usize, deviation: f64, sigma: f64) {
        let step = (deviation * self.independence()).clamp(-MOST, MOST);
        self.rise.add(step - self.tuning.allowance, index);
        self.fall.add(-step - self.tuning.allowance, index);
        let Some(from) = [&self.rise, &self.fall]
            .into_iter()
            .find(|sum| sum.height > self.tuning.limit)
            .and_then(|sum| sum.since)
        else {
            return;
        };
        let usual = |index: usize| forecast(&self.values[..from], index, &self.tuning);
        let apart = (from..=index).filter_map(|index| Some(self.values[index]? - usual(index)?));
        let Some(apart) = median(&mut apart.collect::<Vec<f64>>()) else { return };
        let level = median(&mut self.values[from..=index].iter().flatten().copied().collect::<Vec<f64>>());
        let level = level.unwrap_or_default();
        for value in self.values[..from].iter_mut().flatten() {
            *value += apart;
        }
        (self.rise, self.fall) = (Sum::default(), Sum::default());
        // The first days of the shift were spikes until now.
        self.alarms.retain(|alarm| alarm.kind == AlarmKind::Shift || alarm.from < from);
        self.alarms.push(Alarm {
            kind: AlarmKind::Shift,
            from,
            to: index,
            value: back(level, tally),
            expected: back(level - apart, tally),
            deviation: apart / sigma,
        });
    }

    /// √((1 − ρ) / (1 + ρ)) with ρ the correlation of neighbouring residuals, cut so that no spike decides it.
    fn independence(&self) -> f64 {
        let cut = |residual: f64| residual.clamp(-2.0 * MOST, 2.0 * MOST);
        let last = self.last_residuals();
        let squares: f64 = last.iter().map(|(_, residual)| cut(*residual).powi(2)).sum();
        let neighbours = last.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1);
        let products: f64 = neighbours.map(|pair| cut(pair[0].1) * cut(pair[1].1)).sum();
        let correlation = if squares > 0.0 { products / squares } else { 0.0 };
        let correlation = correlation.clamp(0.0, HIGHEST_CORRELATION);
        ((1.0 - correlation) / (1.0 + correlation)).sqrt()
    }
}

impl Alarm {
    /// Whether the other is the next point of the same spike.
    fn goes_on(&self, next: &Self) -> bool {
        self.kind == AlarmKind::Spike
            && self.to + 1 == next.from
            && self.deviation.signum() == next.deviation.signum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RateTally;

    /// About 50 a day with quiet weekends, and a fixed scatter of the size of chance.
    fn calls(index: usize) -> u64 {
        const WEEK: [u64; 7] = [60, 55, 52, 50, 48, 30, 28];
        WEEK[index % 7] + [3, 9, 0, 12, 6, 2, 10, 5, 1, 8, 4][index % 11]
    }

    fn days(n: usize, extra: impl Fn(usize) -> u64) -> Vec<Tally> {
        (0..n)
            .map(|index| Tally::Rate(RateTally { events: calls(index) + extra(index), exposure: 1.0 }))
            .collect()
    }

    #[test]
    fn a_calm_series_raises_no_alarm() {
        let found = scan(&days(365, |_| 0), Grain::Day);
        assert_eq!(found.alarms, []);
        assert_eq!(found.expected.iter().filter(|expected| expected.is_none()).count(), 56);
    }

    #[test]
    fn a_spike_is_found_on_its_day() {
        let found = scan(&days(200, |index| if index == 150 { 70 } else { 0 }), Grain::Day);
        let [alarm] = found.alarms[..] else { panic!("{:?}", found.alarms) };
        assert_eq!((alarm.kind, alarm.from, alarm.to), (AlarmKind::Spike, 150, 150));
        assert!(alarm.deviation > 5.0 && alarm.value > found.expected[150].unwrap().high);
    }

    #[test]
    fn a_spike_of_three_days_is_one() {
        let found = scan(&days(200, |index| if (150..153).contains(&index) { 70 } else { 0 }), Grain::Day);
        assert_eq!(found.alarms.len(), 1, "{:?}", found.alarms);
        assert_eq!((found.alarms[0].from, found.alarms[0].to), (150, 152));
    }

    #[test]
    fn a_shift_is_found_within_days_and_told_once() {
        let found = scan(&days(250, |index| if index >= 150 { 20 } else { 0 }), Grain::Day);
        let [alarm] = found.alarms[..] else { panic!("{:?}", found.alarms) };
        assert_eq!(alarm.kind, AlarmKind::Shift);
        assert!((149..=152).contains(&alarm.from) && alarm.to < 159, "{alarm:?}");
        assert!((alarm.value - alarm.expected - 20.0).abs() < 6.0, "{alarm:?}");
    }

    #[test]
    fn a_week_without_events_is_no_fall_where_few_are_usual() {
        let weeks = |usual: u64| -> Vec<Tally> {
            let around = [-2, 0, 1, -1, 2, 0, 3, -3, -1, 1, 0].map(|by| usual.saturating_add_signed(by));
            let events = (0..90).map(|week| if week == 80 { 0 } else { around[week % 11] });
            events.map(|events| Tally::Rate(RateTally { events, exposure: 7.0 })).collect()
        };
        let found = scan_among(&weeks(6), Grain::Week, 150);
        assert_eq!((found.alarms.as_slice(), found.expected[80].unwrap().low), (&[][..], 0.0));
        let found = scan_among(&weeks(15), Grain::Week, 150);
        let [alarm] = found.alarms[..] else { panic!("{:?}", found.alarms) };
        assert_eq!((alarm.kind, alarm.from), (AlarmKind::Spike, 80));
        assert!(alarm.value < found.expected[80].unwrap().low && alarm.deviation < -4.0, "{alarm:?}");
    }

    #[test]
    fn holes_are_no_alarm() {
        let mut series = days(200, |_| 0);
        for tally in &mut series[140..143] {
            *tally = Tally::Rate(RateTally::default());
        }
        let found = scan(&series, Grain::Day);
        assert!(found.alarms.is_empty() && found.expected[141].is_none(), "{:?}", found.alarms);
    }
}
