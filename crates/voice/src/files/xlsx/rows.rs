//! Rows of one sheet, read by a thread of their own that is never far ahead.

use super::{cell, damaged};
use crate::files::error::{Damage, FileError};
use crate::files::input::Input;
use crate::files::issue::{Issue, IssueCode};
use crate::files::limits::Limits;
use crate::files::row::{Entry, Row};
use calamine::{Reader, Xlsx};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

const ROWS_AHEAD: usize = 256;

/// The cells of one row of a sheet: only those with a value, by column.
type SheetRow = (u64, Vec<(usize, String)>);

/// Reads the rows of a sheet; rows without a value are passed over.
///
/// The library lends its cells from the open workbook, so the workbook lives on the thread that reads it. A panic
/// there is a damaged file here.
pub struct SheetRows {
    rows: Receiver<Result<SheetRow, FileError>>,
    thread: Option<JoinHandle<()>>,
    next: Option<SheetRow>,
    columns: Vec<String>,
    limits: Limits,
}

impl SheetRows {
    /// Begins to read a sheet of a workbook that passed [`check_workbook`](super::check_workbook).
    pub fn new(input: Box<dyn Input>, sheet: &str, limits: &Limits) -> Result<Self, FileError> {
        let (sender, rows) = sync_channel(ROWS_AHEAD);
        let sheet = sheet.to_owned();
        let column_limit = limits.columns;
        let thread = std::thread::Builder::new().name("sheet".to_owned()).spawn(move || {
            if let Err(error) = send_rows(input, &sheet, column_limit, &sender) {
                // A reader that has gone needs no error.
                let _ = sender.send(Err(error));
            }
        })?;
        Ok(Self { rows, thread: Some(thread), next: None, columns: Vec::new(), limits: limits.clone() })
    }

    /// The first row with a value, kept for [`SheetRows::next`] unless `consume` says otherwise.
    pub fn first(&mut self, consume: bool) -> Result<Vec<String>, FileError> {
        let row = self.receive()?.ok_or(FileError::Empty)?;
        let width = row.1.last().map_or(0, |(column, _)| column + 1);
        let mut cells = vec![String::new(); width];
        for (column, value) in &row.1 {
            cells[*column].clone_from(value);
        }
        self.next = (!consume).then_some(row);
        Ok(cells)
    }

    /// The names of the columns; rows may not have a value beyond them.
    pub fn set_columns(&mut self, columns: Vec<String>) {
        self.columns = columns;
    }

    /// The next row, or what is wrong with it.
    pub fn next(&mut self) -> Result<Option<Entry>, FileError> {
        let row = match self.next.take() {
            Some(row) => Some(row),
            None => self.receive()?,
        };
        Ok(row.map(|(line, values)| self.entry(line, values)))
    }

    fn entry(&self, line: u64, values: Vec<(usize, String)>) -> Entry {
        let expected = self.columns.len();
        let found = values.last().map_or(0, |(column, _)| column + 1);
        if found > expected {
            let issue = Issue::of_row(line, IssueCode::WrongCellCount);
            return Entry::Broken(issue.with("expected", expected).with("found", found));
        }
        let mut cells = vec![String::new(); expected];
        for (column, value) in values {
            if value.len() > self.limits.cell_bytes {
                let issue = Issue::of_cell(line, &self.columns[column], IssueCode::CellTooLong);
                return Entry::Broken(issue.with("limit", self.limits.cell_bytes));
            }
            cells[column] = value;
        }
        Entry::Row(Row { line, cells, extra: Vec::new() })
    }

    fn receive(&mut self) -> Result<Option<SheetRow>, FileError> {
        match self.rows.recv() {
            Ok(row) => row.map(Some),
            Err(_) => match self.thread.take().map(JoinHandle::join) {
                Some(Err(_)) => Err(FileError::Damaged { what: Damage::Workbook }),
                _ => Ok(None),
            },
        }
    }
}

/// Sends the rows of a sheet until it ends or nobody listens.
fn send_rows(
    input: Box<dyn Input>,
    sheet: &str,
    column_limit: usize,
    sender: &SyncSender<Result<SheetRow, FileError>>,
) -> Result<(), FileError> {
    let mut workbook = Xlsx::new(input).map_err(damaged)?;
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut row: SheetRow = (0, Vec::new());
    while let Some(found) = reader.next_cell().map_err(damaged)? {
        let (index, column) = found.get_position();
        let (line, column) = (u64::from(index) + 1, column as usize);
        let value = cell::text(found.get_value());
        if value.is_empty() {
            continue;
        }
        if column >= column_limit {
            return Err(FileError::TooManyColumns { count: column + 1, limit: column_limit });
        }
        if line != row.0 && !row.1.is_empty() && sender.send(Ok(std::mem::take(&mut row))).is_err() {
            return Ok(());
        }
        row.0 = line;
        // Cells come in order in every sound file; a second value for a place is the one that Excel shows.
        match row.1.binary_search_by_key(&column, |(column, _)| *column) {
            Ok(place) => row.1[place].1 = value,
            Err(place) => row.1.insert(place, (column, value)),
        }
    }
    if !row.1.is_empty() {
        // As above: a reader that has gone needs no row.
        let _ = sender.send(Ok(row));
    }
    Ok(())
}
