//! How often nothing is called something, and how soon something is seen.

use otklik_stats::Tally;
use otklik_stats::anomaly::{Alarm, AlarmKind, Grain, scan};

use crate::random::Random;
use crate::report::Alarms;
use crate::worlds::{World, daily, monthly, nps, weekly};

const DAYS: usize = 730;

/// What the level of each day is multiplied by.
type Factor<'a> = &'a dyn Fn(usize) -> f64;

struct Case {
    name: &'static str,
    grain: Grain,
    /// A series of two years.
    series: fn(&mut Random, Factor) -> Vec<Tally>,
}

const CALM: World = World { level: 50.0, season: true, trend: 0.2, scatter: 0.0, memory: 0.0, daily: 0.0 };
const WILD: World = World { trend: 0.3, scatter: 0.1, memory: 0.5, daily: 0.15, ..CALM };
const FEW: World = World { level: 5.0, ..WILD };

const CASES: [Case; 6] = [
    Case { name: "50 a day, season and trend", grain: Grain::Day, series: |r, f| daily(&counts(CALM, r, f)) },
    Case {
        name: "… over-dispersed, with memory",
        grain: Grain::Day,
        series: |r, f| daily(&counts(WILD, r, f)),
    },
    Case { name: "5 a day, over-dispersed", grain: Grain::Day, series: |r, f| daily(&counts(FEW, r, f)) },
    Case { name: "NPS of 30 answers a day", grain: Grain::Day, series: scores },
    Case {
        name: "350 a week, over-dispersed",
        grain: Grain::Week,
        series: |r, f| weekly(&counts(WILD, r, f)),
    },
    Case {
        name: "1,500 a month, over-dispersed",
        grain: Grain::Month,
        series: |r, f| monthly(&counts(WILD, r, f)),
    },
];

fn counts(world: World, random: &mut Random, factor: Factor) -> Vec<u64> {
    let means = world.means(DAYS, random);
    means.into_iter().enumerate().map(|(day, mean)| random.poisson(mean * factor(day))).collect()
}

/// What doubles a count takes 60 points off the score.
fn scores(random: &mut Random, factor: Factor) -> Vec<Tally> {
    let mut level = 0.0;
    let mut day = |day: usize| {
        level = 0.5 * level + 4.0 * random.normal();
        let n = random.poisson(30.0);
        nps(n, 30.0 + level - 60.0 * (factor(day) - 1.0), random)
    };
    (0..DAYS).map(&mut day).collect()
}

pub fn table(series: usize) -> Vec<Alarms> {
    CASES.iter().enumerate().map(|(number, case)| row(case, series, number as u64)).collect()
}

fn row(case: &Case, series: usize, number: u64) -> Alarms {
    let mut random = Random::new(3_000 + number);
    let length = match case.grain {
        Grain::Day => 1,
        Grain::Week => 7,
        Grain::Month => 30,
    };
    // In the middle of the second year, at the beginning of a point.
    let planted = 540 / length;
    let day = planted * length;
    let mut search = |factor: Factor| scan(&(case.series)(&mut random, factor), case.grain);
    let mut false_alarms = 0.0;
    let (mut spikes, mut delays) = (0, Vec::new());
    for _ in 0..series {
        let calm = search(&|_| 1.0);
        let judged = calm.expected.iter().flatten().count() * length;
        false_alarms += calm.alarms.len() as f64 * 365.0 / judged as f64;
        let spiked = search(&|at| if (day..day + length).contains(&at) { 2.0 } else { 1.0 });
        let there =
            |alarm: &Alarm| alarm.kind == AlarmKind::Spike && (alarm.from..=alarm.to).contains(&planted);
        spikes += usize::from(spiked.alarms.iter().any(there));
        let shifted = search(&|at| if at >= day { 1.5 } else { 1.0 });
        let soon =
            |alarm: &&Alarm| alarm.kind == AlarmKind::Shift && (planted..planted + 14).contains(&alarm.to);
        delays.extend(shifted.alarms.iter().find(soon).map(|alarm| (alarm.to - planted) as f64));
    }
    delays.sort_by(f64::total_cmp);
    let share = |count: usize| count as f64 / series as f64;
    Alarms {
        case: case.name.to_owned(),
        false_a_year: false_alarms / series as f64,
        spike_on_its_day: share(spikes),
        shift_found: share(delays.len()),
        median_delay: delays.get(delays.len() / 2).copied(),
    }
}
