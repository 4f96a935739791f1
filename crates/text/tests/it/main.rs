//! Whole-crate tests: quality of masking on marked texts, and laws that hold for every text.

mod laws;
mod masking;
