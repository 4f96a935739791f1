//! A company of 24 months: dimensions, topics, customers and answers as many as real ones have.

use std::time::Instant;

use otklik_facts::{Change, Facts, Item};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// 2024-11-01; the last day is 2026-10-31.
pub const FIRST_DAY: i32 = 20_028;
pub const DAYS: i32 = 730;

const TOPICS: u32 = 250;
const BATCH: u32 = 100_000;
const RELABEL_BATCH: u32 = 2_000;

/// So many items, applied in batches in order of their days.
pub fn company(items: u32) -> Facts {
    let facts = Facts::new();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for start in (0..items).step_by(BATCH as usize) {
        let end = items.min(start + BATCH);
        let changes = (start..end).map(|number| Change::Put(item(number, items, &mut rng))).collect();
        facts.apply(changes, end.into());
    }
    facts
}

/// Milliseconds that each of so many single items, replaced out of the `items` there are, takes to be seen.
pub fn arrivals(facts: &Facts, items: u32, count: u32) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let arrive = |number: u32| {
        let change = vec![Change::Put(item(number, items, &mut rng))];
        let start = Instant::now();
        facts.apply(change, number.into());
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..count.min(items)).map(arrive).collect()
}

/// Replaces so many of the `items` there are, spread over all days, in batches as a job does it.
pub fn change(facts: &Facts, items: u32, count: u32) {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let step = items / count;
    for start in (0..count).step_by(RELABEL_BATCH as usize) {
        let end = count.min(start + RELABEL_BATCH);
        let changes = (start..end).map(|place| Change::Put(item(place * step, items, &mut rng))).collect();
        facts.apply(changes, u64::from(items) + u64::from(end));
    }
}

fn item(number: u32, items: u32, rng: &mut ChaCha8Rng) -> Item {
    let customer = rng.random_range(0..items / 4 + 1);
    Item {
        number,
        day: FIRST_DAY + (i64::from(number) * i64::from(DAYS) / i64::from(items)) as i32,
        customer: rng
            .random_bool(0.95)
            .then(|| format!("{:064x}", u128::from(customer) * 0x9e37_79b9_7f4a_7c15)),
        source: value(rng, "source", 20),
        channel: value(rng, "channel", 12),
        unit: value(rng, "unit", 40),
        product: value(rng, "product", 30),
        touchpoint: value(rng, "touchpoint", 60),
        segment: value(rng, "segment", 8),
        region: value(rng, "region", 85),
        language: Some(if rng.random_bool(0.75) { "ru" } else { "en" }.to_owned()),
        nps: rng.random_bool(0.65).then(|| rng.random_range(0..=10)),
        csat: rng.random_bool(0.75).then(|| rng.random_range(1..=5)),
        ces: rng.random_bool(0.1).then(|| rng.random_range(1..=7)),
        complaint: rng.random_bool(0.12),
        sentiment: rng.random_bool(0.9).then(|| rng.random_range(-1..=1)),
        signals: if rng.random_bool(0.04) { 1 << rng.random_range(0..4) } else { 0 },
        topics: topics(rng),
        attributes: Vec::new(),
    }
}

/// On average 1.4, some more frequent than others.
fn topics(rng: &mut ChaCha8Rng) -> Vec<String> {
    let count = match rng.random_range(0..20) {
        0..4 => 0,
        4..12 => 1,
        12..17 => 2,
        17..19 => 3,
        _ => 4,
    };
    (0..count).map(|_| format!("topic {:03}", skewed(rng, TOPICS))).collect()
}

fn value(rng: &mut ChaCha8Rng, name: &str, values: u32) -> Option<String> {
    rng.random_bool(0.98).then(|| format!("{name} {:02}", skewed(rng, values)))
}

fn skewed(rng: &mut ChaCha8Rng, values: u32) -> u32 {
    let below = rng.random_range(0..values) + 1;
    rng.random_range(0..below)
}
