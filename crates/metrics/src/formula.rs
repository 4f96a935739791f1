//! From counts to a value: which items a metric looks at, and what it makes of them.

use otklik_facts::{Cell, Dimension, Filter, Measures, Score};
use otklik_stats::{NpsTally, RateTally, ScoreTally, ShareTally, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Base, MetricError};

/// The arithmetic of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
    ScoreMean {
        #[schema(value_type = String)]
        score: Score,
    },
    /// Share of the answers from `from` up.
    ScoreShare {
        #[schema(value_type = String)]
        score: Score,
        from: u8,
    },
    /// Complaints among items.
    ComplaintShare,
    /// Complaints for every `per` of the base.
    ComplaintRate { base: Base, per: u32 },
    /// Items for every `per` of the base; may exceed it.
    ContactRate { base: Base, per: u32 },
    /// Distinct customers heard among the active customers of the base.
    ContactShare,
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
    /// 0 to 100.
    Percent,
    /// Events for every so many of the base; how many stands in the formula.
    Rate,
}

impl Formula {
    pub fn unit(self) -> MetricUnit {
        match self {
            Self::Items => MetricUnit::Items,
            Self::Customers => MetricUnit::Customers,
            Self::Nps => MetricUnit::NpsPoints,
            Self::ScoreMean { .. } => MetricUnit::ScorePoints,
            Self::ScoreShare { .. } | Self::ComplaintShare | Self::ContactShare => MetricUnit::Percent,
            Self::ComplaintRate { .. } | Self::ContactRate { .. } => MetricUnit::Rate,
        }
    }

    /// The denominator taken from the customer base, where there is one.
    pub fn base(self) -> Option<Base> {
        match self {
            Self::ComplaintRate { base, .. } | Self::ContactRate { base, .. } => Some(base),
            Self::ContactShare => Some(Base::Customers),
            _ => None,
        }
    }

    /// Whether the value grows with the length of the period: such values are compared at equal length.
    pub(crate) fn grows_with_time(self) -> bool {
        matches!(self, Self::Items | Self::Customers) || self.base().is_some()
    }

    /// A plain total, counted and not sampled: it has no interval of its own.
    pub(crate) fn is_total(self) -> bool {
        matches!(self, Self::Items | Self::Customers)
    }

    /// The items that a value is made of: what the list behind the number shows.
    pub(crate) fn evidence(self) -> Filter {
        match self {
            Self::Nps => Filter::Answered(Score::Nps),
            Self::ScoreMean { score } | Self::ScoreShare { score, .. } => Filter::Answered(score),
            Self::ComplaintRate { .. } => Filter::any_of(Dimension::Complaint, ["true"]),
            Self::Items
            | Self::Customers
            | Self::ComplaintShare
            | Self::ContactRate { .. }
            | Self::ContactShare => Filter::All,
        }
    }

    /// What the facts must count besides items and customers.
    pub(crate) fn measures(self) -> Measures {
        match self {
            Self::Nps => Measures::NPS,
            Self::ScoreMean { score } | Self::ScoreShare { score, .. } => match score {
                Score::Nps => Measures::NPS,
                Score::Csat => Measures::CSAT,
                Score::Ces => Measures::CES,
            },
            Self::ComplaintShare => Measures::COMPLAINTS,
            _ => Measures::NONE,
        }
    }

    /// The counts that `stats` reads. `base` is the denominator where [`base`](Self::base) names one; a total is a
    /// rate in exposure 1.
    pub(crate) fn tally(self, cell: &Cell, base: f64) -> Tally {
        let share = |hits, n| Tally::Share(ShareTally { hits, n });
        let rate = |events, exposure| Tally::Rate(RateTally { events, exposure });
        match self {
            Self::Items => rate(cell.count, 1.0),
            Self::Customers => rate(cell.customers, 1.0),
            Self::Nps => Tally::Nps(NpsTally::from_histogram(&cell.nps)),
            Self::ScoreMean { score } => {
                let (lowest, counts) = histogram(score, cell);
                Tally::Score(ScoreTally::from_histogram(lowest.into(), counts))
            }
            Self::ScoreShare { score, from } => {
                let (lowest, counts) = histogram(score, cell);
                let below = usize::from(from.saturating_sub(lowest)).min(counts.len());
                share(counts[below..].iter().sum(), counts.iter().sum())
            }
            Self::ComplaintShare => share(cell.complaints, cell.count),
            Self::ComplaintRate { per, .. } | Self::ContactRate { per, .. } => {
                rate(cell.count, base / f64::from(per))
            }
            Self::ContactShare => share(cell.customers, base.round() as u64),
        }
    }

    /// From the unit of `stats` to the unit of the metric: a fraction becomes per cent.
    pub(crate) fn factor(self) -> f64 {
        if self.unit() == MetricUnit::Percent { 100.0 } else { 1.0 }
    }

    pub(crate) fn check(self) -> Result<(), MetricError> {
        let possible = match self {
            Self::ScoreShare { score, from } => (score.scale().0..=score.scale().1).contains(&from),
            Self::ComplaintRate { per, .. } | Self::ContactRate { per, .. } => per > 0,
            _ => true,
        };
        if possible { Ok(()) } else { Err(MetricError::BadDefinition("formula")) }
    }
}

fn histogram(score: Score, cell: &Cell) -> (u8, &[u64]) {
    let counts: &[u64] = match score {
        Score::Nps => &cell.nps,
        Score::Csat => &cell.csat,
        Score::Ces => &cell.ces,
    };
    (score.scale().0, counts)
}
