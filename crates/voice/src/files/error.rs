//! Why a file cannot be read at all. A bad row is an [`Issue`](super::Issue), never one of these.

use std::io;

/// A refusal of the whole file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the file cannot be read: {0}")]
    Io(#[source] io::Error),
    #[error("the file is empty")]
    Empty,
    #[error("the file has a header and no rows")]
    NoRows,
    #[error("the file is full of NUL bytes: it is not text")]
    NulBytes,
    #[error("{what} is not a format of feedback files")]
    Unsupported { what: &'static str },
    #[error("{what} is larger than {limit}")]
    TooLarge { what: Part, limit: u64 },
    #[error("the file unpacks to more than {ratio} times its size")]
    Bomb { ratio: u64 },
    #[error("the file has {count} columns, {limit} are allowed")]
    TooManyColumns { count: usize, limit: usize },
    #[error("the file is damaged: {}", what.as_str())]
    Damaged { what: Damage },
    #[error("the object has no array under {key:?}")]
    NoArray { key: String },
    #[error("{character:?} cannot part or quote cells")]
    BadDelimiter { character: char },
    #[error("the workbook has no sheet {sheet:?}")]
    NoSheet { sheet: String },
}

/// What turned out too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The file as given.
    File,
    /// The file after unpacking.
    Unpacked,
    /// A workbook after unpacking.
    Workbook,
    /// The strings of a workbook.
    WorkbookStrings,
    /// The number of parts of a workbook.
    WorkbookParts,
    /// A single value inside a workbook.
    WorkbookCell,
    /// The row with the column names.
    Header,
}

/// What is broken. The libraries that found it quote the file, so their own words go no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The file ends before its content does.
    CutOff,
    /// What is packed does not unpack, or not to what its checksum says.
    Packing,
    /// The list of the archive's parts cannot be read.
    Archive,
    /// The archive asks for a password.
    Password,
    /// A part of the workbook is missing or is no XML that can be read.
    Workbook,
    /// The workbook claims more strings than it has.
    Strings,
    /// A quote in the header is not closed.
    HeaderQuote,
}

impl Damage {
    /// Every kind, for those who must have a message for each.
    pub const ALL: [Self; 7] = [
        Self::CutOff,
        Self::Packing,
        Self::Archive,
        Self::Password,
        Self::Workbook,
        Self::Strings,
        Self::HeaderQuote,
    ];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CutOff => "cut_off",
            Self::Packing => "packing",
            Self::Archive => "archive",
            Self::Password => "password",
            Self::Workbook => "workbook",
            Self::Strings => "strings",
            Self::HeaderQuote => "header_quote",
        }
    }
}

/// Why the disk or the system refused, as parameters of a message: `reason` is a stable word, `os` the system's number.
pub fn io_params(error: &io::Error) -> Vec<(&'static str, String)> {
    use io::ErrorKind;
    let reason = match error.kind() {
        ErrorKind::NotFound => "not_found",
        ErrorKind::PermissionDenied => "not_permitted",
        ErrorKind::ReadOnlyFilesystem => "read_only",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
        ErrorKind::AlreadyExists => "exists",
        ErrorKind::IsADirectory => "is_folder",
        ErrorKind::NotADirectory => "is_no_folder",
        _ => "other",
    };
    let os = error.raw_os_error().map_or_else(|| error.kind().to_string(), |number| number.to_string());
    vec![("reason", reason.to_owned()), ("os", os)]
}

impl Part {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Unpacked => "unpacked",
            Self::Workbook => "workbook",
            Self::WorkbookStrings => "workbook_strings",
            Self::WorkbookParts => "workbook_parts",
            Self::WorkbookCell => "workbook_cell",
            Self::Header => "header",
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FileError {
    /// The stable code that messages are looked up by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "file_unreadable",
            Self::Empty => "file_empty",
            Self::NoRows => "file_without_rows",
            Self::NulBytes => "file_of_nul_bytes",
            Self::Unsupported { .. } => "file_format_unsupported",
            Self::TooLarge { .. } => "file_too_large",
            Self::Bomb { .. } => "file_is_a_bomb",
            Self::TooManyColumns { .. } => "file_too_many_columns",
            Self::Damaged { .. } => "file_damaged",
            Self::NoArray { .. } => "file_without_array",
            Self::BadDelimiter { .. } => "file_delimiter_unfit",
            Self::NoSheet { .. } => "file_without_sheet",
        }
    }

    /// The values that a message names.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Io(error) => io_params(error),
            Self::Empty | Self::NoRows | Self::NulBytes => Vec::new(),
            Self::Unsupported { what } => vec![("what", (*what).to_owned())],
            Self::TooLarge { what, limit } => {
                vec![("what", what.as_str().to_owned()), ("limit", limit.to_string())]
            }
            Self::Bomb { ratio } => vec![("ratio", ratio.to_string())],
            Self::TooManyColumns { count, limit } => {
                vec![("count", count.to_string()), ("limit", limit.to_string())]
            }
            Self::Damaged { what } => vec![("what", what.as_str().to_owned())],
            Self::NoArray { key } => vec![("key", key.clone())],
            Self::BadDelimiter { character } => vec![("character", character.to_string())],
            Self::NoSheet { sheet } => vec![("sheet", sheet.clone())],
        }
    }
}

/// The layers below the reader speak [`io::Error`]; a refusal that travelled inside one comes out again here.
impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(refusal) => refusal,
            Err(error) => match error.kind() {
                io::ErrorKind::UnexpectedEof => Self::Damaged { what: Damage::CutOff },
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                    Self::Damaged { what: Damage::Packing }
                }
                _ => Self::Io(error),
            },
        }
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        Self::other(error)
    }
}
