//! What customers said: sources, imports, feedback, topics, the customer base.

pub mod base;
mod channel;
pub mod customers;
pub mod erasure;
pub mod error;
pub mod feedback;
pub mod files;
pub mod imports;
pub mod labels;
pub mod learning;
pub mod profiles;
pub mod push;
pub mod sentiment;
pub mod signals;
pub mod sources;
pub mod topics;

pub use channel::Channel;
pub use customers::CustomerSecret;
pub use error::VoiceError;
