//! Values with intervals, each by the method that suits its kind.

mod base;
mod bootstrap;
mod mean;
mod nps;
mod rate;
mod share;
mod weighted;

pub use base::base_estimate;
pub use bootstrap::nps_bootstrap;
pub use mean::{mean, mean_student, sample_mean};
pub use nps::{nps_adjusted, nps_wald};
pub use rate::{rate, rate_exact};
pub use share::share;
pub use weighted::{Weighted, effective_answers, weighted};
