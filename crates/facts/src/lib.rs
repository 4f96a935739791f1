//! Feedback as columns in memory: any slice of it in milliseconds.
//!
//! [`Facts`] holds every feedback item as a handful of codes (dictionary codes of its dimensions, its scores, its
//! topics, its customer) in segments by month. [`Facts::apply`] takes changes in order of the change sequence and
//! publishes a new state at once; [`Facts::query`] groups and counts it; [`Facts::select`] lists the items behind the
//! very same filter; [`Facts::save`] and [`Facts::load`] keep it as Parquet.
//!
//! Readers take the published state and are never blocked: what one query sees is one whole sequence number.

mod answer;
mod calendar;
mod code_set;
mod codes;
mod customers;
mod dictionary;
mod dimension;
mod distinct;
mod error;
mod execute;
mod facts;
mod filter;
mod grouping;
mod groups;
mod item;
mod item_days;
mod item_set;
mod limits;
mod mask;
mod matching;
mod merge;
mod moments;
mod postings;
mod query;
mod segment;
mod select;
mod snapshot;
mod state;
mod tail;
mod tally;
mod test;
mod vocabulary;
mod workers;
mod writer;

pub use calendar::{Grain, date_of, day_number};
pub use dimension::{Dimension, Score};
pub use error::FactsError;
pub use facts::Facts;
pub use filter::Filter;
pub use item::{Change, Item, SIGNALS};
pub use item_set::ItemSet;
pub use limits::Cancel;
pub use moments::{MomentQuery, Moments, Variable};
pub use query::{Cell, FactQuery, FactRow, Measures, Period, Selected, Selection};
