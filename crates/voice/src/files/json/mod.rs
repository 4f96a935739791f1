//! JSON: an array of objects, or one object a line.

mod elements;
mod flatten;
mod items;
mod lines;

pub(super) use elements::ElementRows;
pub(super) use flatten::Object;
pub(super) use items::find_items;
pub(super) use lines::LineRows;

use super::issue::{Issue, IssueCode};
use super::limits::Limits;
use super::row::Entry;
use flatten::JsonError;

/// A row's values by name, before columns are known, or what is wrong with it.
pub(super) enum JsonEntry {
    Object { line: u64, values: Vec<(String, String)> },
    Broken(Issue),
}

/// Reads one object.
fn parse(line: u64, bytes: &[u8], damaged: bool, limits: &Limits) -> JsonEntry {
    if damaged {
        return JsonEntry::Broken(Issue::of_row(line, IssueCode::BadEncoding));
    }
    let values = match Object::parse(bytes) {
        Ok(object) => object.flatten(),
        Err(JsonError::NotAnObject) => {
            return JsonEntry::Broken(Issue::of_row(line, IssueCode::NotAnObject));
        }
        Err(JsonError::Invalid(reason)) => {
            return JsonEntry::Broken(Issue::of_row(line, IssueCode::BadJson).with("reason", reason));
        }
    };
    match values.iter().find(|(_, value)| value.len() > limits.cell_bytes) {
        Some((name, _)) => {
            let issue = Issue::of_cell(line, name, IssueCode::CellTooLong);
            JsonEntry::Broken(issue.with("limit", limits.cell_bytes))
        }
        None => JsonEntry::Object { line, values },
    }
}

impl JsonEntry {
    /// The row in the order of the columns.
    pub fn into_entry(self, columns: &[String]) -> Entry {
        match self {
            Self::Broken(issue) => Entry::Broken(issue),
            Self::Object { line, values } => Entry::Row(flatten::align(line, values, columns)),
        }
    }
}
