//! Processor time of other processes: on a machine that others use too, it says more than the clock.

use std::fs;
use std::time::Instant;

/// What `/proc` counts in: a hundredth of a second wherever Linux runs today.
const TICKS_A_SECOND: f64 = 100.0;

/// What a number of items has cost.
#[derive(Clone, Copy)]
pub struct Share {
    pub items: usize,
    pub wall_s: f64,
    /// `None` where there is no `/proc`.
    pub processor_s: Option<f64>,
}

impl Share {
    /// Since then, by children that have ended.
    pub fn since(begun: Instant, before: Option<f64>, items: usize) -> Self {
        let wall_s = begun.elapsed().as_secs_f64();
        let processor_s = children_seconds().zip(before).map(|(now, before)| now - before);
        Self { items, wall_s, processor_s }
    }

    pub fn per_second(&self) -> f64 {
        self.items as f64 / self.wall_s
    }

    pub fn processor_us_an_item(&self) -> Option<f64> {
        Some(self.processor_s? * 1e6 / self.items as f64)
    }
}

/// Seconds of all children that have ended.
pub fn children_seconds() -> Option<f64> {
    seconds("self", 13)
}

/// Seconds of a process that is running.
pub fn seconds_of(process: u32) -> Option<f64> {
    seconds(&process.to_string(), 11)
}

/// The sum of two neighbouring fields of `stat`, counted from behind the name.
fn seconds(process: &str, field: usize) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(field)? + ticks(field + 1)?) / TICKS_A_SECOND)
}
