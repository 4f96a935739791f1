//! Ids of rows that bring none, and rows that come twice.

use crate::files::row::{Columns, Row};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Remembers the ids of one file: 16 to 40 bytes a row.
#[derive(Default)]
pub struct Identities {
    first_lines: HashMap<u64, u64>,
    copies: HashMap<[u8; 16], u32>,
}

impl Identities {
    /// Takes note of an id. Answers with the line that had it before.
    pub fn repeat_of(&mut self, external_id: &str, line: u64) -> Option<u64> {
        let digest = Sha256::digest(external_id.as_bytes());
        let mut key = [0; 8];
        key.copy_from_slice(&digest[..8]);
        match self.first_lines.entry(u64::from_le_bytes(key)) {
            std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(line);
                None
            }
        }
    }

    /// An id for a row without one: the hash of its values by column name, and which of the equal rows it is.
    ///
    /// It rests on the row and not on the mapping, so that a corrected mapping updates the same items. It does not
    /// depend on the order of columns, on the format, the encoding, or on the rows around.
    pub fn derive(&mut self, row: &Row, columns: &Columns) -> String {
        let named = columns.names.iter().zip(&row.cells).map(|(name, value)| (name.as_str(), value.trim()));
        let extra = row.extra.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let mut values: Vec<(&str, &str)> =
            named.chain(extra).filter(|(_, value)| !value.is_empty()).collect();
        values.sort_unstable();
        let mut hash = Sha256::new();
        for (name, value) in values {
            for part in [name, value] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part.as_bytes());
            }
        }
        let digest = hash.finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        let copy = self.copies.entry(key).or_default();
        *copy += 1;
        format!("row-{}-{copy}", hex::encode(key))
    }
}
