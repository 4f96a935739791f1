//! Rows of a JSON array, one element at a time, with recovery from damage.

use super::{JsonEntry, find_items, parse};
use crate::files::error::FileError;
use crate::files::issue::{Issue, IssueCode};
use crate::files::limits::Limits;
use crate::files::lines::count_lines;
use crate::files::text::Text;
use memchr::memchr_iter;

const SIGHT_BYTES: usize = 64 << 10;
const DEPTH_MAX: usize = 128;

/// Reads the elements of an array. Objects that merely follow each other are read too.
///
/// A broken element is refused alone: reading goes on at the next `{` that begins a line or follows `},`.
pub struct ElementRows {
    text: Text,
    limits: Limits,
    line: u64,
    ended: bool,
}

/// Where an element ends.
#[derive(Debug, PartialEq, Eq)]
enum Element {
    /// After so many bytes.
    Ends(usize),
    /// Beyond the window.
    More,
    /// It cannot be valid from this byte on.
    Breaks(usize),
}

impl ElementRows {
    /// Goes to the first element: inside the array under the key `items`, or inside the array at the top.
    pub fn new(text: Text, items: Option<&str>, limits: &Limits) -> Result<Self, FileError> {
        let mut rows = Self { text, limits: limits.clone(), line: 1, ended: false };
        rows.skip_between(b"")?;
        if let Some(key) = items {
            rows.text.fill(limits.row_bytes)?;
            let (_, start) = find_items(rows.text.bytes(), Some(key))
                .ok_or_else(|| FileError::NoArray { key: key.to_owned() })?;
            rows.advance(start);
        } else if rows.text.bytes().first() == Some(&b'[') {
            rows.advance(1);
        }
        Ok(rows)
    }

    /// The next element, or what is wrong with it.
    pub fn next(&mut self) -> Result<Option<JsonEntry>, FileError> {
        self.skip_between(b",")?;
        if self.ended || matches!(self.text.bytes().first(), None | Some(b']')) {
            self.ended = true;
            return Ok(None);
        }
        let mut sight = SIGHT_BYTES;
        loop {
            self.text.fill(sight)?;
            let bytes = self.text.bytes();
            match element(bytes) {
                Element::Ends(len) => {
                    let entry = parse(self.line, &bytes[..len], self.text.is_damaged(len), &self.limits);
                    self.advance(len);
                    return Ok(Some(entry));
                }
                Element::Breaks(at) => return self.refuse(IssueCode::BadJson, at).map(Some),
                Element::More if self.text.is_finished() => {
                    return self.refuse(IssueCode::BadJson, 1).map(Some);
                }
                Element::More if bytes.len() >= self.limits.row_bytes => {
                    return self.refuse(IssueCode::RowTooLong, bytes.len()).map(Some);
                }
                Element::More => sight = bytes.len() * 2,
            }
        }
    }

    /// Refuses the element at hand and goes to the next that may be sound, from `at` on.
    fn refuse(&mut self, code: IssueCode, at: usize) -> Result<JsonEntry, FileError> {
        let issue = Issue::of_row(self.line, code);
        let issue = match code {
            IssueCode::RowTooLong => issue.with("limit", self.limits.row_bytes),
            _ => issue.with("reason", "cut_off"),
        };
        let mut from = at.max(1);
        loop {
            let bytes = self.text.bytes();
            if let Some(start) = restart(bytes, from) {
                self.advance(start);
                return Ok(JsonEntry::Broken(issue));
            }
            // A brace and what stands before it may straddle the window: keep a little of it.
            let keep = bytes.len().min(256);
            self.advance(bytes.len() - keep);
            self.text.fill(SIGHT_BYTES)?;
            from = keep;
            if self.text.bytes().len() <= keep {
                self.ended = true;
                return Ok(JsonEntry::Broken(issue));
            }
        }
    }

    /// Passes over white space, a byte order mark and the bytes in `also`.
    fn skip_between(&mut self, also: &[u8]) -> Result<(), FileError> {
        loop {
            self.text.fill(SIGHT_BYTES)?;
            let bytes = self.text.bytes();
            let len =
                bytes.iter().take_while(|byte| byte.is_ascii_whitespace() || also.contains(byte)).count();
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

/// Finds the end of the element at the start of `bytes` by its brackets and strings.
fn element(bytes: &[u8]) -> Element {
    let mut open: Vec<u8> = Vec::new();
    let mut before = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => match string_end(bytes, at) {
                Element::Ends(end) => at = end - 1,
                other => return other,
            },
            // A member never begins with a brace: the one before was not closed.
            b'{' if before == b',' && open.last() == Some(&b'}') => return Element::Breaks(at),
            b'{' | b'[' if open.len() == DEPTH_MAX => return Element::Breaks(at),
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' if open.is_empty() => return Element::Ends(at.max(1)),
            b'}' | b']' if open.pop() != Some(byte) => return Element::Breaks(at),
            b',' | b'\n' if open.is_empty() => return Element::Ends(at),
            _ => {}
        }
        at += 1;
        if open.is_empty() && matches!(byte, b'}' | b']' | b'"') {
            return Element::Ends(at);
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    Element::More
}

/// Where the string at `start` ends. A line end inside means that its quote is missing.
fn string_end(bytes: &[u8], start: usize) -> Element {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'"') => return Element::Ends(at + 1),
            Some(b'\\') => at += 2,
            Some(b'\n') => return Element::Breaks(at),
            Some(_) => at += 1,
            None => return Element::More,
        }
    }
}

/// The next brace from `from` on that begins a line, or follows `},`, or stands where a member should.
fn restart(bytes: &[u8], from: usize) -> Option<usize> {
    memchr_iter(b'{', bytes.get(from..)?).map(|at| from + at).find(|at| {
        let before = &bytes[..*at];
        let kept = before.trim_ascii_end();
        let begins_line = before[kept.len()..].contains(&b'\n');
        let after_comma = kept.strip_suffix(b",").map(|rest| rest.trim_ascii_end());
        begins_line || after_comma.is_some_and(|rest| rest.ends_with(b"}") || *at == from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_ends_with_its_brackets() {
        assert_eq!(element(br#"{"a": "}\"", "b": [1, {}]}, {"#), Element::Ends(26));
        assert_eq!(element(b"12, 13"), Element::Ends(2));
        assert_eq!(element(br#"{"a": [1"#), Element::More);
        assert_eq!(element(br#"{"a": 1, {"b": 2}"#), Element::Breaks(9));
        assert_eq!(element(b"{\"a\": \"x\n"), Element::Breaks(8));
        assert_eq!(element(br#"{"a": [1}"#), Element::Breaks(8));
    }
}
