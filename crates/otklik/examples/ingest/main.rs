//! Times collecting with the real program on SQLite: a file imported, items pushed one by one, the screens asked, each
//! beside a bare database in the same run.

#![allow(clippy::print_stdout, reason = "a benchmark prints its table")]

mod anchor;
mod data;
mod processor;
mod program;
mod push;
mod report;
mod screens;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Parser;
use data::Row;
use processor::{Share, children_seconds};
use program::{Program, Server};
use report::{Bulk, Pushes, Report, Screens};

/// Items that the company has before anything is imported: enough for all its parts.
const FOUNDED_WITH: u32 = 1_000;

/// Programs that push at the same time, each on a connection of its own.
pub const CONNECTIONS: usize = 64;

/// The bench's own kind of error: whatever goes wrong ends it.
pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What to measure.
#[derive(Debug, Parser)]
struct Args {
    /// The program.
    #[arg(long)]
    program: PathBuf,
    /// Items of the company that the screens show, and rows of the file.
    #[arg(long, default_value_t = 200_000)]
    items: u32,
    /// Items pushed.
    #[arg(long, default_value_t = 20_000)]
    pushes: u32,
    /// Times the file is imported and the items are pushed; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Times every screen is asked.
    #[arg(long, default_value_t = 100)]
    asked: usize,
    /// Writes the figures here as well.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Where the databases are made: the disk that is measured.
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let home = match &args.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let program = Program(std::path::absolute(&args.program)?);
    let company = home.path().join("company");
    let demo = filled(&program, &company, args.items)?;
    let screens = Screens { items: args.items, calls: screens::ask(&program, &company, args.asked).await? };
    std::fs::remove_dir_all(&company)?;
    let rows = data::rows(args.items)?;
    let (mut bulk, mut pushes) = (Vec::new(), Vec::new());
    for round in 0..args.rounds {
        let folder = home.path().join(format!("round-{round}"));
        filled(&program, &folder, FOUNDED_WITH)?;
        bulk.push(import(&program, &folder, &rows).await?);
        pushes.push(push(&program, &folder, &rows, args.pushes as usize).await?);
        std::fs::remove_dir_all(&folder)?;
    }
    let report = Report::new(args.items, demo, bulk, pushes, screens);
    print!("{report}");
    if let Some(path) = args.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report.to_json())?)?;
    }
    Ok(())
}

/// The demo company in a new folder; how long it took.
fn filled(program: &Program, folder: &Path, items: u32) -> Result<Share> {
    let (begun, before) = (Instant::now(), children_seconds());
    program.run(folder, &["demo", "--no-serve", "--items", &items.to_string()])?;
    Ok(Share::since(begun, before, items as usize))
}

/// The file through the command line, and its rows into a bare table.
async fn import(program: &Program, folder: &Path, rows: &[Row]) -> Result<Bulk> {
    let file = folder.join("reviews.csv");
    data::write_csv(&file, rows)?;
    let anchor = anchor::insert(&folder.join("bulk.db"), rows).await?;
    let (begun, before) = (Instant::now(), children_seconds());
    program.run(folder, &["import", &file.display().to_string(), "--source", "Reviews"])?;
    Ok(Bulk { ours: Share::since(begun, before, rows.len()), anchor })
}

/// Items through the server, one a request, and as many rows into a bare table by as many writers.
async fn push(program: &Program, folder: &Path, rows: &[Row], count: usize) -> Result<Pushes> {
    let rows: Vec<Row> = rows.iter().cycle().take(count).cloned().collect();
    let anchor = anchor::commit_together(&folder.join("push.db"), &rows).await?;
    let server = Server::start(program, folder)?;
    let client = server.sign_in().await?;
    client.post("/api/sources", serde_json::json!({ "name": "push", "channel": "review" })).await?;
    let ours = push::push(&server, client.token(), &rows).await?;
    Ok(Pushes { ours, anchor })
}
