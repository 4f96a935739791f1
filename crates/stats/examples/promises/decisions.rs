//! How often a change that did nothing is called a success, and one that did is found.

use otklik_stats::effect::{
    Direction, Effect, Hypothesis, Outcome, Phases, Trial, Unit, measure, measure_running, plan, segmented,
};
use otklik_stats::{Confidence, Tally};

use crate::random::Random;
use crate::report::{ErrorRate, Power};
use crate::worlds::{World, nps, weekly};

const LEVEL: Confidence = Confidence::DEFAULT;
const FALL: Hypothesis = Hypothesis { direction: Direction::Down, smallest: 10.0, unit: Unit::Percent };
const RISE: Hypothesis = Hypothesis { direction: Direction::Up, smallest: 8.0, unit: Unit::Points };

const SCATTER: World = World { scatter: 0.2, ..World::CHANCE };
const MEMORY: World = World { memory: 0.5, ..SCATTER };
const SEASON: World = World { season: true, ..World::CHANCE };
const ALL: World = World { season: true, daily: 0.15, ..MEMORY };
const RISING: World = World { trend: 0.4, scatter: 0.1, memory: 0.3, ..SEASON };

/// One way to look at one world in which the change does nothing.
struct Case {
    name: &'static str,
    judge: fn(&mut Random) -> Outcome,
}

const CASES: [Case; 17] = [
    Case { name: "before/after, chance alone, 12+12 weeks", judge: |r| counts(World::CHANCE, 84, 84, r) },
    Case { name: "weeks scatter by 20 %", judge: |r| counts(SCATTER, 84, 84, r) },
    Case { name: "… and remember (0.5)", judge: |r| counts(MEMORY, 84, 84, r) },
    Case { name: "season of the week, 40+40 days", judge: |r| counts(SEASON, 40, 40, r) },
    Case { name: "all of it, 12+12 weeks", judge: |r| counts(ALL, 84, 84, r) },
    Case { name: "all of it, 26+12 weeks", judge: |r| counts(ALL, 182, 84, r) },
    Case { name: "all of it, 4+4 weeks", judge: |r| counts(ALL, 28, 28, r) },
    Case { name: "all of it, 2+2 weeks", judge: |r| counts(ALL, 14, 14, r) },
    Case { name: "all of it, 8+1 weeks", judge: |r| counts(ALL, 56, 7, r) },
    Case { name: "all of it, with control, 12+12 weeks", judge: with_control },
    Case { name: "NPS, 40 answers a week, drifting", judge: |r| scores(r).outcome },
    Case { name: "interrupted series, rising 40 % a year", judge: |r| series(RISING, r) },
    Case { name: "interrupted series, all of it", judge: |r| series(ALL, r) },
    Case { name: "daily looks, 12 weeks planned, chance", judge: |r| looks(World::CHANCE, Some(12), r) },
    Case { name: "daily looks, 12 weeks planned, all of it", judge: |r| looks(ALL, Some(12), r) },
    Case { name: "daily looks without end, chance", judge: |r| looks(World::CHANCE, None, r) },
    Case { name: "daily looks without end, all of it", judge: |r| looks(ALL, None, r) },
];

/// The share of each outcome where nothing changed.
pub fn errors(runs: usize) -> Vec<ErrorRate> {
    let row = |(number, case): (usize, &Case)| {
        let mut random = Random::new(1_000 + number as u64);
        let outcomes: Vec<Outcome> = (0..runs).map(|_| (case.judge)(&mut random)).collect();
        let share = |outcome| outcomes.iter().filter(|found| **found == outcome).count() as f64 / runs as f64;
        ErrorRate {
            case: case.name.to_owned(),
            worked: share(Outcome::Worked),
            partly: share(Outcome::Partly),
            worse: share(Outcome::Worse),
            no_effect: share(Outcome::NoEffect),
        }
    };
    CASES.iter().enumerate().map(row).collect()
}

fn counts(world: World, before: usize, after: usize, random: &mut Random) -> Outcome {
    let days = world.days(before + after, random);
    let treated = Phases { before: weekly(&days[..before]), after: weekly(&days[before..]) };
    measure(&Trial { treated, control: None }, &FALL, LEVEL).outcome
}

fn with_control(random: &mut Random) -> Outcome {
    let mut group = || {
        let days = ALL.days(168, random);
        Phases { before: weekly(&days[..84]), after: weekly(&days[84..]) }
    };
    let trial = Trial { treated: group(), control: Some(group()) };
    measure(&trial, &FALL, LEVEL).outcome
}

/// Twelve weeks of answers before and twelve after.
fn scores(random: &mut Random) -> Effect {
    let mut level = 0.0;
    let mut week = || {
        level = 0.5 * level + 4.0 * random.normal();
        nps(40, 20.0 + level, random)
    };
    let before = (0..12).map(|_| week()).collect();
    let treated = Phases { before, after: (0..12).map(|_| week()).collect() };
    measure(&Trial { treated, control: None }, &RISE, LEVEL)
}

fn series(world: World, random: &mut Random) -> Outcome {
    let days = world.days(26 * 7, random);
    let treated = Phases { before: weekly(&days[..98]), after: weekly(&days[98..]) };
    segmented(&treated, &FALL, LEVEL).effect.outcome
}

/// Looks as each week ends, between which nothing new is to be seen, and stops at the first success.
fn looks(world: World, planned: Option<u64>, random: &mut Random) -> Outcome {
    let days = world.days(168, random);
    let before = weekly(&days[..84]);
    let mut last = Outcome::CannotTell;
    for weeks in 1..=12 {
        let treated = Phases { before: before.clone(), after: weekly(&days[84..84 + 7 * weeks]) };
        last = measure_running(&Trial { treated, control: None }, planned, &FALL, LEVEL).outcome;
        if matches!(last, Outcome::Worked | Outcome::Partly) {
            return last;
        }
    }
    last
}

/// The power that the plan states from the weeks before, and how often the effect of just that size is found.
pub fn power(runs: usize) -> Vec<Power> {
    let worlds = [
        ("chance alone", World::CHANCE),
        ("weeks scatter by 10 %", World { scatter: 0.1, ..World::CHANCE }),
        ("… and remember (0.3)", World { scatter: 0.1, memory: 0.3, ..SEASON }),
        ("four times as many events", World { level: 60.0, ..World::CHANCE }),
        ("half as many events", World { level: 7.5, ..World::CHANCE }),
    ];
    let row = |(number, (name, world)): (usize, &(&str, World))| {
        let mut random = Random::new(2_000 + number as u64);
        let (mut stated, mut found, mut running) = (0.0, 0, 0);
        for _ in 0..runs {
            let (before, after) = fallen(world, &mut random);
            stated += plan(&before, None, 12, &FALL, LEVEL).map_or(0.0, |plan| plan.power);
            let trial = Trial { treated: Phases { before, after }, control: None };
            let is_found =
                |effect: Effect| usize::from(matches!(effect.outcome, Outcome::Worked | Outcome::Partly));
            found += is_found(measure(&trial, &FALL, LEVEL));
            running += is_found(measure_running(&trial, Some(12), &FALL, LEVEL));
        }
        let share = |count: usize| count as f64 / runs as f64;
        Power {
            case: (*name).to_owned(),
            stated: stated / runs as f64,
            found: share(found),
            running: share(running),
        }
    };
    worlds.iter().enumerate().map(row).collect()
}

/// Twelve weeks before and twelve after a change that did just what was hoped for.
fn fallen(world: &World, random: &mut Random) -> (Vec<Tally>, Vec<Tally>) {
    let means = world.means(168, random);
    let factor = |day: usize| if day < 84 { 1.0 } else { 1.0 - FALL.smallest / 100.0 };
    let days: Vec<u64> =
        means.iter().enumerate().map(|(day, mean)| random.poisson(mean * factor(day))).collect();
    (weekly(&days[..84]), weekly(&days[84..]))
}
