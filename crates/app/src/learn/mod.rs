//! Topics that are learnt from what people say of items.

mod differences;
mod judge;
mod learned;

pub use differences::{Differences, RuleEffect};
pub(crate) use differences::{Texts, apply};
pub use judge::Judge;
pub use learned::LearnedTopics;
