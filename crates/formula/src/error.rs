//! Where a formula is wrong, and how.

/// What is wrong with a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaIssue {
    Empty,
    TooLong,
    TooDeep,
    /// A sign that formulas do not know.
    UnknownSign,
    BadNumber,
    UnknownVariable,
    UnknownFunction,
    /// A number, a variable or a parenthesis should stand here.
    ValueExpected,
    /// An operator or the end should stand here.
    OperatorExpected,
    /// The parenthesis opened here is never closed.
    Unclosed,
    /// The function takes another number of arguments.
    WrongArguments,
}

impl FormulaIssue {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::UnknownSign => "unknown_sign",
            Self::BadNumber => "bad_number",
            Self::UnknownVariable => "unknown_variable",
            Self::UnknownFunction => "unknown_function",
            Self::ValueExpected => "value_expected",
            Self::OperatorExpected => "operator_expected",
            Self::Unclosed => "unclosed",
            Self::WrongArguments => "wrong_arguments",
        }
    }
}

/// The issue and its place: the position counts characters from 0, `found` is the text there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} at {position}: {found:?}", .issue.word())]
pub struct FormulaError {
    pub issue: FormulaIssue,
    pub position: usize,
    pub found: String,
}

impl FormulaError {
    /// The values that a message names. The position counts from 1, as people do.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        vec![
            ("issue", self.issue.word().to_owned()),
            ("position", (self.position + 1).to_string()),
            ("found", self.found.clone()),
        ]
    }
}
