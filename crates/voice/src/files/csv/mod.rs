//! Delimited text: CSV, TSV and their relatives, read so that a broken row costs only itself.

mod rows;
mod scan;

pub(super) use rows::CsvRows;
pub(super) use scan::{Dialect, Ending, Field, scan};
