//! Watching the numbers: every day the series that matter are looked through for what stands out.

mod chart;
mod find;
mod group;
mod series;

pub use chart::{AnomalyChart, AnomalyPoint};
pub(crate) use find::watchable;
