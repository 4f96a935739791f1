//! Key drivers: how much of a score's variation each of several other scores explains.

mod correlation;
mod driver;
mod importance;
mod moments;

pub use correlation::Correlations;
pub use driver::{Driver, Drivers, Method, Options, drivers};
pub use importance::{relative_weights, shapley, shapley_of};
pub use moments::Moments;

/// Drivers that [`shapley`] takes at most: it fits 2^k models.
pub const SHAPLEY_LIMIT: usize = 15;

/// Why no drivers were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriverError {
    /// Fewer complete rows than ten for each driver and thirty in all.
    TooFew { rows: usize, minimum: usize },
    /// No driver, or more than the method takes.
    BadNumber { drivers: usize, limit: usize },
    /// Rows of unequal length, or a value that is no number.
    BadRow { row: usize },
    /// A driver, or the outcome (`None`), has the same value in all rows.
    Constant { driver: Option<usize> },
    /// A driver follows from the others: take one of them out.
    Collinear,
    /// Whoever asked no longer waits.
    Stopped,
}
