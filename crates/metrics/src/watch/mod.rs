//! Watching: series of a metric day by day, what stands out in them, where it comes from, and what became of it.

mod causes;
mod change;
mod list;
mod row;
mod series;

pub use causes::{CauseCandidate, CauseJoint, CausePart, Causes, find_causes};
pub use change::{decide_anomaly, link_anomaly, record_anomalies};
pub use list::{AnomalyFilter, list_anomalies, list_followers, load_anomaly};
pub use row::{Anomaly, AnomalyState, FoundAnomaly};
pub use series::{Series, extent, read_series};
