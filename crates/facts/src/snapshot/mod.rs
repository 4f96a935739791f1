//! Facts on disk: Parquet files that any tool reads, and a manifest that makes them one snapshot.
//!
//! Next to the manifest lies one folder with a file a month (a row group for each segment; codes stand for values),
//! `dictionary.parquet` (dimension, code, value) and `customers.parquet`. A snapshot is written into a new folder; the
//! manifest is replaced last and at once, so that a crash at any moment leaves the old snapshot or the new one.

mod items;
mod manifest;
mod table;
mod words;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use tempfile::{NamedTempFile, TempDir};

use crate::FactsError;
use crate::calendar;
use crate::customers::Customers;
use crate::merge;
use crate::segment::Segment;
use crate::snapshot::manifest::{FORMAT, FileEntry, Manifest};
use crate::snapshot::table::{Field, Values};
use crate::state::State;
use crate::vocabulary::{CUSTOMER, Vocabulary};
use crate::writer::Writer;

const FOLDER_PREFIX: &str = "segments-";
const DICTIONARY: &str = "dictionary.parquet";
const CUSTOMERS: &str = "customers.parquet";

/// What a snapshot keeps besides the state: the customers, as a table.
pub fn customer_table(customers: &Customers) -> Vec<Values> {
    words::customer_table(customers)
}

/// Writes a snapshot into `dir`, which is created if need be, in place of the one that was there.
pub fn save(state: &State, customers: Vec<Values>, dir: &Path) -> Result<(), FactsError> {
    let io_error = |source| FactsError::Io { path: dir.to_owned(), source };
    fs::create_dir_all(dir).map_err(io_error)?;
    let folder = tempfile::Builder::new().prefix(FOLDER_PREFIX).tempdir_in(dir).map_err(io_error)?;
    let manifest = write_files(state, customers, folder.path()).map_err(io_error)?;
    publish(&manifest, folder, dir).map_err(io_error)?;
    remove_other_folders(dir, &manifest.folder).map_err(io_error)
}

/// Reads the snapshot in `dir`.
pub fn load(dir: &Path) -> Result<(State, Writer), FactsError> {
    let manifest = Manifest::load(dir)?;
    let folder = dir.join(&manifest.folder);
    let damaged = |reason| FactsError::DamagedSnapshot { path: folder.clone(), reason };
    let dictionary = read_file(&folder, &manifest.dictionary, &words::dictionary_fields())?;
    let vocabulary = words::vocabulary(&dictionary, &manifest.attributes).map_err(damaged)?;
    let read_customers = || {
        let table = read_file(&folder, &manifest.customers, &words::customer_fields())?;
        words::customers(&table).map_err(damaged)
    };
    let (customers, months) = rayon::join(read_customers, || read_months(&folder, &manifest, &vocabulary));
    let (customers, months) = (customers?, months?);
    let codes = customers.codes();
    let mut writer = Writer { customers, ..Writer::default() };
    let state = State { months, tail: None, vocabulary, customers: codes, sequence: manifest.sequence };
    for segment in state.segments() {
        if segment.column(CUSTOMER).high >= codes {
            return Err(damaged("a customer is in no table".into()));
        }
        let is_new = |(day, rows): (u16, std::ops::Range<usize>)| {
            segment.numbers()[rows].iter().all(|&number| writer.days.set(number, day).is_none())
        };
        if !segment.days().all(is_new) {
            return Err(damaged("an item stands there twice".into()));
        }
    }
    if state.items() as u64 != manifest.items {
        return Err(damaged(format!("{} items of {}", state.items(), manifest.items)));
    }
    Ok((state, writer))
}

/// The segments of all months, those of the months read side by side.
fn read_months(
    folder: &Path,
    manifest: &Manifest,
    vocabulary: &Vocabulary,
) -> Result<BTreeMap<i32, Vec<Segment>>, FactsError> {
    let fields = items::fields(&manifest.attributes);
    let damaged = |reason| FactsError::DamagedSnapshot { path: folder.to_owned(), reason };
    let month = |entry: &FileEntry| {
        let groups = read_file(folder, entry, &fields)?.into_iter();
        let segments = groups.map(|group| items::segment(group, vocabulary).map_err(damaged));
        segments.collect::<Result<Vec<_>, FactsError>>()
    };
    let months: Vec<Vec<Segment>> = manifest.months.par_iter().map(month).collect::<Result<_, _>>()?;
    let named = |month: Vec<Segment>| Some((calendar::month(month.first()?.first_day()), month));
    Ok(months.into_iter().filter_map(named).collect())
}

/// Writes all files but the manifest into a folder.
fn write_files(state: &State, customers: Vec<Values>, folder: &Path) -> io::Result<Manifest> {
    let attributes: Vec<String> =
        state.vocabulary.attributes.iter().map(|(name, _)| name.to_string()).collect();
    let fields = items::fields(&attributes);
    let months: Vec<_> = months(state).into_iter().collect();
    let months = months.par_iter().map(|(month, segments)| {
        let groups = segments.iter().map(|segment| items::row_group(segment, state.vocabulary.columns()));
        write_file(folder, format!("{}.parquet", calendar::month_label(*month)), &fields, groups)
    });
    let dictionary = [words::dictionary_table(&state.vocabulary)];
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Manifest {
        format: FORMAT,
        sequence: state.sequence,
        items: state.items() as u64,
        folder: name,
        attributes,
        months: months.collect::<io::Result<_>>()?,
        dictionary: write_file(folder, DICTIONARY.into(), &words::dictionary_fields(), dictionary)?,
        customers: write_file(folder, CUSTOMERS.into(), &words::customer_fields(), [customers])?,
    })
}

/// Makes the files in `folder` the snapshot of `dir`.
fn publish(manifest: &Manifest, folder: TempDir, dir: &Path) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(dir)?;
    file.write_all(&manifest.to_bytes()?)?;
    file.as_file().sync_all()?;
    File::open(folder.path())?.sync_all()?;
    // From here on the manifest may name the folder; if it does not come to that, the next snapshot clears it away.
    let _folder = folder.keep();
    file.persist(manifest::path(dir))?;
    File::open(dir)?.sync_all()
}

/// All segments by month, without dead rows, those of the tail among them.
fn months(state: &State) -> BTreeMap<i32, Vec<Segment>> {
    let mut months = state.months.clone();
    for (month, segment) in state.tail.iter().flat_map(merge::split_months) {
        months.entry(month).or_default().push(segment);
    }
    for segments in months.values_mut() {
        let clean = |segment: &Segment| match segment.has_dead_rows() {
            true => merge::merge(std::slice::from_ref(segment)),
            false => vec![segment.clone()],
        };
        *segments = segments.iter().flat_map(clean).collect();
    }
    months.retain(|_, segments| !segments.is_empty());
    months
}

fn write_file(
    folder: &Path,
    name: String,
    fields: &[Field],
    groups: impl IntoIterator<Item = Vec<Values>>,
) -> io::Result<FileEntry> {
    let contents = table::write(fields, groups).map_err(io::Error::other)?;
    let mut file = File::create(folder.join(&name))?;
    file.write_all(&contents)?;
    file.sync_all()?;
    Ok(FileEntry::new(name, &contents))
}

fn read_file(folder: &Path, entry: &FileEntry, fields: &[Field]) -> Result<Vec<Vec<Values>>, FactsError> {
    let path = folder.join(&entry.name);
    let damaged = |reason: String| FactsError::DamagedSnapshot { path: path.clone(), reason };
    let contents = fs::read(&path).map_err(|error| damaged(error.to_string()))?;
    if !entry.is_of(&contents) {
        return Err(damaged("the check sum is wrong".into()));
    }
    table::read(contents.into(), fields).map_err(|error| damaged(error.to_string()))
}

fn remove_other_folders(dir: &Path, current: &str) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(FOLDER_PREFIX) && name != current {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
