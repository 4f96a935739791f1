//! What is wrong with a rule, and where.

/// A rule that does not follow the rule language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at character {at}")]
pub struct RuleError {
    /// Number of the character, from 0, at which the reading stopped.
    pub at: usize,
    /// What is wrong.
    pub kind: RuleErrorKind,
}

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleErrorKind {
    /// There is no word in it.
    #[error("no word")]
    Empty,
    /// Longer than 2,000 characters.
    #[error("more than 2,000 characters")]
    TooLong,
    /// More than 200 words.
    #[error("more than 200 words")]
    TooManyWords,
    /// Parentheses or exclusions nested more than 20 deep.
    #[error("nested more than 20 deep")]
    TooDeep,
    /// A quotation mark without its pair.
    #[error("quotation mark without its pair")]
    UnclosedQuote,
    /// An opening parenthesis without its pair.
    #[error("opening parenthesis without its pair")]
    UnclosedParenthesis,
    /// A closing parenthesis without its pair.
    #[error("closing parenthesis without its pair")]
    UnopenedParenthesis,
    /// An operator with nothing beside it.
    #[error("operator with nothing beside it")]
    MissingOperand,
    /// A prefix of fewer than two letters.
    #[error("prefix of fewer than two letters")]
    ShortPrefix,
    /// A distance outside 1 to 50.
    #[error("distance outside 1 to 50")]
    Distance,
    /// `~` stands between something else than words, phrases and their alternatives.
    #[error("only words, phrases and their alternatives can be near each other")]
    NearOperand,
    /// Nothing in it has to occur: everything, or one of the alternatives, only excludes.
    #[error("it only excludes")]
    OnlyExcludes,
}

impl RuleErrorKind {
    /// The stable code, by which callers word the error.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "rule_empty",
            Self::TooLong => "rule_too_long",
            Self::TooManyWords => "rule_too_many_words",
            Self::TooDeep => "rule_too_deep",
            Self::UnclosedQuote => "rule_unclosed_quote",
            Self::UnclosedParenthesis => "rule_unclosed_parenthesis",
            Self::UnopenedParenthesis => "rule_unopened_parenthesis",
            Self::MissingOperand => "rule_missing_operand",
            Self::ShortPrefix => "rule_short_prefix",
            Self::Distance => "rule_distance",
            Self::NearOperand => "rule_near_operand",
            Self::OnlyExcludes => "rule_only_excludes",
        }
    }
}
