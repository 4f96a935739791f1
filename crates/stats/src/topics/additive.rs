//! A score as the sum of its topics, overlaps counted once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FALSE_TOPICS;
use crate::Confidence;
use crate::compare::benjamini_hochberg;
use crate::confidence::two_sided_p;
use crate::drivers::Moments;
use crate::linear::{Matrix, independent, invert};

/// What must be counted: answers, and for each pair of topics the answers that mention both.
///
/// The values are those of the answers: −100, 0, 100 for NPS, the scores for a mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    pub n: u64,
    /// Sum of the values of all answers, and of their squares.
    pub sum: f64,
    pub sum_squares: f64,
    /// For each topic the sum of the values of the answers that mention it.
    pub topic_sums: Vec<f64>,
    /// Answers that mention both; on the diagonal, those that mention the topic.
    pub pairs: Vec<Vec<u64>>,
}

impl Incidence {
    /// From sums and products, the value first, then 1 or 0 for each topic.
    pub fn from_moments(counted: &Moments) -> Self {
        let topics = 1..counted.sums.len();
        let pair = |a: usize, b: usize| counted.product(a, b) as u64;
        Self {
            n: counted.n as u64,
            sum: counted.sums.first().copied().unwrap_or_default(),
            sum_squares: counted.products.first().copied().unwrap_or_default(),
            topic_sums: topics.clone().map(|topic| counted.product(topic, 0)).collect(),
            pairs: topics.clone().map(|a| topics.clone().map(|b| pair(a, b)).collect()).collect(),
        }
    }

    /// From answers one by one: the topics that each mentions (every one once, below `topics`), and its value. A
    /// topic out of range is passed over.
    pub fn from_answers<'a>(topics: usize, answers: impl IntoIterator<Item = (&'a [usize], f64)>) -> Self {
        let mut counted = Self {
            n: 0,
            sum: 0.0,
            sum_squares: 0.0,
            topic_sums: vec![0.0; topics],
            pairs: vec![vec![0; topics]; topics],
        };
        for (mentioned, value) in answers {
            counted.n += 1;
            counted.sum += value;
            counted.sum_squares += value * value;
            for &topic in mentioned.iter().filter(|topic| **topic < topics) {
                counted.topic_sums[topic] += value;
                for &other in mentioned.iter().filter(|topic| **topic < topics) {
                    counted.pairs[topic][other] += 1;
                }
            }
        }
        counted
    }
}

/// The score in parts that add up to it exactly: `score` = `base` + Σ `points` of the steps + `rest`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = TopicDecomposition)]
pub struct Additive {
    pub score: f64,
    /// The score of an answer that mentions none of the topics.
    pub base: f64,
    /// The topics beyond chance, in the order given.
    pub steps: Vec<TopicStep>,
    /// What all other topics contribute together.
    pub rest: f64,
    /// Share of the variation of the answers that topics explain.
    pub r_squared: f64,
}

/// What one topic contributes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = TopicContribution)]
pub struct TopicStep {
    /// Its place among the topics that were given.
    pub topic: usize,
    /// (Share of answers that mention it) · `coefficient`: the points by which it moves the score, with their interval;
    /// both factors are uncertain.
    pub points: f64,
    pub low: f64,
    pub high: f64,
    /// By how much an answer that mentions it differs from one that does not, other topics equal.
    pub coefficient: f64,
    /// Corrected after Benjamini and Hochberg.
    pub p_value: f64,
}

/// Least squares of the answers' values on the topics they mention; as the fitted line passes through the means, the
/// score is base + Σ share · coefficient exactly, and an answer with two topics is not counted twice. Topics whose
/// coefficient chance explains go into `rest`. A topic that always comes with others before it, so that its part
/// cannot be told from theirs, counts 0.
///
/// To be drawn from the lowest score: base, then each step, then the rest. Worked number: 40 answers with a topic
/// that score −50 and 60 without that score 50: base 50, coefficient −100, points −40, score 10. `None` with no more
/// answers than topics, or sums of the wrong shape.
pub fn additive(counted: &Incidence, confidence: Confidence) -> Option<Additive> {
    let topics = counted.topic_sums.len();
    let shaped = counted.pairs.len() == topics && counted.pairs.iter().all(|row| row.len() == topics);
    (shaped && counted.n as usize > topics + 1).then_some(())?;
    let n = counted.n as f64;
    let score = counted.sum / n;
    let shares: Vec<f64> = (0..topics).map(|topic| counted.pairs[topic][topic] as f64 / n).collect();
    let centred = |a: usize, b: usize| counted.pairs[a][b] as f64 - n * shares[a] * shares[b];
    let gram: Matrix = (0..topics).map(|a| (0..topics).map(|b| centred(a, b)).collect()).collect();
    let kept = independent(&gram);
    let inverse = invert(&kept.iter().map(|&a| kept.iter().map(|&b| gram[a][b]).collect()).collect())?;
    let moments: Vec<f64> =
        kept.iter().map(|&topic| counted.topic_sums[topic] - n * shares[topic] * score).collect();
    let coefficients: Vec<f64> = inverse.iter().map(|row| crate::linear::dot(row, &moments)).collect();
    let total = (counted.sum_squares - n * score * score).max(0.0);
    let explained = crate::linear::dot(&coefficients, &moments);
    let freedom = n - kept.len() as f64 - 1.0;
    let variance = (total - explained).max(0.0) / freedom;
    let se = |index: usize| (variance * inverse[index][index]).sqrt();
    let p_value = |index: usize| two_sided_p(coefficients[index] / se(index), Some(freedom));
    let corrected = benjamini_hochberg(&(0..kept.len()).map(p_value).collect::<Vec<f64>>());
    let points = |index: usize| shares[kept[index]] * coefficients[index];
    // Of a product of two independent estimates, to the first order.
    let margin = |index: usize| {
        let share = shares[kept[index]];
        let of_share = coefficients[index].powi(2) * share * (1.0 - share) / n;
        confidence.t(freedom) * (share.powi(2) * se(index).powi(2) + of_share).sqrt()
    };
    let base = score - (0..kept.len()).map(points).sum::<f64>();
    let steps: Vec<TopicStep> = (0..kept.len())
        .filter(|&index| corrected[index] < FALSE_TOPICS)
        .map(|index| TopicStep {
            topic: kept[index],
            points: points(index),
            low: points(index) - margin(index),
            high: points(index) + margin(index),
            coefficient: coefficients[index],
            p_value: corrected[index],
        })
        .collect();
    let rest = score - base - steps.iter().map(|step| step.points).sum::<f64>();
    let r_squared = if total > 0.0 { (explained / total).clamp(0.0, 1.0) } else { 0.0 };
    Some(Additive { score, base, steps, rest, r_squared })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `times` answers each with the given topics and values.
    fn answers(groups: &[(&'static [usize], f64, usize)]) -> Vec<(&'static [usize], f64)> {
        groups
            .iter()
            .flat_map(|&(topics, value, times)| std::iter::repeat_n((topics, value), times))
            .collect()
    }

    #[test]
    fn the_worked_number() {
        let all = answers(&[(&[0], -100.0, 30), (&[0], 100.0, 10), (&[], 100.0, 45), (&[], -100.0, 15)]);
        let found = additive(&Incidence::from_answers(1, all), Confidence::DEFAULT).unwrap();
        let step = found.steps[0];
        for (actual, expected) in [
            (found.score, 10.0),
            (found.base, 50.0),
            (step.coefficient, -100.0),
            (step.points, -40.0),
            (found.rest, 0.0),
        ] {
            assert!((actual - expected).abs() < 1e-9, "{found:?}");
        }
        assert!(step.low < step.points && step.points < step.high && step.high < 0.0);
    }

    #[test]
    fn sums_and_products_say_the_same() {
        let all = answers(&[(&[0], -100.0, 30), (&[0, 1], 100.0, 10), (&[], 100.0, 45), (&[1], 0.0, 15)]);
        let rows: Vec<Vec<f64>> = all
            .iter()
            .map(|(topics, _)| (0..2).map(|topic| f64::from(u8::from(topics.contains(&topic)))).collect())
            .collect();
        let values: Vec<f64> = all.iter().map(|(_, value)| *value).collect();
        let mut sum = Moments::none(3);
        Moments::of_rows(&rows, &values).unwrap().iter().for_each(|row| sum.add(row));
        assert_eq!(Incidence::from_moments(&sum), Incidence::from_answers(2, all));
    }

    #[test]
    fn two_topics_that_overlap_are_not_counted_twice() {
        // The first costs 100 points; the second costs nothing, but mostly comes along with it.
        let all = answers(&[
            (&[], 100.0, 40),
            (&[0], 0.0, 10),
            (&[0, 1], 0.0, 40),
            (&[1], 100.0, 8),
            (&[], 0.0, 1),
            (&[1], 0.0, 1),
        ]);
        let found = additive(&Incidence::from_answers(2, all), Confidence::DEFAULT).unwrap();
        assert_eq!(found.steps.iter().map(|step| step.topic).collect::<Vec<_>>(), [0], "{found:?}");
        assert!(found.rest.abs() < 3.0 && (found.steps[0].points + 48.0).abs() < 3.0, "{found:?}");
    }

    #[test]
    fn topics_that_always_come_together_count_once() {
        let all = answers(&[(&[0, 1], -100.0, 20), (&[], 100.0, 29), (&[], 0.0, 1)]);
        let found = additive(&Incidence::from_answers(2, all), Confidence::DEFAULT).unwrap();
        assert_eq!(found.steps.len(), 1);
        assert!((found.base + found.steps[0].points + found.rest - found.score).abs() < 1e-9);
    }

    #[test]
    fn too_few_answers_are_refused() {
        assert_eq!(
            additive(&Incidence::from_answers(3, answers(&[(&[0], 1.0, 4)])), Confidence::DEFAULT),
            None
        );
        let mut odd = Incidence::from_answers(1, answers(&[(&[0], 1.0, 4)]));
        odd.pairs.clear();
        assert_eq!(additive(&odd, Confidence::DEFAULT), None);
    }
}
