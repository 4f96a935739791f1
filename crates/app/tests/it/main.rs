//! Integration tests: operations that span domains, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alerting;
mod backup;
mod classify;
mod company;
mod courier;
mod demo;
mod erasure;
mod facts;
mod imports;
mod jobs;
mod learning;
mod messages;
mod metrics;
mod planted;
mod push;
mod reading;
mod relapses;
mod samples;
mod stream;
mod waiting;
mod watching;
