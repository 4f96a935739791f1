//! How often 95 % intervals hold the truth.

use otklik_stats::compare::compare;
use otklik_stats::interval::weighted;
use otklik_stats::{Confidence, NpsTally, RateTally, ScoreTally, ShareTally, Tally};

use crate::random::Random;
use crate::report::Coverage;

const LEVEL: Confidence = Confidence::DEFAULT;
const SIZES: [u64; 5] = [10, 20, 50, 200, 1_000];

/// Chances of satisfied answers, of NPS groups (promoters, passives, detractors), and of the scores of a scale.
const SHARES: [f64; 9] = [0.08, 0.15, 0.27, 0.38, 0.51, 0.64, 0.75, 0.83, 0.92];
const NPS: [[f64; 3]; 9] = [
    [0.1, 0.6, 0.3],
    [0.2, 0.6, 0.2],
    [0.4, 0.3, 0.3],
    [0.5, 0.4, 0.1],
    [0.6, 0.2, 0.2],
    [0.7, 0.2, 0.1],
    [0.45, 0.1, 0.45],
    [0.1, 0.2, 0.7],
    [0.8, 0.1, 0.1],
];
const FIVE: [[f64; 5]; 8] = [
    [0.05, 0.05, 0.1, 0.3, 0.5],
    [0.02, 0.03, 0.05, 0.2, 0.7],
    [0.2, 0.2, 0.2, 0.2, 0.2],
    [0.4, 0.05, 0.05, 0.1, 0.4],
    [0.01, 0.01, 0.02, 0.06, 0.9],
    [0.1, 0.2, 0.4, 0.2, 0.1],
    [0.5, 0.2, 0.1, 0.1, 0.1],
    [0.1, 0.05, 0.05, 0.2, 0.6],
];
const SEVEN: [[f64; 7]; 5] = [
    [0.02, 0.02, 0.04, 0.08, 0.14, 0.4, 0.3],
    [0.14, 0.14, 0.14, 0.16, 0.14, 0.14, 0.14],
    [0.3, 0.05, 0.05, 0.1, 0.1, 0.1, 0.3],
    [0.05, 0.02, 0.02, 0.03, 0.05, 0.13, 0.7],
    [0.4, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05],
];
/// Expected events, as multiples of n.
const RATES: [f64; 6] = [0.85, 0.93, 1.0, 1.08, 1.15, 1.25];

/// A kind of group: how to draw one, and its true value, for each of several truths.
struct Kind {
    name: &'static str,
    truths: usize,
    draw: fn(&mut Random, usize, u64) -> Tally,
    value: fn(usize, u64) -> f64,
}

const KINDS: [Kind; 5] = [
    Kind { name: "share", truths: SHARES.len(), draw: share, value: |truth, _| SHARES[truth] },
    Kind {
        name: "NPS",
        truths: NPS.len(),
        draw: nps,
        value: |truth, _| 100.0 * (NPS[truth][0] - NPS[truth][2]),
    },
    Kind { name: "mean of 1-5", truths: FIVE.len(), draw: five, value: |truth, _| mean(&FIVE[truth]) },
    Kind { name: "mean of 1-7", truths: SEVEN.len(), draw: seven, value: |truth, _| mean(&SEVEN[truth]) },
    Kind { name: "rate", truths: RATES.len(), draw: rate, value: |truth, n| RATES[truth] * n as f64 },
];

fn share(random: &mut Random, truth: usize, n: u64) -> Tally {
    let hits = (0..n).filter(|_| random.unit() < SHARES[truth]).count() as u64;
    Tally::Share(ShareTally { hits, n })
}

fn nps(random: &mut Random, truth: usize, n: u64) -> Tally {
    let [promoters, passives, detractors] = random.histogram(n, &NPS[truth]);
    Tally::Nps(NpsTally { promoters, passives, detractors })
}

fn five(random: &mut Random, truth: usize, n: u64) -> Tally {
    Tally::Score(ScoreTally::from_histogram(1, &random.histogram(n, &FIVE[truth])))
}

fn seven(random: &mut Random, truth: usize, n: u64) -> Tally {
    Tally::Score(ScoreTally::from_histogram(1, &random.histogram(n, &SEVEN[truth])))
}

/// About `n` events.
fn rate(random: &mut Random, truth: usize, n: u64) -> Tally {
    Tally::Rate(RateTally { events: random.poisson(RATES[truth] * n as f64), exposure: 1.0 })
}

fn mean(chances: &[f64]) -> f64 {
    chances.iter().zip(1..).map(|(chance, score)| chance * f64::from(score)).sum()
}

/// Every kind at every size: alone, weighted, and as the difference of two groups; then the ratio of two rates.
pub fn table(samples: usize) -> Vec<Coverage> {
    let mut rows = Vec::new();
    for (number, kind) in KINDS.iter().enumerate() {
        let random = &mut Random::new(number as u64 + 1);
        for n in SIZES {
            rows.push(row(kind.name.to_owned(), n, kind.truths, |truth| {
                hits(samples, || alone(random, kind, truth, n))
            }));
        }
        for n in SIZES {
            rows.push(row(format!("{}, weighted", kind.name), n, kind.truths, |truth| {
                hits(samples, || weighed(random, kind, truth, n))
            }));
        }
        for n in SIZES {
            rows.push(row(format!("{}, difference", kind.name), n, 2 * kind.truths, |pair| {
                hits(samples, || difference(random, kind, pair, n))
            }));
        }
    }
    let random = &mut Random::new(99);
    for n in SIZES {
        rows.push(row("rate, ratio".to_owned(), n, RATES.len(), |truth| {
            hits(samples, || ratio(random, truth, n))
        }));
    }
    rows
}

type Ends = (f64, f64, f64);

fn alone(random: &mut Random, kind: &Kind, truth: usize, n: u64) -> Option<Ends> {
    let found = (kind.draw)(random, truth, n).estimate(LEVEL)?;
    Some((found.low, found.high, (kind.value)(truth, n)))
}

/// Two strata of different truths, 2 to 1 in the sample and half and half in the base.
fn weighed(random: &mut Random, kind: &Kind, truth: usize, n: u64) -> Option<Ends> {
    let other = (truth + 1) % kind.truths;
    let (most, rest) = (n - n / 3, n / 3);
    let (a, b) = ((kind.draw)(random, truth, most), (kind.draw)(random, other, rest));
    let value = ((kind.value)(truth, most) + (kind.value)(other, rest)) / 2.0;
    let (first, second) = match a {
        Tally::Rate(_) => (1.0, 1.0),
        _ => (n as f64 / most as f64, n as f64 / rest as f64),
    };
    let found = weighted(&[(a, first), (b, second)], LEVEL)?.estimate;
    Some((found.low, found.high, value))
}

/// Each truth against itself, then against another.
fn difference(random: &mut Random, kind: &Kind, pair: usize, n: u64) -> Option<Ends> {
    let (first, second) = (pair % kind.truths, (pair + pair / kind.truths * 3) % kind.truths);
    let (a, b) = ((kind.draw)(random, first, n), (kind.draw)(random, second, n));
    let found = compare(&a, &b, LEVEL)?;
    Some((found.low, found.high, (kind.value)(first, n) - (kind.value)(second, n)))
}

fn ratio(random: &mut Random, truth: usize, n: u64) -> Option<Ends> {
    let (first, second) = (RATES[truth] * n as f64, 1.5 * n as f64);
    let mut tally = |mean: f64| Tally::Rate(RateTally { events: random.poisson(mean), exposure: 1.0 });
    let found = compare(&tally(first), &tally(second), LEVEL)?.ratio?;
    Some((found.low, found.high, first / second))
}

fn row(kind: String, n: u64, truths: usize, mut coverage: impl FnMut(usize) -> f64) -> Coverage {
    let found: Vec<f64> = (0..truths).map(&mut coverage).collect();
    Coverage {
        kind,
        n,
        mean: found.iter().sum::<f64>() / truths as f64,
        lowest: found.iter().copied().fold(1.0, f64::min),
        highest: found.iter().copied().fold(0.0, f64::max),
    }
}

/// The share of samples whose interval holds the truth; a sample without an interval does not.
fn hits(samples: usize, mut sample: impl FnMut() -> Option<Ends>) -> f64 {
    let holds = |(low, high, truth): Ends| low - 1e-9 <= truth && truth <= high + 1e-9;
    (0..samples).filter(|_| sample().is_some_and(holds)).count() as f64 / samples as f64
}
