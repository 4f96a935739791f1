//! Whole-crate tests: quality of masking on marked texts, and laws that hold for every text.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod laws;
mod masking;
