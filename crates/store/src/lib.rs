//! The SQL database: pools, transactions with an actor, audit, migrations, jobs, outbox.
//!
//! One SQL text serves SQLite and PostgreSQL; the few things that cannot be portable stand in [`engine`]. Domain
//! crates write SQL through [`Tx::conn`] and read through [`Store::reader`].

pub mod actor;
pub mod bulk;
pub mod clock;
pub mod column;
pub mod engine;
pub mod error;
pub mod ids;
pub mod jobs;
pub mod memo;
mod migrate;
mod open;
pub mod outbox;
pub mod page;
pub mod search;
pub mod tables;
mod tx;

pub use actor::Actor;
pub use clock::Clock;
pub use engine::Engine;
pub use error::StoreError;
pub use open::{Store, Woken};
pub use page::Page;
pub use tx::{Sequence, Tx};

/// Milliseconds since 1970-01-01 UTC: the only form of a moment in the database.
pub type Millis = i64;
