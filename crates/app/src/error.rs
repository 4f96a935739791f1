//! What can go wrong above the domains: their errors, and a few of its own.

use std::collections::BTreeMap;

use otklik_backlog::BacklogError;
use otklik_demo::DemoError;
use otklik_facts::FactsError;
use otklik_metrics::MetricError;
use otklik_platform::PlatformError;
use otklik_print::PrintError;
use otklik_store::StoreError;
use otklik_voice::VoiceError;
use otklik_voice::files::{FileError, MappingError, io_params};

use crate::backup::ArchiveError;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Voice(#[from] VoiceError),
    #[error(transparent)]
    Platform(#[from] PlatformError),
    #[error(transparent)]
    Facts(#[from] FactsError),
    #[error(transparent)]
    Metric(#[from] MetricError),
    #[error(transparent)]
    Backlog(#[from] BacklogError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Mapping(#[from] MappingError),
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The data folder cannot be used; `path` is below it.
    #[error("{path}: {reason}")]
    Folder { path: String, reason: std::io::Error },
    /// Another Otklik works in the data folder.
    #[error("the data folder is in use by another Otklik")]
    FolderInUse,
    /// The data folder or its database already holds a company.
    #[error("{path} is not empty")]
    NotEmpty { path: String },
    /// The file of an import is gone, because it was finished or cleaned away.
    #[error("the uploaded file is no longer there")]
    UploadGone,
    /// More questions at once than are answered.
    #[error("{given} questions at once, at most {limit} are answered")]
    TooManyQuestions { given: usize, limit: usize },
    /// A setting of the way out cannot be used; which one.
    #[error("messages cannot go out: {0}")]
    Courier(String),
    /// The mail server did not take a letter; why, as the log of deliveries says it.
    #[error("the mail server refused: {0}")]
    MailFailed(String),
    /// No mail server is named in the settings.
    #[error("mail is not set up")]
    MailMissing,
    #[error(transparent)]
    Print(#[from] PrintError),
    /// The server is going down.
    #[error("the server is stopping")]
    Stopping,
    #[error("a worker stopped: {0}")]
    Worker(String),
}

/// What an error means to whoever asked, whatever the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request cannot be done as it stands.
    Invalid,
    NotFound,
    /// It contradicts something that is already there, or somebody was faster.
    Conflict,
    Forbidden,
    /// Worth another try later.
    Unavailable,
    Internal,
}

impl AppError {
    /// The stable word for programs, and the key of the message for people.
    pub fn code(&self) -> &'static str {
        if let Some(store) = self.store() {
            return store.code();
        }
        match self {
            Self::Store(e) => e.code(),
            Self::Voice(e) => e.code(),
            Self::Platform(e) => e.code(),
            Self::Facts(e) => e.code(),
            Self::Metric(e) => e.code(),
            Self::Backlog(e) => e.code(),
            Self::File(e) => e.code(),
            Self::Mapping(e) => e.code(),
            Self::Archive(e) => e.code(),
            Self::Demo(e) => e.code(),
            Self::Folder { .. } => "folder",
            Self::FolderInUse => "folder_in_use",
            Self::NotEmpty { .. } => "not_empty",
            Self::UploadGone => "upload_gone",
            Self::TooManyQuestions { .. } => "too_many_questions",
            Self::Courier(_) => "courier",
            Self::MailMissing => "mail_missing",
            Self::MailFailed(_) => "mail_failed",
            Self::Print(_) => "report_failed",
            Self::Stopping => "stopping",
            Self::Worker(_) => "internal",
        }
    }

    /// The values that the message names.
    pub fn params(&self) -> BTreeMap<String, String> {
        let pairs = match self {
            Self::Voice(e) => e.params(),
            Self::Platform(e) => e.params(),
            Self::Facts(e) | Self::Metric(MetricError::Facts(e)) => facts_params(e),
            Self::Metric(e) => e.params(),
            Self::Backlog(e) => e.params(),
            Self::File(e) => e.params(),
            Self::Mapping(e) => e.params(),
            Self::Archive(e) => e.params(),
            Self::Demo(DemoError::TooMany { max, .. }) => vec![("max", max.to_string())],
            Self::TooManyQuestions { given, limit } => {
                vec![("given", given.to_string()), ("limit", limit.to_string())]
            }
            Self::NotEmpty { path } => vec![("path", path.clone())],
            Self::Folder { path, reason } => [vec![("path", path.clone())], io_params(reason)].concat(),
            Self::Courier(what) | Self::MailFailed(what) => vec![("what", what.clone())],
            _ => Vec::new(),
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    pub fn kind(&self) -> Kind {
        if let Some(store) = self.store() {
            return match store {
                StoreError::NotFound { .. } => Kind::NotFound,
                StoreError::Unstorable(_) => Kind::Invalid,
                StoreError::Conflict { .. } | StoreError::Stale { .. } => Kind::Conflict,
                StoreError::Unavailable(_) => Kind::Unavailable,
                _ => Kind::Internal,
            };
        }
        match self {
            Self::UploadGone => Kind::NotFound,
            Self::Metric(MetricError::CodeTaken(_) | MetricError::Archived(_)) => Kind::Conflict,
            Self::Stopping
            | Self::Facts(FactsError::Cancelled)
            | Self::Metric(MetricError::Facts(FactsError::Cancelled)) => Kind::Unavailable,
            Self::Folder { .. } | Self::FolderInUse | Self::Print(_) | Self::Worker(_) => Kind::Internal,
            _ => Kind::Invalid,
        }
    }

    /// The store's error, however deep it lies.
    pub fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(e)
            | Self::Voice(VoiceError::Store(e))
            | Self::Platform(PlatformError::Store(e))
            | Self::Metric(MetricError::Store(e))
            | Self::Backlog(BacklogError::Store(e)) => Some(e),
            _ => None,
        }
    }
}

const BYTES_PER_MEGABYTE: usize = 1_000_000;

fn facts_params(error: &FactsError) -> Vec<(&'static str, String)> {
    match error {
        FactsError::TooManyGroups { limit } => vec![("limit", limit.to_string())],
        FactsError::TooMuchMemory { limit_bytes, .. } => {
            vec![("limit", (limit_bytes / BYTES_PER_MEGABYTE).to_string())]
        }
        FactsError::TooManyDimensions { given, .. } => vec![("given", given.to_string())],
        FactsError::RepeatedDimension(dimension) => vec![("name", dimension.to_string())],
        FactsError::UnknownDimension(name) => vec![("name", name.clone())],
        FactsError::BadValue { dimension, value } => {
            vec![("name", dimension.to_string()), ("value", value.clone())]
        }
        _ => Vec::new(),
    }
}

impl From<tokio::task::JoinError> for AppError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Worker(error.to_string())
    }
}
