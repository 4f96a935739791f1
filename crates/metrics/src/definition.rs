//! What a metric is: stored, versioned, in words and as a formula.

use std::collections::BTreeMap;

use otklik_facts::Filter;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Formula, MetricError, MetricUnit, Window};

/// Longest code, in characters.
const CODE_LIMIT: usize = 64;
/// Longest name, in characters.
const NAME_LIMIT: usize = 200;
/// Longest description, in characters.
const DESCRIPTION_LIMIT: usize = 4_000;

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricWords)]
pub struct Words {
    pub ru: String,
    pub en: String,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    MoreIsBetter,
    LessIsBetter,
    Neutral,
}

/// One version of a metric. A changed definition is a new version; numbers name the version they were made by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricDefinition)]
pub struct Definition {
    /// Lower-case letters, digits and `_`, a letter first; what queries and other metrics' formulas call it.
    pub code: String,
    pub version: i64,
    pub name: Words,
    /// Numerator and denominator in plain words.
    pub description: Words,
    pub unit: MetricUnit,
    pub direction: Preference,
    pub formula: Formula,
    /// Which items the metric looks at, before a query narrows them further; all by default.
    #[serde(default, skip_serializing_if = "is_all")]
    #[schema(value_type = Object)]
    pub filter: Filter,
    /// Over how much time each point of a trend is counted; over the days of its own step by default. A formula over
    /// other metrics leaves it to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
}

/// A definition as a person writes it, before it has a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricDraft {
    pub code: String,
    pub name: Words,
    #[serde(default)]
    pub description: Words,
    /// Of a formula over other metrics; the other formulas have units of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<MetricUnit>,
    pub direction: Preference,
    pub formula: Formula,
    #[serde(default, skip_serializing_if = "is_all")]
    #[schema(value_type = Object)]
    pub filter: Filter,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
}

/// A definition together with the definitions that its formula names.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    pub definition: Definition,
    /// By code, in the versions that the formula fixed.
    pub parts: BTreeMap<String, Metric>,
}

impl Definition {
    /// # Errors
    /// `BadDefinition` when the code, the words, the unit, the filter, the window or the formula cannot be;
    /// `BadExpression`.
    pub fn check(&self) -> Result<(), MetricError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let letter_first = self.code.starts_with(|c: char| c.is_ascii_lowercase());
        let words = |words: &Words, limit: usize| {
            [&words.ru, &words.en].iter().all(|text| text.chars().count() <= limit)
        };
        let named = !self.name.ru.trim().is_empty() && !self.name.en.trim().is_empty();
        let unit = self.formula.unit().is_none_or(|unit| unit == self.unit);
        for (holds, what) in [
            (letter_first && self.code.len() <= CODE_LIMIT && self.code.chars().all(plain), "code"),
            (named && words(&self.name, NAME_LIMIT), "name"),
            (words(&self.description, DESCRIPTION_LIMIT), "description"),
            (unit, "unit"),
            (is_storable(&self.filter), "filter"),
            (self.window.is_none_or(|window| window.is_possible() && !self.formula.is_derived()), "window"),
        ] {
            if !holds {
                return Err(MetricError::BadDefinition(what));
            }
        }
        self.formula.check()
    }
}

impl From<MetricDraft> for Definition {
    /// As version 0, which none is stored with.
    fn from(draft: MetricDraft) -> Self {
        Self {
            code: draft.code,
            version: 0,
            name: draft.name,
            description: draft.description,
            unit: draft.formula.unit().or(draft.unit).unwrap_or(MetricUnit::Number),
            direction: draft.direction,
            formula: draft.formula,
            filter: draft.filter,
            window: draft.window,
        }
    }
}

impl From<Definition> for Metric {
    /// Of a formula that names no other metrics.
    fn from(definition: Definition) -> Self {
        Self { definition, parts: BTreeMap::new() }
    }
}

impl Metric {
    /// The items that a value is made of: what the list behind the number shows.
    pub fn evidence(&self) -> Filter {
        let items = match &self.definition.formula {
            Formula::Expression { .. } => Filter::Or(self.parts.values().map(Self::evidence).collect()),
            formula => formula.evidence(),
        };
        self.definition.filter.clone().and(items)
    }

    /// The same metric with each of its filters replaced: names made ids, units and topics made branches.
    #[must_use]
    pub fn with_filters(mut self, replace: &impl Fn(Filter) -> Filter) -> Self {
        self.definition.filter = replace(self.definition.filter);
        self.definition.formula = self.definition.formula.with_filters(replace);
        self.parts = self.parts.into_iter().map(|(code, part)| (code, part.with_filters(replace))).collect();
        self
    }
}

/// A condition that can be kept: not a list of items, which has no form as text.
pub(crate) fn is_storable(filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().all(is_storable),
        Filter::Not(inner) => is_storable(inner),
        Filter::Items(_) => false,
        _ => true,
    }
}

fn is_all(filter: &Filter) -> bool {
    *filter == Filter::All
}

#[cfg(test)]
mod tests {
    use otklik_facts::Score;

    use super::*;
    use crate::{Answers, built_in};

    #[test]
    fn a_definition_that_contradicts_itself_is_refused() {
        let nps = built_in().into_iter().find(|metric| metric.code == "nps").unwrap();
        assert!(nps.check().is_ok());
        let share = Formula::ScoreShare { score: Answers::Score(Score::Csat), from: 9 };
        let long = Words { ru: "я".repeat(201), en: "me".into() };
        for (bad, what) in [
            (Definition { code: "N P S".into(), ..nps.clone() }, "code"),
            (Definition { code: "9".into(), ..nps.clone() }, "code"),
            (Definition { name: Words { ru: " ".into(), en: "NPS".into() }, ..nps.clone() }, "name"),
            (Definition { name: long, ..nps.clone() }, "name"),
            (Definition { unit: MetricUnit::Percent, ..nps.clone() }, "unit"),
            (Definition { window: Some(Window::Days(0)), ..nps.clone() }, "window"),
            (
                Definition { filter: Filter::Items(std::sync::Arc::default()).negate(), ..nps.clone() },
                "filter",
            ),
            (Definition { unit: MetricUnit::Percent, formula: share, ..nps }, "formula"),
        ] {
            assert!(matches!(bad.check(), Err(MetricError::BadDefinition(found)) if found == what), "{what}");
        }
    }
}
