//! Integration tests of the HTTP interface, on both databases where one is involved.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alarms;
mod analyses;
mod anomalies;
mod audit;
mod bad_input;
mod boards;
mod company;
mod document;
mod errors;
mod evidence;
mod foreign;
mod messages;
mod metrics;
mod reports;
mod security;
mod session;
mod voice;
mod walk;
