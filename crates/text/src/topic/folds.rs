//! Scores of texts that the model which scores them has not seen.

use super::example::{self, Example, Vocabulary};
use super::svm::{Task, Weights};
use crate::embed::Vector;

/// Parts that the texts are dealt into; each is scored by a model of the others.
const FOLDS: usize = 3;

/// Of more texts than this only the first part is scored.
const MANY_TEXTS: usize = 3_000;

/// What all trainings on the same texts share.
pub(super) struct Texts {
    pub counts: Vec<Vec<(u32, u32)>>,
    pub vectors: Vec<Vector>,
    pub labels: Vec<Vec<usize>>,
    pub topics: usize,
}

/// A held-out text: its number and its scores for all topics.
pub(super) struct HeldOut {
    pub number: usize,
    pub scores: Vec<f32>,
}

/// Scores for each of `weights`, by models that weigh the sentence vector so.
pub(super) fn score(texts: &Texts, weights: &[f32]) -> Vec<Vec<HeldOut>> {
    let fold_of = deal(texts);
    let folds = if texts.labels.len() > MANY_TEXTS { 1 } else { FOLDS };
    let mut scored: Vec<Vec<HeldOut>> = weights.iter().map(|_| Vec::new()).collect();
    for fold in 0..folds {
        let (out, seen): (Vec<usize>, Vec<usize>) =
            (0..fold_of.len()).partition(|text| fold_of[*text] == fold);
        let counts: Vec<_> = seen.iter().map(|text| texts.counts[*text].clone()).collect();
        let vocabulary = Vocabulary::learn(&counts);
        let example = |text: &usize| vocabulary.example(&texts.counts[*text], texts.vectors[*text]);
        let examples: Vec<Example> = seen.iter().map(example).collect();
        let held_out: Vec<Example> = out.iter().map(example).collect();
        let labels: Vec<&[usize]> = seen.iter().map(|text| &texts.labels[*text][..]).collect();
        for (weight, scored) in weights.iter().zip(&mut scored) {
            let task = Task {
                examples: &examples.iter().collect::<Vec<_>>(),
                labels: &labels,
                topics: texts.topics,
                rows: vocabulary.len(),
                weight: *weight,
            };
            let model = Weights::train(&task);
            let scores = |(number, example): (&usize, &Example)| HeldOut {
                number: *number,
                scores: model.scores(example, &task),
            };
            scored.extend(out.iter().zip(&held_out).map(scores));
        }
    }
    scored
}

/// The fold of each text: the texts of each topic (its first) are dealt in turn.
fn deal(texts: &Texts) -> Vec<usize> {
    let mut next = vec![0; texts.topics + 1];
    let deal = |labels: &Vec<usize>| {
        let turn = &mut next[labels.first().copied().unwrap_or(texts.topics)];
        *turn += 1;
        *turn % FOLDS
    };
    texts.labels.iter().map(deal).collect()
}

impl Texts {
    pub fn read(texts: &[super::LabelledText<'_>], topics: usize) -> Self {
        let tokens = texts.iter().map(|labelled| crate::Tokens::new(labelled.text));
        let counts = tokens.map(|tokens| example::count(&tokens)).collect();
        let vectors = crate::embed_all(&texts.iter().map(|labelled| labelled.text).collect::<Vec<_>>());
        let known = |labelled: &super::LabelledText<'_>| {
            labelled.topics.iter().copied().filter(|topic| *topic < topics).collect()
        };
        let labels = texts.iter().map(known).collect();
        Self { counts, vectors, labels, topics }
    }
}
