//! What the user sees before an import: the format found, the first rows, a mapping to correct.

use super::date::DateFormat;
use super::detect::{detect, sheets};
use super::error::FileError;
use super::format::{Format, Kind};
use super::input::Input;
use super::issue::Issue;
use super::limits::Limits;
use super::mapping::{Field, Mapping, MappingError};
use super::propose::propose;
use super::reader::Reader;
use super::record::Applier;
use super::row::{Columns, Entry, Row};
use serde::Serialize;

/// How many rows a proposal looks at, and how many are shown.
const PROPOSE_ROWS: usize = 200;
const SHOWN_ROWS: usize = 20;

/// The beginning of a file, as read.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Preview {
    pub format: Format,
    /// Why the sheet at hand cannot be read, where the workbook has another to choose; there are then no columns.
    #[serde(skip)]
    pub refusal: Option<FileError>,
    pub columns: Columns,
    /// The sheets of a workbook that can be read; of any other file, none.
    pub sheets: Vec<String>,
    /// The first rows, at most 20.
    pub rows: Vec<Row>,
    /// What is wrong among the first 200 rows: with the rows themselves, and under the mapping that was tried.
    pub issues: Vec<Issue>,
    /// The mapping that was tried, or one proposed.
    pub mapping: Mapping,
    /// How the dates of the column that the mapping takes for the time are written, where its values tell.
    pub date_format: Option<DateFormat>,
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
        if self.refusal.is_some() {
            return Ok(());
        }
        let mut applier = Applier::new(&mapping, &self.columns, now)?;
        self.issues.extend(self.sample.iter().flat_map(|row| applier.apply(row).issues));
        self.issues.sort_by_key(|issue| issue.line);
        self.date_format = self.date_format_of(&mapping);
        self.mapping = mapping;
        Ok(())
    }

    /// How the dates are written in the column that a mapping takes for the time; nothing where no column is, or its
    /// values in the first rows are no dates of one kind.
    pub fn date_format_of(&self, mapping: &Mapping) -> Option<DateFormat> {
        let dates = mapping.column_of(Field::OccurredAt)?;
        let column = self.columns.names.iter().position(|name| name == dates)?;
        DateFormat::guess(self.sample.iter().filter_map(|row| row.cells.get(column)).map(String::as_str))
    }
}

/// Reads the beginning of a file: in the given format, or in the one that detection finds. A sheet that cannot be read is
/// told in [`Preview::refusal`] where the workbook has others.
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
    match Beginning::read(input, &format, limits) {
        Ok(read) => Ok(read.into_preview(format, sheets)),
        Err(refusal) if sheets.len() > 1 => Ok(refused(refusal, format, sheets)),
        Err(error) => Err(error),
    }
}

/// A preview without rows, so that another sheet can be chosen.
fn refused(refusal: FileError, format: Format, sheets: Vec<String>) -> Preview {
    let nothing = Beginning { columns: Columns::default(), sample: Vec::new(), issues: Vec::new() };
    Preview { refusal: Some(refusal), ..nothing.into_preview(format, sheets) }
}

/// What the first rows of a file hold.
struct Beginning {
    columns: Columns,
    sample: Vec<Row>,
    issues: Vec<Issue>,
}

impl Beginning {
    fn read(input: Box<dyn Input>, format: &Format, limits: &Limits) -> Result<Self, FileError> {
        let mut reader = Reader::open(input, format, limits)?;
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
        Ok(Self { columns: reader.columns().clone(), sample, issues })
    }

    fn into_preview(self, format: Format, sheets: Vec<String>) -> Preview {
        let Self { columns, sample, issues } = self;
        let mapping = propose(&columns.names, &sample);
        let rows = sample.iter().take(SHOWN_ROWS).cloned().collect();
        let mut preview = Preview {
            format,
            refusal: None,
            columns,
            sheets,
            rows,
            issues,
            mapping,
            date_format: None,
            sample,
        };
        preview.date_format = preview.date_format_of(&preview.mapping);
        preview
    }
}
