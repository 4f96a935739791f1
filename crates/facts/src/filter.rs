//! Which items count: conditions on dimensions, scores and sets of items.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Dimension, ItemSet, Score};

/// A condition on an item. Wire form:
/// `{"and":[{"in":{"dimension":"channel","values":["call"]}},{"not":{"answered":"nps"}}]}`, `"anonymous"`, and `"all"`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Filter {
    /// Every item.
    #[default]
    All,
    /// All of these hold; of none, true.
    And(Vec<Filter>),
    /// At least one of these holds; of none, false.
    Or(Vec<Filter>),
    Not(Box<Filter>),
    /// The dimension has one of these values (an item of several topics: any of its topics). A value nobody has
    /// matches nothing.
    In {
        dimension: Dimension,
        values: Vec<String>,
    },
    /// The dimension has no value: no channel, no topic, no NPS answer for `nps_group`.
    Missing {
        dimension: Dimension,
    },
    /// The score was answered and lies in `low..=high`.
    Range {
        score: Score,
        low: u8,
        high: u8,
    },
    /// The score was answered.
    Answered(Score),
    /// The item names no customer.
    Anonymous,
    /// The item is one of these: hand-picked ones, or the hits of a text search. Has no wire form.
    #[serde(skip)]
    Items(Arc<ItemSet>),
}

impl Filter {
    /// `dimension` has one of `values`.
    pub fn any_of<V: Into<String>>(dimension: Dimension, values: impl IntoIterator<Item = V>) -> Self {
        Self::In { dimension, values: values.into_iter().map(Into::into).collect() }
    }

    /// Both hold; `All` on either side disappears.
    #[must_use]
    pub fn and(self, other: Filter) -> Self {
        match (self, other) {
            (Self::All, filter) | (filter, Self::All) => filter,
            (Self::And(mut filters), filter) => {
                filters.push(filter);
                Self::And(filters)
            }
            (first, second) => Self::And(vec![first, second]),
        }
    }

    /// It does not hold.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_form_reads_back() {
        let wire = r#"{"and":[{"in":{"dimension":"channel","values":["call"]}},{"not":{"in":{"dimension":"topic","values":["t1"]}}},{"or":[{"missing":{"dimension":"attribute:plan"}},{"range":{"score":"nps","low":0,"high":6}},{"answered":"ces"}]},"anonymous","all"]}"#;
        let filter: Filter = serde_json::from_str(wire).unwrap();
        assert_eq!(serde_json::to_string(&filter).unwrap(), wire);
        assert!(serde_json::from_str::<Filter>(r#"{"items":[1]}"#).is_err());
        assert!(serde_json::to_string(&Filter::Items(Arc::default())).is_err());
    }

    #[test]
    fn and_drops_what_says_nothing() {
        let calls = Filter::any_of(Dimension::Channel, ["call"]);
        assert_eq!(Filter::All.and(calls.clone()), calls);
        assert_eq!(calls.clone().and(Filter::All), calls);
        let both = calls.clone().and(Filter::Answered(Score::Nps));
        assert_eq!(
            both.clone().and(calls.clone()),
            Filter::And(vec![calls.clone(), Filter::Answered(Score::Nps), calls])
        );
    }
}
