//! What is wrong with one row: the line of the list that the user downloads.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing wrong with one row.
///
/// `params` may quote the offending value, shortened to 40 characters: it is a customer's data until masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Issue {
    /// Line of the file on which the row begins, from 1; for a sheet, its row.
    pub line: u64,
    /// Name of the column, where one is to blame.
    pub column: Option<String>,
    pub code: IssueCode,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl Issue {
    /// An issue of the row as a whole.
    pub fn of_row(line: u64, code: IssueCode) -> Self {
        Self { line, column: None, code, params: BTreeMap::new() }
    }

    /// An issue of one cell.
    pub fn of_cell(line: u64, column: &str, code: IssueCode) -> Self {
        Self { column: Some(column.to_owned()), ..Self::of_row(line, code) }
    }

    /// The same issue with one more value for its message.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same issue quoting the value that caused it, shortened.
    pub fn quoting(self, value: &str) -> Self {
        const SHOWN_CHARS: usize = 40;
        let mut shown: String = value.chars().take(SHOWN_CHARS).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        self.with("value", shown)
    }
}

/// What an issue does to its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row does not come in.
    Refused,
    /// The row comes in without this value.
    Dropped,
}

/// The stable names of what can be wrong.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum IssueCode {
    /// More or fewer cells than columns: `expected`, `found`.
    WrongCellCount,
    /// A quote was opened and not closed before the next row: `lines` that are refused with it.
    UnclosedQuote,
    /// The row is longer than a row may be: `limit`.
    RowTooLong,
    /// A cell is longer than a cell may be: `limit`.
    CellTooLong,
    /// A NUL byte stands inside a cell.
    NulByte,
    /// Bytes that are no characters in the encoding of the file.
    BadEncoding,
    /// Not valid JSON: `reason`, a stable word.
    BadJson,
    /// Valid JSON, but no object with named values.
    NotAnObject,
    /// All cells are empty.
    EmptyRow,
    /// Neither words nor a score nor a complaint.
    NothingSaid,
    /// No date where a column was mapped to it.
    MissingDate,
    /// Not a date in the chosen format: `value`.
    BadDate,
    /// Before 1990 or more than a day ahead: `value`.
    DateOutOfRange,
    /// No id where a column was mapped to it.
    MissingId,
    /// The id stands in an earlier row of the same file: `first_line`.
    DuplicateInFile,
    /// A score that is no number: `value`.
    NotANumber,
    /// A score with a fraction: `value`.
    NotAWholeNumber,
    /// A score off its scale: `value`, `low`, `high`.
    ScoreOutOfRange,
    /// A complaint flag that is neither yes nor no: `value`.
    NotYesOrNo,
    /// A channel that is none of the twelve: `value`.
    UnknownChannel,
}

impl IssueCode {
    /// Every code, for those who must have a message for each.
    pub const ALL: [Self; 20] = [
        Self::WrongCellCount,
        Self::UnclosedQuote,
        Self::RowTooLong,
        Self::CellTooLong,
        Self::NulByte,
        Self::BadEncoding,
        Self::BadJson,
        Self::NotAnObject,
        Self::EmptyRow,
        Self::NothingSaid,
        Self::MissingDate,
        Self::BadDate,
        Self::DateOutOfRange,
        Self::MissingId,
        Self::DuplicateInFile,
        Self::NotANumber,
        Self::NotAWholeNumber,
        Self::ScoreOutOfRange,
        Self::NotYesOrNo,
        Self::UnknownChannel,
    ];

    /// The stable name, as serialized.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongCellCount => "wrong_cell_count",
            Self::UnclosedQuote => "unclosed_quote",
            Self::RowTooLong => "row_too_long",
            Self::CellTooLong => "cell_too_long",
            Self::NulByte => "nul_byte",
            Self::BadEncoding => "bad_encoding",
            Self::BadJson => "bad_json",
            Self::NotAnObject => "not_an_object",
            Self::EmptyRow => "empty_row",
            Self::NothingSaid => "nothing_said",
            Self::MissingDate => "missing_date",
            Self::BadDate => "bad_date",
            Self::DateOutOfRange => "date_out_of_range",
            Self::MissingId => "missing_id",
            Self::DuplicateInFile => "duplicate_in_file",
            Self::NotANumber => "not_a_number",
            Self::NotAWholeNumber => "not_a_whole_number",
            Self::ScoreOutOfRange => "score_out_of_range",
            Self::NotYesOrNo => "not_yes_or_no",
            Self::UnknownChannel => "unknown_channel",
        }
    }

    /// What is counted must be readable, or the row is refused; what only describes is dropped.
    pub fn severity(self) -> Severity {
        match self {
            Self::UnknownChannel => Severity::Dropped,
            _ => Severity::Refused,
        }
    }
}
