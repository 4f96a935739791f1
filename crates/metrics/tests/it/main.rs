//! Metrics against the naive computation, and the stories that screens tell with them.

mod company;
mod compare;
mod effect;
mod evidence;
mod naive;
mod query;
mod registry;
