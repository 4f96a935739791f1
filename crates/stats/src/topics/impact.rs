//! The score with, without, and the difference: the effect of one topic as Thematic publishes it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::compare::{Comparison, Difference, compare};
use crate::{Confidence, NpsTally, Tally};

/// «Without it the score would be 41, not 20.»
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = TopicImpact)]
pub struct Impact {
    /// The score of all answers.
    pub overall: f64,
    /// The score of the answers that do not mention the topic: what the score would be without them.
    pub without: f64,
    /// The score of the answers that do.
    pub with: f64,
    /// `overall` − `without`, with its interval. Does not add up over topics that share answers.
    pub impact: f64,
    pub low: f64,
    pub high: f64,
    /// Of those with against those without.
    pub p_value: f64,
    pub verdict: Difference,
    /// Answers that mention it, and all.
    pub n_with: u64,
    pub n: u64,
}

/// The effect of a topic on a score, −200 to 200 for NPS: score(all) − score(all without the answers that mention
/// it). It equals (share of answers with it) · (score with − score without), whose interval is that of the
/// comparison.
///
/// Source: Thematic's published method. Worked number: 100 answers of which 50 promoters and 30
/// detractors, 20 with the topic of which 2 and 15: impact −21.25, without it 41.25. `None` for a topic that nobody
/// or everybody mentions, and for rates.
pub fn impact(all: &Tally, with: &Tally, confidence: Confidence) -> Option<Impact> {
    if matches!(all, Tally::Rate(_)) {
        return None;
    }
    let without = all.without(*with)?;
    let share = with.weight() / all.weight();
    let Comparison { difference, low, high, p_value, verdict, .. } =
        compare(with, &without, confidence)?.scaled(share);
    Some(Impact {
        overall: all.value()?,
        without: without.value()?,
        with: with.value()?,
        impact: difference,
        low,
        high,
        p_value,
        verdict,
        n_with: with.n(),
        n: all.n(),
    })
}

/// %positive − %negative of a topic's mentions, −100 to 100: the arithmetic of NPS, and so its interval.
///
/// Worked number: 30 positive, 50 neutral, 20 negative → 10.
pub fn net_sentiment(positive: u64, neutral: u64, negative: u64) -> NpsTally {
    NpsTally { promoters: positive, passives: neutral, detractors: negative }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RateTally, ScoreTally};

    fn nps(promoters: u64, passives: u64, detractors: u64) -> Tally {
        Tally::Nps(NpsTally { promoters, passives, detractors })
    }

    #[test]
    fn the_worked_number() {
        let found = impact(&nps(50, 20, 30), &nps(2, 3, 15), Confidence::DEFAULT).unwrap();
        for (actual, expected) in
            [(found.impact, -21.25), (found.overall, 20.0), (found.without, 41.25), (found.with, -65.0)]
        {
            assert!((actual - expected).abs() < 1e-9, "{found:?}");
        }
        assert_eq!((found.verdict, found.n_with, found.n), (Difference::Real, 20, 100));
        assert!(found.high < 0.0);
        assert_eq!(net_sentiment(30, 50, 20).value(), Some(10.0));
    }

    #[test]
    fn means_have_impacts_too() {
        let score = |counts| Tally::Score(ScoreTally::from_histogram(1, counts));
        let all = score(&[10, 10, 20, 30, 30]);
        let found = impact(&all, &score(&[10, 5, 5, 0, 0]), Confidence::DEFAULT).unwrap();
        assert!((found.overall - found.without - found.impact).abs() < 1e-12 && found.impact < 0.0);
    }

    #[test]
    fn a_topic_that_nobody_or_everybody_mentions_has_none() {
        let all = nps(50, 20, 30);
        for with in [nps(0, 0, 0), all, nps(51, 0, 0), Tally::Rate(RateTally::default())] {
            assert_eq!(impact(&all, &with, Confidence::DEFAULT), None);
        }
    }
}
