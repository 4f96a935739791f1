//! Days, and the weeks, months, quarters and years they fall into.

use std::ops::Range;

use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit};

use crate::Dimension;

const EPOCH: Date = Date::constant(1970, 1, 1);
/// 1950-01-01, the day stored as 0.
const FIRST_DAY: i32 = -7305;
/// 2129-06-05: one number stays free, so that an index of days can say «none».
const LAST_PACKED: u16 = u16::MAX - 1;

/// A day as it is stored, in 16 bits; a day out of reach becomes the nearest one.
pub fn pack_day(day: i32) -> u16 {
    day.saturating_sub(FIRST_DAY).clamp(0, i32::from(LAST_PACKED)) as u16
}

/// Stored days of a half-open range of days.
pub fn pack_days(days: Range<i32>) -> Range<u16> {
    let pack = |day: i32| day.saturating_sub(FIRST_DAY).clamp(0, i32::from(LAST_PACKED) + 1) as u16;
    pack(days.start)..pack(days.end.max(days.start))
}

/// Days since 1970-01-01 of a stored day.
pub fn unpack_day(day: u16) -> i32 {
    i32::from(day) + FIRST_DAY
}

/// The length of one step on the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Grain {
    pub fn of(dimension: &Dimension) -> Option<Self> {
        Some(match dimension {
            Dimension::Day => Self::Day,
            Dimension::Week => Self::Week,
            Dimension::Month => Self::Month,
            Dimension::Quarter => Self::Quarter,
            Dimension::Year => Self::Year,
            _ => return None,
        })
    }

    /// The number of the step a stored day falls into.
    pub(crate) fn step(self, day: u16) -> i32 {
        self.step_of(unpack_day(day))
    }

    /// The number of the step that a day since 1970-01-01 falls into: consecutive steps have consecutive numbers. Day
    /// 20,779 (2026-11-22) lies in month 24,322, that is 2026 × 12 + 10.
    pub fn step_of(self, day: i32) -> i32 {
        match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday: three days after a Monday.
            Self::Week => (day + 3).div_euclid(7),
            Self::Month => month_of(day),
            Self::Quarter => month_of(day).div_euclid(3),
            Self::Year => month_of(day).div_euclid(12),
        }
    }

    /// The days of a step since 1970-01-01, from the first to the one after the last.
    pub fn days(self, step: i32) -> Range<i32> {
        match self {
            Self::Day => step..step + 1,
            Self::Week => step * 7 - 3..step * 7 + 4,
            Self::Month => month_start(step)..month_start(step + 1),
            Self::Quarter => month_start(step * 3)..month_start(step * 3 + 3),
            Self::Year => month_start(step * 12)..month_start(step * 12 + 12),
        }
    }

    /// `2026-11-22`, the Monday of a week, `2026-11`, `2026-Q4`, `2026`.
    pub fn label(self, step: i32) -> String {
        let first = date_of(self.days(step).start);
        match self {
            Self::Day | Self::Week => first.to_string(),
            Self::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Self::Quarter => format!("{:04}-Q{}", first.year(), (first.month() + 2) / 3),
            Self::Year => format!("{:04}", first.year()),
        }
    }

    /// The days a label stands for; `None` if it is not one this grain gives.
    pub fn parse(self, label: &str) -> Option<Range<i32>> {
        let first: Date = match self {
            Self::Day | Self::Week => label.parse().ok()?,
            Self::Month => format!("{label}-01").parse().ok()?,
            Self::Quarter => {
                let (year, quarter) = label.split_once("-Q")?;
                Date::new(year.parse().ok()?, quarter.parse::<i8>().ok()?.checked_mul(3)?.checked_sub(2)?, 1)
                    .ok()?
            }
            Self::Year => Date::new(label.parse().ok()?, 1, 1).ok()?,
        };
        if !(1950..2130).contains(&first.year()) {
            return None;
        }
        let step = self.step(pack_day(day_number(first)));
        (self.label(step) == label).then(|| self.days(step))
    }
}

/// The calendar month a stored day falls into, as a number that grows by one a month.
pub fn month(day: u16) -> i32 {
    Grain::Month.step(day)
}

/// `2026-11`.
pub fn month_label(month: i32) -> String {
    Grain::Month.label(month)
}

fn month_of(day: i32) -> i32 {
    let date = date_of(day);
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

fn month_start(month: i32) -> i32 {
    // Stored days reach from 1950 to 2129, so year and month are always in jiff's range.
    day_number(Date::new(month.div_euclid(12) as i16, month.rem_euclid(12) as i8 + 1, 1).unwrap_or(EPOCH))
}

/// The date of a day since 1970-01-01.
pub fn date_of(day: i32) -> Date {
    EPOCH.saturating_add(day.days())
}

/// Days since 1970-01-01 of a date: 20,779 for 2026-11-22.
pub fn day_number(date: Date) -> i32 {
    EPOCH.until((Unit::Day, date)).as_ref().map_or(0, Span::get_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> u16 {
        pack_day(day_number(text.parse().unwrap()))
    }

    #[test]
    fn days_reach_from_1950_to_2129() {
        assert_eq!(Grain::Day.label(unpack_day(0)), "1950-01-01");
        assert_eq!(Grain::Day.label(unpack_day(LAST_PACKED)), "2129-06-05");
        assert_eq!((pack_day(i32::MIN), pack_day(i32::MAX)), (0, LAST_PACKED));
        assert_eq!(unpack_day(pack_day(20_779)), 20_779);
    }

    #[test]
    fn labels_are_those_of_the_calendar() {
        let table = [
            ("2026-11-22", ["2026-11-22", "2026-11-16", "2026-11", "2026-Q4", "2026"]),
            ("1970-01-01", ["1970-01-01", "1969-12-29", "1970-01", "1970-Q1", "1970"]),
            ("2000-02-29", ["2000-02-29", "2000-02-28", "2000-02", "2000-Q1", "2000"]),
            ("1957-09-30", ["1957-09-30", "1957-09-30", "1957-09", "1957-Q3", "1957"]),
        ];
        let grains = [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
        for (text, labels) in table {
            for (grain, label) in grains.into_iter().zip(labels) {
                let step = grain.step(day(text));
                assert_eq!(grain.label(step), label);
                assert_eq!(grain.parse(label), Some(grain.days(step)));
                assert!(grain.days(step).contains(&unpack_day(day(text))));
            }
        }
    }

    #[test]
    fn what_is_no_label_is_refused() {
        assert_eq!(Grain::Week.parse("2026-11-17"), None);
        for text in ["", "2026-13", "2026-1", "1949-12", "9999-01", "2026-11-22"] {
            assert_eq!(Grain::Month.parse(text), None, "{text}");
        }
        for text in ["2026-Q0", "2026-Q5", "2026-Q-128", "26-Q1"] {
            assert_eq!(Grain::Quarter.parse(text), None, "{text}");
        }
    }
}
