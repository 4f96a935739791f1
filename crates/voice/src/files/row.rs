//! One row of a file, whatever the format.

use super::issue::Issue;
use serde::Serialize;

/// The cells of one row as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Row {
    /// Line of the file on which the row begins, from 1; for a sheet, its row.
    pub line: u64,
    /// One cell a column, in the order of the columns; empty where the row has none.
    pub cells: Vec<String>,
    /// Values under names that were not among the columns when they were collected: JSON only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<(String, String)>,
}

/// What stands at one place of the file: a row, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Row(Row),
    Broken(Issue),
}

/// The names of a file's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Columns {
    pub names: Vec<String>,
    /// Later rows may have values under other names: JSON only.
    pub open: bool,
}

impl Columns {
    /// Names as they are used: trimmed; `column_3` where empty; `name_2` where the name stands a second time.
    pub(super) fn from_header(header: Vec<String>) -> Self {
        let mut names: Vec<String> = Vec::with_capacity(header.len());
        for (index, name) in header.iter().enumerate() {
            let name = match name.trim() {
                "" => format!("column_{}", index + 1),
                name => name.to_owned(),
            };
            let mut unique = name.clone();
            let mut copy = 2;
            while names.contains(&unique) {
                unique = format!("{name}_{copy}");
                copy += 1;
            }
            names.push(unique);
        }
        Self { names, open: false }
    }
}
