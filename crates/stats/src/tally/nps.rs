//! Answers to «how likely are you to recommend us», 0 to 10, by group.

/// Promoters (9–10), passives (7–8) and detractors (0–6).
///
/// Worked number: 250, 167 and 83 give NPS 33.40. Source: Reichheld 2003; variance as in Rocks 2016.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NpsTally {
    pub promoters: u64,
    pub passives: u64,
    pub detractors: u64,
}

impl NpsTally {
    /// From counts of the answers 0, 1, … 10.
    pub fn from_histogram(counts: &[u64; 11]) -> Self {
        Self {
            promoters: counts[9..].iter().sum(),
            passives: counts[7..9].iter().sum(),
            detractors: counts[..7].iter().sum(),
        }
    }

    /// All answers.
    pub fn n(&self) -> u64 {
        self.promoters + self.passives + self.detractors
    }

    /// 100 · (promoters − detractors) / n, from −100 to 100.
    pub fn value(&self) -> Option<f64> {
        let n = self.n();
        (n > 0).then(|| 100.0 * (self.promoters as f64 - self.detractors as f64) / n as f64)
    }

    /// 100² · v of the adjusted counts (three answers in thought), times n / (n + 3), so that dividing by n gives
    /// the squared standard error of the adjusted Wald interval.
    pub fn unit_variance(&self) -> Option<f64> {
        let (_, se) = self.adjusted()?;
        Some(se * se * self.n() as f64)
    }

    /// Value and standard error from the counts as they are: v = p + d − (p − d)², SE = 100 · √(v / n).
    pub(crate) fn plain(&self) -> Option<(f64, f64)> {
        centre_and_error(self.promoters as f64, self.detractors as f64, self.n() as f64)
    }

    /// The same after adding 0.75 promoters, 1.5 passives and 0.75 detractors (adjusted Wald).
    pub(crate) fn adjusted(&self) -> Option<(f64, f64)> {
        (self.n() > 0).then_some(())?;
        centre_and_error(self.promoters as f64 + 0.75, self.detractors as f64 + 0.75, self.n() as f64 + 3.0)
    }

    pub(super) fn without(self, part: Self) -> Option<Self> {
        Some(Self {
            promoters: self.promoters.checked_sub(part.promoters)?,
            passives: self.passives.checked_sub(part.passives)?,
            detractors: self.detractors.checked_sub(part.detractors)?,
        })
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self {
            promoters: self.promoters + other.promoters,
            passives: self.passives + other.passives,
            detractors: self.detractors + other.detractors,
        }
    }
}

/// NPS and its standard error from counts that need not be whole; `None` unless n is positive.
pub(crate) fn centre_and_error(promoters: f64, detractors: f64, n: f64) -> Option<(f64, f64)> {
    (n > 0.0).then(|| {
        let (p, d) = (promoters / n, detractors / n);
        let variance = (p + d - (p - d).powi(2)).max(0.0);
        (100.0 * (p - d), 100.0 * (variance / n).sqrt())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_falls_into_the_three_groups() {
        let tally = NpsTally::from_histogram(&[1, 1, 1, 1, 1, 1, 1, 10, 10, 100, 100]);
        assert_eq!(tally, NpsTally { promoters: 200, passives: 20, detractors: 7 });
    }

    #[test]
    fn the_worked_number() {
        let tally = NpsTally { promoters: 250, passives: 167, detractors: 83 };
        assert!((tally.value().unwrap() - 33.4).abs() < 1e-9);
        assert_eq!(NpsTally::default().value(), None);
    }
}
