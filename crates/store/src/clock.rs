//! The clock: the system's, or one that a test or the demo sets by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::Millis;

/// Tells the time everywhere below the binary; nothing else reads the system clock.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Stands still until [`Clock::set`] moves it.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(now_ms: Millis) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(now_ms)))
    }

    pub fn now_ms(&self) -> Millis {
        match self {
            Self::System => system_ms(),
            Self::Fixed(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Moves a fixed clock; the system's clock cannot be moved and stays as it is.
    pub fn set(&self, now_ms: Millis) {
        if let Self::Fixed(at) = self {
            at.store(now_ms, Ordering::SeqCst);
        }
    }
}

fn system_ms() -> Millis {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| Millis::try_from(d.as_millis()).unwrap_or(Millis::MAX))
}
