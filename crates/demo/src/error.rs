//! What can go wrong while a demo company is made.

/// Why no company came out.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file of `data/` does not say what it should; `message` names the place.
    #[error("demo data {file}: {message}")]
    Data { file: &'static str, message: String },
    /// The day asked for has no 24 months before it in the calendar.
    #[error("no 24 months before {0}")]
    Date(jiff::civil::Date),
    /// More items were asked for than [`crate::Plan::MAX_ITEMS`].
    #[error("at most {max} items, not {asked}")]
    TooMany { asked: u32, max: u32 },
}

impl DemoError {
    /// A stable name of the error for logs and programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Data { .. } => "demo_data",
            Self::Date(_) => "demo_date",
            Self::TooMany { .. } => "demo_too_many",
        }
    }

    /// The error of a data file.
    pub(crate) fn data(file: &'static str, message: impl Into<String>) -> Self {
        Self::Data { file, message: message.into() }
    }
}
