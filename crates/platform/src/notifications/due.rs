//! When a letter goes: at once, at the hour of the day, on Monday, and never in quiet hours.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use otklik_store::Millis;

use super::{MailRhythm, NotificationSettings, Quiet};

/// The moment for a letter about what happened at `now`.
pub fn mail_due_at(settings: &NotificationSettings, now: Millis, zone: &TimeZone) -> Millis {
    let local = Timestamp::from_millisecond(now).unwrap_or_default().to_zoned(zone.clone());
    let wanted = match settings.rhythm {
        MailRhythm::AtOnce => local.clone(),
        MailRhythm::Daily => next_hour(&local, settings.hour, None),
        MailRhythm::Weekly => next_hour(&local, settings.hour, Some(Weekday::Monday)),
    };
    let due = match settings.quiet {
        Some(quiet) if is_quiet(quiet, wanted.hour()) => next_hour(&wanted, quiet.to, None),
        _ => wanted,
    };
    due.timestamp().as_millisecond()
}

/// The next full hour of this number after a moment, on this day of the week if one is named.
fn next_hour(after: &Zoned, hour: i8, weekday: Option<Weekday>) -> Zoned {
    let at = Time::new(hour, 0, 0, 0).unwrap_or_default();
    let mut date = after.date();
    // A week and a day are enough for any day of the week, also where its hour is past today.
    for _ in 0..=7 {
        let fits = weekday.is_none_or(|weekday| date.weekday() == weekday);
        if fits
            && let Ok(moment) = date.to_datetime(at).to_zoned(after.time_zone().clone())
            && moment > *after
        {
            return moment;
        }
        date = date.saturating_add(1.day());
    }
    after.clone()
}

fn is_quiet(quiet: Quiet, hour: i8) -> bool {
    if quiet.from <= quiet.to {
        (quiet.from..quiet.to).contains(&hour)
    } else {
        hour >= quiet.from || hour < quiet.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moment of a letter about something at `at`, as text.
    fn due(rhythm: MailRhythm, quiet: Option<(i8, i8)>, at: &str) -> String {
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let quiet = quiet.map(|(from, to)| Quiet { from, to });
        let settings = NotificationSettings { rhythm, quiet, ..NotificationSettings::default() };
        let now: jiff::civil::DateTime = at.parse().unwrap();
        let now = now.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond();
        let due = mail_due_at(&settings, now, &zone);
        Timestamp::from_millisecond(due).unwrap().to_zoned(zone).datetime().to_string()
    }

    #[test]
    fn each_rhythm_has_its_hour() {
        // 2026-11-20 is a Friday.
        for (rhythm, at, expected) in [
            (MailRhythm::AtOnce, "2026-11-20T14:30", "2026-11-20T14:30:00"),
            (MailRhythm::Daily, "2026-11-20T08:59", "2026-11-20T09:00:00"),
            (MailRhythm::Daily, "2026-11-20T09:00", "2026-11-21T09:00:00"),
            (MailRhythm::Weekly, "2026-11-20T14:30", "2026-11-23T09:00:00"),
            (MailRhythm::Weekly, "2026-11-23T09:00", "2026-11-30T09:00:00"),
        ] {
            assert_eq!(due(rhythm, None, at), expected, "{rhythm:?} {at}");
        }
    }

    #[test]
    fn quiet_hours_put_it_off_also_over_midnight() {
        for (quiet, at, expected) in [
            ((22, 8), "2026-11-20T23:10", "2026-11-21T08:00:00"),
            ((22, 8), "2026-11-20T03:10", "2026-11-20T08:00:00"),
            ((22, 8), "2026-11-20T08:00", "2026-11-20T08:00:00"),
            ((12, 14), "2026-11-20T13:59", "2026-11-20T14:00:00"),
            ((12, 12), "2026-11-20T12:30", "2026-11-20T12:30:00"),
        ] {
            assert_eq!(due(MailRhythm::AtOnce, Some(quiet), at), expected, "{quiet:?} {at}");
        }
        assert_eq!(due(MailRhythm::Daily, Some((7, 11)), "2026-11-20T08:00"), "2026-11-20T11:00:00");
    }
}
