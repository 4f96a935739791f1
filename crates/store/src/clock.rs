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
    /// The system's, ahead by so many milliseconds: for trying out what a later day brings.
    Ahead(Millis),
}

impl Clock {
    pub fn fixed(now_ms: Millis) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(now_ms)))
    }

    /// The system's clock, moved so that it shows this moment now.
    pub fn starting_at(now_ms: Millis) -> Self {
        Self::Ahead(now_ms.saturating_sub(system_ms()))
    }

    pub fn now_ms(&self) -> Millis {
        match self {
            Self::System => system_ms(),
            Self::Fixed(at) => at.load(Ordering::SeqCst),
            Self::Ahead(by) => system_ms().saturating_add(*by),
        }
    }

    /// Moves a fixed clock; the others go on as they do.
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
