//! Files of feedback: every format, every damage, every trick.

mod broken;
mod data;
mod dates;
mod detection;
mod formats;
mod hostile;
mod laws;
mod mapping;
mod preview;
mod records;
mod sample;

use otklik_voice::files::{
    Applier, Entry, FileError, Format, Input, Issue, IssueCode, Limits, Mapping, Preview, Reader, Record,
    detect, preview,
};
use std::io::Cursor;

/// 2026-11-22 in UTC milliseconds: the present of these tests.
const NOW: i64 = 1_795_305_600_000;

/// What came out of a file.
#[derive(Debug)]
struct Imported {
    records: Vec<Record>,
    issues: Vec<Issue>,
}

impl Imported {
    /// Line and code of every issue.
    fn reasons(&self) -> Vec<(u64, IssueCode)> {
        self.issues.iter().map(|issue| (issue.line, issue.code)).collect()
    }

    /// The ids of all records.
    fn ids(&self) -> Vec<&str> {
        self.records.iter().map(|record| record.external_id.as_str()).collect()
    }

    /// The records without their lines: the same in every format.
    fn without_lines(mut self) -> Vec<Record> {
        self.records.iter_mut().for_each(|record| record.line = 0);
        self.records
    }
}

/// Names the first record that differs, and not all of them.
#[track_caller]
fn assert_same(found: &[Record], expected: &[Record], name: &str) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(found.len(), expected.len(), "{name}");
}

fn input(bytes: impl Into<Vec<u8>>) -> Box<dyn Input> {
    Box::new(Cursor::new(bytes.into()))
}

fn detected(bytes: impl Into<Vec<u8>>) -> Result<Format, FileError> {
    detect(&mut *input(bytes), &Limits::default())
}

fn previewed(bytes: impl Into<Vec<u8>>) -> Result<Preview, FileError> {
    preview(input(bytes), None, &Limits::default())
}

/// Detects, proposes, lays `pairs` over the proposal, reads everything.
fn imported(bytes: impl Into<Vec<u8>>, pairs: &str) -> Imported {
    imported_within(bytes, pairs, &Limits::default())
}

fn imported_within(bytes: impl Into<Vec<u8>>, pairs: &str, limits: &Limits) -> Imported {
    let bytes = bytes.into();
    let mut found = preview(input(bytes.clone()), None, limits).unwrap();
    found.mapping.apply_pairs(pairs).unwrap();
    read(bytes, &found.format, &found.mapping, limits).unwrap()
}

/// Reads everything by a given format and mapping.
fn read(bytes: Vec<u8>, format: &Format, mapping: &Mapping, limits: &Limits) -> Result<Imported, FileError> {
    let reader = Reader::open(input(bytes), format, limits)?;
    let mut applier = Applier::new(mapping, reader.columns(), NOW).unwrap();
    let mut all = Imported { records: Vec::new(), issues: Vec::new() };
    for entry in reader {
        match entry? {
            Entry::Broken(issue) => all.issues.push(issue),
            Entry::Row(row) => {
                let applied = applier.apply(&row);
                all.records.extend(applied.record);
                all.issues.extend(applied.issues);
            }
        }
    }
    Ok(all)
}
