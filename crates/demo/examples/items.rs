//! Writes a demo company to a folder as JSON Lines, to look at its texts:
//! `cargo run -p otklik-demo --example items -- FOLDER [ITEMS] [SEED]`.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use jiff::civil::date;
use otklik_demo::{Company, Plan};
use serde::Serialize;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("a folder, please")?);
    let items = arguments.next().map_or(Ok(Plan::DEFAULT_ITEMS), |items| items.parse())?;
    let seed = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let company = Company::generate(&Plan { seed, items, today: date(2026, 11, 22) })?;
    write(&folder, "items.jsonl", &company.items())?;
    write(&folder, "topics.jsonl", &company.topics)?;
    write(&folder, "base.jsonl", &company.base)?;
    write(&folder, "problems.jsonl", &company.problems)?;
    write(&folder, "truths.jsonl", &company.truths.truths)
}

fn write(folder: &Path, name: &str, rows: &[impl Serialize]) -> Result<(), Box<dyn std::error::Error>> {
    let mut file = BufWriter::new(File::create(folder.join(name))?);
    for row in rows {
        serde_json::to_writer(&mut file, row)?;
        file.write_all(b"\n")?;
    }
    Ok(file.flush()?)
}
