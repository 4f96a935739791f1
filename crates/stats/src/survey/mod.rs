//! The published survey scores: which answers count as what. Each gives a tally, and the tally its interval.

mod ces;
mod contact;
mod csat;
mod csi;
mod need;
mod participation;

pub use ces::{ces_easy_share, ces_effort_mean, ces_mean, ces_net};
pub use contact::{Contact, fcr_asked, fcr_observed};
pub use csat::{csat_mean, csat_top_box};
pub use csi::{
    Attribute, Quadrant, acsi, composite_average, importance_product, quadrant, share_of_maximum, unweighted,
};
pub use need::{KanoCounts, opportunity};
pub use participation::{completion, response};
