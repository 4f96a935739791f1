//! What the user sees before an import: the format found, the first rows, a mapping to correct.

use super::detect::detect;
use super::error::FileError;
use super::format::Format;
use super::input::Input;
use super::issue::Issue;
use super::limits::Limits;
use super::mapping::Mapping;
use super::propose::propose;
use super::reader::Reader;
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
    /// The first rows, at most 20.
    pub rows: Vec<Row>,
    /// What is wrong among the first rows.
    pub issues: Vec<Issue>,
    pub mapping: Mapping,
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
    let mut reader = Reader::open(input, &format, limits)?;
    let (mut rows, mut issues) = (Vec::new(), Vec::new());
    for entry in reader.by_ref().take(PROPOSE_ROWS) {
        match entry {
            Ok(Entry::Row(row)) => rows.push(row),
            Ok(Entry::Broken(issue)) => issues.push(issue),
            // The beginning can be shown; the import itself will say where the file ends.
            Err(_) if !rows.is_empty() => break,
            Err(error) => return Err(error),
        }
    }
    let mapping = propose(&reader.columns().names, &rows);
    rows.truncate(SHOWN_ROWS);
    Ok(Preview { format, columns: reader.columns().clone(), rows, issues, mapping })
}
