//! `cargo xtask codegen`: server code → OpenAPI document → the web client's types.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{process, web};

/// Relative to the root; `openapi.json` and everything generated from it.
const FOLDER: &str = "web/src/lib/api";

type Contents = BTreeMap<PathBuf, Vec<u8>>;

#[derive(clap::Args)]
pub struct Options {
    /// Change nothing; fail when a generated file is stale
    #[arg(long)]
    check: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::ensure(&[Part::Node])?;
    if options.check { check(workspace, "dev") } else { generate(workspace, "dev") }
}

/// Generates by a binary of the given build profile, compares, and leaves the files as they were.
pub fn check(workspace: &Workspace, profile: &str) -> Result<()> {
    let folder = workspace.root.join(FOLDER);
    let before = contents(&folder)?;
    let outcome = generate(workspace, profile);
    let after = contents(&folder)?;
    restore(&before, &after)?;
    outcome?;
    let stale = differences(&before, &after);
    if !stale.is_empty() {
        bail!("stale in {FOLDER}: {}; run `cargo xtask codegen`", stale.join(", "));
    }
    Ok(())
}

fn generate(workspace: &Workspace, profile: &str) -> Result<()> {
    web::install(workspace)?;
    let mut binary = workspace.cargo();
    binary.args(["run", "--quiet", "--profile", profile, "--package", "otklik", "--", "openapi"]);
    let document = process::output(&mut binary)?;
    serde_json::from_slice::<Value>(&document)
        .context("`otklik openapi` did not print JSON; nothing was written")?;
    let folder = workspace.root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("openapi.json"), document).context("cannot write openapi.json")?;
    process::run(&mut web::script(workspace, "codegen"))
}

fn restore(before: &Contents, after: &Contents) -> Result<()> {
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        fs::remove_file(path).with_context(|| path.display().to_string())?;
    }
    for (path, bytes) in before.iter().filter(|(path, bytes)| after.get(*path) != Some(*bytes)) {
        fs::write(path, bytes).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Names of files that appeared, changed or went.
fn differences(before: &Contents, after: &Contents) -> Vec<String> {
    let paths: BTreeSet<&PathBuf> = before.keys().chain(after.keys()).collect();
    let different = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    different.filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned()).collect()
}

fn contents(folder: &Path) -> Result<Contents> {
    if !folder.exists() {
        return Ok(Contents::new());
    }
    let mut contents = Contents::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let bytes = fs::read(&path)?;
            contents.insert(path, bytes);
        }
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Contents {
        files.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn every_difference_is_told() {
        let before = files(&[("same.ts", "1"), ("changed.ts", "1"), ("gone.ts", "1")]);
        let after = files(&[("same.ts", "1"), ("changed.ts", "2"), ("new.ts", "1")]);
        assert_eq!(differences(&before, &after), ["changed.ts", "gone.ts", "new.ts"]);
        assert!(differences(&before, &before).is_empty());
    }
}
