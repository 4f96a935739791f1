//! Logistic regression over three classes, for the dense and for the hashed part alike.
//!
//! Stochastic descent with steps of its own for each weight (AdaGrad; Duchi, Hazan and Singer, 2011). Weights are pulled
//! to where they start: to zero in a first training, to the shipped ones when a company adds its own labels.

pub(super) const CLASSES: usize = 3;

/// Weights of a row, one for each class.
pub(super) type Row = [f32; CLASSES];

/// How to descend.
#[derive(Clone, Copy)]
pub(super) struct Descent {
    pub rounds: usize,
    pub step: f32,
    /// How strongly weights are pulled to where they start.
    pub pull: f32,
}

/// Trains from `start` on: `values` gives a text's rows, `classes` its class and how much it counts.
pub(super) fn descend<I: Iterator<Item = (usize, f32)>>(
    start: &[Row],
    classes: &[(usize, f32)],
    descent: Descent,
    values: impl Fn(usize) -> I,
) -> Vec<Row> {
    let mut weights = start.to_vec();
    let mut squares = vec![[1e-6_f32; CLASSES]; start.len()];
    let mut order: Vec<usize> = (0..classes.len()).collect();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..descent.rounds {
        crate::topic::shuffle(&mut order, &mut random);
        for &number in &order {
            let (class, counts) = classes[number];
            let mut errors = softmax(scores(&weights, values(number)));
            errors[class] -= 1.0;
            for (row, value) in values(number) {
                for own in 0..CLASSES {
                    let pull = descent.pull * (weights[row][own] - start[row][own]);
                    let gradient = counts * errors[own] * value + pull;
                    squares[row][own] += gradient * gradient;
                    weights[row][own] -= descent.step * gradient / squares[row][own].sqrt();
                }
            }
        }
    }
    weights
}

pub(super) fn scores(weights: &[Row], values: impl Iterator<Item = (usize, f32)>) -> Row {
    let mut scores = [0.0; CLASSES];
    for (row, value) in values {
        scores.iter_mut().zip(weights[row]).for_each(|(score, weight)| *score += value * weight);
    }
    scores
}

pub(super) fn softmax(scores: Row) -> Row {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = scores.map(|score| (score - largest).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
