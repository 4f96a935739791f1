//! The CX backlog: problems, evidence, scale, solutions, gates, verdicts.
//!
//! A problem rests on [`evidence`], has a [`scale`] with its arithmetic and a [`Criticality`] with its [`debt`];
//! [`criteria`] rank it and the [`map`] shows it. Its [`solutions`] are plans A, B, C…: a [`hypothesis`] is fixed, a
//! gate ([`gates`]) confirmed, the plan [released](release); on the check date a verdict ([`verdicts`]) is proposed
//! and signed, and a failure makes the next plan current. What worked is watched: [`alarms`] tell when it comes back. The
//! [`history`] tells all of it.
//!
//! Every operation takes a `Tx` (who, and when), checks, writes rows, history and audit, and leaves the commit to its
//! caller. What reads takes a `Store`. The company's day, where a rule needs one, is given by the caller as `today`.

pub mod alarms;
mod codes;
mod columns;
pub mod criteria;
mod criticality;
pub mod debt;
mod error;
pub mod evidence;
pub mod formula;
pub mod gates;
pub mod history;
pub mod hypothesis;
pub mod map;
pub mod problems;
pub mod release;
pub mod scale;
pub mod solutions;
pub mod verdicts;

pub use criticality::{Criticality, LevelWords};
pub use error::BacklogError;
pub use evidence::Evidence;
pub use problems::Problem;
