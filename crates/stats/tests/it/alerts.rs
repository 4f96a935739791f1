//! How often alerts cry wolf: limits on simulated scores, and anomalies in simulated counts, with a fixed seed.

use otklik_stats::anomaly::{Grain, scan};
use otklik_stats::threshold::{Look, Side, find_crossings};
use otklik_stats::{Confidence, NpsTally, RateTally, Tally};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::calibration::{normal, poisson};

const YEARS: usize = 200;
const WEEKS: usize = 52;
/// Fewer a year than this are «a few».
const FEW: f64 = 2.0;

/// One week of answers whose true score is 40: half are promoters, one in ten a detractor.
fn week(n: u64, shift: f64, random: &mut ChaCha8Rng) -> Option<Look> {
    let mut tally = NpsTally::default();
    for _ in 0..n {
        let draw: f64 = random.random();
        tally.promoters += u64::from(draw < 0.5 + shift / 200.0);
        tally.detractors += u64::from(draw > 0.9 + shift / 200.0);
    }
    tally.passives = n - tally.promoters - tally.detractors;
    let tally = Tally::Nps(tally);
    let estimate = tally.estimate(Confidence::DEFAULT)?;
    Some(Look { value: estimate.value, low: estimate.low, high: estimate.high })
}

/// Alerts in a series-year: `margin` points over the limit, `drift` the standard deviation of what hangs together.
fn alerts_a_year(n: u64, margin: f64, drift: f64) -> f64 {
    let mut random = ChaCha8Rng::seed_from_u64(7 + n);
    let mut alerts = 0;
    for _ in 0..YEARS {
        let mut level = 0.0;
        let mut looks = Vec::with_capacity(WEEKS);
        for _ in 0..WEEKS {
            level = 0.5 * level + drift * normal(&mut random);
            looks.push(week(n, level, &mut random));
        }
        alerts += find_crossings(&looks, 40.0 - margin, Side::Below).len();
    }
    alerts as f64 / YEARS as f64
}

#[test]
fn a_limit_raises_few_false_alerts_a_year() {
    for n in [20, 60, 200] {
        // On the limit, five points over it, and five points over it with weeks that hang together.
        for (margin, drift) in [(0.0, 0.0), (5.0, 0.0), (5.0, 3.0)] {
            let rate = alerts_a_year(n, margin, drift);
            println!(
                "limit: {n} answers a week, {margin} points over it, drift {drift}: {rate:.2} a series-year"
            );
            assert!(rate < FEW, "{n} answers, {margin} points over the limit, drift {drift}: {rate}");
        }
    }
}

#[test]
fn a_real_fall_is_told_within_weeks() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    for (n, most) in [(60, 8), (200, 3)] {
        let mut waits: Vec<usize> = (0..YEARS)
            .filter_map(|_| {
                let looks: Vec<_> = (0..WEEKS).map(|_| week(n, -20.0, &mut random)).collect();
                Some(find_crossings(&looks, 40.0, Side::Below).first()?.began)
            })
            .collect();
        waits.sort_unstable();
        assert_eq!(waits.len(), YEARS, "every fall is told");
        assert!(waits[YEARS / 2] < most, "{n} answers: {} weeks", waits[YEARS / 2]);
    }
}

/// Counts with a week's season, chance of Poisson, and days that hang together.
#[test]
fn counts_raise_few_false_anomalies_a_year() {
    const WEEK: [f64; 7] = [1.3, 1.2, 1.1, 1.0, 1.0, 0.75, 0.65];
    const SERIES: usize = 60;
    for (mean, scatter, persistence) in [(5.0, 0.0, 0.0), (30.0, 0.1, 0.5), (100.0, 0.1, 0.5)] {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut alarms = 0;
        for _ in 0..SERIES {
            let mut level = normal(&mut random);
            let series: Vec<Tally> = (0..365 + 56)
                .map(|day| {
                    level = persistence * level
                        + (1.0_f64 - persistence * persistence).sqrt() * normal(&mut random);
                    let mean = mean * WEEK[day % 7] * (1.0 + scatter * level).max(0.1);
                    Tally::Rate(RateTally { events: poisson(mean, &mut random), exposure: 1.0 })
                })
                .collect();
            alarms += scan(&series, Grain::Day).alarms.len();
        }
        let rate = alarms as f64 / SERIES as f64;
        println!(
            "anomaly: {mean} a day, scatter {scatter}, persistence {persistence}: {rate:.2} a series-year"
        );
        assert!(rate < FEW, "{mean} a day, scatter {scatter}, persistence {persistence}: {rate}");
    }
}
