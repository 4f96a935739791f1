//! Rows of a file of any format, one after the other.

use super::csv::{CsvRows, Dialect};
use super::error::FileError;
use super::format::{Format, Kind};
use super::input::{Input, check_size, unpack};
use super::issue::{Issue, IssueCode};
use super::json::{ElementRows, JsonEntry, LineRows};
use super::limits::Limits;
use super::row::{Columns, Entry, Row};
use super::text::Text;
use super::xlsx::{SheetRows, check_workbook};
use std::collections::VecDeque;

/// How many objects are read before the columns of a JSON file are settled, and how many bytes of them at most.
const JSON_SAMPLE_ROWS: usize = 100;
const JSON_SAMPLE_BYTES: usize = 4 << 20;

/// Reads rows as an iterator. A broken row is an [`Entry::Broken`]; an `Err` is the end of the file.
///
/// Memory stays within a few times the limit of a row, whatever the size of the file; a workbook holds its strings.
pub struct Reader {
    rows: Rows,
    columns: Columns,
    first: Option<Entry>,
    failed: bool,
}

enum Rows {
    Csv(CsvRows),
    Sheet(SheetRows),
    Json { source: JsonSource, sample: VecDeque<JsonEntry> },
}

enum JsonSource {
    Elements(ElementRows),
    Lines(LineRows),
}

impl Reader {
    /// Opens a file in the format that detection gave, or that the user corrected.
    ///
    /// # Errors
    /// What [`FileError`] lists: a file too large, a bomb, a header that cannot be read or has no rows, too many
    /// columns.
    pub fn open(mut input: Box<dyn Input>, format: &Format, limits: &Limits) -> Result<Self, FileError> {
        let bytes = check_size(&mut *input, limits)?;
        let (rows, columns) = match &format.kind {
            Kind::Xlsx { sheet } => {
                check_workbook(&mut *input, bytes, limits)?;
                open_sheet(input, sheet, limits)?
            }
            Kind::Csv { delimiter, quote, header } => {
                let dialect = Dialect { delimiter: ascii(*delimiter)?, quote: ascii(*quote)? };
                open_csv(CsvRows::new(text(input, format, limits), dialect, limits), *header)?
            }
            Kind::Json { items } => {
                let rows = ElementRows::new(text(input, format, limits), items.as_deref(), limits)?;
                open_json(JsonSource::Elements(rows))?
            }
            Kind::JsonLines => {
                open_json(JsonSource::Lines(LineRows::new(text(input, format, limits), limits)))?
            }
        };
        let count = columns.names.len();
        if count > limits.columns {
            return Err(FileError::TooManyColumns { count, limit: limits.columns });
        }
        let mut reader = Self { rows, columns, first: None, failed: false };
        reader.first = Some(reader.read()?.ok_or(FileError::NoRows)?);
        Ok(reader)
    }

    /// The names of the columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    fn read(&mut self) -> Result<Option<Entry>, FileError> {
        match &mut self.rows {
            Rows::Csv(rows) => rows.next(),
            Rows::Sheet(rows) => rows.next(),
            Rows::Json { source, sample } => {
                let entry = match sample.pop_front() {
                    Some(entry) => Some(entry),
                    None => source.next()?,
                };
                Ok(entry.map(|entry| entry.into_entry(&self.columns.names)))
            }
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Entry, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let entry = match self.first.take() {
            Some(entry) => Ok(entry),
            None => self.read().transpose()?,
        };
        self.failed = entry.is_err();
        Some(entry.map(|entry| match entry {
            Entry::Row(row) => without_nul(row, &self.columns),
            broken => broken,
        }))
    }
}

impl JsonSource {
    fn next(&mut self) -> Result<Option<JsonEntry>, FileError> {
        match self {
            Self::Elements(rows) => rows.next(),
            Self::Lines(rows) => rows.next(),
        }
    }
}

/// Databases cannot keep a NUL, and no text has one.
fn without_nul(row: Row, columns: &Columns) -> Entry {
    let nul = |text: &String| memchr::memchr(0, text.as_bytes()).is_some();
    let cell = row.cells.iter().position(nul).map(|index| columns.names[index].as_str());
    let extra =
        || row.extra.iter().find(|(name, value)| nul(name) || nul(value)).map(|(name, _)| name.as_str());
    match cell.or_else(extra) {
        Some(column) => {
            Entry::Broken(Issue::of_cell(row.line, &column.replace('\0', ""), IssueCode::NulByte))
        }
        None => Entry::Row(row),
    }
}

fn open_csv(mut rows: CsvRows, header: bool) -> Result<(Rows, Columns), FileError> {
    let first = rows.first(header)?;
    let columns = columns(first, header);
    rows.set_columns(columns.names.clone());
    Ok((Rows::Csv(rows), columns))
}

fn open_sheet(input: Box<dyn Input>, sheet: &str, limits: &Limits) -> Result<(Rows, Columns), FileError> {
    let mut rows = SheetRows::new(input, sheet, limits)?;
    let columns = columns(rows.first(true)?, true);
    rows.set_columns(columns.names.clone());
    Ok((Rows::Sheet(rows), columns))
}

fn columns(first: Vec<String>, header: bool) -> Columns {
    Columns::from_header(if header { first } else { vec![String::new(); first.len()] })
}

/// Settles the columns by the first objects; names that come later stay readable by name.
fn open_json(mut source: JsonSource) -> Result<(Rows, Columns), FileError> {
    let mut sample = VecDeque::new();
    let mut names: Vec<String> = Vec::new();
    let mut bytes = 0;
    while sample.len() < JSON_SAMPLE_ROWS && bytes < JSON_SAMPLE_BYTES {
        let Some(entry) = source.next()? else { break };
        if let JsonEntry::Object { values, .. } = &entry {
            bytes += values.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
            names.extend(values.iter().map(|(name, _)| name.clone()));
        }
        sample.push_back(entry);
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    Ok((Rows::Json { source, sample }, Columns { names, open: true }))
}

fn text(input: Box<dyn Input>, format: &Format, limits: &Limits) -> Text {
    Text::new(unpack(input, format.compression, limits), format.encoding)
}

fn ascii(character: char) -> Result<u8, FileError> {
    u8::try_from(character).ok().filter(u8::is_ascii).ok_or(FileError::BadDelimiter { character })
}
