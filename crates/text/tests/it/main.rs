//! Whole-crate tests: quality of masking on marked texts, the embedding, topics, and laws that hold for every text.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod embedding;
mod laws;
mod masking;
mod sentiment;
mod signals;
mod themes;
mod topics;
