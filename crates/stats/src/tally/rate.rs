//! Events over what they could have happened to: claims per thousand customers, contacts per day.

/// Events counted, and the exposure in the unit in which the rate is quoted (thousands of customers for claims per
/// thousand).
///
/// Worked number: 30 claims among 12 thousand customers give 2.5 per thousand.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RateTally {
    pub events: u64,
    pub exposure: f64,
}

impl RateTally {
    /// events / exposure; `None` unless the exposure is positive.
    pub fn value(&self) -> Option<f64> {
        (self.exposure > 0.0).then(|| self.events as f64 / self.exposure)
    }

    /// Poisson variance of the events in one unit of exposure, with half an event added so that a count of zero does
    /// not claim certainty.
    pub fn unit_variance(&self) -> Option<f64> {
        (self.exposure > 0.0).then(|| (self.events as f64 + 0.5) / self.exposure)
    }

    pub(super) fn without(self, part: Self) -> Option<Self> {
        let exposure = self.exposure - part.exposure;
        (exposure >= 0.0).then_some(())?;
        Some(Self { events: self.events.checked_sub(part.events)?, exposure })
    }

    pub(super) fn merge(self, other: Self) -> Self {
        Self { events: self.events + other.events, exposure: self.exposure + other.exposure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        assert_eq!(RateTally { events: 30, exposure: 12.0 }.value(), Some(2.5));
        assert_eq!(RateTally { events: 30, exposure: 0.0 }.value(), None);
    }

    #[test]
    fn no_event_is_not_certainty() {
        assert_eq!(RateTally { events: 0, exposure: 2.0 }.unit_variance(), Some(0.25));
    }
}
