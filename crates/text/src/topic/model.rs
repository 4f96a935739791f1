//! The trained model: weights in bytes, probabilities, and the words that weighed most.

use super::LabelledText;
use super::calibrate::{Settings, softmax};
use super::example::{self, Example, Vocabulary};
use super::features;
use super::folds::Texts;
use super::svm::{Task, Weights};
use crate::Tokens;
use crate::embed::{self, DIMENSIONS, Vector};
use pulp::Arch;
use std::ops::Range;

/// Words that explain an assignment, at most.
const REASONS: usize = 3;

/// A model of topics, made from labelled texts.
pub struct TopicModel {
    pub(super) settings: Settings,
    pub(super) topics: usize,
    pub(super) vocabulary: Vocabulary,
    /// A byte for each topic, row after row: words, then the sentence vector, then the constant.
    pub(super) weights: Vec<i8>,
    /// What a byte of 1 stands for, for each row.
    pub(super) scales: Vec<f32>,
}

/// A topic that the model sees in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The topic's number.
    pub topic: usize,
    /// Probability that it is right, from 0 to 1.
    pub confidence: f32,
    /// Bytes of the words that weighed most, in the order of the text; none where only the text as a whole spoke.
    pub reasons: Vec<Range<usize>>,
}

impl TopicModel {
    /// Learns `topics` topics, and tries on held-out texts how to do it best.
    ///
    /// Texts whose topics are not below `topics` keep those that are. `precision`, from 0 to 1, is what
    /// [`TopicModel::assign`] aims at for each topic. Deterministic.
    pub fn train(texts: &[LabelledText<'_>], topics: usize, precision: f32) -> Self {
        Self::train_each(texts, &vec![precision; topics])
    }

    /// [`TopicModel::train`] of as many topics as there are `precisions`, each aiming at its own.
    pub fn train_each(texts: &[LabelledText<'_>], precisions: &[f32]) -> Self {
        let texts = Texts::read(texts, precisions.len());
        let settings = Settings::choose(&texts, precisions);
        Self::of(&texts, settings)
    }

    /// Learns with the settings of an earlier training: several times as fast, for after a correction.
    pub fn retrain(texts: &[LabelledText<'_>], topics: usize, settings: Settings) -> Self {
        Self::of(&Texts::read(texts, topics), settings)
    }

    fn of(texts: &Texts, settings: Settings) -> Self {
        let vocabulary = Vocabulary::learn(&texts.counts);
        let examples: Vec<Example> = texts
            .counts
            .iter()
            .zip(&texts.vectors)
            .map(|(counts, vector)| vocabulary.example(counts, *vector))
            .collect();
        let weights = Weights::train(&Task {
            examples: &examples.iter().collect::<Vec<_>>(),
            labels: &texts.labels.iter().map(Vec::as_slice).collect::<Vec<_>>(),
            topics: texts.topics,
            rows: vocabulary.len(),
            weight: settings.weight,
        });
        let (weights, scales) = to_bytes(&weights);
        Self { settings, topics: texts.topics, vocabulary, weights, scales }
    }

    /// What the training found out, for [`TopicModel::retrain`].
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Number of topics.
    pub fn topics(&self) -> usize {
        self.topics
    }

    /// For a text of exactly one topic: the probability of each, summing to 1.
    pub fn shares(&self, text: &str) -> Vec<f32> {
        self.shares_at(&Tokens::new(text), &embed::embed(text))
    }

    /// [`TopicModel::shares`] of a text whose words and vector are known.
    pub fn shares_at(&self, tokens: &Tokens, vector: &Vector) -> Vec<f32> {
        softmax(&self.scores(tokens, vector), self.settings.sharpness)
    }

    /// The topics of a text, the surest first; often none.
    pub fn assign(&self, text: &str) -> Vec<Assignment> {
        self.assign_at(&Tokens::new(text), &embed::embed(text))
    }

    /// [`TopicModel::assign`] of a text whose words and vector are known.
    pub fn assign_at(&self, tokens: &Tokens, vector: &Vector) -> Vec<Assignment> {
        let scores = self.scores(tokens, vector);
        let sure =
            scores.iter().zip(&self.settings.thresholds).enumerate().filter_map(|(topic, (score, least))| {
                let confidence = self.settings.probability(topic, *score);
                (confidence >= *least).then_some((topic, confidence))
            });
        let reasons =
            |(topic, confidence)| Assignment { topic, confidence, reasons: self.reasons(tokens, topic) };
        let mut assignments: Vec<Assignment> = sure.map(reasons).collect();
        assignments.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        assignments
    }

    /// For each topic the probability that a text with these words and this vector has it.
    pub fn probabilities_at(&self, tokens: &Tokens, vector: &Vector) -> Vec<f32> {
        let scores = self.scores(tokens, vector);
        (0..).zip(scores).map(|(topic, score)| self.settings.probability(topic, score)).collect()
    }

    fn scores(&self, tokens: &Tokens, vector: &Vector) -> Vec<f32> {
        if self.topics == 0 {
            return Vec::new();
        }
        let example = self.vocabulary.example(&example::count(tokens), *vector);
        let mut scores = vec![0.0; self.topics];
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (row, value) in example.all(self.vocabulary.len(), self.settings.weight) {
                    let value = value * self.scales[row];
                    let weights = &self.weights[row * self.topics..][..self.topics];
                    scores
                        .iter_mut()
                        .zip(weights)
                        .for_each(|(score, weight)| *score += value * f32::from(*weight));
                }
            },
        );
        scores
    }

    /// Bytes of the words that speak most for `topic`.
    fn reasons(&self, tokens: &Tokens, topic: usize) -> Vec<Range<usize>> {
        let example = self.vocabulary.example(&example::count(tokens), [0.0; DIMENSIONS]);
        let mut shares = vec![0.0_f32; tokens.len()];
        features::for_each(tokens, |bucket, words| {
            let Some(row) = self.vocabulary.row(bucket) else { return };
            let Ok(at) = example.sparse.binary_search_by_key(&row, |(row, _)| *row) else { return };
            let row = row as usize;
            let weight = f32::from(self.weights[row * self.topics + topic]) * self.scales[row];
            let share = example.sparse[at].1 * weight / words.len() as f32;
            words.for_each(|word| shares[word] += share);
        });
        let most = shares.iter().copied().fold(0.0, f32::max);
        let mut words: Vec<usize> = (0..shares.len()).filter(|word| shares[*word] > most / 3.0).collect();
        words.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
        words.truncate(REASONS);
        words.sort_unstable();
        words.into_iter().map(|word| tokens.span(word)).collect()
    }
}

/// Bytes with a scale for each row.
fn to_bytes(weights: &Weights) -> (Vec<i8>, Vec<f32>) {
    let rows = weights.values.chunks_exact(weights.topics.max(1));
    let scales: Vec<f32> = rows
        .clone()
        .map(|row| row.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs())) / 127.0)
        .collect();
    let byte = |weight: f32, scale: f32| if scale > 0.0 { (weight / scale).round() as i8 } else { 0 };
    let bytes = rows
        .zip(&scales)
        .flat_map(|(row, scale)| row.iter().map(move |weight| byte(*weight, *scale)))
        .collect();
    (bytes, scales)
}
