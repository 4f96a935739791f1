//! Before release: how likely the check is to find the effect hoped for, and how long it must run.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dispersion::{dispersion, whole};
use super::{Arm, Hypothesis, MINIMUM_ANSWERS, MINIMUM_EVENTS, Obstacle};
use crate::confidence::chance_below;
use crate::sample::POWER;
use crate::{Confidence, Tally};

/// Weeks beyond which no check is planned.
const LONGEST: u64 = 520;

/// What a check after so many weeks can be expected to show.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EffectPlan)]
pub struct Plan {
    /// The chance that the interval leaves 0 out on the side hoped for («worked» or «partly») if the true effect is
    /// the smallest one worth having.
    pub power: f64,
    /// The effect, in the unit of the hypothesis and without sign, that would be found with the chance
    /// [`POWER`](crate::sample::POWER).
    pub detectable: f64,
    /// Answers (events, for a rate) of the treated group that the weeks will bring at the pace before.
    pub answers: u64,
    /// Weeks after which the smallest effect would be found with that chance; absent when no length of time does it,
    /// because the period before is too short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks_needed: Option<u64>,
    /// Answers that come in by then: «N answers needed, about by that date».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_needed: Option<u64>,
}

/// Plans the check of a change from the weeks before it: `treated`, and `control` where there will be one, a tally a
/// week.
///
/// The variance after `weeks` is that of the weeks before times the ratio of their number, the scatter of the weeks
/// included; with d the smallest effect on the scale, power = 1 − T(q − d / se), T Student's distribution with the
/// degrees of freedom that both periods will have, q its quantile. Worked number: 8 weeks of 100 answers with half of
/// them hits, hope of +10 points, 8 weeks to come: power 0.96, detectable 7.5 points, 4 weeks needed.
///
/// # Errors
/// The [`Obstacle`] that [`measure`](super::measure) would meet: no data, too few, no per cent, or no sound
/// hypothesis.
pub fn plan(
    treated: &Arm,
    control: Option<&Arm>,
    weeks: u64,
    hypothesis: &Hypothesis,
    confidence: Confidence,
) -> Result<Plan, Obstacle> {
    let outlook = Outlook::new(treated, control, hypothesis, confidence)?;
    let found = |weeks: u64| outlook.power(weeks) >= POWER;
    // Power grows with the weeks, so that the first to reach it can be searched by halves.
    let weeks_needed = found(LONGEST).then(|| {
        let (mut below, mut enough) = (0, LONGEST);
        while enough - below > 1 {
            let middle = (below + enough) / 2;
            if found(middle) { enough = middle } else { below = middle }
        }
        enough
    });
    Ok(Plan {
        power: outlook.power(weeks),
        detectable: outlook.detectable(weeks, hypothesis),
        answers: outlook.answers(weeks),
        weeks_needed,
        answers_needed: weeks_needed.map(|weeks| outlook.answers(weeks)),
    })
}

/// What the weeks before say of the weeks to come.
struct Outlook {
    length: f64,
    weeks_before: f64,
    /// Variance of the treated and the control group before, the scatter of weeks included.
    variance: f64,
    /// Degrees of freedom for each week.
    freedom: Option<f64>,
    answers_a_week: f64,
    minimum: u64,
    confidence: Confidence,
}

impl Outlook {
    fn new(
        treated: &Arm,
        control: Option<&Arm>,
        hypothesis: &Hypothesis,
        confidence: Confidence,
    ) -> Result<Self, Obstacle> {
        let arms = || [Some(treated), control].into_iter().flatten();
        let scatter = dispersion(arms());
        let mut variance = 0.0;
        for arm in arms() {
            let tally = whole(arm).filter(|tally| tally.value().is_some()).ok_or(Obstacle::NoData)?;
            tally.unit_variance().ok_or(Obstacle::TooFew)?;
            variance += hypothesis.unit.place(&tally).ok_or(Obstacle::NoPercent)?.variance;
        }
        let tally = whole(treated).ok_or(Obstacle::NoData)?;
        let weeks_before = treated.len() as f64;
        Ok(Self {
            length: hypothesis.length().ok_or(Obstacle::BadHypothesis)?,
            weeks_before,
            variance: variance * scatter.map_or(1.0, |scatter| scatter.inflation),
            freedom: scatter.map(|scatter| scatter.freedom / weeks_before),
            answers_a_week: tally.n() as f64 / weeks_before,
            minimum: if matches!(tally, Tally::Rate(_)) { MINIMUM_EVENTS } else { MINIMUM_ANSWERS },
            confidence,
        })
    }

    fn answers(&self, weeks: u64) -> u64 {
        (self.answers_a_week * weeks as f64).round() as u64
    }

    /// Standard error and degrees of freedom after so many weeks.
    fn error(&self, weeks: u64) -> (f64, Option<f64>) {
        let weeks = weeks as f64;
        let se = (self.variance * (1.0 + self.weeks_before / weeks)).sqrt();
        (se, self.freedom.map(|freedom| (freedom * (self.weeks_before + weeks)).max(2.0)))
    }

    fn power(&self, weeks: u64) -> f64 {
        if weeks == 0 || self.answers(weeks) < self.minimum {
            return 0.0;
        }
        let (se, freedom) = self.error(weeks);
        let quantile = freedom.map_or(self.confidence.z(), |freedom| self.confidence.t(freedom));
        1.0 - chance_below(quantile - self.length / se, freedom)
    }

    fn detectable(&self, weeks: u64, hypothesis: &Hypothesis) -> f64 {
        let (se, freedom) = self.error(weeks.max(1));
        let level = |confidence: Confidence| freedom.map_or(confidence.z(), |freedom| confidence.t(freedom));
        // The one-sided quantile of the power is the two-sided one of a level of 2 · power − 1.
        let power = Confidence::new(2.0 * POWER - 1.0).map_or(0.0, level);
        let length = (level(self.confidence) + power) * se;
        hypothesis.in_unit(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::{Direction, Unit};
    use crate::{NpsTally, RateTally, ShareTally};

    const HOPE: Hypothesis = Hypothesis { direction: Direction::Up, smallest: 0.1, unit: Unit::Points };

    fn half(weeks: usize) -> Arm {
        [48, 52, 50, 55, 45, 51, 49, 50]
            .into_iter()
            .cycle()
            .take(weeks)
            .map(|hits| Tally::Share(ShareTally { hits, n: 100 }))
            .collect()
    }

    #[test]
    fn the_worked_number() {
        let found = plan(&half(8), None, 8, &HOPE, Confidence::DEFAULT).unwrap();
        assert!(
            (found.power - 0.958).abs() < 0.005 && (found.detectable - 0.0752).abs() < 0.0005,
            "{found:?}"
        );
        assert_eq!((found.answers, found.weeks_needed), (800, Some(4)), "{found:?}");
    }

    #[test]
    fn a_period_before_that_is_too_short_is_never_mended() {
        let small = Hypothesis { smallest: 0.03, ..HOPE };
        let found = plan(&half(2), None, 8, &small, Confidence::DEFAULT).unwrap();
        assert_eq!((found.weeks_needed, found.answers_needed), (None, None));
    }

    #[test]
    fn a_control_group_costs_power() {
        let alone = plan(&half(8), None, 4, &HOPE, Confidence::DEFAULT).unwrap();
        let both = plan(&half(8), Some(&half(8)), 4, &HOPE, Confidence::DEFAULT).unwrap();
        assert!(both.power < alone.power && both.detectable > alone.detectable);
    }

    #[test]
    fn per_cent_is_planned_on_logarithms() {
        let weeks = vec![Tally::Rate(RateTally { events: 100, exposure: 7.0 }); 8];
        let down = Hypothesis { direction: Direction::Down, smallest: 20.0, unit: Unit::Percent };
        let found = plan(&weeks, None, 8, &down, Confidence::DEFAULT).unwrap();
        assert!(found.power > 0.9 && found.detectable < 20.0, "{found:?}");
    }

    #[test]
    fn what_cannot_be_planned_says_why() {
        let of = |arm: &Arm, hypothesis: &Hypothesis| plan(arm, None, 4, hypothesis, Confidence::DEFAULT);
        assert_eq!(of(&Vec::new(), &HOPE), Err(Obstacle::NoData));
        let nps = vec![Tally::Nps(NpsTally { promoters: 50, passives: 20, detractors: 30 })];
        let percent = Hypothesis { unit: Unit::Percent, ..HOPE };
        assert_eq!(of(&nps, &percent), Err(Obstacle::NoPercent));
        assert_eq!(of(&half(4), &Hypothesis { smallest: 0.0, ..HOPE }), Err(Obstacle::BadHypothesis));
    }
}
