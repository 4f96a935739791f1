//! `cargo xtask tidy`: the rules of the house, proved.

mod headers;
mod invariants;
mod layers;
mod layout;
mod licences;
mod markers;
mod migrations;
mod names;
mod sizes;
mod whitespace;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Options {
    /// Take new migrations into the list of checksums
    #[arg(long)]
    bless: bool,
}

/// A text file of the project.
struct Source {
    /// Relative to the root, with `/`.
    path: String,
    text: String,
}

/// A broken rule, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    place: String,
    message: String,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.bless {
        migrations::bless(&workspace.root, &sources(workspace)?)?;
    }
    check(workspace)
}

/// Fails with all findings when there are any.
pub fn check(workspace: &Workspace) -> Result<()> {
    let sources = sources(workspace)?;
    let mut findings: Vec<Finding> = sources.iter().flat_map(check_source).collect();
    findings.extend(sizes::check(&sources)?);
    findings.extend(migrations::check(&sources));
    let metadata = workspace.metadata()?;
    let architecture = fs::read_to_string(workspace.root.join("docs/ARCHITECTURE.md"))?;
    findings.extend(layers::check(&metadata, &architecture)?);
    findings.extend(licences::check_crates(&metadata));
    findings.extend(licences::check_npm(&fs::read_to_string(workspace.root.join("web/package-lock.json"))?)?);
    report(findings, sources.len())
}

fn check_source(source: &Source) -> Vec<Finding> {
    let checks =
        [headers::check, names::check, layout::check, whitespace::check, markers::check, invariants::check];
    checks.iter().flat_map(|check| check(source)).collect()
}

fn report(mut findings: Vec<Finding>, files: usize) -> Result<()> {
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("{files} files are tidy"),
        count => bail!("{count} rules of the house are broken"),
    }
    Ok(())
}

/// The project's text files: by extension or by having none, without lock files.
fn sources(workspace: &Workspace) -> Result<Vec<Source>> {
    const EXTENSIONS: [&str; 14] =
        ["rs", "toml", "md", "sql", "sh", "ts", "js", "svelte", "css", "html", "ftl", "yml", "txt", ""];
    let paths = workspace.files()?;
    let texts = paths.into_iter().filter(|path| EXTENSIONS.contains(&extension(path)));
    texts.map(|path| read(&workspace.root, path)).collect()
}

fn read(root: &Path, path: String) -> Result<Source> {
    let text = fs::read_to_string(root.join(&path)).with_context(|| path.clone())?;
    Ok(Source { path, text })
}

fn extension(path: &str) -> &str {
    Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

impl Source {
    fn extension(&self) -> &str {
        extension(&self.path)
    }

    /// Whether the file is data that tests or examples read as it is.
    fn is_fixture(&self) -> bool {
        ["data", "fixtures"].iter().any(|folder| self.path.split('/').any(|part| part == *folder))
    }

    /// Whether the file is code that tests alone compile.
    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    fn finding(&self, message: impl Into<String>) -> Finding {
        Finding { place: self.path.clone(), message: message.into() }
    }

    fn finding_at(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { place: format!("{}:{line}", self.path), message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

/// What a check says of one file, as lines: the form in which the checks' tests read.
#[cfg(test)]
fn said(check: fn(&Source) -> Vec<Finding>, path: &str, text: &str) -> Vec<String> {
    check(&Source { path: path.to_owned(), text: text.to_owned() }).iter().map(Finding::to_string).collect()
}
