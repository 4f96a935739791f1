//! The HTTP interface: the only crate that knows HTTP.
//!
//! A handler parses, names the right it needs by an extractor of [`auth`], calls, and maps. [`routes`] is the map of
//! the whole API.

pub mod auth;
mod client;
pub mod error;
mod extract;
mod language;
mod limits;
mod places;
pub mod routes;
mod security;
mod state;

pub use client::TrustedProxies;
pub use error::ApiError;
pub use routes::{openapi, router};
pub use state::{ApiState, Config};
