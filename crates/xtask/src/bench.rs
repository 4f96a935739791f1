//! `cargo xtask bench`: our figures beside those of others in one run on one machine, and the promises of the statistics.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::ValueEnum;

use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{console, process};

#[derive(clap::Args)]
pub struct Options {
    /// What to measure
    #[arg(default_value = "facts")]
    what: Subject,
    /// How many items, for `facts` and `ingest`
    #[arg(long, default_value_t = 1_000_000)]
    items: u64,
    /// How often every question is asked, for `facts` (21), or the file imported, for `ingest` (3); the median counts
    #[arg(long)]
    rounds: Option<usize>,
    /// Also show how time and memory of `facts` grow from 0.1 to 30 million items
    #[arg(long)]
    growth: bool,
    /// Folder of the public data sets that `text` is measured on
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Also write the figures of `facts`, `ingest` or `stats` here
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Subject {
    /// Questions Q1 to Q8 to the columns in memory, beside DuckDB
    Facts,
    /// Import, push and the screens' calls of the real program on SQLite, beside a bare table on the same disk
    Ingest,
    /// How often intervals hold the truth, verdicts err and alarms are false, on simulated data
    Stats,
    /// How well and how fast texts are understood
    Text,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    match options.what {
        Subject::Facts => facts(workspace, options),
        Subject::Ingest => ingest(workspace, options),
        Subject::Stats => stats(workspace, options),
        Subject::Text => text(workspace, &options.data),
    }
}

fn facts(workspace: &Workspace, options: &Options) -> Result<()> {
    let python = duckdb(workspace)?;
    console::heading("facts");
    let mut bench = example(workspace, "otklik-facts", "bench");
    bench.args(["--items", &options.items.to_string()]).args(rounds(options));
    bench.arg("--duckdb").arg(python).args(options.growth.then_some("--growth"));
    process::run(with_json(&mut bench, options)?)
}

fn ingest(workspace: &Workspace, options: &Options) -> Result<()> {
    console::heading("ingest");
    process::run(workspace.cargo().args(["build", "--profile", "fast", "--package", "otklik"]))?;
    let mut bench = example(workspace, "otklik", "ingest");
    bench.arg("--program").arg(workspace.binary("fast")).arg("--folder").arg(&workspace.target);
    bench.args(["--items", &options.items.to_string()]).args(rounds(options));
    process::run(with_json(&mut bench, options)?)
}

fn stats(workspace: &Workspace, options: &Options) -> Result<()> {
    console::heading("stats");
    process::run(with_json(&mut example(workspace, "otklik-stats", "promises"), options)?)
}

fn text(workspace: &Workspace, data: &Path) -> Result<()> {
    console::heading("text: speed");
    process::run(&mut example(workspace, "otklik-text", "speed"))?;
    if !data.is_dir() {
        println!("{} is no folder: quality is not measured", data.display());
        return Ok(());
    }
    let data = std::path::absolute(data)?;
    for (subject, name) in [
        ("topics learnt from labels", "topics"),
        ("sentiment", "sentiment"),
        ("signals", "signals"),
        ("themes", "themes"),
    ] {
        console::heading(&format!("text: {subject}"));
        process::run(example(workspace, "otklik-text", name).arg(&data))?;
    }
    println!("Other methods on the same sets: tools/baselines");
    Ok(())
}

/// A benchmark that a package carries as an example.
fn example(workspace: &Workspace, package: &str, name: &str) -> Command {
    let mut bench = workspace.cargo();
    bench.args(["run", "--profile", "fast", "--package", package, "--example", name, "--"]);
    bench
}

/// How often, unless the benchmark's own number is good.
fn rounds(options: &Options) -> Vec<String> {
    options.rounds.map(|rounds| vec!["--rounds".to_owned(), rounds.to_string()]).unwrap_or_default()
}

fn with_json<'a>(bench: &'a mut Command, options: &Options) -> Result<&'a mut Command> {
    if let Some(file) = &options.json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    Ok(bench)
}

/// A Python with DuckDB in an environment of its own.
fn duckdb(workspace: &Workspace) -> Result<PathBuf> {
    setup::ensure(&[Part::Python])?;
    let folder = workspace.target.join("bench-venv");
    let python = folder.join("bin/python");
    if !process::succeeds(Command::new(&python).args(["-c", "import duckdb"])) {
        console::heading("setup: DuckDB");
        process::run_quietly(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        process::run_quietly(Command::new(&python).args(["-m", "pip", "install", "duckdb"]))?;
    }
    Ok(python)
}
