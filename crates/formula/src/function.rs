//! The functions of a formula.

/// What a formula may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The least of two or more.
    Min,
    /// The greatest of two or more.
    Max,
    /// The absolute value.
    Abs,
    /// The square root.
    Sqrt,
    /// The natural logarithm.
    Ln,
    /// The first argument, or the second where the first is not known.
    Fallback,
}

impl Function {
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "min" => Self::Min,
            "max" => Self::Max,
            "abs" => Self::Abs,
            "sqrt" => Self::Sqrt,
            "ln" => Self::Ln,
            "fallback" => Self::Fallback,
            _ => return None,
        })
    }

    /// How many arguments it takes, at least and at most.
    pub fn arguments(self) -> (usize, usize) {
        match self {
            Self::Min | Self::Max => (2, usize::MAX),
            Self::Abs | Self::Sqrt | Self::Ln => (1, 1),
            Self::Fallback => (2, 2),
        }
    }
}
