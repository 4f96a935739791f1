//! A migration is never edited once merged: databases in the field have run it as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Finding, Source};
use crate::checksum::sha256;

const FOLDER: &str = "crates/store/migrations/";
/// Lines of SHA-256 and file name, as `sha256sum` writes them.
const LIST: &str = "crates/store/migrations/CHECKSUMS";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut listed = listed(sources);
    let mut findings = Vec::new();
    for migration in migrations(sources) {
        let message = match listed.remove(name(migration)) {
            Some(checksum) if checksum == sha256(migration.text.as_bytes()) => continue,
            Some(_) => {
                "edited after it was listed: restore it and write a new migration; if it was never merged, \
                        delete its line in CHECKSUMS and run `cargo xtask tidy --bless`"
            }
            None => "a new migration: run `cargo xtask tidy --bless`",
        };
        findings.push(migration.finding(message));
    }
    let gone = |name: &str| Finding {
        place: format!("{FOLDER}{name}"),
        message: "listed, but gone: restore it".into(),
    };
    findings.extend(listed.into_keys().map(gone));
    findings
}

/// Adds new migrations to the list. Those already there keep the checksum that they came with.
pub(super) fn bless(root: &Path, sources: &[Source]) -> Result<()> {
    fs::write(root.join(LIST), blessed(sources)).context(LIST)
}

fn blessed(sources: &[Source]) -> String {
    let new: BTreeMap<&str, String> =
        migrations(sources).map(|source| (name(source), sha256(source.text.as_bytes()))).collect();
    let old = listed(sources).into_iter().map(|(name, checksum)| (name, checksum.to_owned()));
    let all: BTreeMap<&str, String> = new.into_iter().chain(old).collect();
    all.iter().map(|(name, checksum)| format!("{checksum}  {name}\n")).collect()
}

/// Name → checksum.
fn listed(sources: &[Source]) -> BTreeMap<&str, &str> {
    let list = sources.iter().find(|source| source.path == LIST).map_or("", |source| source.text.as_str());
    list.lines().filter_map(|line| line.split_once("  ")).map(|(checksum, name)| (name, checksum)).collect()
}

fn migrations(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| source.path.starts_with(FOLDER) && source.extension() == "sql")
}

fn name(migration: &Source) -> &str {
    migration.path.strip_prefix(FOLDER).unwrap_or(&migration.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Vec<Source> {
        let source = |(name, text): &(&str, &str)| Source {
            path: format!("{FOLDER}{name}"),
            text: (*text).to_owned(),
        };
        files.iter().map(source).collect()
    }

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        check(&sources(files)).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn blessing_lists_and_editing_is_refused() {
        let first = ("0001_first.sql", "create table one (id text);\n");
        assert_eq!(said(&[first]), ["a new migration: run `cargo xtask tidy --bless`"]);

        let list = blessed(&sources(&[first]));
        let listed = ("CHECKSUMS", list.as_str());
        assert!(said(&[first, listed]).is_empty());

        let edited = ("0001_first.sql", "create table one (id bigint);\n");
        assert!(said(&[edited, listed])[0].starts_with("edited after it was listed"));
        assert_eq!(blessed(&sources(&[edited, listed])), list, "blessing does not take an edit");

        assert_eq!(said(&[listed]), ["listed, but gone: restore it"]);
    }
}
