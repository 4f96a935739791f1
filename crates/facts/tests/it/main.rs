//! The facts against a naive computation over the rows.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod company;
mod laws;
mod naive;
mod readers;
mod refusals;
mod snapshots;
