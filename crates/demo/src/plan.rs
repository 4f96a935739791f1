//! What to generate: seed, size and the day the story is told on.

use jiff::{ToSpan, civil::Date};

use crate::DemoError;

/// The three inputs of a demo company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Everything random comes from here.
    pub seed: u64,
    /// How many feedback items to write over the 24 months.
    pub items: u32,
    /// The day the demo is opened on: the 24 months end the day before.
    pub today: Date,
}

impl Plan {
    /// Items of a demo when nobody says otherwise.
    pub const DEFAULT_ITEMS: u32 = 200_000;
    /// The most items one company may have.
    pub const MAX_ITEMS: u32 = 20_000_000;
    /// Months of history.
    pub const MONTHS: usize = 24;
}

/// The days of the history: `start` is day 0, `days` of them, the last is yesterday.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub start: Date,
    pub today: Date,
    pub days: i32,
}

impl Span {
    pub fn new(plan: &Plan) -> Result<Self, DemoError> {
        let failed = |_| DemoError::Date(plan.today);
        let start = plan.today.checked_sub(24.months()).map_err(failed)?;
        start.checked_sub(2.months()).map_err(failed)?;
        plan.today.checked_add(12.months()).map_err(failed)?;
        let days = start.until(plan.today).map_err(failed)?.get_days();
        Ok(Self { start, today: plan.today, days })
    }

    /// The date that lies `offset` days from today (negative: before).
    pub fn date(&self, offset: i32) -> Date {
        self.today.saturating_add(offset.days())
    }

    /// The date of a day of the history.
    pub fn day(&self, day: i32) -> Date {
        self.start.saturating_add(day.days())
    }

    /// Which days of the history belong to month `index` of [`Plan::MONTHS`], half open.
    pub fn month(&self, index: usize) -> std::ops::Range<i32> {
        let edge = |months: i64| {
            let date = self.start.saturating_add(months.months());
            self.start.until(date).map_or(self.days, |span| span.get_days()).min(self.days)
        };
        let index = index as i64;
        let to = if index + 1 == Plan::MONTHS as i64 { self.days } else { edge(index + 1) };
        edge(index)..to
    }

    /// Every `"@-120"` of a text becomes the date 120 days before today, moved as the text needs.
    pub fn dated(&self, text: &str, moved: impl Fn(Date) -> Date) -> Result<String, String> {
        let mut parts = text.split("\"@");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (days, rest) = part.split_once('"').ok_or("unclosed date")?;
            let days: i32 = days.parse().map_err(|_| format!("«{days}» is no number of days"))?;
            out.push_str(&format!("\"{}\"{rest}", moved(self.date(days))));
        }
        Ok(out)
    }
}
