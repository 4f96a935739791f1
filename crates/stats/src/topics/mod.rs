//! What topics do to a score: without this one it would be so much higher.

mod additive;
mod impact;
mod waterfall;

pub use additive::{Additive, Incidence, TopicStep, additive};
pub use impact::{Impact, impact, net_sentiment};
pub use waterfall::{Step, Waterfall, waterfall};

/// Share of false topics that a screen of many may be expected to hold
/// ([`benjamini_hochberg`](crate::compare::benjamini_hochberg)).
pub const FALSE_TOPICS: f64 = 0.05;
