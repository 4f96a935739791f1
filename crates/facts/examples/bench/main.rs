//! Times the eight questions of the design's budget, beside DuckDB on the same data if a Python with it is given.

#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

mod data;
mod duck;
mod questions;
mod report;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use otklik_facts::Facts;

use duck::Duck;
use questions::Question;
use report::{Report, Timing};

/// What to measure.
#[derive(Debug, Parser)]
struct Args {
    /// Items of the made-up company.
    #[arg(long, default_value_t = 1_000_000)]
    items: u32,
    /// A Python that has the package duckdb; without it only our own times are taken.
    #[arg(long)]
    duckdb: Option<PathBuf>,
    /// Times every question is asked; the median counts.
    #[arg(long, default_value_t = 21)]
    rounds: usize,
    /// Writes the figures here as well.
    #[arg(long)]
    json: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let folder = tempfile::tempdir()?;
    let start = Instant::now();
    let made = data::company(args.items);
    println!("{} items made and applied in {:.1} s", made.len(), start.elapsed().as_secs_f64());
    let start = Instant::now();
    made.save(folder.path())?;
    println!("snapshot saved in {:.2} s", start.elapsed().as_secs_f64());
    drop(made);

    let start = Instant::now();
    let facts = Facts::load(folder.path())?;
    let load_s = start.elapsed().as_secs_f64();
    let mut duck = args.duckdb.map(|python| Duck::start(&python, folder.path())).transpose()?;
    let mut timings = Vec::new();
    for question in questions::all() {
        timings.push(time(&facts, duck.as_mut(), &question, args.rounds)?);
    }
    let report = Report {
        items: args.items,
        bytes_per_item: facts.memory_bytes() as f64 / facts.len() as f64,
        load_s,
        apply_ms: report::median(data::arrivals(&facts, args.items, 5000)),
        timings,
    };
    print!("{report}");
    if let Some(path) = args.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report.to_json())?)?;
    }
    Ok(())
}

/// Asks both sides by turns; their answers must be equal.
fn time(
    facts: &Facts,
    mut duck: Option<&mut Duck>,
    question: &Question,
    rounds: usize,
) -> Result<Timing, Box<dyn Error>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let start = Instant::now();
        let answers =
            question.queries.iter().map(|query| facts.query(query)).collect::<Result<Vec<_>, _>>()?;
        let our_ms = start.elapsed().as_secs_f64() * 1000.0;
        let their_ms = duck.as_deref_mut().map(|duck| duck.ask(question.name)).transpose()?;
        if round == 0 {
            // The first round warms both up, and compares what they say.
            if let Some(duck) = duck.as_deref_mut() {
                questions::compare(question, (question.read)(&answers), duck.answer(question.name)?)?;
            }
        } else {
            ours.push(our_ms);
            theirs.extend(their_ms);
        }
    }
    Ok(Timing {
        name: question.name,
        text: question.text,
        otklik_ms: report::median(ours),
        duckdb_ms: report::median(theirs),
    })
}
