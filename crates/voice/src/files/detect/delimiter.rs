//! The dialect of delimited text: the delimiter that makes the most rows agree, the quote, whether names come first.

use crate::files::csv::{Dialect, Ending, scan};
use crate::files::format::Kind;

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
const ROWS: usize = 200;

/// The dialect of a text. `complete` says that nothing follows it.
pub fn detect(text: &str, complete: bool) -> Kind {
    let quote = detect_quote(text);
    let tables = CANDIDATES.map(|delimiter| (delimiter, rows(text, Dialect { delimiter, quote }, complete)));
    let best = tables
        .into_iter()
        .filter(|(_, rows)| rows.first().is_some_and(|first| first.len() > 1))
        .max_by(|(_, left), (_, right)| agreement(left).total_cmp(&agreement(right)));
    let (delimiter, rows) = best.unwrap_or_else(|| {
        let delimiter = absent_delimiter(text);
        (delimiter, rows(text, Dialect { delimiter, quote }, complete))
    });
    Kind::Csv { delimiter: delimiter.into(), quote: quote.into(), header: has_header(&rows) }
}

/// The share of rows with as many cells as the first, and a little for more cells where shares are equal.
fn agreement(rows: &[Vec<String>]) -> f64 {
    let width = rows.first().map_or(0, Vec::len);
    let agreeing = rows.iter().filter(|row| row.len() == width).count();
    agreeing as f64 / rows.len().max(1) as f64 + width.min(100) as f64 * 1e-4
}

/// A file of one column is read with a delimiter that its texts do not hold.
fn absent_delimiter(text: &str) -> u8 {
    let absent = [b'\t', b'|', b';', b','].into_iter().find(|delimiter| !text.as_bytes().contains(delimiter));
    absent.unwrap_or(b'\t')
}

/// A single quote only where the first line encloses every name in it.
fn detect_quote(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let enclosed = CANDIDATES.iter().any(|delimiter| {
        let mut names = first.split(char::from(*delimiter)).peekable();
        names.peek().is_some()
            && names.all(|name| name.len() > 1 && name.starts_with('\'') && name.ends_with('\''))
    });
    if enclosed { b'\'' } else { b'"' }
}

/// The first rows; of a text that is cut, without the last.
fn rows(text: &str, dialect: Dialect, complete: bool) -> Vec<Vec<String>> {
    let mut bytes = text.as_bytes();
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    while rows.len() < ROWS && !bytes.is_empty() {
        let Ending::Closed(len) = scan(bytes, dialect, complete, &mut cells, |_| false) else {
            break;
        };
        let row: Vec<String> = cells.iter().map(|cell| cell.text(bytes, dialect.quote)).collect();
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(row);
        }
        bytes = &bytes[len..];
    }
    rows
}

/// The first row holds names where it can: all are short, and none begins with a digit.
fn has_header(rows: &[Vec<String>]) -> bool {
    const NAME_CHARS: usize = 80;
    let names = rows.first().into_iter().flatten().map(|name| name.trim());
    names.filter(|name| !name.is_empty()).all(|name| {
        let is_figure = name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
        name.chars().count() <= NAME_CHARS && !is_figure && !name.contains('\n')
    })
}
