//! Dates as people and programs write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// The order or kind of the dates in a column. Whatever is chosen, a date that begins with its year is read too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateFormat {
    /// `2024-12-04`, `2024-12-04T10:53`, `2024-12-04 10:53:00+03:00`, `2024/12/04`, `20241204`.
    #[default]
    Iso,
    /// `04.12.2024`, `4/12/24 10:53`.
    DayMonthYear,
    /// `12/04/2024`, `12/4/24 1:05 PM`.
    MonthDayYear,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
    /// Days since 1900 as spreadsheets count them: `45630.5`.
    ExcelSerial,
}

impl DateFormat {
    const ALL: [Self; 6] = [
        Self::Iso,
        Self::DayMonthYear,
        Self::MonthDayYear,
        Self::UnixSeconds,
        Self::UnixMillis,
        Self::ExcelSerial,
    ];

    /// The moment in UTC milliseconds; a time without a zone of its own is local in `zone`. Nothing where the text is
    /// no date of this format.
    ///
    /// A local time that a clock change skips is read as that much later; one that it repeats, as the first.
    ///
    /// `DayMonthYear`, `04.12.2024 10:53`, Moscow → 1733298780000.
    pub fn parse(self, text: &str, zone: &TimeZone) -> Option<i64> {
        let text = text.trim();
        match self {
            Self::UnixSeconds => seconds(text, 1000.0),
            Self::UnixMillis => seconds(text, 1.0),
            Self::ExcelSerial => serial(text, zone),
            Self::DayMonthYear | Self::MonthDayYear | Self::Iso => None,
        }
        .or_else(|| self.calendar(text, zone))
    }

    /// The format of a column by its values: the one that reads the most, at least nine in ten. Where day and month
    /// could be either way round in every value, the day comes first.
    pub fn guess<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Option<Self> {
        let values = values.map(str::trim).filter(|value| !value.is_empty());
        let count = values.clone().count();
        let reads = |format: &Self| values.clone().filter(|value| format.is_plausible(value)).count();
        // Of equals `max_by_key` takes the last: the list is walked backwards to prefer its beginning.
        let best = Self::ALL.into_iter().rev().max_by_key(reads)?;
        (count > 0 && reads(&best) * 10 >= count * 9).then_some(best)
    }

    /// Reads as this format and falls between 1990 and 2100.
    fn is_plausible(self, text: &str) -> bool {
        const FROM_MS: i64 = 631_152_000_000;
        const TO_MS: i64 = 4_102_444_800_000;
        self.parse(text, &TimeZone::UTC).is_some_and(|at| (FROM_MS..TO_MS).contains(&at))
    }

    fn calendar(self, text: &str, zone: &TimeZone) -> Option<i64> {
        let (date, rest) = split_date(text);
        let date = self.date(date)?;
        let (time, offset) = clock(rest.trim())?;
        let local = DateTime::from_parts(date, time);
        let at = match offset {
            Some(offset) => offset.to_timestamp(local),
            None => zone.to_timestamp(local),
        };
        // At the edge of the calendar, 9999-12-31, no zone has a moment; the date is readable all the same.
        let days = || local.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_millis() as i64;
        Some(at.map_or_else(|_| days(), |at| at.as_millisecond()))
    }

    fn date(self, text: &str) -> Option<Date> {
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return date(&text[..4], &text[4..6], &text[6..]);
        }
        let separator = text.chars().find(|c| matches!(c, '-' | '.' | '/'))?;
        let mut parts = text.split(separator);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        match self {
            _ if first.len() == 4 => date(first, second, third),
            Self::DayMonthYear => date(third, second, first),
            Self::MonthDayYear => date(third, first, second),
            _ => None,
        }
    }
}

/// Splits at the first `T` or space.
fn split_date(text: &str) -> (&str, &str) {
    match text.find([' ', 'T', 't', '\u{a0}', ',']) {
        Some(at) => {
            let (date, rest) = text.split_at(at);
            let skipped = rest.chars().next().map_or(0, char::len_utf8);
            (date, &rest[skipped..])
        }
        None => (text, ""),
    }
}

/// A date of its written parts; a year of two digits is of this century.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = match year.len() {
        2 => 2000 + number(year)? as i16,
        4 => number(year)? as i16,
        _ => return None,
    };
    Date::new(year, number(month)? as i8, number(day)? as i8).ok()
}

/// A number of up to four digits and nothing else.
fn number(text: &str) -> Option<u16> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `10:53`, `10:53:07.250`, `1:05 PM`, each with or without a zone; midnight where nothing is written.
fn clock(text: &str) -> Option<(Time, Option<Offset>)> {
    if text.is_empty() {
        return Some((Time::midnight(), None));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(text.len());
    let (time, rest) = text.split_at(end);
    let mut parts = time.split(':');
    let mut hour = number(parts.next()?)?;
    let minute = number(parts.next()?)?;
    let seconds = parts.next().unwrap_or("0");
    if parts.next().is_some() {
        return None;
    }
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let second = number(second)?;
    let milli = millis(fraction)?;
    let mut rest = rest.trim_start();
    if let Some(half) =
        rest.get(..2).filter(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"))
    {
        let afternoon = half.eq_ignore_ascii_case("pm");
        hour = match hour {
            12 => 12 * u16::from(afternoon),
            1..=11 => hour + 12 * u16::from(afternoon),
            _ => return None,
        };
        rest = rest[2..].trim_start();
    }
    let time = Time::new(
        hour.try_into().ok()?,
        minute.try_into().ok()?,
        second.try_into().ok()?,
        i32::from(milli) * 1_000_000,
    )
    .ok()?;
    Some((time, zone_offset(rest)?))
}

/// The first three digits of a fraction of a second.
fn millis(fraction: &str) -> Option<u16> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let three: String = fraction.chars().chain("00".chars()).take(3).collect();
    three.parse().ok()
}

/// The outer option: can it be read; the inner: is there one.
fn zone_offset(text: &str) -> Option<Option<Offset>> {
    let upper = text.to_ascii_uppercase();
    let text = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper);
    if text.is_empty() {
        return Some((!upper.is_empty()).then_some(Offset::UTC));
    }
    if text == "Z" {
        return Some(Some(Offset::UTC));
    }
    let sign = match text.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text[1..].replacen(':', "", 1);
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number(&digits)?, 0),
        4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        _ => return None,
    };
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    Offset::from_seconds(sign * seconds).ok().map(Some)
}

/// A number of units since 1970, with so many milliseconds to the unit.
fn seconds(text: &str, unit_ms: f64) -> Option<i64> {
    let value = decimal(text)?;
    let ms = value * unit_ms;
    (ms.abs() < 1e15).then_some(ms.round() as i64)
}

/// A spreadsheet's day number. Its day 60 is a leap day that 1900 never had; days before it are not worth reading.
fn serial(text: &str, zone: &TimeZone) -> Option<i64> {
    const DAYS_TO_1970: f64 = 25_569.0;
    const DAY_MS: f64 = 86_400_000.0;
    let days = decimal(text).filter(|days| (61.0..2_958_466.0).contains(days))?;
    // Fractions of a day are rounded to the second: a third of a day has no end in binary.
    let ms = ((days - DAYS_TO_1970) * DAY_MS / 1000.0).round() as i64 * 1000;
    let local = jiff::Timestamp::from_millisecond(ms).ok()?.to_zoned(TimeZone::UTC).datetime();
    Some(zone.to_timestamp(local).ok()?.as_millisecond())
}

fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'));
    plain.then(|| text.replace(',', ".").parse().ok()).flatten()
}
