//! Dates as files write them.

use expect_test::expect;
use jiff::tz::TimeZone;
use otklik_voice::files::DateFormat::{self, *};

/// The moment in UTC, readably.
fn shown(format: DateFormat, text: &str, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap();
    let at = format.parse(text, &zone).map(|at| jiff::Timestamp::from_millisecond(at).unwrap().to_string());
    at.unwrap_or_else(|| "no date".to_owned())
}

fn table(format: DateFormat, texts: &[&str]) -> String {
    texts.iter().map(|text| format!("{text} = {}\n", shown(format, text, "Europe/Moscow"))).collect()
}

#[test]
fn dates_that_begin_with_the_year() {
    let found = table(
        Iso,
        &[
            "2024-12-04",
            "2024-12-04T10:53",
            "2024-12-04 10:53:07",
            "2024-12-04T10:53:07.25Z",
            "2024-12-04T10:53:07+05:00",
            "2024-12-04 10:53 -0330",
            "2024-12-04 10:53 UTC",
            "2024/12/4",
            "20241204",
            "2024-02-30",
            "2024-12",
            "04.12.2024",
            "2024-12-04T25:00",
            "2024-12-04 и что-то",
            "",
        ],
    );
    expect![[r#"
        2024-12-04 = 2024-12-03T21:00:00Z
        2024-12-04T10:53 = 2024-12-04T07:53:00Z
        2024-12-04 10:53:07 = 2024-12-04T07:53:07Z
        2024-12-04T10:53:07.25Z = 2024-12-04T10:53:07.25Z
        2024-12-04T10:53:07+05:00 = 2024-12-04T05:53:07Z
        2024-12-04 10:53 -0330 = 2024-12-04T14:23:00Z
        2024-12-04 10:53 UTC = 2024-12-04T10:53:00Z
        2024/12/4 = 2024-12-03T21:00:00Z
        20241204 = 2024-12-03T21:00:00Z
        2024-02-30 = no date
        2024-12 = no date
        04.12.2024 = no date
        2024-12-04T25:00 = no date
        2024-12-04 и что-то = no date
         = no date
    "#]]
    .assert_eq(&found);
}

#[test]
fn dates_of_other_orders() {
    let found =
        table(DayMonthYear, &["04.12.2024 10:53", "4/12/24", "04-12-2024", "2024-12-04", "13.13.2024"])
            + &table(MonthDayYear, &["12/04/2024 1:05 PM", "12/4/24 12:00 am", "13/04/2024"])
            + &table(UnixSeconds, &["1733298780", "x"])
            + &table(UnixMillis, &["1733298780123"])
            + &table(ExcelSerial, &["45630", "45630.453472", "45630,5", "12", "2024-12-04"]);
    expect![[r#"
        04.12.2024 10:53 = 2024-12-04T07:53:00Z
        4/12/24 = 2024-12-03T21:00:00Z
        04-12-2024 = 2024-12-03T21:00:00Z
        2024-12-04 = 2024-12-03T21:00:00Z
        13.13.2024 = no date
        12/04/2024 1:05 PM = 2024-12-04T10:05:00Z
        12/4/24 12:00 am = 2024-12-03T21:00:00Z
        13/04/2024 = no date
        1733298780 = 2024-12-04T07:53:00Z
        x = no date
        1733298780123 = 2024-12-04T07:53:00.123Z
        45630 = 2024-12-03T21:00:00Z
        45630.453472 = 2024-12-04T07:53:00Z
        45630,5 = 2024-12-04T09:00:00Z
        12 = no date
        2024-12-04 = 2024-12-03T21:00:00Z
    "#]]
    .assert_eq(&found);
}

#[test]
fn a_clock_change_is_no_error() {
    // Berlin skips 02:00 to 03:00 on 2026-03-29 and has 02:00 to 03:00 twice on 2026-10-25.
    assert_eq!(shown(Iso, "2026-03-29 02:30", "Europe/Berlin"), "2026-03-29T01:30:00Z");
    assert_eq!(shown(Iso, "2026-10-25 02:30", "Europe/Berlin"), "2026-10-25T00:30:00Z");
}

#[test]
fn the_order_is_told_by_evidence() {
    let guess = |values: &[&'static str]| DateFormat::guess(values.iter().copied());
    assert_eq!(guess(&["2024-12-04", "", "2024-12-05"]), Some(Iso));
    assert_eq!(guess(&["01/02/2024", "03/04/2024"]), Some(DayMonthYear), "either: the day comes first");
    assert_eq!(guess(&["01/02/2024", "03/14/2024"]), Some(MonthDayYear));
    assert_eq!(guess(&["01/02/2024", "14/03/2024"]), Some(DayMonthYear));
    assert_eq!(guess(&["04.12.2024 10:53"]), Some(DayMonthYear));
    assert_eq!(guess(&["1733298780"]), Some(UnixSeconds));
    assert_eq!(guess(&["1733298780123"]), Some(UnixMillis));
    assert_eq!(guess(&["45630.5"]), Some(ExcelSerial));
    assert_eq!(guess(&["1", "2"]), None);
    assert_eq!(guess(&["вчера", "2024-12-04"]), None);
    assert_eq!(guess(&["", ""]), None);
}
