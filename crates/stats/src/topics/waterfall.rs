//! The score as a staircase: what was earned from the lowest possible, what was lost below the highest.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FALSE_TOPICS, impact};
use crate::compare::benjamini_hochberg;
use crate::{Confidence, Tally};

/// The steps from the lowest score to the score, and from there to the highest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = TopicWaterfall)]
pub struct Waterfall {
    /// −100 for NPS.
    pub lowest: f64,
    pub score: f64,
    /// 100 for NPS.
    pub highest: f64,
    /// What mentions earned, the largest first; the sum is `score` − `lowest`.
    pub earned: Vec<Step>,
    /// What mentions cost, the largest first; the sum is `highest` − `score`.
    pub lost: Vec<Step>,
}

/// One step, in points of the score; always up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = TopicWaterfallStep)]
pub struct Step {
    /// The mention by its place in the list that was given; `None` when no topic of this kind is beyond chance.
    pub mention: Option<usize>,
    pub points: f64,
    /// Its plain effect, score(all) − score(without it), by which the points were dealt out.
    pub impact: f64,
}

/// Deals the earned part (score − lowest) and the lost part (highest − score) out among mentions whose effect is
/// beyond chance, in proportion to that effect: 200 points in all for NPS. A positive and a negative mention of one
/// topic are two mentions. A side without any such mention is one step that belongs to none.
///
/// The proportions are facts, the points are a way to draw them: a single topic beyond chance takes the whole side,
/// however small it is. [`additive`](super::additive) deals out no more than what topics explain. Significance is
/// judged after Benjamini and Hochberg at 5 %. Source: Chattermill's published method. Worked number:
/// the first topic of the test, alone on its side, costs all of 100 − 20 = 80 points. `None` without a score, or for
/// a kind without a highest.
pub fn waterfall(all: &Tally, mentions: &[Tally], confidence: Confidence) -> Option<Waterfall> {
    let (lowest, highest) = all.bounds();
    let score = all.value().filter(|_| highest.is_finite())?;
    let impacts: Vec<Option<super::Impact>> =
        mentions.iter().map(|mention| impact(all, mention, confidence)).collect();
    let p_values: Vec<f64> = impacts.iter().flatten().map(|impact| impact.p_value).collect();
    let mut corrected = benjamini_hochberg(&p_values).into_iter();
    let mut effects: Vec<(usize, f64)> = Vec::new();
    for (mention, found) in impacts.iter().enumerate() {
        let Some(found) = found else { continue };
        if corrected.next().is_some_and(|p| p < FALSE_TOPICS) {
            effects.push((mention, found.impact));
        }
    }
    let side = |sign: f64, points: f64| {
        let mut steps: Vec<Step> = effects
            .iter()
            .filter(|(_, impact)| impact * sign > 0.0)
            .map(|&(mention, impact)| Step { mention: Some(mention), points: 0.0, impact })
            .collect();
        let total: f64 = steps.iter().map(|step| step.impact.abs()).sum();
        for step in &mut steps {
            step.points = points * step.impact.abs() / total;
        }
        steps.sort_by(|a, b| b.points.total_cmp(&a.points));
        if steps.is_empty() { vec![Step { mention: None, points, impact: 0.0 }] } else { steps }
    };
    Some(Waterfall {
        lowest,
        score,
        highest,
        earned: side(1.0, score - lowest),
        lost: side(-1.0, highest - score),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NpsTally, RateTally};

    fn nps(promoters: u64, passives: u64, detractors: u64) -> Tally {
        Tally::Nps(NpsTally { promoters, passives, detractors })
    }

    #[test]
    fn the_worked_number() {
        let found =
            waterfall(&nps(50, 20, 30), &[nps(2, 3, 15), nps(30, 5, 2), nps(5, 2, 3)], Confidence::DEFAULT);
        let Waterfall { earned, lost, score, .. } = found.unwrap();
        assert_eq!((score, earned.len(), lost.len()), (20.0, 1, 1), "{earned:?} {lost:?}");
        assert_eq!((lost[0].mention, earned[0].mention), (Some(0), Some(1)));
        assert!((lost[0].points - 80.0).abs() < 1e-9 && (earned[0].points - 120.0).abs() < 1e-9);
        assert!((lost[0].impact + 21.25).abs() < 1e-9);
    }

    #[test]
    fn a_side_without_a_topic_belongs_to_none() {
        let found = waterfall(&nps(50, 20, 30), &[], Confidence::DEFAULT).unwrap();
        assert_eq!(found.earned, [Step { mention: None, points: 120.0, impact: 0.0 }]);
        assert_eq!(found.lost, [Step { mention: None, points: 80.0, impact: 0.0 }]);
    }

    #[test]
    fn a_rate_has_no_highest() {
        let rate = Tally::Rate(RateTally { events: 5, exposure: 1.0 });
        assert_eq!(waterfall(&rate, &[], Confidence::DEFAULT), None);
    }
}
