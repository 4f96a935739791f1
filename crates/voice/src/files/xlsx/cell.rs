//! The value of a sheet's cell as text.

use calamine::{DataRef, ExcelDateTime};

/// A value as the other formats would write it: `5` for 5.0, `2024-12-04T10:53` for a date with time. An error value
/// such as `#N/A` is empty.
pub fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => unescape(text),
        DataRef::SharedString(text) => unescape(text),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(value) => date_time(value),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn date_time(value: &ExcelDateTime) -> String {
    if value.is_duration() || !(0.0..2_958_466.0).contains(&value.as_f64()) {
        return value.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (_, _, 0, 0) => format!("{date}T{hour:02}:{minute:02}"),
        (_, _, _, 0) => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

/// Workbooks write a carriage return as `_x000D_`; line ends become `\n` as in every other format.
fn unescape(text: &str) -> String {
    if text.contains("_x000D_") || text.contains('\r') {
        text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
