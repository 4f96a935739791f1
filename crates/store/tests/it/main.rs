//! The store on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod jobs;
mod memo;
mod outbox;
mod tables;
mod transactions;
