//! How often a change that did nothing is called an effect, on simulated weeks with a fixed seed.

use otklik_stats::anomaly::{Grain, scan, scan_among};
use otklik_stats::effect::{
    Direction, Hypothesis, Outcome, Phases, Trial, Unit, measure, measure_running, relapse,
};
use otklik_stats::{Confidence, RateTally, Tally};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const TRIALS: usize = 1_000;

/// How the weekly level moves apart from chance: its relative scatter, and its correlation with the week before.
struct World {
    scatter: f64,
    persistence: f64,
}

/// A standard normal number, as the sum of twelve uniform ones.
pub(crate) fn normal(random: &mut ChaCha8Rng) -> f64 {
    (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0
}

/// Twelve weeks before and twelve after of about 100 events, with no change between them.
fn weeks(world: &World, random: &mut ChaCha8Rng) -> Phases {
    let mut level = normal(random);
    let mut week = || {
        let fresh = (1.0 - world.persistence.powi(2)).sqrt();
        level = world.persistence * level + fresh * normal(random);
        let mean = 100.0 * (1.0 + world.scatter * level).max(0.05);
        let events = (mean + mean.sqrt() * normal(random)).round().max(0.0) as u64;
        Tally::Rate(RateTally { events, exposure: 7.0 })
    };
    let before = (0..12).map(|_| week()).collect();
    Phases { before, after: (0..12).map(|_| week()).collect() }
}

fn false_alarm_share(world: &World, with_control: bool) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let hypothesis = Hypothesis { direction: Direction::Down, smallest: 10.0, unit: Unit::Percent };
    let alarms = (0..TRIALS).filter(|_| {
        let treated = weeks(world, &mut random);
        let control = with_control.then(|| weeks(world, &mut random));
        let found = measure(&Trial { treated, control }, &hypothesis, Confidence::DEFAULT);
        matches!(found.outcome, Outcome::Worked | Outcome::Partly | Outcome::Worse)
    });
    alarms.count() as f64 / TRIALS as f64
}

#[test]
fn pure_chance_raises_no_more_alarms_than_promised() {
    let world = World { scatter: 0.0, persistence: 0.0 };
    for with_control in [false, true] {
        let share = false_alarm_share(&world, with_control);
        assert!(share < 0.05, "{share}");
    }
}

#[test]
fn weeks_that_scatter_raise_about_as_many_alarms_as_promised() {
    let world = World { scatter: 0.25, persistence: 0.0 };
    for with_control in [false, true] {
        let share = false_alarm_share(&world, with_control);
        assert!(share < 0.06, "{share}");
    }
}

#[test]
fn weeks_that_hang_together_raise_few_more_alarms() {
    let world = World { scatter: 0.25, persistence: 0.5 };
    for with_control in [false, true] {
        let share = false_alarm_share(&world, with_control);
        assert!(share < 0.10, "{share}");
    }
}

#[test]
fn looking_every_week_and_stopping_at_success_fools_nobody() {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let hypothesis = Hypothesis { direction: Direction::Down, smallest: 10.0, unit: Unit::Percent };
    let mut successes = 0;
    for _ in 0..TRIALS / 5 {
        let Phases { before, after } = weeks(&World { scatter: 0.25, persistence: 0.5 }, &mut random);
        let fooled = (1..=after.len()).any(|seen| {
            let treated = Phases { before: before.clone(), after: after[..seen].to_vec() };
            let trial = Trial { treated, control: None };
            let found = measure_running(&trial, Some(12), &hypothesis, Confidence::DEFAULT);
            matches!(found.outcome, Outcome::Worked | Outcome::Partly)
        });
        successes += usize::from(fooled);
    }
    let share = successes as f64 / (TRIALS / 5) as f64;
    assert!(share < 0.06, "{share}");
}

#[test]
fn a_series_without_anything_raises_few_alarms_a_year() {
    const WEEK: [f64; 7] = [1.35, 1.2, 1.1, 1.05, 1.0, 0.7, 0.6];
    const SERIES: usize = 20;
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let mut alarms = 0;
    for _ in 0..SERIES {
        let mut day = |day: usize| {
            let mean = 50.0 * WEEK[day % 7] * (1.0 + 0.15 * normal(&mut random)).max(0.1);
            let events = (mean + mean.sqrt() * normal(&mut random)).round().max(0.0) as u64;
            Tally::Rate(RateTally { events, exposure: 1.0 })
        };
        let series: Vec<Tally> = (0..365).map(&mut day).collect();
        alarms += scan(&series, Grain::Day).alarms.len();
    }
    assert!(alarms <= 2 * SERIES, "{alarms} in {SERIES} years");
}

/// Weeks on which a verdict rests, and weeks of `later` times as many events since.
fn solved(mean: f64, scatter: f64, later: impl Fn(usize) -> f64, random: &mut ChaCha8Rng) -> Phases {
    let mut week = |times: f64| {
        let mean = mean * times * (1.0 + scatter * normal(random)).max(0.1);
        let events = (mean + mean.sqrt() * normal(random)).round().max(0.0) as u64;
        Tally::Rate(RateTally { events, exposure: 7.0 })
    };
    let before = (0..12).map(|_| week(1.0)).collect();
    Phases { before, after: (0..52).map(|number| week(later(number))).collect() }
}

/// The first week at whose end a relapse is seen.
fn seen_in(phases: &Phases) -> Option<usize> {
    let hypothesis = Hypothesis { direction: Direction::Down, smallest: 30.0, unit: Unit::Percent };
    (1..=phases.after.len()).find(|seen| {
        let treated = Phases { before: phases.before.clone(), after: phases.after[..*seen].to_vec() };
        relapse(&Trial { treated, control: None }, &hypothesis).is_some()
    })
}

#[test]
fn a_year_of_looks_at_what_stays_solved_raises_hardly_an_alarm() {
    const YEARS: usize = 60;
    let mut random = ChaCha8Rng::seed_from_u64(10);
    for (mean, scatter) in [(15.0, 0.0), (40.0, 0.2)] {
        let fooled =
            (0..YEARS).filter(|_| seen_in(&solved(mean, scatter, |_| 1.0, &mut random)).is_some()).count();
        assert!(fooled <= 3, "{fooled} of {YEARS} years, {mean} a week");
    }
}

#[test]
fn what_comes_back_after_half_a_year_is_seen_within_weeks() {
    const SERIES: usize = 40;
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let back = |week: usize| if week < 26 { 1.0 } else { 2.5 };
    let mut delays: Vec<usize> =
        (0..SERIES).filter_map(|_| seen_in(&solved(15.0, 0.1, back, &mut random))?.checked_sub(26)).collect();
    delays.sort_unstable();
    assert!(delays.len() >= SERIES - 2, "{delays:?}");
    assert!(delays[delays.len() / 2] <= 6, "{delays:?}");
}
/// A hundred series of a company, from a few items a day to many: chance raises about one alarm a month over all.
#[test]
fn a_hundred_calm_series_together_are_as_quiet_as_promised() {
    const SERIES: usize = 100;
    let mut random = ChaCha8Rng::seed_from_u64(23);
    let mut alarms = 0;
    for number in 0..SERIES {
        let level = [3.0, 8.0, 20.0, 60.0][number % 4];
        let series: Vec<Tally> = (0..364 + 56)
            .map(|day| {
                let mean = level * [1.2, 1.1, 1.1, 1.0, 1.0, 0.8, 0.8][day % 7];
                Tally::Rate(RateTally { events: poisson(mean, &mut random), exposure: 1.0 })
            })
            .collect();
        alarms += scan_among(&series, Grain::Day, SERIES).alarms.len();
    }
    assert!(alarms <= 24, "{alarms} in a year");
}

/// Events of a day, by the waiting times between them.
pub(crate) fn poisson(mean: f64, random: &mut ChaCha8Rng) -> u64 {
    let (mut events, mut time) = (0, 0.0);
    loop {
        time -= random.random::<f64>().max(f64::MIN_POSITIVE).ln();
        if time > mean {
            return events;
        }
        events += 1;
    }
}
