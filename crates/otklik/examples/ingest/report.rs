//! The figures as tables and as JSON.

use std::fmt;

use serde_json::{Value, json};

use crate::processor::Share;
use crate::push::Pushed;

/// A file imported, and its rows in the bare table.
pub struct Bulk {
    pub ours: Share,
    pub anchor: Share,
}

/// Items pushed, and as many rows committed by as many writers.
pub struct Pushes {
    pub ours: Pushed,
    pub anchor: Pushed,
}

/// Every call of the screens on a company of so many items.
pub struct Screens {
    pub items: u32,
    pub calls: Vec<Call>,
}

/// The times of one call, ms.
pub struct Call {
    name: &'static str,
    median: f64,
    p95: f64,
    slowest: f64,
}

pub struct Report {
    items: u32,
    demo: Share,
    import: Side,
    push: Side,
    screens: Screens,
}

/// Medians over the rounds.
struct Side {
    per_second: f64,
    anchor_per_second: f64,
    /// Of the rounds' ratios, not the ratio of two medians.
    ratio: f64,
    processor_us: Option<f64>,
    anchor_processor_us: Option<f64>,
    /// Of single items, where they were answered one by one: ours and the anchor's.
    waits: Option<[Wait; 2]>,
}

#[derive(Clone, Copy)]
struct Wait {
    median_ms: f64,
    p99_ms: f64,
}

impl Call {
    pub fn new(name: &'static str, times_ms: Vec<f64>) -> Self {
        Self {
            name,
            median: quantile(&times_ms, 0.5),
            p95: quantile(&times_ms, 0.95),
            slowest: quantile(&times_ms, 1.0),
        }
    }
}

impl Report {
    pub fn new(items: u32, demo: Share, bulk: Vec<Bulk>, pushes: Vec<Pushes>, screens: Screens) -> Self {
        let import = Side::of(&bulk.iter().map(|round| (round.ours, round.anchor)).collect::<Vec<_>>());
        let mut push =
            Side::of(&pushes.iter().map(|round| (round.ours.share, round.anchor.share)).collect::<Vec<_>>());
        push.waits = Some([
            Wait::of(pushes.iter().map(|round| &round.ours)),
            Wait::of(pushes.iter().map(|round| &round.anchor)),
        ]);
        Self { items, demo, import, push, screens }
    }

    pub fn to_json(&self) -> Value {
        let side = |side: &Side| {
            json!({
                "per_second": side.per_second,
                "anchor_per_second": side.anchor_per_second,
                "ratio": side.ratio,
                "processor_us": side.processor_us,
                "anchor_processor_us": side.anchor_processor_us,
                "median_ms": side.waits.map(|[ours, _]| ours.median_ms),
                "p99_ms": side.waits.map(|[ours, _]| ours.p99_ms),
                "anchor_p99_ms": side.waits.map(|[_, anchor]| anchor.p99_ms),
            })
        };
        let call = |call: &Call| json!({ "name": call.name, "median_ms": call.median, "p95_ms": call.p95, "slowest_ms": call.slowest });
        json!({
            "items": self.items,
            "demo_s": self.demo.wall_s,
            "demo_processor_s": self.demo.processor_s,
            "import": side(&self.import),
            "push": side(&self.push),
            "calls": self.screens.calls.iter().map(call).collect::<Vec<_>>(),
            "load_average": load_average(),
        })
    }
}

impl Side {
    fn of(rounds: &[(Share, Share)]) -> Self {
        let each = |of: &dyn Fn(&(Share, Share)) -> f64| median(rounds.iter().map(of).collect());
        let times = |of: &dyn Fn(&(Share, Share)) -> Option<f64>| {
            rounds.iter().map(of).collect::<Option<Vec<f64>>>().map(median)
        };
        Self {
            per_second: each(&|(ours, _)| ours.per_second()),
            anchor_per_second: each(&|(_, anchor)| anchor.per_second()),
            ratio: each(&|(ours, anchor)| ours.per_second() / anchor.per_second()),
            processor_us: times(&|(ours, _)| ours.processor_us_an_item()),
            anchor_processor_us: times(&|(_, anchor)| anchor.processor_us_an_item()),
            waits: None,
        }
    }
}

impl Wait {
    /// The medians over the rounds of median and 99th percentile.
    fn of<'a>(rounds: impl Iterator<Item = &'a Pushed> + Clone) -> Self {
        let each = |share| median(rounds.clone().map(|round| quantile(&round.times_ms, share)).collect());
        Self { median_ms: each(0.5), p99_ms: each(0.99) }
    }
}

fn median(times: Vec<f64>) -> f64 {
    quantile(&times, 0.5)
}

/// The smallest time that this share of all does not exceed; NaN of none.
fn quantile(times: &[f64], share: f64) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let place = (times.len() as f64 * share).ceil() as usize;
    times.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn load_average() -> Option<String> {
    std::fs::read_to_string("/proc/loadavg").ok().map(|load| load.trim().to_owned())
}

fn figure(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.0}"))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { items, demo, .. } = self;
        let processor = demo.processor_s.map_or("–".to_owned(), |s| format!("{s:.1}"));
        writeln!(f, "\ndemo of {items} items: {:.1} s, {processor} s of processor", demo.wall_s)?;
        writeln!(
            f,
            "\n{:<34}{:>9}{:>9}{:>7}{:>12}{:>8}{:>9}{:>9}{:>11}",
            "items a second", "otklik", "bare", "ratio", "processor", "bare", "median", "p99", "bare p99"
        )?;
        self.import.write("file of 100 characters an item", f)?;
        self.push.write("push, one item a request", f)?;
        writeln!(f, "\n{:<42}{:>9}{:>9}{:>9}", "ms", "median", "p95", "slowest")?;
        for Call { name, median, p95, slowest } in &self.screens.calls {
            writeln!(f, "{name:<42}{median:>9.1}{p95:>9.1}{slowest:>9.1}")?;
        }
        writeln!(f, "\nscreens of {} items; processor in µs an item, waits in ms", self.screens.items)?;
        writeln!(f, "load average of the machine: {}", load_average().unwrap_or_default())
    }
}

impl Side {
    fn write(&self, title: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{title:<34}{:>9.0}{:>9.0}{:>7.2}", self.per_second, self.anchor_per_second, self.ratio)?;
        write!(f, "{:>12}{:>8}", figure(self.processor_us), figure(self.anchor_processor_us))?;
        if let Some([ours, anchor]) = self.waits {
            write!(f, "{:>9.1}{:>9.1}{:>11.1}", ours.median_ms, ours.p99_ms, anchor.p99_ms)?;
        }
        writeln!(f)
    }
}
