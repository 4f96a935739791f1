//! The one file that says what a snapshot is; replacing it replaces the snapshot.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::FactsError;

/// What this program writes and reads.
pub const FORMAT: u32 = 2;
const FILE: &str = "manifest.json";

/// The contents of a snapshot, with a check sum over everything.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    manifest: Manifest,
    crc32: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub sequence: u64,
    pub items: u64,
    /// The folder beside the manifest in which the files are.
    pub folder: String,
    /// Names of attributes in the order of their columns.
    pub attributes: Vec<String>,
    pub dictionary: FileEntry,
    pub customers: FileEntry,
    /// One file a month.
    pub months: Vec<FileEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub name: String,
    pub bytes: u64,
    pub crc32: u32,
}

impl FileEntry {
    pub fn new(name: String, contents: &[u8]) -> Self {
        Self { name, bytes: contents.len() as u64, crc32: crc32fast::hash(contents) }
    }

    pub fn is_of(&self, contents: &[u8]) -> bool {
        self.bytes == contents.len() as u64 && self.crc32 == crc32fast::hash(contents)
    }
}

/// Where the manifest of the snapshot in `dir` is.
pub fn path(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

impl Manifest {
    pub fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let crc32 = crc32fast::hash(&serde_json::to_vec(self)?);
        serde_json::to_vec_pretty(&Sealed { manifest: self.clone(), crc32 })
    }

    /// Reads the manifest of the snapshot in `dir`.
    pub fn load(dir: &Path) -> Result<Self, FactsError> {
        let path = path(dir);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(FactsError::NoSnapshot(dir.to_owned()));
            }
            Err(source) => return Err(FactsError::Io { path, source }),
        };
        Self::from_bytes(&bytes).map_err(|reason| FactsError::DamagedSnapshot { path, reason })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let sealed: Sealed = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let contents = serde_json::to_vec(&sealed.manifest).map_err(|error| error.to_string())?;
        if crc32fast::hash(&contents) != sealed.crc32 {
            return Err("the check sum is wrong".into());
        }
        if sealed.manifest.format != FORMAT {
            return Err(format!("format {} is not format {FORMAT}", sealed.manifest.format));
        }
        Ok(sealed.manifest)
    }
}
