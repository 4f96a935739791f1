//! Results that one may look at every day: an interval that holds at all looks together.

use super::measure::measure_for;
use super::{Effect, Hypothesis, Trial};
use crate::Confidence;
use crate::confidence::{normal_chance, normal_quantile};

/// The largest quantile told from certainty.
const LARGEST_QUANTILE: f64 = 8.0;

/// Measures as [`measure`](super::measure) does, for looks before the check date: however often one looks and
/// whenever one stops, the chance that the interval ever leaves out the true effect is at most α. Give whole weeks;
/// the week that is running comes in when it is over.
///
/// With the number of weeks that the check was planned for, it holds until these are over, and is little wider than a
/// single look in the end: ± se · c / √t, t the information gathered as a part of that planned, c = Φ⁻¹(1 − α/4) =
/// 2.24; by the reflection principle a random walk leaves ± c before its end with the chance α at most (O'Brien and
/// Fleming 1979, looked at without pause).
///
/// Without such a number it holds for ever. It is then the interval of the mixture sequential test: the effect ± se ·
/// √((1 + 1/r) ln((1 + r) / α²)) with r the smallest effect squared over se², so that it is tightest for effects of
/// that size; with Student's quantile of the same chance where the weeks' scatter is estimated. The estimate moves as
/// a random walk in its own information, the period before being the same at each look (Jennison and Turnbull 2000),
/// which is what the interval asks for.
///
/// Source: Robbins 1970; Johari, Pekelis and Walsh 2017. Worked number: an effect measured to se 1 with smallest
/// effect 2 (r = 4): ± 3.08 for ever, ± 2.24 in the last of the weeks planned, against ± 1.96 for a single look.
pub fn measure_running(
    trial: &Trial,
    planned_weeks: Option<u64>,
    hypothesis: &Hypothesis,
    confidence: Confidence,
) -> Effect {
    let seen = trial.treated.after.len() as f64;
    // Past the weeks planned only the interval that holds for ever is left.
    let part = planned_weeks.map(|planned| seen / planned as f64).filter(|part| *part <= 1.0);
    measure_for(Look::Repeated { part }, trial, hypothesis, confidence)
}

/// What a look is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Look {
    Single,
    /// One of many; `part` is the time passed as a part of that planned, where there is a plan.
    Repeated {
        part: Option<f64>,
    },
}

/// c / √t for a part t of the information, and Student's quantile for the same chance.
pub(super) fn planned_quantile(information: f64, freedom: Option<f64>, confidence: Confidence) -> f64 {
    let bound = normal_quantile(1.0 - confidence.alpha() / 4.0);
    student_for(bound / information.sqrt(), freedom)
}

/// √((1 + 1/r) ln((1 + r) / α²)), and Student's quantile for the same chance where there are degrees of freedom.
pub(super) fn anytime_quantile(ratio: f64, freedom: Option<f64>, confidence: Confidence) -> f64 {
    let alpha = confidence.alpha();
    student_for(((1.0 + 1.0 / ratio) * ((1.0 + ratio) / (alpha * alpha)).ln()).sqrt(), freedom)
}

/// Student's quantile of the same chance as a normal one.
fn student_for(normal: f64, freedom: Option<f64>) -> f64 {
    let Some(freedom) = freedom else { return normal };
    let chance = 1.0 - 2.0 * normal_chance(-normal.min(LARGEST_QUANTILE));
    let student = Confidence::new(chance).map_or(normal, |level| level.t(freedom));
    student.max(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        let found = anytime_quantile(4.0, None, Confidence::DEFAULT);
        assert!((found - (1.25 * (5.0f64 / 0.0025).ln()).sqrt()).abs() < 1e-12);
        assert!((found - 3.082).abs() < 1e-3, "{found}");
    }

    #[test]
    fn the_last_week_planned_costs_little() {
        assert!((planned_quantile(1.0, None, Confidence::DEFAULT) - 2.2414).abs() < 1e-3);
        assert!((planned_quantile(0.25, None, Confidence::DEFAULT) - 4.4828).abs() < 1e-3);
    }

    #[test]
    fn few_weeks_widen_it() {
        let at = |freedom| anytime_quantile(4.0, freedom, Confidence::DEFAULT);
        assert!(at(Some(6.0)) > at(Some(60.0)) && at(Some(60.0)) > at(None));
    }

    #[test]
    fn no_information_is_no_bound() {
        assert!(anytime_quantile(1e-12, Some(10.0), Confidence::DEFAULT) > 100.0);
    }
}
