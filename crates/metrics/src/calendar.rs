//! Periods as people write them, the steps of a grain within them, and the period before.

use jiff::ToSpan;
use jiff::civil::Date;
pub use otklik_facts::day_number;
use otklik_facts::{Period, date_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Grain, MetricError};

/// The years that the facts can hold whole.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2128;

/// From the first day to the last, both included: `{"from":"2026-01-01","to":"2026-01-31"}` is January.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DatePeriod {
    pub from: String,
    pub to: String,
}

impl DatePeriod {
    /// In days, half open.
    ///
    /// # Errors
    /// `BadPeriod` when a date cannot be read, lies outside 1950 to 2128, or the first comes after the last.
    pub fn days(&self) -> Result<Period, MetricError> {
        let period = Period { from: read(&self.from)?, to: read(&self.to)? + 1 };
        if period.from < period.to {
            Ok(period)
        } else {
            Err(MetricError::BadPeriod(format!("{} is after {}", self.from, self.to)))
        }
    }

    /// The dates of half-open days.
    pub fn of(period: Period) -> Self {
        Self { from: date_of(period.from).to_string(), to: date_of(period.to - 1).to_string() }
    }
}

/// How many days a period has.
pub(crate) fn length(period: Period) -> i32 {
    period.to - period.from
}

/// The period just before: as many whole months where the period is whole months, else as many days.
pub(crate) fn previous(period: Period) -> Period {
    let (first, end) = (date_of(period.from), date_of(period.to));
    let months = (i32::from(end.year()) - i32::from(first.year())) * 12 + i32::from(end.month())
        - i32::from(first.month());
    let from = if first.day() == 1 && end.day() == 1 {
        day_number(first.saturating_sub(months.months()))
    } else {
        period.from - length(period)
    };
    Period { from, to: period.from }
}

/// The steps of a grain that a period touches, each with its name and the days of it that lie in the period.
pub(crate) fn steps(grain: Grain, period: Period) -> Vec<(String, Period)> {
    let grain = otklik_facts::Grain::from(grain);
    let mut steps = Vec::new();
    let mut day = period.from;
    while day < period.to {
        let step = grain.step_of(day);
        let end = grain.days(step).end;
        steps.push((grain.label(step), Period { from: day, to: end.min(period.to) }));
        day = end;
    }
    steps
}

/// Seven days each from the first day on; the last week takes the days that are left over.
pub(crate) fn weeks(period: Period) -> Vec<Period> {
    let count = (length(period) / 7).max(1);
    let end = |week| if week == count { period.to } else { period.from + week * 7 };
    (0..count).map(|week| Period { from: period.from + week * 7, to: end(week + 1) }).collect()
}

/// The months that a period touches: `2026-11`, with the days of each.
pub(crate) fn months(period: Period) -> Vec<(String, Period)> {
    steps(Grain::Month, period)
}

/// The days of a month `2026-11`; `None` if it is not one.
pub(crate) fn month(name: &str) -> Option<Period> {
    otklik_facts::Grain::Month.parse(name).map(|days| Period { from: days.start, to: days.end })
}

impl From<Grain> for otklik_facts::Grain {
    fn from(grain: Grain) -> Self {
        match grain {
            Grain::Day => Self::Day,
            Grain::Week => Self::Week,
            Grain::Month => Self::Month,
            Grain::Quarter => Self::Quarter,
            Grain::Year => Self::Year,
        }
    }
}

/// The number of a day that people write as `2026-11-22`; `None` if it is none.
pub(crate) fn day(text: &str) -> Option<i32> {
    read(text).ok()
}

fn read(text: &str) -> Result<i32, MetricError> {
    let date: Date = text.parse().map_err(|_| MetricError::BadPeriod(format!("{text:?} is not a date")))?;
    if YEARS.contains(&date.year()) {
        Ok(day_number(date))
    } else {
        Err(MetricError::BadPeriod(format!("{text} is outside 1950 to 2128")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        DatePeriod { from: from.into(), to: to.into() }.days().unwrap()
    }

    #[test]
    fn both_days_are_included() {
        assert_eq!(length(period("2026-02-01", "2026-02-28")), 28);
        assert_eq!(length(period("2026-02-01", "2026-02-01")), 1);
        assert_eq!(DatePeriod::of(period("2026-02-01", "2026-02-28")).to, "2026-02-28");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for (from, to) in [
            ("2026-02-30", "2026-03-01"),
            ("2026-03-02", "2026-03-01"),
            ("", ""),
            ("2026-01-01", "9999-01-01"),
        ] {
            let refused = DatePeriod { from: from.into(), to: to.into() }.days();
            assert_eq!(refused.unwrap_err().code(), "bad_period");
        }
    }

    #[test]
    fn before_whole_months_come_as_many_months() {
        assert_eq!(previous(period("2026-03-01", "2026-03-31")), period("2026-02-01", "2026-02-28"));
        assert_eq!(previous(period("2026-01-01", "2026-06-30")), period("2025-07-01", "2025-12-31"));
        assert_eq!(previous(period("2026-03-10", "2026-03-16")), period("2026-03-03", "2026-03-09"));
    }

    #[test]
    fn steps_are_cut_to_the_period() {
        let days = period("2026-01-31", "2026-04-01");
        let names = |grain| steps(grain, days).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(Grain::Month), ["2026-01", "2026-02", "2026-03", "2026-04"]);
        assert_eq!(names(Grain::Quarter), ["2026-Q1", "2026-Q2"]);
        assert_eq!(names(Grain::Year), ["2026"]);
        assert_eq!(names(Grain::Week)[..2], ["2026-01-26", "2026-02-02"]);
        assert_eq!(names(Grain::Day).len(), 61);
        assert_eq!(months(days)[0].1, period("2026-01-31", "2026-01-31"));
        assert_eq!(steps(Grain::Week, days).iter().map(|(_, days)| length(*days)).sum::<i32>(), 61);
    }

    #[test]
    fn the_last_week_takes_the_rest() {
        let lengths =
            |days| weeks(Period { from: 5, to: 5 + days }).into_iter().map(length).collect::<Vec<_>>();
        assert_eq!([lengths(3), lengths(14), lengths(20)], [vec![3], vec![7, 7], vec![7, 13]]);
    }

    #[test]
    fn months_have_names() {
        assert_eq!(month("2026-02"), Some(period("2026-02-01", "2026-02-28")));
        assert_eq!(month("2026-13"), None);
    }
}
