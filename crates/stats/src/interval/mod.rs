//! Values with intervals, each by the method that suits its kind.

mod base;
mod mean;
mod nps;
mod rate;
mod share;

pub use base::base_estimate;
pub use mean::mean;
pub use nps::{nps_adjusted, nps_wald};
pub use rate::rate;
pub use share::share;
