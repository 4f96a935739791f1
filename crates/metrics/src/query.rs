//! The question, as it travels: the same JSON on the command line, in the API and in a saved view.

use otklik_facts::{Dimension, Filter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{DatePeriod, Weighting};

/// `{"metric":"nps","dimensions":["month","segment"]}` is the shortest useful one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricQuery {
    /// The code of a definition.
    pub metric: String,
    /// Up to four: `channel`, `segment`, `topic`, `month`, `attribute:plan`, … One of them may be a time dimension. A
    /// row for every combination that occurs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<String>,
    /// Which items count; all by default.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    /// From the first to the last day of all feedback by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<DatePeriod>,
    /// Adds a time dimension before the others, with a row for every step of the period, also where nothing happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
    /// Only this many groups, time apart: the first ones by `order`; those of most customers where rows keep the order
    /// of their keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<usize>,
    #[serde(default)]
    pub order: Order,
    /// Weighs the answers before values are made of them; as they are by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<Weighting>,
}

/// A step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    Day,
    /// ISO week, named by its Monday.
    Week,
    Month,
    Quarter,
    Year,
}

/// What to hold a value against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricCompare)]
pub enum Compare {
    /// The period just before, of the same length: `"previous"`.
    Previous,
    /// Another period: `{"period":{"from":"2025-01-01","to":"2025-12-31"}}`. Steps of time are matched in order.
    Period(DatePeriod),
    /// Other items of the same period, in place of those of the query's filter: `{"filter":{…}}`. The two groups
    /// should have no items in common, or the difference looks more certain than it is.
    #[schema(value_type = Object)]
    Filter(Filter),
}

/// In which order rows come. Refused values come last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricOrder)]
pub enum Order {
    /// By the values of the dimensions: time rising, names in order.
    #[default]
    Key,
    ValueDesc,
    ValueAsc,
    CustomersDesc,
    NDesc,
}

impl Grain {
    pub(crate) fn dimension(self) -> Dimension {
        match self {
            Self::Day => Dimension::Day,
            Self::Week => Dimension::Week,
            Self::Month => Dimension::Month,
            Self::Quarter => Dimension::Quarter,
            Self::Year => Dimension::Year,
        }
    }

    pub(crate) fn of(dimension: &Dimension) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year]
            .into_iter()
            .find(|grain| grain.dimension() == *dimension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_reads_back() {
        let wire = r#"{"metric":"nps","dimensions":["segment"],"filter":{"in":{"dimension":"channel","values":["call"]}},"period":{"from":"2026-01-01","to":"2026-06-30"},"grain":"month","compare":{"period":{"from":"2025-01-01","to":"2025-06-30"}},"top":5,"order":"value_desc"}"#;
        let query: MetricQuery = serde_json::from_str(wire).unwrap();
        assert_eq!(serde_json::to_string(&query).unwrap(), wire);
    }

    #[test]
    fn the_shortest_form_is_the_metric_alone() {
        let query: MetricQuery = serde_json::from_str(r#"{"metric":"nps","compare":"previous"}"#).unwrap();
        assert_eq!((query.filter, query.compare), (Filter::All, Some(Compare::Previous)));
        assert!(serde_json::from_str::<MetricQuery>(r#"{"metric":"nps","dimension":["month"]}"#).is_err());
    }
}
