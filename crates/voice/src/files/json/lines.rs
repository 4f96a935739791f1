//! Rows of JSON Lines: a broken line costs only itself.

use super::{JsonEntry, parse};
use crate::files::error::FileError;
use crate::files::issue::{Issue, IssueCode};
use crate::files::limits::Limits;
use crate::files::text::Text;
use memchr::memchr;

const SIGHT_BYTES: usize = 64 << 10;

/// Reads one object a line. Blank lines are passed over.
pub struct LineRows {
    text: Text,
    limits: Limits,
    line: u64,
}

impl LineRows {
    pub fn new(text: Text, limits: &Limits) -> Self {
        Self { text, limits: limits.clone(), line: 1 }
    }

    /// The next object, or what is wrong with its line.
    pub fn next(&mut self) -> Result<Option<JsonEntry>, FileError> {
        loop {
            let Some(len) = self.line_len()? else {
                return self.skip_overlong().map(Some);
            };
            let line = self.text.bytes()[..len].trim_ascii();
            if line.is_empty() && self.text.bytes().len() <= len && self.text.is_finished() {
                return Ok(None);
            }
            let entry =
                (!line.is_empty()).then(|| parse(self.line, line, self.text.is_damaged(len), &self.limits));
            let ended = len < self.text.bytes().len();
            self.text.consume(if ended { len + 1 } else { len });
            self.line += 1;
            if entry.is_some() {
                return Ok(entry);
            }
        }
    }

    /// The length of the line at the start of the window; nothing where it is longer than a row may be.
    fn line_len(&mut self) -> Result<Option<usize>, FileError> {
        let mut sight = SIGHT_BYTES;
        loop {
            self.text.fill(sight)?;
            let bytes = self.text.bytes();
            match memchr(b'\n', bytes) {
                Some(len) => return Ok(Some(len)),
                None if self.text.is_finished() && bytes.len() <= self.limits.row_bytes => {
                    return Ok(Some(bytes.len()));
                }
                None if bytes.len() >= self.limits.row_bytes => return Ok(None),
                None => sight = bytes.len() * 2,
            }
        }
    }

    fn skip_overlong(&mut self) -> Result<JsonEntry, FileError> {
        let issue = Issue::of_row(self.line, IssueCode::RowTooLong).with("limit", self.limits.row_bytes);
        self.line += 1;
        loop {
            let bytes = self.text.bytes();
            match memchr(b'\n', bytes) {
                Some(len) => {
                    self.text.consume(len + 1);
                    return Ok(JsonEntry::Broken(issue));
                }
                None => self.text.consume(bytes.len()),
            }
            self.text.fill(SIGHT_BYTES)?;
            if self.text.bytes().is_empty() {
                return Ok(JsonEntry::Broken(issue));
            }
        }
    }
}
