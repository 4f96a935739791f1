//! What scores are worth: the weight of the sentence vector, probabilities and thresholds, from held-out scores.

use super::folds::{self, HeldOut, Texts};

/// Weights of the sentence vector that are tried: words alone are among them, so that it never does harm.
const WEIGHTS: [f32; 3] = [0.0, 1.0, 2.5];

/// The smallest weight is taken that gets right all but this share of the held-out texts that the best one does.
const NEARLY: f32 = 0.005;

/// Texts above a threshold that a topic's precision is read from, at least.
const ENOUGH: usize = 10;

/// The lowest threshold, as a share of the precision asked: few texts tell little about low probabilities.
const LOWEST: f32 = 0.5;

const NEWTON_STEPS: usize = 30;

/// What a training found out about its texts; a later training on nearly the same texts can do without.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How much the sentence vector weighs beside the words: 0, 1 or 2.5.
    pub weight: f32,
    /// Scores are multiplied by this before they compete for a single topic (softmax).
    pub sharpness: f32,
    /// The probability of one topic among several is 1 / (1 + exp(−slope × score − offset)).
    pub slope: f32,
    /// See `slope`; one for each topic, for rare topics score lower than frequent ones.
    pub offsets: Vec<f32>,
    /// For each topic the probability from which on the asked precision is kept.
    pub thresholds: Vec<f32>,
}

impl Settings {
    /// Chooses by texts held out of trainings. A precision of 0.8 asks that four of five assignments be right.
    pub(super) fn choose(texts: &Texts, precisions: &[f32]) -> Self {
        let scored = folds::score(texts, &WEIGHTS);
        let right = |held_out: &Vec<HeldOut>| held_out.iter().filter(|item| is_right(texts, item)).count();
        let right: Vec<usize> = scored.iter().map(right).collect();
        let most = right.iter().copied().max().unwrap_or(0) as f32;
        let enough = most - NEARLY * scored[0].len() as f32;
        let best = right.iter().position(|right| *right as f32 >= enough).unwrap_or(0);
        let held_out = &scored[best];
        let (slope, offset) = logistic(texts, held_out);
        let mut settings = Self {
            weight: WEIGHTS[best],
            sharpness: sharpness(texts, held_out),
            slope,
            offsets: (0..texts.topics)
                .map(|topic| own_offset(texts, held_out, topic, slope, offset))
                .collect(),
            thresholds: Vec::new(),
        };
        settings.thresholds = (0..texts.topics)
            .map(|topic| settings.threshold(texts, held_out, topic, precisions[topic]))
            .collect();
        settings
    }

    /// The probability that a text with this score for a topic has that topic.
    pub(super) fn probability(&self, topic: usize, score: f32) -> f32 {
        1.0 / (1.0 + (-self.slope * score - self.offsets[topic]).exp())
    }

    /// The lowest probability from which on enough held-out texts have the topic with at least `precision`; the
    /// precision itself where too few texts tell.
    fn threshold(&self, texts: &Texts, held_out: &[HeldOut], topic: usize, precision: f32) -> f32 {
        let item = |item: &HeldOut| (item.scores[topic], texts.labels[item.number].contains(&topic));
        let mut items: Vec<(f32, bool)> = held_out.iter().map(item).collect();
        items.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut right, mut lowest) = (0, None);
        for (above, (score, has)) in (1..).zip(&items) {
            right += usize::from(*has);
            if above >= ENOUGH && right as f32 >= precision * above as f32 {
                lowest = Some(self.probability(topic, *score));
            }
        }
        lowest.map_or(precision, |lowest| lowest.max(LOWEST * precision))
    }
}

/// Is the best topic one of the text's?
fn is_right(texts: &Texts, item: &HeldOut) -> bool {
    let best = (0..item.scores.len()).max_by(|a, b| item.scores[*a].total_cmp(&item.scores[*b]));
    let labels = &texts.labels[item.number];
    best.is_some_and(|best| labels.contains(&best) || labels.is_empty() && item.scores[best] < 0.0)
}

/// The factor of scores that makes the softmax of the right topic's likeliest: temperature scaling, by golden section.
fn sharpness(texts: &Texts, held_out: &[HeldOut]) -> f32 {
    let loss = |factor: f32| -> f64 {
        let item = |item: &HeldOut| {
            let topic = texts.labels[item.number].first()?;
            Some(-f64::from(softmax(&item.scores, factor)[*topic].max(1e-9)).ln())
        };
        held_out.iter().filter_map(item).sum()
    };
    let golden = 0.618_034_f32;
    let (mut low, mut high) = (0.1_f32.ln(), 50.0_f32.ln());
    for _ in 0..24 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if loss(a.exp()) < loss(b.exp()) { high = b } else { low = a }
    }
    ((low + high) / 2.0).exp()
}

/// Slope and offset that make the held-out scores' probabilities likeliest (Platt), by Newton's method.
fn logistic(texts: &Texts, held_out: &[HeldOut]) -> (f32, f32) {
    let goal = Goal::of(
        held_out
            .iter()
            .flat_map(|item| (0..item.scores.len()).map(|topic| texts.labels[item.number].contains(&topic))),
    );
    let (mut slope, mut offset) = (2.0_f64, 0.0_f64);
    for _ in 0..NEWTON_STEPS {
        let (mut g, mut h) = ([0.0; 2], [1e-6, 0.0, 1e-6]);
        for item in held_out {
            for (topic, score) in item.scores.iter().enumerate() {
                let score = f64::from(*score);
                let has = goal.at(texts.labels[item.number].contains(&topic));
                let p = 1.0 / (1.0 + (-slope * score - offset).exp());
                let q = (p * (1.0 - p)).max(1e-9);
                g = [g[0] + (p - has) * score, g[1] + p - has];
                h = [h[0] + q * score * score, h[1] + q * score, h[2] + q];
            }
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        if determinant <= 0.0 {
            break;
        }
        slope = (slope - (h[2] * g[0] - h[1] * g[1]) / determinant).clamp(0.1, 20.0);
        offset = (offset - (h[0] * g[1] - h[1] * g[0]) / determinant).clamp(-10.0, 10.0);
    }
    (slope as f32, offset as f32)
}

/// The offset of one topic: the shared one, moved as far as the topic's own held-out texts insist (Newton's method with a
/// normal prior of width [`OWN_WIDTH`]).
fn own_offset(texts: &Texts, held_out: &[HeldOut], topic: usize, slope: f32, shared: f32) -> f32 {
    let goal = Goal::of(held_out.iter().map(|item| texts.labels[item.number].contains(&topic)));
    let mut moved = 0.0_f64;
    for _ in 0..NEWTON_STEPS {
        let prior = 1.0 / (OWN_WIDTH * OWN_WIDTH);
        let (mut g, mut h) = (moved * prior, prior);
        for item in held_out {
            let has = goal.at(texts.labels[item.number].contains(&topic));
            let score = f64::from(slope * item.scores[topic] + shared);
            let p = 1.0 / (1.0 + (-score - moved).exp());
            (g, h) = (g + p - has, h + p * (1.0 - p));
        }
        moved = (moved - g / h).clamp(-6.0, 6.0);
    }
    shared + moved as f32
}

/// How far the offset of a topic may well be from the shared one.
const OWN_WIDTH: f64 = 1.0;

/// What the probabilities of texts with and without a topic are drawn to: not quite 1 and 0, for a few texts do not make
/// anything certain (Platt's targets, (n + 1) / (n + 2) and 1 / (n + 2)).
struct Goal {
    with: f64,
    without: f64,
}

impl Goal {
    fn of(labels: impl Iterator<Item = bool>) -> Self {
        let (mut with, mut without) = (0.0, 0.0);
        labels.for_each(|has| if has { with += 1.0 } else { without += 1.0 });
        Self { with: (with + 1.0) / (with + 2.0), without: 1.0 / (without + 2.0) }
    }

    fn at(&self, has: bool) -> f64 {
        if has { self.with } else { self.without }
    }
}

/// Shares that sum to 1.
pub(super) fn softmax(scores: &[f32], factor: f32) -> Vec<f32> {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| ((score - largest) * factor).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
