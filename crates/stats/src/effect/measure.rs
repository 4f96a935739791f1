//! Measuring the effect of a change.

use super::contrast::Contrast;
use super::dispersion::{Dispersion, dispersion};
use super::outcome::outcome;
use super::running::Look;
use super::trend::trend_before;
use super::{Caveat, Effect, Hypothesis, Looks, MINIMUM_POINTS, Method, Obstacle, Outcome, Trial};
use crate::Confidence;

/// Inflation of the variance from which the reader is told of it.
const WORTH_TELLING: f64 = 1.2;

/// Measures the effect of a change and proposes an [`Outcome`] for the hypothesis that was fixed before.
///
/// Before and after: after − before. With a control group, difference in differences:
/// (T_after − T_before) − (C_after − C_before), its variance the sum of the four. Per cent is measured on logarithms:
/// the effect is then a ratio (of ratios) minus one. Where the groups come by weeks, the variance is multiplied by
/// how much the weeks scatter beyond chance, and Student's t with the weeks' degrees of freedom replaces z.
///
/// Worked number: complaints fell from 200 to 140 in equal exposure, those of the control from 210 to 205, hoped for
/// −20 %: effect −28.3 % (−46.2…−4.2), worked.
pub fn measure(trial: &Trial, hypothesis: &Hypothesis, confidence: Confidence) -> Effect {
    measure_for(Look::Single, trial, hypothesis, confidence)
}

/// The method that the data allow, from the time before the change alone, so that the choice cannot favour an
/// outcome: with a control group difference in differences; without one the interrupted series where the metric was
/// moving already and each side has [`MINIMUM_POINTS`]; else before and after.
pub fn choose(trial: &Trial, confidence: Confidence) -> Method {
    let points = |arm: &super::Arm| arm.iter().filter(|tally| tally.unit_variance().is_some()).count();
    let enough =
        [&trial.treated.before, &trial.treated.after].into_iter().all(|arm| points(arm) >= MINIMUM_POINTS);
    match &trial.control {
        Some(_) => Method::DifferenceInDifferences,
        None if enough && trend_before(trial, confidence) => Method::Segmented,
        None => Method::BeforeAfter,
    }
}

pub(super) fn measure_for(
    look: Look,
    trial: &Trial,
    hypothesis: &Hypothesis,
    confidence: Confidence,
) -> Effect {
    let scatter = dispersion(trial.arms());
    let mut result = Effect {
        method: if trial.control.is_some() { Method::DifferenceInDifferences } else { Method::BeforeAfter },
        looks: if matches!(look, Look::Single) { Looks::Once } else { Looks::Any },
        unit: hypothesis.unit,
        effect: None,
        inflation: scatter.map_or(1.0, |scatter| scatter.inflation),
        outcome: Outcome::CannotTell,
        obstacle: None,
        more_needed: None,
        caveats: caveats(trial, scatter, confidence),
    };
    let (contrast, length) =
        match (Contrast::new(trial, hypothesis.unit, scatter, confidence), hypothesis.length()) {
            (Ok(contrast), Some(length)) => (contrast, length),
            (Err(obstacle), _) => return Effect { obstacle: Some(obstacle), ..result },
            (Ok(_), None) => return Effect { obstacle: Some(Obstacle::BadHypothesis), ..result },
        };
    let contrast = match look {
        Look::Single => contrast,
        Look::Repeated { part } => contrast.at_each_look(part, length, confidence),
    };
    let effect = contrast.estimate(hypothesis.unit);
    result.effect = Some(effect);
    if contrast.is_enough() {
        result.outcome = outcome(&effect, hypothesis);
        result.obstacle = (result.outcome == Outcome::CannotTell).then_some(Obstacle::TooWide);
    } else {
        result.obstacle = Some(Obstacle::TooFew);
    }
    if result.outcome == Outcome::CannotTell {
        let weeks = trial.treated.after.len();
        result.more_needed = contrast.more_needed(length, (weeks > 1).then_some(weeks));
    }
    result
}

fn caveats(trial: &Trial, scatter: Option<Dispersion>, confidence: Confidence) -> Vec<Caveat> {
    let overdispersed = scatter.is_some_and(|scatter| scatter.inflation >= WORTH_TELLING);
    [
        (trial.control.is_none(), Caveat::NoControl),
        (scatter.is_none_or(|scatter| scatter.hardly_known), Caveat::FewWeeks),
        (overdispersed, Caveat::Overdispersed),
        (trend_before(trial, confidence), Caveat::TrendBefore),
    ]
    .into_iter()
    .filter_map(|(holds, caveat)| holds.then_some(caveat))
    .collect()
}
