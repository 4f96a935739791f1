//! The demo company as its readers meet it: counts, shares, texts, truths and story.

mod counts;
mod story;
mod texts;
mod truths;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use otklik_demo::{Company, Item, Plan};

const TODAY: Date = date(2026, 11, 22);

/// The day of an item as the bank counts it.
fn day(item: &Item<'_>) -> Date {
    let local_day = (item.occurred_at + 3 * 3_600_000).div_euclid(86_400_000);
    date(1970, 1, 1) + jiff::Span::new().days(local_day)
}

fn company(seed: u64, items: u32) -> Company {
    Company::generate(&Plan { seed, items, today: TODAY }).expect("the demo data are sound")
}

static FULL: LazyLock<Company> = LazyLock::new(|| company(1, 50_000));
static ITEMS: LazyLock<Vec<Item<'static>>> = LazyLock::new(|| FULL.items());

/// A share as a number that prints well.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
