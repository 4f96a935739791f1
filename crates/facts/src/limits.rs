//! What one question may take: groups, memory, and the time until nobody waits for it any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Dimension, FactsError};

/// Groups one answer may have unless told otherwise: about 100 MB of rows.
const GROUPS: usize = 200_000;
/// Bytes one question may need unless told otherwise.
const MEMORY_BYTES: usize = 1 << 30;

/// Stops the questions of those who no longer wait for an answer. Clones stop the same questions.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    is_cancelled: Arc<AtomicBool>,
}

impl Cancel {
    pub fn new() -> Self {
        Self::default()
    }

    /// Questions under this token, those that are running and those to come, end with [`FactsError::Cancelled`].
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}

/// The limits of a handle's questions.
#[derive(Debug, Clone)]
pub struct Limits {
    pub groups: usize,
    pub memory_bytes: usize,
    pub cancel: Cancel,
}

impl Default for Limits {
    fn default() -> Self {
        Self { groups: GROUPS, memory_bytes: MEMORY_BYTES, cancel: Cancel::default() }
    }
}

impl Limits {
    /// Refuses to go on once nobody waits.
    pub fn go_on(&self) -> Result<(), FactsError> {
        if self.cancel.is_cancelled() { Err(FactsError::Cancelled) } else { Ok(()) }
    }

    /// Refuses more groups than an answer may have.
    pub fn allow_groups(&self, groups: usize) -> Result<(), FactsError> {
        let limit = self.groups;
        if groups > limit { Err(FactsError::TooManyGroups { limit }) } else { Ok(()) }
    }

    /// Refuses what takes more memory than a question may have.
    pub fn allow_bytes(&self, needed_bytes: usize, dimensions: &[Dimension]) -> Result<(), FactsError> {
        let limit_bytes = self.memory_bytes;
        if needed_bytes <= limit_bytes {
            return Ok(());
        }
        Err(FactsError::TooMuchMemory { dimensions: dimensions.to_vec(), needed_bytes, limit_bytes })
    }
}
