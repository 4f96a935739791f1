//! Whole-number scores on a bounded scale, such as 1 to 5, as sums that add up.

/// How many scores, their sum, the sum of their squares, and the ends of the scale.
///
/// Worked number: the scores 1, 2, 4, 5 have mean 3 and sample variance 10 / 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScoreTally {
    pub n: u64,
    pub sum: u64,
    pub sum_squares: u64,
    /// The lowest score that the scale allows.
    pub lowest: u64,
    /// The highest score that the scale allows.
    pub highest: u64,
}

impl ScoreTally {
    /// From counts of the scores `lowest`, `lowest` + 1, …; the length of `counts` is the length of the scale.
    pub fn from_histogram(lowest: u64, counts: &[u64]) -> Self {
        let highest = lowest + counts.len().saturating_sub(1) as u64;
        let empty = Self { lowest, highest, ..Self::default() };
        counts.iter().zip(lowest..).fold(empty, |tally, (count, score)| Self {
            n: tally.n + count,
            sum: tally.sum + count * score,
            sum_squares: tally.sum_squares + count * score * score,
            ..tally
        })
    }

    /// The mean score.
    pub fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64)
    }

    /// Sample variance, divided by n − 1; 0 when all agree. `None` below two answers.
    pub fn sample_variance(&self) -> Option<f64> {
        (self.n > 1).then(|| {
            let (n, sum) = (self.n as f64, self.sum as f64);
            ((self.sum_squares as f64 - sum * sum / n) / (n - 1.0)).max(0.0)
        })
    }

    /// Sample variance (divided by n − 1), but at least 1 / n: as if one answer of the n were a step away from the
    /// rest. Without that floor ten equal answers would claim a mean known exactly. `None` below two answers.
    pub fn unit_variance(&self) -> Option<f64> {
        self.sample_variance().map(|variance| variance.max(1.0 / self.n as f64))
    }

    pub(super) fn without(self, part: Self) -> Option<Self> {
        Some(Self {
            n: self.n.checked_sub(part.n)?,
            sum: self.sum.checked_sub(part.sum)?,
            sum_squares: self.sum_squares.checked_sub(part.sum_squares)?,
            ..self
        })
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            sum_squares: self.sum_squares + other.sum_squares,
            lowest: self.lowest.min(other.lowest),
            highest: self.highest.max(other.highest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        let tally = ScoreTally::from_histogram(1, &[1, 1, 0, 1, 1]);
        assert_eq!(tally, ScoreTally { n: 4, sum: 12, sum_squares: 46, lowest: 1, highest: 5 });
        assert_eq!(tally.value(), Some(3.0));
        assert!((tally.unit_variance().unwrap() - 10.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn unanimity_is_not_certainty() {
        let tally = ScoreTally::from_histogram(1, &[0, 0, 0, 0, 10]);
        assert_eq!(tally.unit_variance(), Some(0.1));
    }

    #[test]
    fn one_score_has_a_mean_but_no_variance() {
        let tally = ScoreTally::from_histogram(1, &[0, 1, 0, 0, 0]);
        assert_eq!((tally.value(), tally.unit_variance()), (Some(2.0), None));
    }
}
