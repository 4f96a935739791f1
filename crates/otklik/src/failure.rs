//! Why a command failed, in the language of the terminal.

use std::collections::BTreeMap;

use otklik_app::AppError;
use otklik_app::messages::{Language, message};

/// What the operator reads when a command fails.
#[derive(Debug)]
pub enum Failure {
    App(Box<AppError>),
    /// The settings, the arguments or the terminal.
    Usage(String),
}

impl Failure {
    /// The message in words; the technical text follows where there is more to know.
    pub fn describe(&self, language: Language) -> String {
        match self {
            Self::Usage(text) => text.clone(),
            Self::App(error) => {
                let params: BTreeMap<String, String> = error.params();
                format!("{} ({error})", message(language, error.code(), &params))
            }
        }
    }
}

impl<E: Into<AppError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::App(Box::new(error.into()))
    }
}

/// For errors that only the operator can mend.
pub fn usage(error: impl std::fmt::Display) -> Failure {
    Failure::Usage(error.to_string())
}
