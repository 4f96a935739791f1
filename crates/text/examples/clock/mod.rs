//! Seconds that work takes on a core, undisturbed by other programs where the system tells.

use std::time::Instant;

/// Does `work` and tells how many seconds it took this thread.
pub fn time<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (start, core_start) = (Instant::now(), core_seconds());
    let result = work();
    let core = core_start.zip(core_seconds()).map(|(start, end)| end - start);
    (result, core.unwrap_or(start.elapsed().as_secs_f64()))
}

fn core_seconds() -> Option<f64> {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = schedule.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
