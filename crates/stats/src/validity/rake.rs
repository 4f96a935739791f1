//! Weights that give a sample the make-up of the customer base.

/// Weights are cut to this many times their mean, so that one answer does not speak for a crowd.
pub const LARGEST_WEIGHT: f64 = 5.0;

const ROUNDS: usize = 200;
/// How near the weighted shares must come to those of the base.
const TOLERANCE: f64 = 1e-6;

/// One dimension of the base: the customers of each of its levels, in any unit.
pub type Margin = Vec<f64>;

/// The weights found.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// For each cell, the weight of each of its answers; the mean over answers is 1.
    pub weights: Vec<f64>,
    /// (Σw)² / Σw² over all answers.
    pub n_eff: f64,
    /// The largest difference that is left between a weighted share and that of the base.
    pub largest_gap: f64,
    /// Whether weights were cut at [`LARGEST_WEIGHT`]; the shares are then only approached.
    pub trimmed: bool,
}

/// Why there are no weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RakeError {
    /// No answers, no dimension, or a base that is nothing or negative.
    Empty,
    /// A cell names a level that the base does not have, or has another number of dimensions.
    UnknownLevel,
    /// A level of the base from which nobody answered: no weight can speak for it. Merge it with another level.
    NobodyAnswered { dimension: usize, level: usize },
}

/// Weights for groups whose sizes in the base are known: (base share) / (sample share), cut at [`LARGEST_WEIGHT`].
///
/// Source: post-stratification, Holt and Smith 1979. Worked number: 60, 30, 10 answers against bases of 50, 30, 20 →
/// weights 0.833, 1, 2, n_eff 89.6.
///
/// # Errors
/// As [`rake`].
pub fn cell_weights(answers: &[u64], base: &[f64]) -> Result<Raked, RakeError> {
    let cells: Vec<(Vec<usize>, u64)> =
        answers.iter().enumerate().map(|(level, n)| (vec![level], *n)).collect();
    rake(&cells, &[base.to_vec()])
}

/// Raking (iterative proportional fitting): the weights are scaled to one dimension's shares after the other until
/// all agree with the base. `cells` are the combinations of levels that occur, each with its answers.
///
/// Source: Deming and Stephan 1940. Worked number: cells 40, 20, 10, 30 of sex × age against shares ½, ½ and 0.4,
/// 0.6: the weighted margins are those shares.
///
/// # Errors
/// [`RakeError`] names what makes weights impossible.
pub fn rake(cells: &[(Vec<usize>, u64)], margins: &[Margin]) -> Result<Raked, RakeError> {
    let shares = shares(margins)?;
    let n: u64 = cells.iter().map(|(_, answers)| answers).sum();
    if n == 0 {
        return Err(RakeError::Empty);
    }
    let fits = |levels: &[usize]| {
        levels.len() == shares.len() && levels.iter().zip(&shares).all(|(level, share)| *level < share.len())
    };
    if !cells.iter().all(|(levels, _)| fits(levels)) {
        return Err(RakeError::UnknownLevel);
    }
    check_answered(cells, &shares)?;
    let mut raking = Raking { cells, n: n as f64, weights: vec![1.0; cells.len()], trimmed: false };
    for _ in 0..ROUNDS {
        for (dimension, share) in shares.iter().enumerate() {
            raking.fit(dimension, share);
        }
        raking.trim();
        if raking.gap(&shares) < TOLERANCE {
            break;
        }
    }
    let largest_gap = raking.gap(&shares);
    let each = cells.iter().zip(&raking.weights).map(|((_, answers), weight)| (*answers as f64, *weight));
    let (sum, squares) = each.fold((0.0, 0.0), |(sum, squares), (n, w)| (sum + n * w, squares + n * w * w));
    let n_eff = if squares > 0.0 { sum * sum / squares } else { 0.0 };
    Ok(Raked { weights: raking.weights, n_eff, largest_gap, trimmed: raking.trimmed })
}

struct Raking<'a> {
    cells: &'a [(Vec<usize>, u64)],
    n: f64,
    weights: Vec<f64>,
    trimmed: bool,
}

impl Raking<'_> {
    /// The weighted shares of a dimension's levels.
    fn margin(&self, dimension: usize, levels: usize) -> Vec<f64> {
        let mut sums = vec![0.0; levels];
        for ((place, answers), weight) in self.cells.iter().zip(&self.weights) {
            sums[place[dimension]] += weight * *answers as f64;
        }
        let total: f64 = sums.iter().sum();
        sums.iter().map(|sum| sum / total).collect()
    }

    fn fit(&mut self, dimension: usize, share: &[f64]) {
        let seen = self.margin(dimension, share.len());
        for ((place, _), weight) in self.cells.iter().zip(&mut self.weights) {
            let level = place[dimension];
            if seen[level] > 0.0 {
                *weight *= share[level] / seen[level];
            }
        }
    }

    /// Brings the mean to 1 and cuts what is too large.
    fn trim(&mut self) {
        let total: f64 = self.cells.iter().zip(&self.weights).map(|((_, n), w)| w * *n as f64).sum();
        for weight in &mut self.weights {
            *weight *= self.n / total;
            if *weight > LARGEST_WEIGHT {
                *weight = LARGEST_WEIGHT;
                self.trimmed = true;
            }
        }
    }

    fn gap(&self, shares: &[Vec<f64>]) -> f64 {
        let gaps = shares.iter().enumerate().flat_map(|(dimension, share)| {
            let seen = self.margin(dimension, share.len());
            seen.into_iter().zip(share).map(|(seen, share)| (seen - share).abs()).collect::<Vec<_>>()
        });
        gaps.fold(0.0, f64::max)
    }
}

fn shares(margins: &[Margin]) -> Result<Vec<Vec<f64>>, RakeError> {
    let share = |margin: &Margin| {
        let total: f64 = margin.iter().sum();
        let sound = total > 0.0 && total.is_finite() && margin.iter().all(|customers| *customers >= 0.0);
        sound.then(|| margin.iter().map(|customers| customers / total).collect())
    };
    let shares: Option<Vec<Vec<f64>>> = margins.iter().map(share).collect();
    shares.filter(|shares| !shares.is_empty()).ok_or(RakeError::Empty)
}

fn check_answered(cells: &[(Vec<usize>, u64)], shares: &[Vec<f64>]) -> Result<(), RakeError> {
    for (dimension, share) in shares.iter().enumerate() {
        for level in (0..share.len()).filter(|level| share[*level] > 0.0) {
            if !cells.iter().any(|(place, answers)| place[dimension] == level && *answers > 0) {
                return Err(RakeError::NobodyAnswered { dimension, level });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::effective_answers;

    #[test]
    fn the_worked_number_of_cells() {
        let found = cell_weights(&[60, 30, 10], &[50.0, 30.0, 20.0]).unwrap();
        for (actual, expected) in found.weights.iter().zip([5.0 / 6.0, 1.0, 2.0]) {
            assert!((actual - expected).abs() < 1e-9, "{found:?}");
        }
        let each = [(60, 5.0 / 6.0), (30, 1.0), (10, 2.0)];
        let weights = each.iter().flat_map(|&(n, weight)| std::iter::repeat_n(weight, n));
        assert!((found.n_eff - effective_answers(weights).unwrap()).abs() < 1e-9);
        assert!(!found.trimmed && found.largest_gap < TOLERANCE);
    }

    #[test]
    fn raked_margins_are_those_of_the_base() {
        let cells = [(vec![0, 0], 40), (vec![0, 1], 20), (vec![1, 0], 10), (vec![1, 1], 30)];
        let found = rake(&cells, &[vec![1.0, 1.0], vec![4.0, 6.0]]).unwrap();
        assert!(found.largest_gap < TOLERANCE && found.n_eff < 100.0 && !found.trimmed, "{found:?}");
        let mean: f64 =
            cells.iter().zip(&found.weights).map(|((_, n), w)| *n as f64 * w).sum::<f64>() / 100.0;
        assert!((mean - 1.0).abs() < 1e-6);
    }

    #[test]
    fn no_answer_speaks_for_a_crowd() {
        let found = cell_weights(&[990, 10], &[1.0, 1.0]).unwrap();
        assert!(found.trimmed && found.weights[1] <= LARGEST_WEIGHT + 1e-9 && found.largest_gap > 0.1);
    }

    #[test]
    fn what_has_no_weights_says_why() {
        assert_eq!(
            cell_weights(&[10, 0], &[1.0, 1.0]),
            Err(RakeError::NobodyAnswered { dimension: 0, level: 1 })
        );
        assert_eq!(cell_weights(&[10, 5], &[1.0]), Err(RakeError::UnknownLevel));
        assert_eq!(cell_weights(&[0, 0], &[1.0, 1.0]), Err(RakeError::Empty));
        assert_eq!(rake(&[(vec![], 4)], &[]), Err(RakeError::Empty));
        assert_eq!(cell_weights(&[10, 5], &[0.0, 0.0]), Err(RakeError::Empty));
    }
}
