//! What a data folder says of itself: empty, filled by the demo, or somebody's own.

use std::fs;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::data::failed;
use crate::messages::Language;
use crate::{AppError, DataFolder};

const FILE: &str = "demo.json";

/// Which demo company lies in the folder. Not `complete` while it is being filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    pub seed: u64,
    pub items: u32,
    pub language: Language,
    /// The day on which the story is told.
    pub today: Date,
    pub complete: bool,
}

impl Marker {
    /// The marker of a folder that a demo has filled or begun to fill.
    pub fn read(data: &DataFolder) -> Option<Self> {
        serde_json::from_slice(&fs::read(data.root().join(FILE)).ok()?).ok()
    }

    pub(super) fn write(&self, data: &DataFolder) -> Result<(), AppError> {
        let path = data.root().join(FILE);
        let json = serde_json::to_vec(self).map_err(|e| AppError::Worker(e.to_string()))?;
        fs::write(&path, json).map_err(|e| failed(&path, e))
    }
}
