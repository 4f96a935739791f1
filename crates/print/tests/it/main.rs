//! Integration tests: a document becomes a PDF that is opened again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod pages;
mod sample;
