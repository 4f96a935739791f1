//! Metrics against the naive computation, and the stories that screens tell with them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod analyses;
mod company;
mod compare;
mod derived;
mod effect;
mod evidence;
mod index;
mod naive;
mod own;
mod progress;
mod query;
mod registry;
mod validity;
mod vectors;
mod window;
