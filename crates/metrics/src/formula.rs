//! The arithmetic of a metric: what is counted, and what it is divided by.

use std::collections::BTreeMap;

use otklik_facts::{Filter, Score};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::definition::is_storable;
use crate::index::MOST_PARTS;
use crate::{Answers, Base, IndexPart, MetricError, expression};

/// The arithmetic of a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = MetricFormula)]
pub enum Formula {
    /// Items.
    Items,
    /// Distinct customers.
    Customers,
    /// Share of 9–10 minus share of 0–6, from −100 to 100.
    Nps,
    /// Mean of the answers.
    ScoreMean { score: Answers },
    /// Share of the answers from `from` up.
    ScoreShare { score: Answers, from: u8 },
    /// Share of the answers from `from` up minus share of those up to `to`, from −100 to 100.
    ScoreBalance { score: Answers, from: u8, to: u8 },
    /// The items that match, or their distinct customers, among those of another condition: complaints among all
    /// items, finished among started, «solved at once» among those who were asked.
    Share {
        #[serde(default)]
        of: Counted,
        #[schema(value_type = Object)]
        matching: Filter,
        #[serde(default)]
        #[schema(value_type = Object)]
        among: Filter,
    },
    /// The items that match, or their distinct customers, for every `per` of the base; of items it may exceed that.
    Rate {
        #[serde(default)]
        of: Counted,
        #[serde(default)]
        #[schema(value_type = Object)]
        matching: Filter,
        base: Base,
        per: u32,
    },
    /// Weighted mean of several answers of the same items, from 0 to 100: CSI in its variants.
    Index { parts: Vec<IndexPart> },
    /// Arithmetic over other metrics: `contact_rate / claim_rate`.
    Expression {
        text: String,
        /// The metrics that the text names, with the version that each had when this one was stored.
        #[serde(default)]
        parts: BTreeMap<String, i64>,
    },
}

/// What is counted of the items that match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricCounted)]
pub enum Counted {
    #[default]
    Items,
    /// Distinct customers; an anonymous item is nobody's.
    Customers,
}

/// In what a value is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetricUnit {
    Items,
    Customers,
    /// −100 to 100.
    NpsPoints,
    /// A point of the answer's scale.
    ScorePoints,
    /// 0 to 100, of an index.
    IndexPoints,
    /// 0 to 100.
    Percent,
    /// Events for every so many of the base; how many stands in the formula.
    Rate,
    /// Of a formula over other metrics: a number and no more.
    Number,
}

impl Formula {
    /// The unit that follows from the arithmetic; a formula over other metrics has the one that it is given.
    pub fn unit(&self) -> Option<MetricUnit> {
        Some(match self {
            Self::Items => MetricUnit::Items,
            Self::Customers => MetricUnit::Customers,
            Self::Nps | Self::ScoreBalance { .. } => MetricUnit::NpsPoints,
            Self::ScoreMean { .. } => MetricUnit::ScorePoints,
            Self::ScoreShare { .. } | Self::Share { .. } => MetricUnit::Percent,
            Self::Rate { per: 100, .. } if self.is_share_of_base() => MetricUnit::Percent,
            Self::Rate { .. } => MetricUnit::Rate,
            Self::Index { .. } => MetricUnit::IndexPoints,
            Self::Expression { .. } => return None,
        })
    }

    /// Made of other metrics.
    pub fn is_derived(&self) -> bool {
        matches!(self, Self::Expression { .. })
    }

    /// The denominator taken from the customer base, where there is one.
    pub fn base(&self) -> Option<Base> {
        match self {
            Self::Rate { base, .. } => Some(*base),
            _ => None,
        }
    }

    /// Customers among the customers of the base, answers among invitations: each is in or not, and there cannot be
    /// more.
    pub(crate) fn is_share_of_base(&self) -> bool {
        matches!(self, Self::Rate { of: Counted::Customers, base: Base::Customers, .. }) || self.is_of_flow()
    }

    /// Answers among what was sent or begun in the same time: it does not grow with the length of the period.
    pub(crate) fn is_of_flow(&self) -> bool {
        matches!(self, Self::Rate { of: Counted::Items, base, .. } if base.is_flow())
    }

    /// Whether distinct customers are what it counts, so that items without a customer are left out.
    pub(crate) fn counts_customers(&self) -> bool {
        match self {
            Self::Customers => true,
            Self::Share { of, .. } | Self::Rate { of, .. } => *of == Counted::Customers,
            _ => false,
        }
    }

    /// Whether the value grows with the length of the period: such values are compared at equal length.
    pub(crate) fn grows_with_time(&self) -> bool {
        self.is_total() || self.base().is_some()
    }

    /// A plain total, counted and not sampled: it has no interval of its own.
    pub(crate) fn is_total(&self) -> bool {
        matches!(self, Self::Items | Self::Customers)
    }

    /// The items that a value is made of. Those of a formula over other metrics are known to
    /// [`Metric::evidence`](crate::Metric::evidence).
    pub(crate) fn evidence(&self) -> Filter {
        match self {
            Self::Nps => Filter::Answered(Score::Nps),
            Self::ScoreMean { score } | Self::ScoreShare { score, .. } | Self::ScoreBalance { score, .. } => {
                score.answered()
            }
            Self::Share { among, .. } => among.clone(),
            Self::Rate { matching, .. } => matching.clone(),
            Self::Index { parts } => {
                parts.iter().fold(Filter::All, |all, part| all.and(part.score.answered()))
            }
            Self::Items | Self::Customers | Self::Expression { .. } => Filter::All,
        }
    }

    pub(crate) fn with_filters(self, replace: &impl Fn(Filter) -> Filter) -> Self {
        match self {
            Self::Share { of, matching, among } => {
                Self::Share { of, matching: replace(matching), among: replace(among) }
            }
            Self::Rate { of, matching, base, per } => {
                Self::Rate { of, matching: replace(matching), base, per }
            }
            other => other,
        }
    }

    pub(crate) fn check(&self) -> Result<(), MetricError> {
        let possible = match self {
            Self::Items | Self::Customers | Self::Nps => true,
            Self::ScoreMean { score } => score.is_possible(),
            Self::ScoreShare { score, from } => score.is_possible() && score.holds(*from),
            Self::ScoreBalance { score, from, to } => {
                score.is_possible() && score.holds(*from) && score.holds(*to) && to < from
            }
            Self::Share { matching, among, .. } => is_storable(matching) && is_storable(among),
            Self::Rate { matching, per, .. } => is_storable(matching) && *per > 0,
            Self::Index { parts } => is_index(parts),
            Self::Expression { text, .. } => return expression::parse(text).map(|_| ()),
        };
        if possible { Ok(()) } else { Err(MetricError::BadDefinition("formula")) }
    }
}

/// Two questions and more, each once and all read in one way.
fn is_index(parts: &[IndexPart]) -> bool {
    let alike = |part: &IndexPart| {
        parts
            .iter()
            .all(|other| std::mem::discriminant(&other.reading) == std::mem::discriminant(&part.reading))
    };
    let once = |part: &IndexPart| parts.iter().filter(|other| other.score == part.score).count() == 1;
    (2..=MOST_PARTS).contains(&parts.len())
        && parts.iter().all(|part| part.is_possible() && alike(part) && once(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AttributeScale, PartReading};

    fn part(attribute: &str, reading: PartReading) -> IndexPart {
        let scale = AttributeScale { attribute: attribute.into(), lowest: 1, highest: 10 };
        IndexPart { score: Answers::Attribute(scale), weight: 1.0, reading }
    }

    #[test]
    fn an_index_has_different_questions_read_alike() {
        use PartReading::{OfMaximum, OfRange, ShareFrom};
        let check = |parts: &[IndexPart]| Formula::Index { parts: parts.to_vec() }.check().is_ok();
        assert!(check(&[part("a", OfRange), part("b", OfRange)]));
        assert!(check(&[part("a", ShareFrom(8)), part("b", ShareFrom(9))]));
        assert!(!check(&[part("a", OfRange)]));
        assert!(!check(&[part("a", OfRange), part("a", OfRange)]));
        assert!(!check(&[part("a", OfRange), part("b", OfMaximum)]));
        assert!(!check(&[part("a", ShareFrom(8)), part("b", ShareFrom(11))]));
        assert!(!check(&[part("a", OfRange), IndexPart { weight: 0.0, ..part("b", OfRange) }]));
    }

    #[test]
    fn a_share_of_the_base_is_in_per_cent() {
        let rate = |of, base, per| Formula::Rate { of, matching: Filter::All, base, per }.unit();
        assert_eq!(rate(Counted::Customers, Base::Customers, 100), Some(MetricUnit::Percent));
        assert_eq!(rate(Counted::Customers, Base::Customers, 1_000), Some(MetricUnit::Rate));
        assert_eq!(rate(Counted::Items, Base::Customers, 100), Some(MetricUnit::Rate));
    }
}
