//! Metrics against the naive computation, and the stories that screens tell with them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod company;
mod compare;
mod effect;
mod evidence;
mod naive;
mod query;
mod registry;
