//! Topics that are learnt from what people say of items.

mod differences;
mod examples;
mod judge;
mod learned;
mod quality;
mod queue;
mod relearn;

pub use differences::{Differences, RuleEffect};
pub(crate) use differences::{Texts, apply};
pub use judge::Judge;
pub use learned::LearnedTopics;
pub use quality::{Quality, Rightness, RightnessOfMonth, TopicQuality};
pub use queue::LabelQuestion;
pub use relearn::{ModelPreview, PreviewItem, RELEARN_TOPICS, enqueue_relearn};
