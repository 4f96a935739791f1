//! What was counted in one group: sums that add up, and from which every value and variance follows.

mod nps;
mod rate;
mod score;
mod share;

pub use nps::NpsTally;
pub(crate) use nps::centre_and_error;
pub use rate::RateTally;
pub use score::ScoreTally;
pub use share::ShareTally;

use crate::{Confidence, Estimate, interval};

/// The counts of one group, of whichever kind its metric has.
///
/// Every kind is a ratio of two sums, `total / weight`: what the answers add up to over how many there are, or events
/// over exposure. Two tallies of one kind add up to the tally of both groups together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tally {
    Nps(NpsTally),
    Share(ShareTally),
    Score(ScoreTally),
    Rate(RateTally),
}

impl Tally {
    /// Answers counted; events where the tally is a rate.
    pub fn n(&self) -> u64 {
        match self {
            Self::Nps(tally) => tally.n(),
            Self::Share(tally) => tally.n,
            Self::Score(tally) => tally.n,
            Self::Rate(tally) => tally.events,
        }
    }

    /// What the value is divided by: answers, or exposure.
    pub fn weight(&self) -> f64 {
        match self {
            Self::Nps(tally) => tally.n() as f64,
            Self::Share(tally) => tally.n as f64,
            Self::Score(tally) => tally.n as f64,
            Self::Rate(tally) => tally.exposure,
        }
    }

    /// The plain value; `None` without a single answer or without exposure.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Nps(tally) => tally.value(),
            Self::Share(tally) => tally.value(),
            Self::Score(tally) => tally.value(),
            Self::Rate(tally) => tally.value(),
        }
    }

    /// Variance of one answer, or of the events per unit of exposure, with the small-sample adjustment of its kind;
    /// divided by [`weight`](Self::weight) it is the square of the value's standard error.
    pub fn unit_variance(&self) -> Option<f64> {
        match self {
            Self::Nps(tally) => tally.unit_variance(),
            Self::Share(tally) => tally.unit_variance(),
            Self::Score(tally) => tally.unit_variance(),
            Self::Rate(tally) => tally.unit_variance(),
        }
    }

    /// The value with the interval that suits its kind: adjusted Wald for NPS, Wilson for a share, the
    /// score intervals for a bounded mean and for a rate.
    pub fn estimate(&self, confidence: Confidence) -> Option<Estimate> {
        match self {
            Self::Nps(tally) => interval::nps_adjusted(tally, confidence),
            Self::Share(tally) => interval::share(tally, confidence),
            Self::Score(tally) => interval::mean(tally, confidence),
            Self::Rate(tally) => interval::rate(tally, confidence),
        }
    }

    /// Both groups together; `None` when the kinds differ.
    pub fn merge(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Nps(a), Self::Nps(b)) => Some(Self::Nps(a.merge(b))),
            (Self::Share(a), Self::Share(b)) => Some(Self::Share(a.merge(b))),
            (Self::Score(a), Self::Score(b)) => Some(Self::Score(a.merge(b))),
            (Self::Rate(a), Self::Rate(b)) => Some(Self::Rate(a.merge(b))),
            _ => None,
        }
    }

    /// The answers of this group that are not in `part` of it; `None` when the kinds differ or `part` is no part.
    pub fn without(self, part: Self) -> Option<Self> {
        match (self, part) {
            (Self::Nps(a), Self::Nps(b)) => Some(Self::Nps(a.without(b)?)),
            (Self::Share(a), Self::Share(b)) => Some(Self::Share(a.without(b)?)),
            (Self::Score(a), Self::Score(b)) => Some(Self::Score(a.without(b)?)),
            (Self::Rate(a), Self::Rate(b)) => Some(Self::Rate(a.without(b)?)),
            _ => None,
        }
    }

    /// The lowest and the highest value that the kind allows; a rate has no highest.
    pub fn bounds(&self) -> (f64, f64) {
        match self {
            Self::Nps(_) => (-100.0, 100.0),
            Self::Share(_) => (0.0, 1.0),
            Self::Score(tally) => (tally.lowest as f64, tally.highest as f64),
            Self::Rate(_) => (0.0, f64::INFINITY),
        }
    }
}
