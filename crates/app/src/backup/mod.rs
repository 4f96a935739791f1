//! Backup and restore: one archive of the whole company, the same for both databases.
//!
//! The archive is a ZIP file: `tables/NAME.jsonl` holds the rows of a table, one JSON object a line, in the order of
//! its key and all of one moment; `files/NAME` the customer key, the settings and the files whose import is not
//! finished; `manifest.json` says what there must be, with a SHA-256 of every file. The search index and the facts are
//! not kept, for they follow from the rows; nor are files that were uploaded and whose import nobody has started.

mod manifest;
mod restore;
mod waiting;
mod write;

pub use manifest::{ArchiveError, FileEntry, Manifest, TableEntry};
pub use restore::{Restored, restore};
pub(crate) use write::write_line;

/// The customer key in data folder and archive.
const KEY: &str = "customer.key";
/// The settings in data folder and archive.
const SETTINGS: &str = "otklik.toml";
const MANIFEST: &str = "manifest.json";

fn table_path(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

fn file_path(name: &str) -> String {
    format!("files/{name}")
}
