//! Over how much time a point of a trend is counted.

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_facts::Period;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::day_number;

/// Longest window, in days and in months.
const MOST_DAYS: u32 = 1_096;
const MOST_MONTHS: u32 = 36;

/// A rolling window: `{"days":30}` or `{"months":3}`, up to and with the last day of each step. Neighbouring points
/// share items wherever the window is longer than the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricWindow)]
pub enum Window {
    Days(u32),
    Months(u32),
}

impl Window {
    pub(crate) fn is_possible(self) -> bool {
        match self {
            Self::Days(days) => (1..=MOST_DAYS).contains(&days),
            Self::Months(months) => (1..=MOST_MONTHS).contains(&months),
        }
    }

    /// The days of the window that ends where a step ends.
    pub(crate) fn of(self, step: Period) -> Period {
        let end = Date::constant(1970, 1, 1).saturating_add(step.to.days());
        let first = match self {
            Self::Days(days) => end.saturating_sub(i64::from(days).days()),
            Self::Months(months) => end.saturating_sub(i64::from(months).months()),
        };
        Period { from: day_number(first), to: step.to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DatePeriod;

    #[test]
    fn a_window_ends_with_the_step() {
        let days = |from: &str, to: &str| DatePeriod { from: from.into(), to: to.into() };
        let february = days("2026-02-01", "2026-02-28").days().unwrap();
        for (window, expected) in [
            (Window::Days(30), days("2026-01-30", "2026-02-28")),
            (Window::Months(1), days("2026-02-01", "2026-02-28")),
            (Window::Months(3), days("2025-12-01", "2026-02-28")),
        ] {
            assert_eq!(DatePeriod::of(window.of(february)), expected);
        }
    }

    #[test]
    fn the_wire_form_reads_back() {
        let wire = r#"{"months":3}"#;
        let window: Window = serde_json::from_str(wire).unwrap();
        assert_eq!((window, serde_json::to_string(&window).unwrap().as_str()), (Window::Months(3), wire));
    }
}
