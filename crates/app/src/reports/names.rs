//! Names for the codes of dimensions and values, and conditions in words.

use std::collections::BTreeMap;

use otklik_facts::{Filter, Grain, Score};
use otklik_platform::units;
use otklik_store::Store;
use otklik_voice::{sources, topics};

use super::speech::Speech;
use crate::AppError;
use crate::messages::Language;

/// More values than these are counted instead of named.
const NAMED: usize = 6;

/// Names of units, topics and sources by their ids, Russian and English.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<(&'static str, String), [String; 2]>);

impl Names {
    pub(crate) async fn load(store: &Store) -> Result<Self, AppError> {
        let units = units::list_units(store).await?;
        let topics = topics::list_topics(store).await?;
        let sources = sources::list_sources(store).await?;
        let units = units.into_iter().map(|unit| (("unit", unit.id.0), [unit.name_ru, unit.name_en]));
        let topics = topics.into_iter().map(|topic| (("topic", topic.id.0), [topic.name_ru, topic.name_en]));
        let sources =
            sources.into_iter().map(|source| (("source", source.id.0), [source.name.clone(), source.name]));
        Ok(Self(units.chain(topics).chain(sources).collect()))
    }

    /// «Премиальный», «звонок», «ноябрь 2026».
    pub(crate) fn value(&self, speech: Speech, dimension: &str, value: Option<&str>, short: bool) -> String {
        let Some(value) = value else {
            return speech.word(if dimension == "topic" { "no-topic" } else { "no-value" });
        };
        if let Some(grain) = grain_of(dimension) {
            return speech.step(grain, value, short);
        }
        let kind = ["unit", "topic", "source"].into_iter().find(|kind| *kind == dimension);
        match (kind, dimension) {
            (Some(kind), _) => {
                let place = usize::from(speech.0 == Language::En);
                self.0
                    .get(&(kind, value.to_owned()))
                    .map_or_else(|| speech.word("gone"), |names| names[place].clone())
            }
            (None, "channel" | "language" | "nps_group" | "complaint") => {
                speech.word(&format!("{dimension}-{value}"))
            }
            _ => value.to_owned(),
        }
    }

    /// Each condition of a filter: «Сегмент: Премиальный».
    pub(crate) fn conditions(&self, speech: Speech, filter: &Filter) -> Vec<String> {
        match filter {
            Filter::All => Vec::new(),
            Filter::And(parts) => parts.iter().flat_map(|part| self.conditions(speech, part)).collect(),
            other => vec![self.condition(speech, other, false)],
        }
    }

    fn condition(&self, speech: Speech, filter: &Filter, negated: bool) -> String {
        let named = |name: String, words: String| format!("{name}: {words}");
        match filter {
            Filter::Not(inner) => self.condition(speech, inner, !negated),
            Filter::In { dimension, values } => {
                let dimension = dimension.to_string();
                let mut words: Vec<String> = values
                    .iter()
                    .take(NAMED)
                    .map(|value| self.value(speech, &dimension, Some(value), false))
                    .collect();
                words.extend((values.len() > NAMED).then(|| format!("+{}", values.len() - NAMED)));
                let words = words.join(", ");
                let words = if negated { speech.say("filter-not", &[("values", words)]) } else { words };
                named(dimension_name(speech, &dimension), words)
            }
            Filter::Missing { dimension } => {
                let word = if negated { "filter-given" } else { "filter-missing" };
                named(dimension_name(speech, &dimension.to_string()), speech.word(word))
            }
            Filter::Range { score, low, high } => {
                let range = if low == high { low.to_string() } else { format!("{low}–{high}") };
                let words = if negated { speech.say("filter-not", &[("values", range)]) } else { range };
                named(score_name(*score).to_owned(), words)
            }
            Filter::Answered(score) => {
                let word = if negated { "filter-not-answered" } else { "filter-answered" };
                named(score_name(*score).to_owned(), speech.word(word))
            }
            _ => speech.word("filter-other"),
        }
    }
}

/// «Канал»; an attribute has the name that the company gave it.
pub(crate) fn dimension_name(speech: Speech, dimension: &str) -> String {
    match dimension.strip_prefix("attribute:") {
        Some(own) => own.to_owned(),
        None => speech.word(&format!("dimension-{dimension}")),
    }
}

pub(crate) fn grain_of(dimension: &str) -> Option<Grain> {
    Some(match dimension {
        "day" => Grain::Day,
        "week" => Grain::Week,
        "month" => Grain::Month,
        "quarter" => Grain::Quarter,
        "year" => Grain::Year,
        _ => return None,
    })
}

pub(crate) fn score_name(score: Score) -> &'static str {
    match score {
        Score::Nps => "NPS",
        Score::Csat => "CSAT",
        Score::Ces => "CES",
    }
}
