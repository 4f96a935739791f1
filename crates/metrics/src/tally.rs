//! From counts to what `stats` reads.

use otklik_facts::Score;
use otklik_stats::{NpsTally, RateTally, ScoreTally, ShareTally, Tally};

use crate::count::Counts;
use crate::index;
use crate::{Answers, Counted, Formula, MetricUnit};

/// The scale of NPS and its two groups.
const NPS: Answers = Answers::Score(Score::Nps);
const PROMOTERS_FROM: u8 = 9;
const DETRACTORS_TO: u8 = 6;

impl Formula {
    /// The counts that `stats` reads. `base` is the denominator where [`base`](Self::base) names one; a total is a
    /// rate in exposure 1. `None` for a formula over other metrics.
    pub(crate) fn tally(&self, counts: &Counts, base: f64) -> Option<Tally> {
        let share = |hits, n| Tally::Share(ShareTally { hits, n });
        let rate = |events, exposure| Tally::Rate(RateTally { events, exposure });
        Some(match self {
            Self::Items => rate(counts.items, 1.0),
            Self::Customers => rate(counts.customers, 1.0),
            Self::Nps => Tally::Nps(balance(&NPS, PROMOTERS_FROM, DETRACTORS_TO, counts)),
            Self::ScoreBalance { score, from, to } => Tally::Nps(balance(score, *from, *to, counts)),
            Self::ScoreMean { score } => Tally::Score(scores(score, counts)),
            Self::ScoreShare { score, from } => {
                let hits = counts.answers.iter().skip(below(score, *from)).sum();
                share(hits, counts.answers.iter().sum())
            }
            Self::Share { of: Counted::Items, .. } => share(counts.hits, counts.items),
            Self::Share { of: Counted::Customers, .. } => share(counts.hits, counts.customers),
            Self::Rate { .. } if self.is_share_of_base() => share(self.events(counts), base.round() as u64),
            Self::Rate { per, .. } => rate(self.events(counts), base / f64::from(*per)),
            Self::Index { parts } => Tally::Score(index::tally(parts, counts.moments)),
            Self::Expression { .. } => return None,
        })
    }

    /// What is divided by the base: items, or their distinct customers.
    pub(crate) fn events(&self, counts: &Counts) -> u64 {
        if self.counts_customers() { counts.customers } else { counts.items }
    }

    /// From the unit of `stats` to the unit of the metric: a fraction becomes per cent.
    pub(crate) fn factor(&self) -> f64 {
        match self {
            Self::Rate { per, .. } if self.is_share_of_base() => f64::from(*per),
            Self::Index { .. } => 100.0 / index::PRECISION,
            _ if self.unit() == Some(MetricUnit::Percent) => 100.0,
            _ => 1.0,
        }
    }
}

/// How many answers of the scale lie below one.
fn below(score: &Answers, answer: u8) -> usize {
    usize::from(answer.saturating_sub(score.scale().0))
}

fn balance(score: &Answers, from: u8, to: u8, counts: &Counts) -> NpsTally {
    let promoters = counts.answers.iter().skip(below(score, from)).sum();
    let detractors = counts.answers.iter().take(below(score, to) + 1).sum();
    let n: u64 = counts.answers.iter().sum();
    NpsTally { promoters, detractors, passives: n.saturating_sub(promoters + detractors) }
}

fn scores(score: &Answers, counts: &Counts) -> ScoreTally {
    let lowest = u64::from(score.scale().0);
    match &counts.answers[..] {
        [] => ScoreTally::from_histogram(lowest, &vec![0; score.steps()]),
        answers => ScoreTally::from_histogram(lowest, answers),
    }
}
