//! The figures as tables and as JSON.

use std::fmt;

use serde_json::{Value, json};

use crate::relabel::Relabelling;

/// The times of one question, ms.
#[derive(Clone, Copy)]
pub struct Spread {
    pub median: f64,
    /// What the machine can do when nobody else wants it.
    pub fastest: f64,
    pub slowest: f64,
}

#[derive(Clone)]
pub struct Timing {
    pub name: &'static str,
    pub text: &'static str,
    pub otklik: Option<Spread>,
    pub duckdb: Option<Spread>,
}

#[derive(Clone)]
pub struct Report {
    pub items: u32,
    pub bytes_per_item: f64,
    pub load_s: f64,
    /// One item replaced and visible.
    pub apply_ms: Option<f64>,
    pub relabelling: Relabelling,
    pub timings: Vec<Timing>,
}

/// The same figures at several sizes.
pub struct Growth(pub Vec<Report>);

pub fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

impl Spread {
    /// `None` of no times.
    pub fn of(times: Vec<f64>) -> Option<Self> {
        let fastest = times.iter().copied().min_by(f64::total_cmp)?;
        let slowest = times.iter().copied().max_by(f64::total_cmp)?;
        Some(Self { median: median(times)?, fastest, slowest })
    }
}

impl Timing {
    /// How many times as long DuckDB takes.
    fn ratio(&self) -> Option<f64> {
        Some(self.duckdb?.median / self.otklik?.median)
    }
}

impl Report {
    pub fn to_json(&self) -> Value {
        let query = |timing: &Timing| {
            json!({
                "name": timing.name,
                "otklik_ms": timing.otklik.map(|times| times.median),
                "duckdb_ms": timing.duckdb.map(|times| times.median),
                "ratio": timing.ratio(),
            })
        };
        json!({
            "items": self.items,
            "queries": self.timings.iter().map(query).collect::<Vec<_>>(),
            "bytes_per_item": self.bytes_per_item,
            "load_s": self.load_s,
            "apply_ms": self.apply_ms,
        })
    }

    fn mean_ratio(&self) -> Option<f64> {
        let logarithms = self.timings.iter().map(|timing| timing.ratio().map(f64::ln));
        let sum = logarithms.sum::<Option<f64>>()?;
        Some((sum / self.timings.len() as f64).exp())
    }
}

fn figure(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.2}"))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n{:<56}{:>9}{:>9}{:>9}{:>9}{:>8}",
            "ms: median and fastest", "otklik", "", "duckdb", "", "ratio"
        )?;
        for timing in &self.timings {
            let title = format!("{} {}", timing.name, timing.text);
            write!(f, "{title:<56}")?;
            for times in [timing.otklik, timing.duckdb] {
                let (median, fastest) = (times.map(|times| times.median), times.map(|times| times.fastest));
                write!(f, "{:>9}{:>9}", figure(median), figure(fastest))?;
            }
            writeln!(f, "{:>8}", figure(timing.ratio()))?;
        }
        writeln!(f, "{:<92}{:>8}", "geometric mean", figure(self.mean_ratio()))?;
        let (items, bytes, load_s) = (self.items, self.bytes_per_item, self.load_s);
        writeln!(f, "{items} items, {bytes:.1} bytes an item, loaded in {load_s:.2} s")?;
        writeln!(f, "one item replaced and seen in {} ms", figure(self.apply_ms))?;
        let Relabelling { items, seconds, asked } = &self.relabelling;
        let (median, slowest) = (asked.map(|times| times.median), asked.map(|times| times.slowest));
        writeln!(
            f,
            "{items} items re-labelled in {seconds:.1} s; meanwhile Q6 took {} ms, at most {} ms",
            figure(median),
            figure(slowest)
        )?;
        if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
            writeln!(f, "load average of the machine: {}", load.trim())?;
        }
        Ok(())
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, title: &str, figures: Vec<String>| {
            write!(f, "{title:<56}")?;
            figures.iter().try_for_each(|figure| write!(f, "{figure:>12}"))?;
            writeln!(f)
        };
        let Self(reports) = self;
        let each =
            |of: &dyn Fn(&Report) -> Option<f64>| reports.iter().map(|report| figure(of(report))).collect();
        writeln!(f)?;
        row(
            f,
            "growth: items, medians in ms",
            reports.iter().map(|report| report.items.to_string()).collect(),
        )?;
        for (place, timing) in reports.iter().take(1).flat_map(|report| &report.timings).enumerate() {
            let median = |report: &Report| Some(report.timings.get(place)?.otklik?.median);
            row(f, &format!("{} {}", timing.name, timing.text), each(&median))?;
        }
        row(f, "bytes an item", each(&|report| Some(report.bytes_per_item)))?;
        row(f, "loaded, s", each(&|report| Some(report.load_s)))?;
        row(f, "one item replaced and seen, ms", each(&|report| report.apply_ms))
    }
}
