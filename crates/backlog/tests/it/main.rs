//! The backlog on both databases: a problem's whole life, every refusal, the laws of formulas, ranking and scale.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod criteria;
mod edits;
mod gates;
mod life;
mod plans;
mod scale;
mod search;
mod verdicts;
mod walk;
mod world;
