//! `cargo xtask codegen`: server code → OpenAPI document → the web client's types.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{process, web};

/// Relative to the root; `openapi.json` and everything generated from it.
const FOLDER: &str = "web/src/lib/api";

#[derive(clap::Args)]
pub struct Options {
    /// Change nothing; fail when a generated file is stale
    #[arg(long)]
    check: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::ensure(&[Part::Node])?;
    if options.check { check(workspace) } else { generate(workspace) }
}

/// Generates, compares, and puts the files back as they were.
pub fn check(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join(FOLDER);
    let before = contents(&folder)?;
    let outcome = generate(workspace);
    let after = contents(&folder)?;
    for (path, bytes) in &before {
        fs::write(path, bytes).with_context(|| path.display().to_string())?;
    }
    outcome?;
    let stale: Vec<String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path.display().to_string())
        .collect();
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask codegen`", stale.join(", "));
    }
    Ok(())
}

fn generate(workspace: &Workspace) -> Result<()> {
    web::install(workspace)?;
    let mut binary = workspace.cargo();
    let document = process::output(binary.args(["run", "--quiet", "--package", "otklik", "--", "openapi"]))?;
    let folder = workspace.root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("openapi.json"), document).context("cannot write openapi.json")?;
    process::run(&mut web::script(workspace, "codegen"))
}

fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    if !folder.exists() {
        return Ok(BTreeMap::new());
    }
    let mut contents = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let bytes = fs::read(&path)?;
            contents.insert(path, bytes);
        }
    }
    Ok(contents)
}
