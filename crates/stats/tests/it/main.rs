//! Laws and calibration of the statistics.

mod calibration;
mod compare;
mod effect;
mod groups;
mod interval;
