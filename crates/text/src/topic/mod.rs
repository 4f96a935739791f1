//! Topics from labels (T2, T5): a model that learns from labelled texts and says how sure it is.
//!
//! Hashed words, pairs of words and parts of words stand beside the sentence vector of [`crate::embed`]; for each topic
//! a linear support vector machine tells it from all others. How much the sentence vector weighs, and what a score is
//! worth as a probability, come from texts that were held out of the training.

mod calibrate;
mod example;
pub(crate) mod features;
mod file;
mod folds;
mod model;
mod svm;

pub use calibrate::Settings;
pub use model::{Assignment, TopicModel};
pub(crate) use svm::shuffle;

/// A text and its topics, given as numbers from 0. No topic at all is a label too.
#[derive(Clone, Copy, Debug)]
pub struct LabelledText<'a> {
    /// What the customer wrote.
    pub text: &'a str,
    /// Its topics.
    pub topics: &'a [usize],
}
