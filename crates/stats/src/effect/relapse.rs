//! Has what was won been lost again? Weeks that a verdict rests on against the weeks since, looked at every week.

use super::{Arm, Direction, Effect, Hypothesis, Outcome, Phases, Trial, Unit, measure_running};
use crate::Confidence;

/// The chance that a year of weekly looks raises an alarm where nothing has changed.
const FALSE_ALARMS_A_YEAR: f64 = 0.05;
const WEEKS_A_YEAR: f64 = 52.0;

/// Weeks back in which a relapse may have begun: one that is older has been seen, or is too small to be.
pub const RELAPSE_WEEKS: usize = 26;

/// A metric that has gone back, and from when on.
#[derive(Debug, Clone, PartialEq)]
pub struct Relapse {
    /// The first week of the relapse, counted from the first of the weeks since.
    pub from_week: usize,
    /// From the weeks that the verdict rests on to those since `from_week`, with an interval that holds at each look.
    pub effect: Effect,
}

/// Looks for a relapse: `won` are the groups' weeks that the verdict «worked» rests on, as `before`, and the weeks
/// since, as `after`. Give whole weeks.
///
/// A relapse undoes the smallest effect that was worth having: in per cent, a fall by s is undone by a rise of
/// s / (1 − s). It may begin in any week, so every week begins a test of its own, anytime-valid
/// ([`measure_running`]), of the relapse since then; the alarm is the first that is sure of a change for the worse and
/// finds it as large. Each test has the chance 0.05 / 52 to be fooled ever, so that those of a whole year together have
/// 0.05 at most (Boole); restarting a test so is Lorden's way to notice a change late in a long quiet series
/// (Lorden 1971), where a single test from the beginning would drown it.
///
/// Worked number: 12 weeks of 20 events, then 20 weeks alike and 4 of 60: a relapse from week 20 on, +200 %.
pub fn relapse(won: &Trial, hypothesis: &Hypothesis) -> Option<Relapse> {
    let undone = hypothesis.undone()?;
    // The interval has two sides and only one of them is an alarm.
    let confidence = Confidence::new(1.0 - 2.0 * FALSE_ALARMS_A_YEAR / WEEKS_A_YEAR)?;
    let weeks = won.treated.after.len();
    let since = |from: usize| {
        let phases =
            |group: &Phases| Phases { before: group.before.clone(), after: rest(&group.after, from) };
        Trial { treated: phases(&won.treated), control: won.control.as_ref().map(phases) }
    };
    let found = (weeks.saturating_sub(RELAPSE_WEEKS)..weeks).filter_map(|from_week| {
        let effect = measure_running(&since(from_week), None, &undone, confidence);
        (effect.outcome == Outcome::Worked).then_some(Relapse { from_week, effect })
    });
    // Of all weeks that it may have begun in, the one that tells the change most clearly.
    found.max_by(|a, b| clarity(&a.effect).total_cmp(&clarity(&b.effect)))
}

impl Hypothesis {
    /// The change that takes the smallest effect back; `None` where there is none.
    fn undone(&self) -> Option<Self> {
        let share = self.smallest / 100.0;
        Some(match (self.direction, self.unit) {
            (Direction::Up, Unit::Points) => Self { direction: Direction::Down, ..*self },
            (Direction::Down, Unit::Points) => Self { direction: Direction::Up, ..*self },
            (Direction::Up, Unit::Percent) => {
                Self { direction: Direction::Down, smallest: 100.0 * share / (1.0 + share), ..*self }
            }
            (Direction::Down, Unit::Percent) if share < 1.0 => {
                Self { direction: Direction::Up, smallest: 100.0 * share / (1.0 - share), ..*self }
            }
            (Direction::Down, Unit::Percent) => return None,
        })
    }
}

fn rest(arm: &Arm, from: usize) -> Arm {
    arm.get(from..).unwrap_or_default().to_vec()
}

/// How far the effect lies from nothing, in standard errors.
fn clarity(effect: &Effect) -> f64 {
    effect.effect.map_or(0.0, |effect| effect.value.abs() / effect.se.max(f64::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RateTally, Tally};

    fn arm(events: impl IntoIterator<Item = u64>) -> Arm {
        events.into_iter().map(|events| Tally::Rate(RateTally { events, exposure: 7.0 })).collect()
    }

    fn fewer(smallest: f64) -> Hypothesis {
        Hypothesis { direction: Direction::Down, smallest, unit: Unit::Percent }
    }

    fn look(won: &[u64], since: &[u64], hypothesis: &Hypothesis) -> Option<Relapse> {
        let treated = Phases { before: arm(won.to_vec()), after: arm(since.to_vec()) };
        relapse(&Trial { treated, control: None }, hypothesis)
    }

    const WON: [u64; 12] = [20, 22, 18, 21, 19, 20, 20, 23, 17, 20, 21, 19];

    #[test]
    fn the_worked_number() {
        let since = [[20; 20].as_slice(), &[60; 4]].concat();
        let found = look(&WON, &since, &fewer(40.0)).unwrap();
        assert_eq!(found.from_week, 20);
        let effect = found.effect.effect.unwrap();
        assert!((effect.value - 200.0).abs() < 1.0 && effect.low > 0.0, "{effect:?}");
    }

    #[test]
    fn what_stays_or_gets_better_raises_nothing() {
        for since in [vec![20; 40], vec![5; 10], WON.repeat(3), Vec::new()] {
            assert_eq!(look(&WON, &since, &fewer(40.0)), None);
        }
    }

    #[test]
    fn one_loud_week_is_no_relapse_and_a_small_one_is_not_worth_an_alarm() {
        assert_eq!(look(&WON, &[20, 20, 20, 35, 20, 20], &fewer(40.0)), None);
        // A third more, surely; but 40 % had to be gone for the plan to be worth it.
        let more = [27; 26];
        assert_eq!(look(&WON.map(|week| week * 20), &more.map(|week| week * 20), &fewer(40.0)), None);
    }

    #[test]
    fn a_control_group_that_rises_as_well_excuses() {
        let since = [[20; 20].as_slice(), &[60; 6]].concat();
        let treated = Phases { before: arm(WON), after: arm(since) };
        let trial = Trial { control: Some(treated.clone()), treated };
        assert_eq!(relapse(&trial, &fewer(40.0)), None);
    }

    #[test]
    fn undoing_is_as_far_as_doing() {
        let undone = fewer(40.0).undone().unwrap();
        assert!((undone.smallest - 200.0 / 3.0).abs() < 1e-9 && undone.direction == Direction::Up);
        let more = Hypothesis { direction: Direction::Up, ..fewer(50.0) };
        assert!((more.undone().unwrap().smallest - 100.0 / 3.0).abs() < 1e-9);
        assert_eq!(fewer(100.0).undone(), None);
    }
}
