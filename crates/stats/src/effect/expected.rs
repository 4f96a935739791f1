//! What the weeks after would have been without the change, as each method takes it.

use super::dispersion::whole;
use super::segmented::expected_by_trend;
use super::{Hypothesis, Method, Trial, Unit};
use crate::{Confidence, Estimate, Tally};

/// For each week after the change, the value that the method holds the measured one against, with its interval: the
/// level before; the level before moved as the control group moved; or the trend before, drawn on. `None` for a week
/// of which the method cannot tell.
///
/// Worked number: before 50, the control group moved from 40 to 44: 54 in points, 55 in per cent.
pub fn expected(
    trial: &Trial,
    method: Method,
    hypothesis: &Hypothesis,
    confidence: Confidence,
) -> Vec<Option<Estimate>> {
    let weeks = trial.treated.after.len();
    let level = whole(&trial.treated.before);
    match (method, &trial.control) {
        (Method::Segmented, _) => expected_by_trend(&trial.treated, hypothesis, confidence),
        (Method::DifferenceInDifferences, Some(control)) => {
            let moved =
                |week: &Tally| moved(&level?, &whole(&control.before)?, week, hypothesis.unit, confidence);
            let mut expected: Vec<Option<Estimate>> = control.after.iter().map(moved).collect();
            expected.resize(weeks, None);
            expected
        }
        _ => vec![level.and_then(|level| level.estimate(confidence)); weeks],
    }
}

fn moved(
    level: &Tally,
    control: &Tally,
    week: &Tally,
    unit: Unit,
    confidence: Confidence,
) -> Option<Estimate> {
    let known = |tally: &Tally| Some((tally.value()?, tally.unit_variance()? / tally.weight()));
    let ((level_value, level_variance), (before, before_variance), (after, after_variance)) =
        (known(level)?, known(control)?, known(week)?);
    let (value, variance) = match unit {
        Unit::Points => (level_value + after - before, level_variance + before_variance + after_variance),
        Unit::Percent => {
            let value = level_value * after / before;
            let relative =
                [(level_value, level_variance), (before, before_variance), (after, after_variance)]
                    .map(|(value, variance)| variance / (value * value));
            (value, value * value * relative.iter().sum::<f64>())
        }
    };
    (value.is_finite() && variance.is_finite()).then_some(())?;
    let (se, n) = (variance.sqrt(), level.n() + control.n() + week.n());
    let margin = confidence.z() * se;
    Some(Estimate::within(value, (value - margin, value + margin), level.bounds(), se, n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RateTally;
    use crate::effect::{Direction, Phases};

    fn rates(events: &[u64]) -> Vec<Tally> {
        events.iter().map(|&events| Tally::Rate(RateTally { events, exposure: 10.0 })).collect()
    }

    fn values(trial: &Trial, method: Method, unit: Unit) -> Vec<f64> {
        let hope = Hypothesis { direction: Direction::Down, smallest: 5.0, unit };
        let found = expected(trial, method, &hope, Confidence::DEFAULT);
        assert!(found.iter().flatten().all(|week| week.low < week.value && week.value < week.high));
        found
            .into_iter()
            .map(|week| week.map_or(f64::NAN, |week| (week.value * 10.0).round() / 10.0))
            .collect()
    }

    #[test]
    fn the_worked_number() {
        let treated = Phases { before: rates(&[500, 500]), after: rates(&[300, 300]) };
        let control = Phases { before: rates(&[400, 400]), after: rates(&[440, 440]) };
        let trial = Trial { treated, control: Some(control) };
        let method = Method::DifferenceInDifferences;
        assert_eq!(values(&trial, method, Unit::Points), [54.0, 54.0]);
        assert_eq!(values(&trial, method, Unit::Percent), [55.0, 55.0]);
        let alone = Trial { control: None, ..trial };
        assert_eq!(values(&alone, Method::BeforeAfter, Unit::Points), [50.0, 50.0]);
    }

    #[test]
    fn a_trend_is_drawn_on() {
        let noise = [3, 0, 4, 1, 5, 2, 0, 3, 1, 4];
        let falling = |start: u64| {
            let at = |(t, extra): (usize, &u64)| start + extra - 4 * t as u64;
            rates(&noise.iter().enumerate().map(at).collect::<Vec<_>>())
        };
        let trial = Trial { treated: Phases { before: falling(200), after: falling(100) }, control: None };
        let found = values(&trial, Method::Segmented, Unit::Points);
        assert!((found[0] - 16.2).abs() < 0.3 && (found[9] - 12.6).abs() < 0.4, "{found:?}");
    }
}
