//! Effects: worked numbers, refusals, and laws.

use otklik_stats::effect::{
    Caveat, Direction, Effect, Hypothesis, Method, MoreNeeded, Obstacle, Outcome, Phases, Trial, Unit,
    measure,
};
use otklik_stats::{Confidence, NpsTally, RateTally, ShareTally, Tally};
use proptest::prelude::*;

fn rate(events: u64) -> Tally {
    Tally::Rate(RateTally { events, exposure: 30.0 })
}

fn nps(promoters: u64, passives: u64, detractors: u64) -> Tally {
    Tally::Nps(NpsTally { promoters, passives, detractors })
}

fn phases(before: Tally, after: Tally) -> Phases {
    Phases { before: vec![before], after: vec![after] }
}

fn hope(direction: Direction, smallest: f64, unit: Unit) -> Hypothesis {
    Hypothesis { direction, smallest, unit }
}

fn judge(treated: Phases, control: Option<Phases>, hypothesis: Hypothesis) -> Effect {
    measure(&Trial { treated, control }, &hypothesis, Confidence::DEFAULT)
}

fn check(effect: &Effect, value: f64, low: f64, high: f64, outcome: Outcome) {
    let found = effect.effect.unwrap();
    for (actual, expected) in [(found.value, value), (found.low, low), (found.high, high)] {
        assert!((actual - expected).abs() < 0.01, "{effect:?}");
    }
    assert_eq!(effect.outcome, outcome, "{effect:?}");
}

#[test]
fn difference_in_differences_of_two_rates() {
    let control = phases(rate(210), rate(205));
    let found =
        judge(phases(rate(200), rate(140)), Some(control), hope(Direction::Down, 20.0, Unit::Percent));
    check(&found, -28.29, -46.23, -4.18, Outcome::Worked);
    assert_eq!(
        (found.method, &found.caveats[..]),
        (Method::DifferenceInDifferences, &[Caveat::FewWeeks][..])
    );
}

#[test]
fn nps_before_and_after() {
    let hypothesis = hope(Direction::Up, 10.0, Unit::Points);
    let found = judge(phases(nps(200, 180, 120), nps(250, 167, 83)), None, hypothesis);
    check(&found, 17.4, 7.85, 26.74, Outcome::Worked);
    assert_eq!(found.method, Method::BeforeAfter);
    assert!(found.caveats.contains(&Caveat::NoControl));
    let less =
        judge(phases(nps(200, 180, 120), nps(250, 167, 83)), None, hope(Direction::Up, 20.0, Unit::Points));
    assert_eq!(less.outcome, Outcome::Partly);
    let wrong = judge(phases(nps(250, 167, 83), nps(200, 180, 120)), None, hypothesis);
    assert_eq!(wrong.outcome, Outcome::Worse);
}

#[test]
fn the_same_again_excludes_a_large_effect_and_cannot_judge_a_small_one() {
    let same = phases(nps(200, 180, 120), nps(200, 180, 120));
    assert_eq!(judge(same.clone(), None, hope(Direction::Up, 10.0, Unit::Points)).outcome, Outcome::NoEffect);
    let small = judge(same, None, hope(Direction::Up, 5.0, Unit::Points));
    assert_eq!((small.outcome, small.obstacle), (Outcome::CannotTell, Some(Obstacle::TooWide)));
    assert_eq!(small.more_needed, None, "the period before alone is too small for 5 points");
}

#[test]
fn silence_after_the_change_is_an_effect() {
    let found = judge(phases(rate(40), rate(0)), None, hope(Direction::Down, 30.0, Unit::Percent));
    assert_eq!((found.outcome, found.effect.unwrap().value), (Outcome::Worked, -100.0));
}

#[test]
fn what_cannot_be_measured_is_refused_by_name() {
    let points = hope(Direction::Up, 5.0, Unit::Points);
    let percent = hope(Direction::Down, 10.0, Unit::Percent);
    let few = judge(phases(nps(200, 180, 120), nps(10, 5, 5)), None, points);
    assert_eq!((few.outcome, few.obstacle), (Outcome::CannotTell, Some(Obstacle::TooFew)));
    let nothing = judge(phases(nps(200, 180, 120), nps(0, 0, 0)), None, points);
    assert_eq!((nothing.effect, nothing.obstacle), (None, Some(Obstacle::NoData)));
    let no_percent = judge(phases(nps(200, 180, 120), nps(250, 167, 83)), None, percent);
    assert_eq!(no_percent.obstacle, Some(Obstacle::NoPercent));
    for smallest in [0.0, -3.0, 100.0, 150.0, f64::NAN] {
        let bad = judge(phases(rate(40), rate(30)), None, Hypothesis { smallest, ..percent });
        assert_eq!((bad.effect, bad.obstacle), (None, Some(Obstacle::BadHypothesis)), "{smallest}");
    }
    assert_eq!(judge(phases(rate(4), rate(5)), None, percent).obstacle, Some(Obstacle::TooFew));
}

#[test]
fn more_needed_says_how_many_answers_and_weeks() {
    let week = Tally::Share(ShareTally { hits: 50, n: 100 });
    let treated = Phases { before: vec![week; 50], after: vec![week; 4] };
    let found = judge(treated, None, hope(Direction::Up, 0.05, Unit::Points));
    assert_eq!(found.obstacle, Some(Obstacle::TooWide));
    assert_eq!(found.more_needed, Some(MoreNeeded { answers: 1_964, weeks: Some(20) }));
}

#[test]
fn wild_weeks_widen_the_interval() {
    let weeks = |events: [u64; 8]| events.map(rate).to_vec();
    let calm = Phases { before: weeks([100; 8]), after: weeks([80; 8]) };
    let wild = Phases {
        before: weeks([40, 160, 40, 160, 40, 160, 40, 160]),
        after: weeks([20, 140, 20, 140, 20, 140, 20, 140]),
    };
    let hypothesis = hope(Direction::Down, 5.0, Unit::Percent);
    let (calm, wild) = (judge(calm, None, hypothesis), judge(wild, None, hypothesis));
    assert_eq!(calm.outcome, Outcome::Worked);
    assert_eq!(wild.outcome, Outcome::CannotTell);
    assert!(wild.caveats.contains(&Caveat::Overdispersed) && !calm.caveats.contains(&Caveat::Overdispersed));
}

#[test]
fn no_interval_reaches_farther_than_the_scale() {
    let week = |hits| Tally::Share(ShareTally { hits, n: 10 });
    let wild = |hits: [u64; 2]| (0..4).map(|number| week(hits[number % 2])).collect();
    let treated = Phases { before: wild([0, 10]), after: wild([1, 10]) };
    let found = judge(treated, None, hope(Direction::Up, 0.1, Unit::Points)).effect.unwrap();
    assert!(found.low >= -1.0 && found.high <= 1.0, "{found:?}");
}

#[test]
fn the_wire_form_reads_back() {
    let found = judge(phases(rate(40), rate(0)), None, hope(Direction::Down, 30.0, Unit::Percent));
    let wire = serde_json::to_string(&found).unwrap();
    assert!(wire.contains(r#""outcome":"worked""#), "{wire}");
    assert_eq!(serde_json::from_str::<Effect>(&wire).unwrap(), found);
}

fn shares() -> impl Strategy<Value = Tally> {
    (30u64..2_000, 0.05..0.95).prop_map(|(n, share): (u64, f64)| {
        Tally::Share(ShareTally { hits: (n as f64 * share).round() as u64, n })
    })
}

proptest! {
    #[test]
    fn hoping_for_the_opposite_turns_success_into_harm(before in shares(), after in shares(), smallest in 0.01..0.3) {
        let up = judge(phases(before, after), None, hope(Direction::Up, smallest, Unit::Points));
        let down = judge(phases(before, after), None, hope(Direction::Down, smallest, Unit::Points));
        let success = |found: &Effect| matches!(found.outcome, Outcome::Worked | Outcome::Partly);
        prop_assert_eq!(success(&up), down.outcome == Outcome::Worse);
        prop_assert_eq!(success(&down), up.outcome == Outcome::Worse);
    }

    #[test]
    fn a_control_that_moved_alike_leaves_no_effect(before in shares(), after in shares()) {
        let group = phases(before, after);
        let found = judge(group.clone(), Some(group), hope(Direction::Up, 0.1, Unit::Points));
        prop_assert!(found.effect.unwrap().value.abs() < 1e-9);
        prop_assert!(matches!(found.outcome, Outcome::NoEffect | Outcome::CannotTell));
    }

    #[test]
    fn as_many_more_answers_as_asked_for_bring_an_answer(before in shares(), after in shares(), smallest in 0.02..0.2) {
        let hypothesis = hope(Direction::Up, smallest, Unit::Points);
        let found = judge(phases(before, after), None, hypothesis);
        if let Some(MoreNeeded { answers, .. }) = found.more_needed {
            let Tally::Share(ShareTally { hits, n }) = after else { unreachable!() };
            let factor = (n + answers) / n + 1;
            let later = Tally::Share(ShareTally { hits: hits * factor, n: n * factor });
            prop_assert!(judge(phases(before, later), None, hypothesis).outcome != Outcome::CannotTell);
        }
    }

    #[test]
    fn the_effect_lies_in_its_interval(before in shares(), after in shares(), percent in any::<bool>()) {
        let unit = if percent { Unit::Percent } else { Unit::Points };
        let found = judge(phases(before, after), None, hope(Direction::Up, 0.1, unit)).effect.unwrap();
        prop_assert!(found.low <= found.value && found.value <= found.high && found.se > 0.0);
    }
}
