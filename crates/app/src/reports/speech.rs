//! Numbers, dates and names as a reader's language writes them, on paper and in letters.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_facts::{Grain, date_of};
use otklik_metrics::{DatePeriod, MetricUnit, Words};
use otklik_store::Millis;

use crate::messages::{Language, message};

const NO_BREAK: char = '\u{a0}';
const NARROW: char = '\u{202f}';
const MINUS: char = '\u{2212}';

const MONTHS_RU: [[&str; 3]; 12] = [
    ["январь", "янв.", "янв."],
    ["февраль", "февр.", "февр."],
    ["март", "март", "марта"],
    ["апрель", "апр.", "апр."],
    ["май", "май", "мая"],
    ["июнь", "июнь", "июня"],
    ["июль", "июль", "июля"],
    ["август", "авг.", "авг."],
    ["сентябрь", "сент.", "сент."],
    ["октябрь", "окт.", "окт."],
    ["ноябрь", "нояб.", "нояб."],
    ["декабрь", "дек.", "дек."],
];
const MONTHS_EN: [[&str; 2]; 12] = [
    ["January", "Jan"],
    ["February", "Feb"],
    ["March", "Mar"],
    ["April", "Apr"],
    ["May", "May"],
    ["June", "Jun"],
    ["July", "Jul"],
    ["August", "Aug"],
    ["September", "Sept"],
    ["October", "Oct"],
    ["November", "Nov"],
    ["December", "Dec"],
];

/// A language that writes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Speech(pub(crate) Language);

impl Speech {
    pub(crate) fn word(self, id: &str) -> String {
        self.say(id, &[])
    }

    pub(crate) fn say(self, id: &str, params: &[(&str, String)]) -> String {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        message(self.0, &format!("report_{id}"), &params)
    }

    /// Of a text in both languages, the one that is spoken.
    pub(crate) fn of(self, words: &Words) -> &str {
        match self.0 {
            Language::Ru => &words.ru,
            Language::En => &words.en,
        }
    }

    /// 1204.5 with one digit → «1 204,5» in Russian, «1,204.5» in English.
    pub(crate) fn number(self, value: f64, digits: usize) -> String {
        let text = format!("{:.digits$}", value.abs());
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let (group, point) = match self.0 {
            Language::Ru => (NO_BREAK, ','),
            Language::En => (',', '.'),
        };
        let mut out = String::new();
        if value < 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) {
            out.push(MINUS);
        }
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                out.push(group);
            }
            out.push(digit);
        }
        if !rest.is_empty() {
            out.push(point);
            out.push_str(rest);
        }
        out
    }

    pub(crate) fn count(self, value: u64) -> String {
        self.number(value as f64, 0)
    }

    fn signed(self, value: f64, digits: usize) -> String {
        let text = self.number(value, digits);
        let sign = if value > 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) { "+" } else { "" };
        format!("{sign}{text}")
    }

    /// 12.34 → «12,3 %».
    pub(crate) fn per_cent(self, value: f64, digits: usize) -> String {
        match self.0 {
            Language::Ru => format!("{}{NO_BREAK}%", self.number(value, digits)),
            Language::En => format!("{}%", self.number(value, digits)),
        }
    }

    /// A value of a metric with the digits of its unit.
    pub(crate) fn value(self, value: f64, unit: MetricUnit) -> String {
        self.value_to(value, unit, digits_of(unit))
    }

    pub(crate) fn value_to(self, value: f64, unit: MetricUnit, digits: usize) -> String {
        match unit {
            MetricUnit::Percent => self.per_cent(value, digits),
            _ => self.number(value, digits),
        }
    }

    /// «+3,0 п. п.», «−2,1».
    pub(crate) fn difference(self, value: f64, unit: MetricUnit) -> String {
        let text = self.signed(value, digits_of(unit));
        match unit {
            MetricUnit::Percent => format!("{text}{NO_BREAK}{}", self.word("share-points")),
            _ => text,
        }
    }

    /// «22 нояб. 2026», «22 Nov 2026».
    pub(crate) fn day(self, day: Date) -> String {
        format!("{}{NO_BREAK}{}", self.short_day(day), day.year())
    }

    fn short_day(self, day: Date) -> String {
        let place = month_place(day);
        let month = match self.0 {
            Language::Ru => MONTHS_RU[place][2],
            Language::En => MONTHS_EN[place][1],
        };
        format!("{}{NO_BREAK}{month}", day.day())
    }

    fn month(self, day: Date) -> String {
        let place = month_place(day);
        let month = match self.0 {
            Language::Ru => MONTHS_RU[place][0],
            Language::En => MONTHS_EN[place][0],
        };
        format!("{month}{NO_BREAK}{}", day.year())
    }

    fn short_month(self, day: Date) -> String {
        let place = month_place(day);
        let month = match self.0 {
            Language::Ru => MONTHS_RU[place][1],
            Language::En => MONTHS_EN[place][1],
        };
        format!("{month}{NARROW}{:02}", day.year() % 100)
    }

    /// Both days included: «1–22 нояб. 2026», «1 сент. – 22 нояб. 2026».
    pub(crate) fn days(self, from: Date, to: Date) -> String {
        if from == to {
            return self.day(to);
        }
        let first = match (from.year() == to.year(), from.month() == to.month()) {
            (true, true) => return format!("{}–{}", from.day(), self.day(to)),
            (true, false) => self.short_day(from),
            (false, _) => self.day(from),
        };
        format!("{first}{NO_BREAK}– {}", self.day(to))
    }

    pub(crate) fn period(self, period: Option<&DatePeriod>) -> String {
        let dates = period.and_then(|days| days.days().ok());
        dates.map_or_else(
            || self.word("every-day"),
            |days| self.days(date_of(days.from), date_of(days.to - 1)),
        )
    }

    /// «22 нояб. 2026, 09:00» in the company's time zone.
    pub(crate) fn moment(self, at: Millis, zone: &TimeZone) -> String {
        let moment = jiff::Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(zone.clone());
        format!("{}, {}", self.day(moment.date()), moment.strftime("%H:%M"))
    }

    /// The key of a step of time: «2026-11» → «ноябрь 2026», short «нояб. 26».
    pub(crate) fn step(self, grain: Grain, key: &str, short: bool) -> String {
        let Some(days) = grain.parse(key) else { return key.to_owned() };
        let (first, last) = (date_of(days.start), date_of(days.end - 1));
        match (grain, short) {
            (Grain::Day | Grain::Week, true) => self.short_day(first),
            (Grain::Day, false) => self.day(first),
            (Grain::Week, false) => self.days(first, last),
            (Grain::Month, true) => self.short_month(first),
            (Grain::Month, false) => self.month(first),
            (Grain::Quarter, _) => self.quarter(first),
            (Grain::Year, _) => first.year().to_string(),
        }
    }

    fn quarter(self, first: Date) -> String {
        let place = usize::from(first.month().unsigned_abs() - 1) / 3;
        match self.0 {
            Language::Ru => {
                format!("{}{NO_BREAK}кв. {}", ["I", "II", "III", "IV"][place.min(3)], first.year())
            }
            Language::En => format!("Q{}{NO_BREAK}{}", place + 1, first.year()),
        }
    }
}

/// Digits after the point that a value of a unit is written with.
pub(crate) fn digits_of(unit: MetricUnit) -> usize {
    match unit {
        MetricUnit::Items | MetricUnit::Customers => 0,
        MetricUnit::NpsPoints | MetricUnit::IndexPoints | MetricUnit::Percent => 1,
        MetricUnit::ScorePoints | MetricUnit::Number | MetricUnit::Rate => 2,
    }
}

fn month_place(day: Date) -> usize {
    usize::from(day.month().unsigned_abs()).saturating_sub(1).min(11)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const RU: Speech = Speech(Language::Ru);
    const EN: Speech = Speech(Language::En);

    #[test]
    fn numbers_of_both_languages() {
        assert_eq!(
            [RU.number(1_234_567.5, 1), EN.number(1_234_567.5, 1)],
            ["1\u{a0}234\u{a0}567,5", "1,234,567.5"]
        );
        assert_eq!([RU.number(-0.04, 1), RU.number(-14.0, 0)], ["0,0", "−14"]);
        assert_eq!(
            [RU.difference(3.0, MetricUnit::Percent), EN.difference(-2.06, MetricUnit::NpsPoints)],
            ["+3,0\u{a0}п. п.", "−2.1"]
        );
        assert_eq!([RU.difference(0.01, MetricUnit::NpsPoints), EN.per_cent(12.34, 1)], ["0,0", "12.3%"]);
    }

    #[test]
    fn days_and_steps_of_both_languages() {
        let plain = |text: String| text.replace([NO_BREAK, NARROW], " ");
        let november = date(2026, 11, 22);
        assert_eq!(plain(RU.days(date(2026, 11, 1), november)), "1–22 нояб. 2026");
        assert_eq!(plain(RU.days(date(2026, 9, 1), november)), "1 сент. – 22 нояб. 2026");
        assert_eq!(plain(EN.days(date(2025, 12, 1), november)), "1 Dec 2025 – 22 Nov 2026");
        let steps = [(Grain::Month, "2026-11"), (Grain::Quarter, "2026-Q4"), (Grain::Week, "2026-11-16")];
        assert_eq!(
            steps.map(|(grain, key)| plain(RU.step(grain, key, false))),
            ["ноябрь 2026", "IV кв. 2026", "16–22 нояб. 2026"]
        );
        assert_eq!(
            steps.map(|(grain, key)| plain(EN.step(grain, key, true))),
            ["Nov 26", "Q4 2026", "16 Nov"]
        );
    }
}
