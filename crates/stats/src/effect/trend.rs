//! Was the metric moving before the change already?

use super::{Arm, Trial};
use crate::Confidence;
use crate::confidence::two_sided_p;

/// Weeks before the change from which a trend can be judged (Penfold and Zhang 2013 ask for eight points a side).
const MINIMUM_WEEKS: usize = 8;

/// Whether the weeks before the change rise or fall more than their scatter explains; with a control group, whether
/// the two groups move apart, which difference in differences takes for an effect.
pub(super) fn trend_before(trial: &Trial, confidence: Confidence) -> bool {
    let Some(treated) = slope(&trial.treated.before) else { return false };
    let control = trial.control.as_ref().and_then(|control| slope(&control.before));
    let (statistic, freedom) = match control {
        Some(control) => (
            (treated.slope - control.slope) / (treated.variance + control.variance).sqrt(),
            treated.freedom + control.freedom,
        ),
        None => (treated.slope / treated.variance.sqrt(), treated.freedom),
    };
    two_sided_p(statistic, Some(freedom)) < confidence.alpha()
}

struct Slope {
    slope: f64,
    variance: f64,
    freedom: f64,
}

/// Least squares of the weekly values on the number of the week, weighted by what each week rests on.
fn slope(arm: &Arm) -> Option<Slope> {
    let points: Vec<(f64, f64, f64)> = arm
        .iter()
        .enumerate()
        .filter_map(|(week, tally)| Some((week as f64, tally.value()?, tally.weight())))
        .collect();
    if points.len() < MINIMUM_WEEKS {
        return None;
    }
    let total: f64 = points.iter().map(|(_, _, w)| w).sum();
    let mean_x = points.iter().map(|(x, _, w)| w * x).sum::<f64>() / total;
    let mean_y = points.iter().map(|(_, y, w)| w * y).sum::<f64>() / total;
    let spread: f64 = points.iter().map(|(x, _, w)| w * (x - mean_x).powi(2)).sum();
    let slope = points.iter().map(|(x, y, w)| w * (x - mean_x) * (y - mean_y)).sum::<f64>() / spread;
    let freedom = (points.len() - 2) as f64;
    let residual: f64 =
        points.iter().map(|(x, y, w)| w * (y - mean_y - slope * (x - mean_x)).powi(2)).sum::<f64>() / freedom;
    Some(Slope { slope, variance: residual / spread, freedom })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::Phases;
    use crate::{RateTally, Tally};

    fn before(events: &[u64]) -> Phases {
        let before = events.iter().map(|&events| Tally::Rate(RateTally { events, exposure: 7.0 })).collect();
        Phases { before, after: Vec::new() }
    }

    const RISING: [u64; 8] = [100, 112, 118, 131, 139, 152, 159, 172];
    const LEVEL: [u64; 8] = [100, 92, 108, 101, 99, 104, 96, 100];

    #[test]
    fn a_rise_is_seen_and_a_level_series_is_not() {
        let moving =
            |events| trend_before(&Trial { treated: before(events), control: None }, Confidence::DEFAULT);
        assert!(moving(&RISING));
        assert!(!moving(&LEVEL));
        assert!(!moving(&RISING[..7]));
    }

    #[test]
    fn a_control_that_rises_too_takes_the_trend_away() {
        let apart = |control| {
            let trial = Trial { treated: before(&RISING), control: Some(before(control)) };
            trend_before(&trial, Confidence::DEFAULT)
        };
        assert!(apart(&LEVEL));
        assert!(!apart(&[90, 101, 109, 120, 131, 139, 150, 162]));
    }
}
