//! Linear support vector machines, one for each topic against all others, trained together.
//!
//! Dual coordinate descent for the squared hinge loss (Hsieh et al., A Dual Coordinate Descent Method for Large-scale
//! Linear SVM, 2008): minimise ½‖w‖² + C Σ max(0, 1 − y w·x)². The texts are visited in one order for all topics, so
//! that a text's product with all weights is one walk over contiguous numbers.

use super::example::Example;
use crate::embed::DIMENSIONS;
use pulp::Arch;

/// C, the price of a text on the wrong side.
const PRICE: f32 = 1.0;

/// Visits to all texts at most; and the largest violation of optimality at which it stops earlier.
const ROUNDS: usize = 30;
const TOLERANCE: f32 = 0.1;

/// Weights: for each row those of all topics, the rows of the sentence vector and the constant last.
pub(super) struct Weights {
    pub topics: usize,
    pub values: Vec<f32>,
}

/// What to train on.
pub(super) struct Task<'a> {
    pub examples: &'a [&'a Example],
    /// The topics of each example.
    pub labels: &'a [&'a [usize]],
    pub topics: usize,
    /// Rows of the vocabulary.
    pub rows: usize,
    /// How much the sentence vector weighs beside the words.
    pub weight: f32,
}

impl Weights {
    /// Trains; the same task gives the same weights.
    pub fn train(task: &Task<'_>) -> Self {
        let mut weights =
            Self { topics: task.topics, values: vec![0.0; (task.rows + DIMENSIONS + 1) * task.topics] };
        Arch::new().dispatch(
            #[inline(always)]
            || weights.descend(task),
        );
        weights
    }

    #[inline(always)]
    fn descend(&mut self, task: &Task<'_>) {
        let topics = task.topics;
        let mut order: Vec<usize> = (0..task.examples.len()).collect();
        let mut duals = vec![0.0_f32; task.examples.len() * topics];
        let mut state =
            Step { signs: vec![0.0; topics], scores: vec![0.0; topics], changes: vec![0.0; topics] };
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..ROUNDS {
            shuffle(&mut order, &mut random);
            let mut worst = 0.0_f32;
            for &number in &order {
                let example = task.examples[number];
                state.signs.fill(-1.0);
                task.labels[number].iter().for_each(|topic| state.signs[*topic] = 1.0);
                self.score(example, task, &mut state.scores);
                let square = example.square(task.weight) + 1.0;
                let violation = state.improve(&mut duals[number * topics..][..topics], square);
                if violation > 0.0 {
                    self.add(example, task, &state.changes);
                    worst = worst.max(violation);
                }
            }
            if worst < TOLERANCE {
                break;
            }
        }
    }

    #[inline(always)]
    fn score(&self, example: &Example, task: &Task<'_>, scores: &mut [f32]) {
        scores.fill(0.0);
        for (row, value) in example.all(task.rows, task.weight) {
            let weights = &self.values[row * task.topics..][..task.topics];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += value * weight);
        }
    }

    #[inline(always)]
    fn add(&mut self, example: &Example, task: &Task<'_>, changes: &[f32]) {
        for (row, value) in example.all(task.rows, task.weight) {
            let weights = &mut self.values[row * task.topics..][..task.topics];
            weights.iter_mut().zip(changes).for_each(|(weight, change)| *weight += value * change);
        }
    }

    /// The scores of an example for all topics.
    pub fn scores(&self, example: &Example, task: &Task<'_>) -> Vec<f32> {
        let mut scores = vec![0.0; task.topics];
        self.score(example, task, &mut scores);
        scores
    }
}

/// One text's part in the descent, a number for each topic.
struct Step {
    /// 1 for the text's own topics, else −1.
    signs: Vec<f32>,
    scores: Vec<f32>,
    /// What to add to the weights, times the text's values.
    changes: Vec<f32>,
}

impl Step {
    /// Sets the text's dual variables to their best values; returns how far the worst was off.
    #[inline(always)]
    fn improve(&mut self, duals: &mut [f32], square: f32) -> f32 {
        let diagonal = 0.5 / PRICE;
        let divisor = (square + diagonal).recip();
        let mut worst = 0.0_f32;
        let signs = self.signs.iter().zip(&self.scores);
        for (((sign, score), dual), change) in signs.zip(duals).zip(&mut self.changes) {
            let gradient = sign * score - 1.0 + diagonal * *dual;
            let better = (*dual - gradient * divisor).max(0.0);
            let step = better - *dual;
            *change = step * sign;
            *dual = better;
            worst = worst.max(step.abs());
        }
        worst
    }
}

/// A random order (Fisher and Yates; xorshift).
pub(crate) fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(last, (*random % (last as u64 + 1)) as usize);
    }
}
