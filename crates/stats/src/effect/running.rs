//! Results that one may look at every day: an interval that holds at all looks together.

use super::measure::measure_for;
use super::{Effect, Hypothesis, Looks, Trial};
use crate::Confidence;
use crate::confidence::normal_chance;

/// The largest quantile told from certainty.
const LARGEST_QUANTILE: f64 = 8.0;

/// Measures as [`measure`](super::measure) does, for looks before the check date: however often one looks and whenever one
/// stops, the chance that the interval ever leaves out the true effect is at most α. Give whole weeks; the week that is
/// running comes in when it is over.
///
/// It is the interval of the mixture sequential test: the effect ± se · √((1 + 1/r) ln((1 + r) / α²)) with r the smallest
/// effect squared over se², so that it is tightest for effects of that size; with Student's quantile of the same
/// chance where the weeks' scatter is estimated. The estimate moves as a random walk in its own information, the period before
/// being the same at each look (Jennison and Turnbull 2000), which is what the interval asks for.
///
/// Source: Robbins 1970; Johari, Pekelis and Walsh 2017. Worked number: an effect measured to se 1 with smallest effect 2
/// (r = 4): ± 3.08, against ± 1.96 for a single look.
pub fn measure_running(trial: &Trial, hypothesis: &Hypothesis, confidence: Confidence) -> Effect {
    measure_for(Looks::Any, trial, hypothesis, confidence)
}

/// √((1 + 1/r) ln((1 + r) / α²)), and Student's quantile for the same chance where there are degrees of freedom.
pub(super) fn anytime_quantile(ratio: f64, freedom: Option<f64>, confidence: Confidence) -> f64 {
    let alpha = confidence.alpha();
    let normal = ((1.0 + 1.0 / ratio) * ((1.0 + ratio) / (alpha * alpha)).ln()).sqrt();
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
    fn few_weeks_widen_it() {
        let at = |freedom| anytime_quantile(4.0, freedom, Confidence::DEFAULT);
        assert!(at(Some(6.0)) > at(Some(60.0)) && at(Some(60.0)) > at(None));
    }

    #[test]
    fn no_information_is_no_bound() {
        assert!(anytime_quantile(1e-12, Some(10.0), Confidence::DEFAULT) > 100.0);
    }
}
