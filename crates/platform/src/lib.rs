//! People, roles, sessions, tokens, units, settings.

pub mod access;
pub mod audit;
pub mod currency;
pub mod error;
pub mod invitations;
pub mod letters;
pub mod passwords;
pub mod people;
pub mod secrets;
pub mod sessions;
pub mod settings;
pub mod tokens;
pub mod units;
pub mod webhooks;

pub use access::{Access, Right, Role, Scope};
pub use error::PlatformError;
