//! Paper: a document of cards in, the bytes of a PDF out. Words come ready, in the reader's language; this crate knows
//! how they stand on a page.

mod axis;
mod document;
mod engine;
mod trend;

pub use axis::Axis;
pub use document::{
    Bar, Body, Card, Cell, Document, Fact, Figure, Heat, HeatRow, Paper, Table, Tone, Whisker, Width,
};
pub use engine::{PrintError, print};
pub use trend::{Mark, Point, Trend, TrendLine};
