//! Intervals hold the truth as often as they say: counted out exactly, not simulated.

use otklik_stats::{Confidence, NpsTally, RateTally, ScoreTally, ShareTally, Tally};

const SIZES: [u64; 3] = [10, 20, 40];

fn holds(tally: &Tally, truth: f64) -> bool {
    let found = tally.estimate(Confidence::DEFAULT).unwrap();
    found.low - 1e-9 <= truth && truth <= found.high + 1e-9
}

/// Logarithms of 0!, 1!, … n!.
fn ln_factorials(n: u64) -> Vec<f64> {
    let mut sums = vec![0.0];
    for k in 1..=n {
        sums.push(sums[k as usize - 1] + (k as f64).ln());
    }
    sums
}

/// Chances of all splits of n answers among three kinds.
fn trinomial(n: u64, [a, b, c]: [f64; 3]) -> impl Iterator<Item = ([u64; 3], f64)> {
    let ln = ln_factorials(n);
    (0..=n).flat_map(move |x| (0..=n - x).map(move |y| [x, y, n - x - y])).map(move |[x, y, z]| {
        let split = ln[n as usize] - ln[x as usize] - ln[y as usize] - ln[z as usize];
        let chance = split.exp() * a.powi(x as i32) * b.powi(y as i32) * c.powi(z as i32);
        ([x, y, z], chance)
    })
}

fn check(name: &str, n: u64, coverage: impl Iterator<Item = f64>) {
    let found: Vec<f64> = coverage.collect();
    let mean = found.iter().sum::<f64>() / found.len() as f64;
    let lowest = found.iter().copied().fold(1.0, f64::min);
    assert!((0.93..=0.97).contains(&mean), "{name}, n {n}: mean {mean}");
    assert!(lowest > 0.88, "{name}, n {n}: lowest {lowest}");
}

#[test]
fn shares() {
    for n in SIZES {
        let coverage = |step: u32| {
            let p = 0.05 + 0.9 * f64::from(step) / 60.0;
            let chances = trinomial(n, [p, 1.0 - p, 0.0]).filter(|([_, _, none], _)| *none == 0);
            let inside =
                chances.filter(|([hits, _, _], _)| holds(&Tally::Share(ShareTally { hits: *hits, n }), p));
            inside.map(|(_, chance)| chance).sum()
        };
        check("share", n, (0..=60).map(coverage));
    }
}

#[test]
fn nps() {
    for n in SIZES {
        let coverage = |(p, d): (f64, f64)| {
            let tally = |[promoters, passives, detractors]: [u64; 3]| {
                Tally::Nps(NpsTally { promoters, passives, detractors })
            };
            let chances = trinomial(n, [p, 1.0 - p - d, d]);
            let inside = chances.filter(|(counts, _)| holds(&tally(*counts), 100.0 * (p - d)));
            inside.map(|(_, chance)| chance).sum()
        };
        let truths =
            (1..9).flat_map(|p| (1..10 - p).map(move |d| (f64::from(p) / 10.0, f64::from(d) / 10.0)));
        check("NPS", n, truths.map(coverage));
    }
}

#[test]
fn means_of_three_scores() {
    for n in SIZES {
        let coverage = |(low, high): (f64, f64)| {
            let chances = trinomial(n, [low, 1.0 - low - high, high]);
            let tally = |counts: &[u64; 3]| Tally::Score(ScoreTally::from_histogram(1, counts));
            let inside = chances.filter(|(counts, _)| holds(&tally(counts), 2.0 - low + high));
            inside.map(|(_, chance)| chance).sum()
        };
        let truths =
            (1..9).flat_map(|p| (1..10 - p).map(move |d| (f64::from(p) / 10.0, f64::from(d) / 10.0)));
        check("mean", n, truths.map(coverage));
    }
}

#[test]
fn rates() {
    for n in SIZES {
        let ln = ln_factorials(n * 6);
        let coverage = |step: u32| {
            let mean = n as f64 * (1.0 + f64::from(step) / 20.0);
            let chance = |k: usize| (k as f64 * mean.ln() - mean - ln[k]).exp();
            let inside = (0..ln.len())
                .filter(|k| holds(&Tally::Rate(RateTally { events: *k as u64, exposure: 1.0 }), mean));
            inside.map(chance).sum()
        };
        check("rate", n, (0..=20).map(coverage));
    }
}
