//! Files of feedback: detected, read row by row, mapped to records. Pure: no database, no clock, no network.

mod csv;
mod date;
mod detect;
mod error;
mod format;
mod input;
mod issue;
mod json;
mod limits;
mod lines;
mod mapping;
mod names;
mod number;
mod preview;
mod propose;
mod reader;
mod record;
mod row;
mod text;
mod xlsx;

pub use date::DateFormat;
pub use detect::{detect, sheets};
pub use error::{Damage, FileError, Part, io_params};
pub use format::{Charset, Compression, Format, Kind};
pub use input::Input;
pub use issue::{Issue, IssueCode, Severity};
pub use limits::Limits;
pub use mapping::{ColumnMap, Defaults, Field, Mapping, MappingError, Target};
pub use number::Decimal;
pub use preview::{Preview, preview};
pub use propose::propose;
pub use reader::Reader;
pub use record::{Applied, Applier, Record};
pub use row::{Columns, Entry, Row};
