//! Proves by simulation what the methods promise: coverage of intervals, errors of verdicts, false alarms a year.

#![allow(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod alarms;
mod coverage;
mod decisions;
mod importance;
mod random;
mod report;
mod worlds;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;

use report::Report;

/// How much to simulate.
#[derive(Debug, Parser)]
struct Args {
    /// Samples for each true value of the coverage table.
    #[arg(long, default_value_t = 3_000)]
    samples: usize,
    /// Changes for each row of the error table.
    #[arg(long, default_value_t = 2_000)]
    runs: usize,
    /// Series of two years for each row of the table of alarms.
    #[arg(long, default_value_t = 200)]
    series: usize,
    /// Writes the figures here as well.
    #[arg(long)]
    json: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let start = Instant::now();
    let mut report = Report::default();
    // Tables that share nothing, side by side.
    std::thread::scope(|scope| {
        let coverage = scope.spawn(|| coverage::table(args.samples));
        let errors = scope.spawn(|| decisions::errors(args.runs));
        let power = scope.spawn(|| (decisions::power(args.runs), importance::table(args.runs / 10)));
        report.alarms = alarms::table(args.series);
        report.coverage = coverage.join().unwrap_or_default();
        report.errors = errors.join().unwrap_or_default();
        (report.power, report.drivers) = power.join().unwrap_or_default();
    });
    report.seconds = start.elapsed().as_secs_f64();
    report.print();
    if let Some(file) = args.json {
        std::fs::write(file, serde_json::to_string_pretty(&report)?)?;
    }
    Ok(())
}
