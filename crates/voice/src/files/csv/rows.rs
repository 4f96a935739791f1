//! Rows of delimited text, one at a time, with recovery from damage.

use super::{Dialect, Ending, Field, scan};
use crate::files::error::{Damage, FileError, Part};
use crate::files::issue::{Issue, IssueCode};
use crate::files::limits::Limits;
use crate::files::lines::{count_lines, line_start, next_line};
use crate::files::row::{Entry, Row};
use crate::files::text::Text;
use memchr::{memchr, memchr_iter};

/// How much text is kept in sight when a row begins: enough to judge the next line after damage.
const SIGHT_BYTES: usize = 128 << 10;
/// How far a line is read to learn whether it is a sound row.
const SOUND_BYTES: usize = 64 << 10;
/// How many stray quotes of one record are looked into, and how many lines after its first. The last look is final:
/// otherwise a hostile file could make every few bytes cost a scan of a whole window.
const STRAYS_CHECKED: usize = 8;

/// Reads rows of delimited text.
///
/// A quote that is never closed would swallow the rows after it. When a record that runs over several lines shows a
/// stray quote, a wrong number of cells or no end, and a later line inside it is a sound row of its own, then the
/// first line is refused as `unclosed_quote` and reading goes on with the lines after it.
pub struct CsvRows {
    text: Text,
    dialect: Dialect,
    limits: Limits,
    columns: Vec<String>,
    line: u64,
    cells: Vec<Field>,
    /// The record at hand has many stray quotes, and none of its first lines is a row: it is merely careless.
    is_acquitted: bool,
}

impl CsvRows {
    pub fn new(text: Text, dialect: Dialect, limits: &Limits) -> Self {
        let limits = limits.clone();
        Self { text, dialect, limits, columns: Vec::new(), line: 1, cells: Vec::new(), is_acquitted: false }
    }

    /// The first row that is not blank, consumed where `consume` says so.
    pub fn first(&mut self, consume: bool) -> Result<Vec<String>, FileError> {
        self.skip_blank()?;
        let len = match self.scan()? {
            Ending::Closed(0) => return Err(FileError::Empty),
            Ending::Closed(len) => len,
            Ending::More { .. } => {
                return Err(FileError::TooLarge { what: Part::Header, limit: self.limits.row_bytes as u64 });
            }
            Ending::Unclosed | Ending::Damaged => {
                return Err(FileError::Damaged { what: Damage::HeaderQuote });
            }
        };
        let bytes = self.text.bytes();
        let names = self.cells.iter().map(|cell| cell.text(bytes, self.dialect.quote)).collect();
        if consume {
            self.advance(len);
        }
        Ok(names)
    }

    /// The names of the columns; rows must have as many cells.
    pub fn set_columns(&mut self, columns: Vec<String>) {
        self.columns = columns;
    }

    /// The next row, or what is wrong with it.
    pub fn next(&mut self) -> Result<Option<Entry>, FileError> {
        self.skip_blank()?;
        if self.text.bytes().is_empty() {
            return Ok(None);
        }
        let entry = match self.scan()? {
            Ending::Closed(len) => self.take(len),
            Ending::Unclosed | Ending::Damaged => self.take_damaged(),
            Ending::More { quoted } if quoted && self.restart(self.text.bytes().len()).is_some() => {
                self.take_damaged()
            }
            Ending::More { quoted } => self.skip_overlong(quoted)?,
        };
        Ok(Some(entry))
    }

    /// Scans the record at the start of the window, widening the window up to the limit of a row.
    fn scan(&mut self) -> Result<Ending, FileError> {
        let mut sight = SIGHT_BYTES;
        loop {
            self.text.fill(sight)?;
            let bytes = self.text.bytes();
            let last = self.text.is_finished();
            let judge = Judge { bytes, dialect: self.dialect, last, columns: self.columns.len() };
            let mut checked = 0;
            let ending = scan(bytes, self.dialect, last, &mut self.cells, |stray| {
                checked += 1;
                match checked {
                    ..STRAYS_CHECKED => judge.condemns(stray),
                    STRAYS_CHECKED => judge.restart(bytes.len()).is_some(),
                    _ => false,
                }
            });
            self.is_acquitted = checked > STRAYS_CHECKED;
            match ending {
                Ending::More { .. } if bytes.len() < self.limits.row_bytes => sight = bytes.len() * 2,
                ending => return Ok(ending),
            }
        }
    }

    /// Takes a record that ended properly.
    fn take(&mut self, len: usize) -> Entry {
        let bytes = self.text.bytes();
        let (expected, found) = (self.columns.len(), self.cells.len());
        let surplus = self.cells.get(expected..).unwrap_or_default();
        let surplus_is_blank = surplus.iter().all(|cell| bytes[cell.start..cell.end].trim_ascii().is_empty());
        if found < expected || !surplus_is_blank {
            if self.restart(len).is_some() {
                return self.take_damaged();
            }
            let issue = Issue::of_row(self.line, IssueCode::WrongCellCount);
            return self.refuse(len, issue.with("expected", expected).with("found", found));
        }
        if let Some(long) = self.cells.iter().position(|cell| cell.end - cell.start > self.limits.cell_bytes)
        {
            return self.refuse(len, self.cell_too_long(long));
        }
        if self.text.is_damaged(len) {
            return self.refuse(len, Issue::of_row(self.line, IssueCode::BadEncoding));
        }
        let quote = self.dialect.quote;
        let cells = self.cells[..expected].iter().map(|cell| cell.text(bytes, quote)).collect();
        let row = Row { line: self.line, cells, extra: Vec::new() };
        self.advance(len);
        Entry::Row(row)
    }

    /// Refuses the lines before the next one that looks like a row. Where none does that is the first line only; of a
    /// careless record all that is left.
    fn take_damaged(&mut self) -> Entry {
        let bytes = self.text.bytes();
        let first_line = || next_line(bytes, 0).filter(|_| !self.is_acquitted);
        let len = self.restart(bytes.len()).or_else(first_line).unwrap_or(bytes.len());
        let lines = count_lines(&bytes[..len]).max(1);
        self.refuse(len, Issue::of_row(self.line, IssueCode::UnclosedQuote).with("lines", lines))
    }

    /// Where a row begins again within the first `len` bytes, after the first line.
    fn restart(&self, len: usize) -> Option<usize> {
        if self.is_acquitted { None } else { self.judge().restart(len) }
    }

    fn judge(&self) -> Judge<'_> {
        Judge {
            bytes: self.text.bytes(),
            dialect: self.dialect,
            last: self.text.is_finished(),
            columns: self.columns.len(),
        }
    }

    fn refuse(&mut self, len: usize, issue: Issue) -> Entry {
        self.advance(len);
        Entry::Broken(issue)
    }

    fn cell_too_long(&self, cell: usize) -> Issue {
        let issue = match self.columns.get(cell) {
            Some(column) => Issue::of_cell(self.line, column, IssueCode::CellTooLong),
            None => Issue::of_row(self.line, IssueCode::CellTooLong),
        };
        issue.with("limit", self.limits.cell_bytes)
    }

    /// Passes over a record longer than a row may be, without holding it.
    fn skip_overlong(&mut self, mut quoted: bool) -> Result<Entry, FileError> {
        let issue = match quoted {
            true => self.cell_too_long(self.cells.len()),
            false => Issue::of_row(self.line, IssueCode::RowTooLong).with("limit", self.limits.row_bytes),
        };
        let Dialect { delimiter, quote } = self.dialect;
        self.advance(self.text.bytes().len());
        loop {
            self.text.fill(SIGHT_BYTES)?;
            let bytes = self.text.bytes();
            if bytes.is_empty() {
                return Ok(Entry::Broken(issue));
            }
            let stop = if quoted { memchr(quote, bytes) } else { memchr::memchr2(b'\n', b'\r', bytes) };
            let Some(stop) = stop else {
                self.advance(bytes.len());
                continue;
            };
            if !quoted {
                let len = next_line(bytes, stop).unwrap_or(bytes.len());
                self.advance(len);
                return Ok(Entry::Broken(issue));
            }
            match bytes.get(stop + 1) {
                Some(&byte) if byte == quote => self.advance(stop + 2),
                Some(&byte) if byte == delimiter || byte == b'\n' || byte == b'\r' => {
                    quoted = false;
                    self.advance(stop + 1);
                }
                _ => self.advance(stop + 1),
            }
        }
    }

    /// Passes over lines of nothing but spaces.
    fn skip_blank(&mut self) -> Result<(), FileError> {
        loop {
            self.text.fill(SIGHT_BYTES)?;
            let bytes = self.text.bytes();
            let spaces = bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r' | b' ')).count();
            let len = if spaces == bytes.len() { spaces } else { line_start(bytes, spaces) };
            if len == 0 {
                return Ok(());
            }
            self.advance(len);
        }
    }

    fn advance(&mut self, len: usize) {
        self.line += count_lines(&self.text.bytes()[..len]);
        self.text.consume(len);
    }
}

/// Decides what a line inside a suspicious record is.
struct Judge<'a> {
    bytes: &'a [u8],
    dialect: Dialect,
    last: bool,
    columns: usize,
}

impl Judge<'_> {
    /// A stray quote condemns its record where the second line, or the line of the quote, is a sound row.
    fn condemns(&self, stray: usize) -> bool {
        match next_line(self.bytes, 0) {
            Some(second) if second <= stray => {
                self.is_sound(second) || self.is_sound(line_start(self.bytes, stray))
            }
            _ => false,
        }
    }

    /// Where a row begins again within the first `len` bytes, after the first line.
    ///
    /// There is such a place only if one of the next lines is a sound row; then it is the first line with delimiters
    /// enough.
    fn restart(&self, len: usize) -> Option<usize> {
        let second = next_line(self.bytes, 0).filter(|start| *start < len)?;
        let lines = std::iter::successors(Some(second), |line| next_line(self.bytes, *line));
        let mut nearby = lines.take_while(|line| *line < len).take(STRAYS_CHECKED);
        let proven = nearby.find(|line| self.is_sound(*line))?;
        let mut line = second;
        while line < proven && !self.has_delimiters(line) {
            line = next_line(self.bytes, line)?;
        }
        Some(line)
    }

    /// The line at `start` begins a row with the right number of cells and no stray quote. In a file of one column
    /// every line would pass, so none does.
    fn is_sound(&self, start: usize) -> bool {
        if self.columns < 2 {
            return false;
        }
        let end = self.bytes.len().min(start + SOUND_BYTES);
        let mut cells = Vec::with_capacity(self.columns);
        let last = self.last && end == self.bytes.len();
        let ending = scan(&self.bytes[start..end], self.dialect, last, &mut cells, |_| true);
        matches!(ending, Ending::Closed(_)) && cells.len() == self.columns
    }

    /// The line at `start` has delimiters enough for a row, whatever its quotes say.
    fn has_delimiters(&self, start: usize) -> bool {
        let end = next_line(self.bytes, start).unwrap_or(self.bytes.len());
        memchr_iter(self.dialect.delimiter, &self.bytes[start..end]).count() + 1 >= self.columns
    }
}
