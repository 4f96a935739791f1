//! Why a job failed: a code and its values, kept with the job and worded for whoever reads them.

use std::collections::BTreeMap;

use otklik_store::StoreError;
use otklik_store::column::to_json;
use otklik_store::jobs::Job;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::messages::{Language, message};

/// What went wrong, as the job's row keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFailure {
    /// The stable word for programs.
    pub code: String,
    #[serde(default)]
    params: BTreeMap<String, String>,
}

impl JobFailure {
    pub(crate) fn new(error: &AppError) -> Self {
        Self { code: error.code().to_owned(), params: error.params() }
    }

    /// What a job failed of; nothing where it did not. Text of any other form is a code without values.
    pub fn of(job: &Job) -> Option<Self> {
        let text = job.error.as_deref()?;
        let bare = |_| Self { code: text.to_owned(), params: BTreeMap::new() };
        Some(serde_json::from_str(text).unwrap_or_else(bare))
    }

    pub(crate) fn to_text(&self) -> Result<String, StoreError> {
        to_json(self, "job.error")
    }

    /// The same for people.
    pub fn message(&self, language: Language) -> String {
        message(language, &self.code, &self.params)
    }
}
