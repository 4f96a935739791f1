//! What a file turned out to be: the answer of detection, shown to the user and kept in the profile.

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

/// How to read a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Format {
    #[serde(flatten)]
    pub kind: Kind,
    #[schema(value_type = String)]
    pub encoding: Charset,
    /// A byte order mark stands before the text.
    pub bom: bool,
    pub compression: Compression,
}

/// The layout of the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = FileKind)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// Text with a delimiter: CSV, TSV and their relatives.
    Csv {
        #[schema(value_type = String)]
        delimiter: char,
        #[schema(value_type = String)]
        quote: char,
        /// The first row holds the names of the columns; without it they are `column_1`, `column_2`, …
        header: bool,
    },
    /// One sheet of a workbook; its first row with a value holds the names of the columns.
    Xlsx { sheet: String },
    /// An array of objects, at the top or under the key `items` of one object.
    Json { items: Option<String> },
    /// One object a line.
    JsonLines,
}

/// Packed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    None,
    Gzip,
}

/// A character encoding, written as its standard label: `UTF-8`, `UTF-16LE`, `windows-1251`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset(pub(super) &'static Encoding);

impl Charset {
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);
    pub const UTF_16LE: Self = Self(encoding_rs::UTF_16LE);
    pub const UTF_16BE: Self = Self(encoding_rs::UTF_16BE);
    pub const WINDOWS_1251: Self = Self(encoding_rs::WINDOWS_1251);

    /// The encoding with this label, in any spelling that browsers know (`cp1251`, `utf8`).
    pub fn from_label(label: &str) -> Option<Self> {
        Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// The standard label.
    pub fn label(self) -> &'static str {
        self.0.name()
    }
}

impl Serialize for Charset {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}

impl<'de> Deserialize<'de> for Charset {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let label = String::deserialize(deserializer)?;
        Self::from_label(&label).ok_or_else(|| serde::de::Error::custom(format!("no encoding {label:?}")))
    }
}
