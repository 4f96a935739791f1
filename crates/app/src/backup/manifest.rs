//! What an archive says of itself, and how it can be wrong.

use otklik_voice::files::io_params;
use serde::{Deserialize, Serialize};

/// The newest form of archives that this program reads.
pub(super) const FORMAT: u32 = 1;

/// What must be in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The program that wrote it.
    pub otklik: String,
    /// The version of the tables.
    pub schema: i64,
    /// UTC milliseconds.
    pub created_at: i64,
    /// The last change of feedback in it.
    pub change: u64,
    pub tables: Vec<TableEntry>,
    pub files: Vec<FileEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    pub name: String,
    pub rows: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub name: String,
    pub sha256: String,
}

impl Manifest {
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// Why an archive cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file is there already, or cannot be read or written.
    #[error("{path}: {reason}")]
    File { path: String, reason: std::io::Error },
    /// It is no archive of Otklik, or a part of it is missing or was changed.
    #[error("the archive is damaged: {part}")]
    Damaged { part: String },
    /// It was written by a newer Otklik.
    #[error("the archive was written by Otklik {otklik}, which is newer")]
    Newer { otklik: String },
}

impl ArchiveError {
    pub(super) fn damaged(part: impl std::fmt::Display) -> Self {
        Self::Damaged { part: part.to_string() }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "archive_file",
            Self::Damaged { .. } => "archive_damaged",
            Self::Newer { .. } => "archive_newer",
        }
    }

    /// The values that the message names.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::File { path, reason } => [vec![("path", path.clone())], io_params(reason)].concat(),
            Self::Damaged { part } => vec![("part", part.clone())],
            Self::Newer { otklik } => vec![("otklik", otklik.clone())],
        }
    }
}
