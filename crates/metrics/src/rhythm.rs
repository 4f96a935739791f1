//! When something that repeats is due: in the company's time zone, once however long the server was down.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use otklik_store::Millis;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days that are looked through for the next one: a quarter and a few.
const HORIZON_DAYS: usize = 100;

/// Which days something is due on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Rhythm {
    /// 1 is Monday, 7 is Sunday.
    Week { weekday: i8 },
    /// A month that is too short for the day takes its last one.
    Month { day: i8 },
    /// The first day of a month from Monday to Friday; public holidays are not known.
    FirstWorkday,
    /// The first day of a quarter from Monday to Friday.
    Quarter,
}

impl Rhythm {
    pub fn is_possible(self) -> bool {
        match self {
            Self::Week { weekday } => (1..=7).contains(&weekday),
            Self::Month { day } => (1..=31).contains(&day),
            Self::FirstWorkday | Self::Quarter => true,
        }
    }

    /// The first moment after `after` at `time` of a day that it is due on. A time that the clock skips on that day
    /// comes an hour later. Every Monday at 09:00 in Moscow, after Sunday 22 November 2026 → 23 November, 06:00 UTC.
    pub fn next(self, time: Time, zone: &TimeZone, after: Millis) -> Option<Millis> {
        let now = Timestamp::from_millisecond(after).ok()?;
        let first = now.to_zoned(zone.clone()).date();
        let days = std::iter::successors(Some(first), |day| day.checked_add(1.day()).ok());
        days.take(HORIZON_DAYS)
            .filter(|day| self.falls_on(*day))
            .filter_map(|day| day.to_datetime(time).to_zoned(zone.clone()).ok())
            .map(|moment| moment.timestamp())
            .find(|moment| *moment > now)
            .map(Timestamp::as_millisecond)
    }

    fn falls_on(self, day: Date) -> bool {
        match self {
            Self::Week { weekday } => day.weekday().to_monday_one_offset() == weekday,
            Self::Month { day: wanted } => day.day() == wanted.min(day.days_in_month()),
            Self::FirstWorkday => is_first_workday(day),
            Self::Quarter => day.month() % 3 == 1 && is_first_workday(day),
        }
    }
}

/// From Monday to Friday, and no such day before it in the month.
fn is_first_workday(day: Date) -> bool {
    match day.weekday().to_monday_one_offset() {
        1 => day.day() <= 3,
        2..=5 => day.day() == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The local days and times of the next three.
    fn coming(rhythm: Rhythm, zone: &str, from: &str, time: &str) -> Vec<String> {
        let zone = TimeZone::get(zone).unwrap();
        let time: Time = time.parse().unwrap();
        let mut at = from.parse::<Timestamp>().unwrap().as_millisecond();
        (0..3)
            .map(|_| {
                at = rhythm.next(time, &zone, at).unwrap();
                let moment = Timestamp::from_millisecond(at).unwrap().to_zoned(zone.clone());
                moment.strftime("%Y-%m-%d %H:%M").to_string()
            })
            .collect()
    }

    #[test]
    fn the_next_moments_of_each_rhythm() {
        let from = "2026-11-22T12:00:00Z";
        let moscow = |rhythm| coming(rhythm, "Europe/Moscow", from, "09:00");
        assert_eq!(
            moscow(Rhythm::Week { weekday: 1 }),
            ["2026-11-23 09:00", "2026-11-30 09:00", "2026-12-07 09:00"]
        );
        assert_eq!(
            moscow(Rhythm::Month { day: 31 }),
            ["2026-11-30 09:00", "2026-12-31 09:00", "2027-01-31 09:00"]
        );
        assert_eq!(
            moscow(Rhythm::FirstWorkday),
            ["2026-12-01 09:00", "2027-01-01 09:00", "2027-02-01 09:00"]
        );
        assert_eq!(moscow(Rhythm::Quarter), ["2027-01-01 09:00", "2027-04-01 09:00", "2027-07-01 09:00"]);
    }

    #[test]
    fn a_weekend_moves_the_first_workday_to_monday() {
        let found = coming(Rhythm::FirstWorkday, "UTC", "2026-07-15T00:00:00Z", "08:00");
        assert_eq!(found, ["2026-08-03 08:00", "2026-09-01 08:00", "2026-10-01 08:00"]);
    }

    #[test]
    fn a_skipped_hour_comes_later_and_a_doubled_one_once() {
        let sunday = Rhythm::Week { weekday: 7 };
        let spring = coming(sunday, "Europe/Berlin", "2026-03-27T00:00:00Z", "02:30");
        assert_eq!(spring[..2], ["2026-03-29 03:30", "2026-04-05 02:30"]);
        let autumn = coming(sunday, "Europe/Berlin", "2026-10-24T00:00:00Z", "02:30");
        assert_eq!(autumn[..2], ["2026-10-25 02:30", "2026-11-01 02:30"]);
    }
}
