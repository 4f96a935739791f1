//! Formulas: values, mistakes, laws.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod laws;
