//! A text in both languages.

use serde::{Deserialize, Serialize};

/// A text in Russian and in English; neither is ever empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub ru: String,
    pub en: String,
}
