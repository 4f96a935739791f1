//! Intervals, tests and effects: numbers in, numbers out.
//!
//! A [`Tally`] holds what was counted in one group: answers by kind, scores, events and their exposure. From tallies
//! come an [`Estimate`] with its interval ([`interval`]), the [`Comparison`](compare::Comparison) of two groups
//! ([`compare`]), the number of answers that a question needs ([`sample`]) and the effect of a change ([`effect`]).
//! [`drivers`] and [`topics`] say what a score comes from, [`anomaly`] what stands out in a series of tallies, and
//! [`threshold`] when one has crossed a limit.
//! [`survey`] has the published scores as tallies, [`validity`] says how far a sample may be trusted and weighs it to
//! the customer base. Nothing here knows where the numbers came from; shares are fractions of one, NPS runs from −100
//! to 100.

pub mod anomaly;
pub mod compare;
mod confidence;
pub mod drivers;
pub mod effect;
mod estimate;
pub mod interval;
mod linear;
mod order;
pub mod sample;
pub mod survey;
pub mod tally;
pub mod threshold;
pub mod topics;
pub mod trend;
pub mod validity;

pub use confidence::Confidence;
pub use estimate::Estimate;
pub use tally::{NpsTally, RateTally, ScoreTally, ShareTally, Tally};
