//! Rows become records: typed, checked, each with an id that stays the same when the file comes again.

mod apply;
mod identity;
mod plan;

pub use apply::{Applied, Applier};

use crate::Channel;
use serde::Serialize;

/// One item of feedback as a file gives it, before personal data is masked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Line of the file, for messages.
    pub line: u64,
    /// The key within the source: from the file, or derived from the row where no column is mapped to it.
    pub external_id: String,
    /// UTC milliseconds; nothing only where no column is mapped to it.
    pub occurred_at: Option<i64>,
    pub channel: Option<Channel>,
    /// The company's own key of the customer, in clear: to be hashed before storing.
    pub customer: Option<String>,
    pub unit: Option<String>,
    pub product: Option<String>,
    pub touchpoint: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    /// Two letters where the file names the language by code or by a common word.
    pub language: Option<String>,
    /// 0 to 10.
    pub nps: Option<u8>,
    /// 1 to 5.
    pub csat: Option<u8>,
    /// 1 to 7.
    pub ces: Option<u8>,
    pub complaint: Option<bool>,
    pub title: Option<String>,
    pub text: Option<String>,
    /// The company's own attributes, by name; empty ones are left out.
    pub attributes: Vec<(String, String)>,
}
