//! Times the eight questions of the design's budget, beside DuckDB on the same data if a Python with it is given.

#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

mod data;
mod duck;
mod questions;
mod relabel;
mod report;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use otklik_facts::Facts;

use duck::Duck;
use questions::Question;
use report::{Growth, Report, Spread, Timing};

/// The sizes at which growth is measured.
const SIZES: [u32; 4] = [100_000, 1_000_000, 10_000_000, 30_000_000];

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
    /// Keeps the made-up companies here, a folder for each size, and uses those that are there already.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Also shows how time and memory grow from 0.1 to 30 million items.
    #[arg(long)]
    growth: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let temporary = tempfile::tempdir()?;
    let folder = args.data.as_deref().unwrap_or(temporary.path());
    let report = measure(args.items, folder, args.duckdb.as_deref(), args.rounds)?;
    print!("{report}");
    if let Some(path) = args.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report.to_json())?)?;
    }
    if args.growth {
        let sizes = SIZES.iter().map(|&items| match items == report.items {
            true => Ok(report.clone()),
            false => measure(items, folder, None, args.rounds),
        });
        print!("{}", Growth(sizes.collect::<Result<_, _>>()?));
    }
    Ok(())
}

/// The figures at one size.
fn measure(
    items: u32,
    folder: &Path,
    python: Option<&Path>,
    rounds: usize,
) -> Result<Report, Box<dyn Error>> {
    let snapshot = folder.join(items.to_string());
    if !snapshot.exists() {
        make(items, &snapshot)?;
    }
    let start = Instant::now();
    let facts = Facts::load(&snapshot)?;
    let load_s = start.elapsed().as_secs_f64();
    let mut duck = python.map(|python| Duck::start(python, &snapshot)).transpose()?;
    let questions = questions::all();
    let mut timings = Vec::new();
    for question in &questions {
        timings.push(time(&facts, duck.as_mut(), question, rounds)?);
    }
    let bytes_per_item = facts.memory_bytes() as f64 / facts.len() as f64;
    let apply_ms = report::median(data::arrivals(&facts, items, 5000));
    let relabelling = relabel::relabel(&facts, items, &questions[5])?;
    Ok(Report { items, bytes_per_item, load_s, apply_ms, relabelling, timings })
}

fn make(items: u32, snapshot: &Path) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let made = data::company(items);
    println!("{items} items made and applied in {:.1} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    made.save(snapshot)?;
    println!("snapshot saved in {:.2} s", start.elapsed().as_secs_f64());
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
        otklik: Spread::of(ours),
        duckdb: Spread::of(theirs),
    })
}
