//! Laws and calibration of the statistics.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alerts;
mod calibration;
mod compare;
mod coverage;
mod effect;
mod groups;
mod interval;
mod laws;
mod reference;
