//! Handles to all of Otklik, operations that span domains, and their jobs.

pub mod analyses;
mod app;
pub mod assessment;
pub mod backup;
pub mod classify;
pub mod daily;
pub mod data;
pub mod demo;
pub mod directory;
pub mod effects;
pub mod error;
pub mod export;
pub mod imports;
pub mod intake;
pub mod job_failure;
pub mod jobs;
pub mod marks;
pub mod messages;
pub mod prepare;
pub mod projector;
pub mod questions;
pub mod refusals;
pub mod relapses;
pub mod reports;
pub mod search;
pub mod sheet;
pub mod stream;
pub mod targets;
mod vacancy;
pub mod verdicts;
pub mod watch;

pub use app::{App, Options};
pub use data::DataFolder;
pub use error::{AppError, Kind};
pub use job_failure::JobFailure;
