//! How far a sample may be trusted, and weights that make it look like the customer base.

mod composition;
mod hiding;
mod rake;
mod warning;

pub use composition::{Composition, Group, composition};
pub use hiding::hidden_groups;
pub use rake::{LARGEST_WEIGHT, Margin, RakeError, Raked, cell_weights, rake};
pub use warning::{Sample, Warning, warnings};
