//! The figures as a table and as JSON.

use std::fmt;

use serde_json::{Value, json};

pub struct Timing {
    pub name: &'static str,
    pub text: &'static str,
    pub otklik_ms: Option<f64>,
    pub duckdb_ms: Option<f64>,
}

pub struct Report {
    pub items: u32,
    pub bytes_per_item: f64,
    pub load_s: f64,
    /// One item replaced and visible.
    pub apply_ms: Option<f64>,
    pub timings: Vec<Timing>,
}

pub fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

impl Timing {
    /// How many times as long DuckDB takes.
    fn ratio(&self) -> Option<f64> {
        Some(self.duckdb_ms? / self.otklik_ms?)
    }
}

impl Report {
    pub fn to_json(&self) -> Value {
        let query = |timing: &Timing| {
            json!({
                "name": timing.name,
                "otklik_ms": timing.otklik_ms,
                "duckdb_ms": timing.duckdb_ms,
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

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let figure = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
        writeln!(f, "\n{:<56}{:>11}{:>11}{:>8}", "medians, ms", "otklik", "duckdb", "ratio")?;
        for timing in &self.timings {
            let title = format!("{} {}", timing.name, timing.text);
            let (ours, theirs, ratio) =
                (figure(timing.otklik_ms), figure(timing.duckdb_ms), figure(timing.ratio()));
            writeln!(f, "{title:<56}{ours:>11}{theirs:>11}{ratio:>8}")?;
        }
        writeln!(f, "{:<56}{:>11}{:>11}{:>8}", "geometric mean", "", "", figure(self.mean_ratio()))?;
        let (items, bytes, load_s) = (self.items, self.bytes_per_item, self.load_s);
        writeln!(f, "{items} items, {bytes:.1} bytes an item, loaded in {load_s:.2} s")?;
        writeln!(f, "one item replaced and seen in {} ms", figure(self.apply_ms))
    }
}
