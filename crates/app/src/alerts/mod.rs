//! Alerts: what the rules of people ask for is looked for, begun and ended once, and told to whoever may know it.

mod audience;
mod letter;
mod limits;
mod look;
mod told;
mod words;

pub use told::Told;
pub use words::{Worded, Wording};

/// The job of a look between two rounds of the day, enqueued when new facts have come.
pub const LOOK_FOR_ALERTS: &str = "look_for_alerts";
