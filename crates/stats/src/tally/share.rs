//! Answers of which some are «hits»: satisfied ones, complaints, customers who contacted us.

/// `hits` among `n`; a hit count above n is read as n.
///
/// Worked number: 45 of 60 give 0.75.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShareTally {
    pub hits: u64,
    pub n: u64,
}

impl ShareTally {
    /// hits / n, from 0 to 1.
    pub fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| self.hits() / self.n as f64)
    }

    /// p (1 − p) of the counts after adding one hit and one miss (Agresti and Caffo 2000), times n / (n + 2), so that
    /// it never vanishes when all answers agree.
    pub fn unit_variance(&self) -> Option<f64> {
        let (_, se) = self.adjusted()?;
        Some(se * se * self.n as f64)
    }

    pub(crate) fn hits(&self) -> f64 {
        self.hits.min(self.n) as f64
    }

    /// Centre and standard error after adding one hit and one miss.
    pub(crate) fn adjusted(&self) -> Option<(f64, f64)> {
        (self.n > 0).then(|| {
            let n = self.n as f64 + 2.0;
            let p = (self.hits() + 1.0) / n;
            (p, (p * (1.0 - p) / n).sqrt())
        })
    }

    pub(super) fn without(self, part: Self) -> Option<Self> {
        Some(Self { hits: self.hits.checked_sub(part.hits)?, n: self.n.checked_sub(part.n)? })
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self { hits: self.hits + other.hits, n: self.n + other.n }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        assert_eq!(ShareTally { hits: 45, n: 60 }.value(), Some(0.75));
        assert_eq!(ShareTally { hits: 9, n: 3 }.value(), Some(1.0));
        assert_eq!(ShareTally::default().value(), None);
    }

    #[test]
    fn unanimity_is_not_certainty() {
        assert!(ShareTally { hits: 20, n: 20 }.unit_variance().unwrap() > 0.0);
    }
}
