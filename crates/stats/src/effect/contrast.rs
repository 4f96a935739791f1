//! The sum of two or four groups' places, each with its sign, that is the effect.

use super::dispersion::{Dispersion, whole};
use super::running::{anytime_quantile, planned_quantile};
use super::scale::Place;
use super::{Arm, MoreNeeded, Obstacle, Phases, Trial, Unit};
use crate::{Confidence, Estimate, Tally};

/// Answers that each group must have in each period: below, skewed distributions make the interval wrong.
pub const MINIMUM_ANSWERS: u64 = 30;

/// Events that a rate must have in each group, before and after together.
pub const MINIMUM_EVENTS: u64 = 10;

/// One group (the treated or the control) before and after.
struct Change {
    before: (Tally, Place),
    after: (Tally, Place),
}

/// The effect on the scale of its unit.
pub(super) struct Contrast {
    plain: f64,
    centre: f64,
    /// Variance that waiting cannot lessen: that of the periods before.
    fixed: f64,
    /// Variance of the periods after.
    growing: f64,
    quantile: f64,
    /// Degrees of freedom of the scatter of the weeks; `None` where it is not known.
    freedom: Option<f64>,
    treated: Change,
    control: Option<Change>,
}

impl Trial {
    /// All its groups in all periods.
    pub(super) fn arms(&self) -> impl Iterator<Item = &Arm> {
        [Some(&self.treated), self.control.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|group| [&group.before, &group.after])
    }
}

impl Contrast {
    /// `Err` when a group has no data, or per cent cannot be taken of it.
    pub(super) fn new(
        trial: &Trial,
        unit: Unit,
        scatter: Option<Dispersion>,
        confidence: Confidence,
    ) -> Result<Self, Obstacle> {
        let treated = Change::new(&trial.treated, unit)?;
        let control = trial.control.as_ref().map(|control| Change::new(control, unit)).transpose()?;
        let sum = |of: fn(&Change) -> f64| of(&treated) + control.as_ref().map_or(0.0, of);
        let difference = |of: fn(&Change) -> f64| of(&treated) - control.as_ref().map_or(0.0, of);
        let inflation = scatter.map_or(1.0, |scatter| scatter.inflation);
        Ok(Self {
            plain: difference(|change| change.after.1.plain - change.before.1.plain),
            centre: difference(|change| change.after.1.centre - change.before.1.centre),
            fixed: inflation * sum(|change| change.before.1.variance),
            growing: inflation * sum(|change| change.after.1.variance),
            quantile: scatter.map_or(confidence.z(), |scatter| confidence.t(scatter.freedom)),
            freedom: scatter.map(|scatter| scatter.freedom),
            treated,
            control,
        })
    }

    /// The effect in its unit. What is shown is that of the plain counts, or of the adjusted ones where a count of
    /// zero leaves no ratio.
    pub(super) fn estimate(&self, unit: Unit) -> Estimate {
        let shown = if self.plain.is_nan() || self.plain == f64::INFINITY { self.centre } else { self.plain };
        let se = (self.fixed + self.growing).sqrt();
        let margin = self.quantile * se;
        let ends = (unit.back(self.centre - margin), unit.back(self.centre + margin));
        let n = self.changes().map(|change| change.before.0.n() + change.after.0.n()).sum();
        let reach: f64 = self.changes().map(|change| unit.reach(&change.after.0)).sum();
        Estimate::within(unit.back(shown), ends, (-reach, reach), unit.slope(self.centre) * se, n)
    }

    /// The same contrast with an interval that holds at every look.
    pub(super) fn at_each_look(self, part: Option<f64>, length: f64, confidence: Confidence) -> Self {
        let variance = self.fixed + self.growing;
        let quantile = match part {
            Some(part) => {
                let planned = self.fixed + self.growing * part;
                planned_quantile(planned / variance, self.freedom, confidence)
            }
            None => anytime_quantile(length * length / variance, self.freedom, confidence),
        };
        Self { quantile, ..self }
    }

    /// Whether every group has [`MINIMUM_ANSWERS`] or [`MINIMUM_EVENTS`].
    pub(super) fn is_enough(&self) -> bool {
        self.changes().all(|Change { before: (before, _), after: (after, _) }| match before {
            Tally::Rate(_) => before.n() + after.n() >= MINIMUM_EVENTS,
            _ => before.n().min(after.n()) >= MINIMUM_ANSWERS,
        })
    }

    /// What the periods after must still bring so that the interval becomes shorter than the smallest effect, and so
    /// cannot hold both 0 and it: with f times the answers, quantile · √(fixed + growing / f) = length / 2.
    ///
    /// `None` when no f does it, or when the periods before are under the minimum.
    pub(super) fn more_needed(&self, length: f64, weeks: Option<usize>) -> Option<MoreNeeded> {
        let room = (length / (2.0 * self.quantile)).powi(2) - self.fixed;
        if room <= 0.0 || self.changes().any(|change| change.is_too_few_before()) {
            return None;
        }
        let least = self.changes().map(Change::factor_to_minimum).fold(1.0, f64::max);
        let more = (self.growing / room).max(least) - 1.0;
        Some(MoreNeeded {
            answers: (more * self.treated.after.0.n().max(1) as f64).ceil() as u64,
            weeks: weeks.map(|weeks| (more * weeks as f64).ceil() as u64),
        })
    }

    fn changes(&self) -> impl Iterator<Item = &Change> {
        [Some(&self.treated), self.control.as_ref()].into_iter().flatten()
    }
}

impl Change {
    fn new(phases: &Phases, unit: Unit) -> Result<Self, Obstacle> {
        let place = |arm: &Arm| {
            let tally = whole(arm).filter(|tally| tally.value().is_some()).ok_or(Obstacle::NoData)?;
            tally.unit_variance().ok_or(Obstacle::TooFew)?;
            Ok((tally, unit.place(&tally).ok_or(Obstacle::NoPercent)?))
        };
        Ok(Self { before: place(&phases.before)?, after: place(&phases.after)? })
    }

    /// No waiting mends a period before that has too few answers. Events may all come after.
    fn is_too_few_before(&self) -> bool {
        !matches!(self.before.0, Tally::Rate(_)) && self.before.0.n() < MINIMUM_ANSWERS
    }

    /// How many times longer the period after must become for the minimum.
    fn factor_to_minimum(&self) -> f64 {
        let after = self.after.0.n();
        let wanted = match self.after.0 {
            Tally::Rate(_) => MINIMUM_EVENTS.saturating_sub(self.before.0.n()),
            _ => MINIMUM_ANSWERS,
        };
        wanted as f64 / after.max(1) as f64
    }
}
