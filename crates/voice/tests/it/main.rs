//! Integration tests: what customers said, from the file to the answer.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod company;
mod files;
mod keeping;
mod put;
mod search;
