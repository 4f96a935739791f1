//! Made-up companies: how many events a day brings, with season, trend, scatter and memory.

use otklik_stats::{NpsTally, RateTally, Tally};

use crate::random::Random;

/// Complaints by day of the week: many on Mondays, few on Sundays.
const WEEK: [f64; 7] = [1.35, 1.2, 1.1, 1.05, 1.0, 0.7, 0.6];

/// How a series moves apart from chance.
#[derive(Clone, Copy)]
pub struct World {
    /// Events on a mean day.
    pub level: f64,
    /// Whether days of the week differ.
    pub season: bool,
    /// Relative growth in a year.
    pub trend: f64,
    /// Relative scatter of the level from week to week, and its correlation with the week before.
    pub scatter: f64,
    pub memory: f64,
    /// Relative scatter of single days.
    pub daily: f64,
}

impl World {
    pub const CHANCE: Self =
        Self { level: 15.0, season: false, trend: 0.0, scatter: 0.0, memory: 0.0, daily: 0.0 };

    /// The expected events of each day.
    pub fn means(&self, days: usize, random: &mut Random) -> Vec<f64> {
        let mut level = random.normal();
        let fresh = (1.0 - self.memory * self.memory).sqrt();
        let mut mean = |day: usize| {
            if day.is_multiple_of(7) {
                level = self.memory * level + fresh * random.normal();
            }
            let week = if self.season { WEEK[day % 7] } else { 1.0 };
            let trend = (self.trend * day as f64 / 365.0).exp();
            let jitter = (self.scatter * level + self.daily * random.normal()).exp();
            self.level * week * trend * jitter
        };
        (0..days).map(&mut mean).collect()
    }

    pub fn days(&self, days: usize, random: &mut Random) -> Vec<u64> {
        self.means(days, random).into_iter().map(|mean| random.poisson(mean)).collect()
    }
}

pub fn daily(events: &[u64]) -> Vec<Tally> {
    events.chunks(1).map(together).collect()
}

/// Weeks as an effect is measured in them: seven days each from the first, the last taking the days left over.
pub fn weekly(events: &[u64]) -> Vec<Tally> {
    let whole = (events.len() / 7).max(1);
    let end = |number: usize| if number + 1 == whole { events.len() } else { (number + 1) * 7 };
    (0..whole).map(|number| together(&events[number * 7..end(number)])).collect()
}

pub fn monthly(events: &[u64]) -> Vec<Tally> {
    events.chunks_exact(30).map(together).collect()
}

fn together(days: &[u64]) -> Tally {
    Tally::Rate(RateTally { events: days.iter().sum(), exposure: days.len() as f64 })
}

/// Answers of one week or day whose true NPS is `nps`.
pub fn nps(n: u64, nps: f64, random: &mut Random) -> Tally {
    let promoters = (0.35 + nps / 200.0).clamp(0.0, 1.0);
    let detractors = (0.35 - nps / 200.0).clamp(0.0, 1.0 - promoters);
    let [promoters, detractors, passives] =
        random.histogram(n, &[promoters, detractors, 1.0 - promoters - detractors]);
    Tally::Nps(NpsTally { promoters, passives, detractors })
}
