//! Notifications in words: title, text and page, in the reader's language, for the screen and for letters alike.

use std::collections::BTreeMap;

use jiff::civil::Date;
use otklik_metrics::{Definition, MetricUnit, list_archived_metrics, list_metrics};
use otklik_platform::notifications::Phase;
use otklik_platform::units::{self, Unit};
use otklik_stats::anomaly::AlarmKind;
use otklik_voice::topics::{self, Topic};

use super::told::Told;
use crate::messages::{Language, message};
use crate::{App, AppError};

/// A notification as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    pub title: String,
    pub text: String,
    /// The page with the evidence, within this server.
    pub path: String,
}

/// What words are made of.
pub struct Wording {
    language: Language,
    metrics: Vec<Definition>,
    units: Vec<Unit>,
    topics: Vec<Topic>,
}

impl App {
    /// Names of metrics, units and topics, also of those put aside.
    pub async fn load_wording(&self, language: Language) -> Result<Wording, AppError> {
        let mut metrics = list_metrics(&self.store).await?;
        metrics.extend(list_archived_metrics(&self.store).await?);
        let (units, topics) =
            (units::list_units(&self.store).await?, topics::list_topics(&self.store).await?);
        Ok(Wording { language, metrics, units, topics })
    }
}

impl Wording {
    pub fn word(&self, phase: Phase, told: &Told) -> Worded {
        let (kind, params) = match told {
            Told::Anomaly { .. } => ("anomaly", self.anomaly(told)),
            Told::Metric { .. } => ("metric", self.metric(told)),
            Told::Problem { number, title, since, .. } => {
                let since = since.parse().map_or_else(|_| since.clone(), |day| self.days(day, day));
                (
                    "problem",
                    pairs([("number", number.to_string()), ("title", title.clone()), ("since", since)]),
                )
            }
            Told::Verdict { number, title, solution_title, outcome, .. } => {
                let params = [
                    ("number", number.to_string()),
                    ("title", title.clone()),
                    ("plan", solution_title.clone()),
                    ("outcome", outcome.code().to_owned()),
                ];
                ("verdict", pairs(params))
            }
        };
        let phase = if phase == Phase::Began { "began" } else { "ended" };
        let say = |part: &str| message(self.language, &format!("alert_{kind}_{phase}_{part}"), &params);
        Worded { title: say("title"), text: say("text"), path: told.path() }
    }

    /// A sentence of the letters around the notifications.
    pub(super) fn say(&self, code: &str, params: &BTreeMap<String, String>) -> String {
        message(self.language, code, params)
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    fn anomaly(&self, told: &Told) -> BTreeMap<String, String> {
        let Told::Anomaly {
            metric,
            dimension,
            value,
            shape,
            from_on,
            to_on,
            actual,
            expected,
            deviation,
            ..
        } = told
        else {
            return BTreeMap::new();
        };
        let of = dimension.as_deref().zip(value.as_deref()).map(|(by, value)| self.name(by, value));
        let shape = match (shape, *deviation > 0.0) {
            (AlarmKind::Spike, true) => "spike-up",
            (AlarmKind::Spike, false) => "spike-down",
            (AlarmKind::Shift, true) => "shift-up",
            (AlarmKind::Shift, false) => "shift-down",
        };
        pairs([
            ("series", self.series(metric, of)),
            ("shape", shape.to_owned()),
            ("days", self.days_of(from_on, to_on)),
            ("actual", self.value(metric, *actual)),
            ("expected", self.value(metric, *expected)),
        ])
    }

    fn metric(&self, told: &Told) -> BTreeMap<String, String> {
        let Told::Metric {
            metric,
            unit_id,
            topic_id,
            from_on,
            to_on,
            value,
            low,
            high,
            n,
            limit,
            is_below,
            ..
        } = told
        else {
            return BTreeMap::new();
        };
        let unit = unit_id.as_ref().map(|unit| self.name("unit", &unit.0));
        let topic = topic_id.as_ref().map(|topic| self.name("topic", &topic.0));
        let is_estimated = low < high;
        pairs([
            ("series", self.series(metric, unit.into_iter().chain(topic))),
            ("days", self.days_of(from_on, to_on)),
            ("value", self.value(metric, *value)),
            ("low", self.value(metric, *low)),
            ("high", self.value(metric, *high)),
            ("estimated", if is_estimated { "yes" } else { "no" }.to_owned()),
            ("n", n.to_string()),
            ("limit", self.value(metric, *limit)),
            ("side", if *is_below { "below" } else { "above" }.to_owned()),
        ])
    }

    /// «NPS · Карты».
    fn series(&self, metric: &str, of: impl IntoIterator<Item = String>) -> String {
        let name = self.metrics.iter().find(|definition| definition.code == metric).map(|found| &found.name);
        let name = match (name, self.language) {
            (Some(name), Language::Ru) => name.ru.clone(),
            (Some(name), Language::En) => name.en.clone(),
            (None, _) => metric.to_owned(),
        };
        of.into_iter().fold(name, |series, part| format!("{series} · {part}"))
    }

    fn name(&self, dimension: &str, value: &str) -> String {
        let of =
            |ru: &str, en: &str| if self.language == Language::Ru { ru.to_owned() } else { en.to_owned() };
        let unit = self.units.iter().find(|unit| dimension == "unit" && unit.id.0 == value);
        let topic = self.topics.iter().find(|topic| dimension == "topic" && topic.id.0 == value);
        match (unit, topic) {
            (Some(unit), _) => of(&unit.name_ru, &unit.name_en),
            (_, Some(topic)) => of(&topic.name_ru, &topic.name_en),
            _ if dimension == "channel" => self.say("alert_channel", &pairs([("channel", value.to_owned())])),
            _ => value.to_owned(),
        }
    }

    /// A number as the screens write it: a comma in Russian, a real minus, per cent where it is a share.
    fn value(&self, metric: &str, value: f64) -> String {
        let unit = self.metrics.iter().find(|definition| definition.code == metric).map(|found| found.unit);
        let digits = match unit {
            Some(MetricUnit::Items | MetricUnit::Customers) => 0,
            Some(MetricUnit::ScorePoints | MetricUnit::Rate | MetricUnit::Number) | None => 2,
            Some(MetricUnit::NpsPoints | MetricUnit::IndexPoints | MetricUnit::Percent) => 1,
        };
        let mut text = format!("{value:.digits$}");
        if digits > 0 {
            text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        }
        if text == "-0" {
            text = "0".to_owned();
        }
        let text = text.replace('-', "\u{2212}");
        let text = if self.language == Language::Ru { text.replace('.', ",") } else { text };
        match (unit, self.language) {
            (Some(MetricUnit::Percent), Language::Ru) => format!("{text}\u{a0}%"),
            (Some(MetricUnit::Percent), Language::En) => format!("{text}%"),
            _ => text,
        }
    }

    fn days_of(&self, from: &str, to: &str) -> String {
        match (from.parse(), to.parse()) {
            (Ok(from), Ok(to)) => self.days(from, to),
            _ => format!("{from} – {to}"),
        }
    }

    /// «16–22 ноября 2026», as short as it can be.
    fn days(&self, from: Date, to: Date) -> String {
        let month = |day: Date| self.say("alert_month", &pairs([("month", day.month().to_string())]));
        let last = format!("{} {} {}", to.day(), month(to), to.year());
        if from == to {
            return last;
        }
        if from.first_of_month() == to.first_of_month() {
            return format!("{}–{last}", from.day());
        }
        if from.year() == to.year() {
            return format!("{} {} – {last}", from.day(), month(from));
        }
        format!("{} {} {} – {last}", from.day(), month(from), from.year())
    }
}

pub(super) fn pairs<const N: usize>(pairs: [(&str, String); N]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(language: Language) -> Wording {
        Wording { language, metrics: otklik_metrics::built_in(), units: Vec::new(), topics: Vec::new() }
    }

    fn crossed() -> Told {
        Told::Metric {
            metric: "nps".to_owned(),
            unit_id: None,
            topic_id: None,
            grain: otklik_metrics::Grain::Week,
            from_on: "2026-11-16".to_owned(),
            to_on: "2026-11-22".to_owned(),
            value: -3.25,
            low: -9.0,
            high: 2.51,
            n: 1,
            limit: 20.0,
            is_below: true,
        }
    }

    #[test]
    fn a_metric_is_worded_in_both_languages() {
        let ru = wording(Language::Ru).word(Phase::Began, &crossed());
        assert_eq!(ru.title, "NPS ниже 20");
        assert_eq!(
            ru.text,
            "16–22 ноября 2026: −3,2 (95 % интервал от −9 до 2,5), 1 ответ. Это больше, чем случайное колебание."
        );
        let en = wording(Language::En).word(Phase::Ended, &crossed());
        assert_eq!(en.title, "NPS is no longer below 20");
        assert_eq!(en.text, "16–22 November 2026: −3.2 (95% interval −9 to 2.5), 1 answer.");
        assert_eq!(en.path, "/metrics?metric=nps&grain=week");
    }

    #[test]
    fn every_channel_has_a_word() {
        for language in Language::ALL {
            for channel in otklik_voice::Channel::ALL {
                let name = wording(language).name("channel", channel.as_str());
                assert!(language == Language::En || name != channel.as_str(), "{name}");
            }
        }
    }

    #[test]
    fn days_are_as_short_as_they_can_be() {
        let ru = wording(Language::Ru);
        for (from, to, expected) in [
            ("2026-11-20", "2026-11-20", "20 ноября 2026"),
            ("2026-11-30", "2026-12-06", "30 ноября – 6 декабря 2026"),
            ("2026-12-28", "2027-01-03", "28 декабря 2026 – 3 января 2027"),
        ] {
            assert_eq!(ru.days_of(from, to), expected);
        }
    }
}
