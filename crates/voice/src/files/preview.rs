//! What the user sees before an import: the format found, the first rows, a mapping to correct.

use super::detect::{detect, sheets};
use super::error::FileError;
use super::format::{Format, Kind};
use super::input::Input;
use super::issue::Issue;
use super::limits::Limits;
use super::mapping::{Mapping, MappingError};
use super::propose::propose;
use super::reader::Reader;
use super::record::Applier;
use super::row::{Columns, Entry, Row};
use serde::Serialize;

/// How many rows a proposal looks at, and how many are shown.
const PROPOSE_ROWS: usize = 200;
const SHOWN_ROWS: usize = 20;

/// The beginning of a file, as read.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Preview {
    pub format: Format,
    pub columns: Columns,
    /// The sheets of a workbook that can be read; of any other file, none.
    pub sheets: Vec<String>,
    /// The first rows, at most 20.
    pub rows: Vec<Row>,
    /// What is wrong among the first 200 rows: with the rows themselves, and under the mapping that was tried.
    pub issues: Vec<Issue>,
    /// The mapping that was tried, or one proposed.
    pub mapping: Mapping,
    #[serde(skip)]
    sample: Vec<Row>,
}

impl Preview {
    /// Takes a mapping in place of the proposed one and says what is wrong with the first rows under it. `now` is the
    /// present in UTC milliseconds.
    ///
    /// # Errors
    /// [`MappingError`], as of [`Applier::new`]; the preview stays as it was.
    pub fn try_mapping(&mut self, mapping: Mapping, now: i64) -> Result<(), MappingError> {
        let mut applier = Applier::new(&mapping, &self.columns, now)?;
        self.issues.extend(self.sample.iter().flat_map(|row| applier.apply(row).issues));
        self.issues.sort_by_key(|issue| issue.line);
        self.mapping = mapping;
        Ok(())
    }
}

/// Reads the beginning of a file: in the given format, or in the one that detection finds.
///
/// # Errors
/// [`FileError`], as of [`detect`] and [`Reader::open`].
pub fn preview(
    mut input: Box<dyn Input>,
    format: Option<Format>,
    limits: &Limits,
) -> Result<Preview, FileError> {
    let format = match format {
        Some(format) => format,
        None => detect(&mut *input, limits)?,
    };
    let sheets = match format.kind {
        Kind::Xlsx { .. } => sheets(&mut *input, limits)?,
        _ => Vec::new(),
    };
    let mut reader = Reader::open(input, &format, limits)?;
    let (mut sample, mut issues) = (Vec::new(), Vec::new());
    for entry in reader.by_ref().take(PROPOSE_ROWS) {
        match entry {
            Ok(Entry::Row(row)) => sample.push(row),
            Ok(Entry::Broken(issue)) => issues.push(issue),
            // The beginning can be shown; the import itself will say where the file ends.
            Err(_) if !sample.is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    let mapping = propose(&reader.columns().names, &sample);
    let rows = sample.iter().take(SHOWN_ROWS).cloned().collect();
    Ok(Preview { format, columns: reader.columns().clone(), sheets, rows, issues, mapping, sample })
}
