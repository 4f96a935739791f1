//! Which column is which field: kept as a profile, written on the command line as `nps=nps_score,plan=tariff`.

use super::date::DateFormat;
use super::number::Decimal;
use crate::Channel;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How the columns of a file become records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Mapping {
    pub columns: Vec<ColumnMap>,
    #[serde(default)]
    pub date_format: DateFormat,
    #[serde(default)]
    pub decimal: Decimal,
    #[serde(default)]
    pub defaults: Defaults,
}

/// One column and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ColumnMap {
    pub column: String,
    #[schema(value_type = String)]
    pub to: Target,
}

/// What holds for every row that does not say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Defaults {
    /// The source that the rows belong to, by name.
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The zone of times that name none, as `Europe/Moscow`.
    #[serde(default = "utc")]
    pub time_zone: String,
}

fn utc() -> String {
    "UTC".to_owned()
}

impl Default for Defaults {
    fn default() -> Self {
        Self { source: None, channel: None, time_zone: utc() }
    }
}

/// What a column becomes. Written as `nps`, `attribute:plan` or `ignore`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Target {
    Field(Field),
    Attribute(String),
    Ignore,
}

/// A field of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    ExternalId,
    OccurredAt,
    Channel,
    Customer,
    Unit,
    Product,
    Touchpoint,
    Segment,
    Region,
    Language,
    Nps,
    Csat,
    Ces,
    Complaint,
    Title,
    Text,
}

/// Why a mapping cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error("the file has no column {column:?}")]
    NoColumn { column: String },
    #[error("{field} is mapped from two columns")]
    FieldTwice { field: Field },
    #[error("no column is mapped to text, title, a score or complaint")]
    NothingSaid,
    #[error("there is no time zone {name:?}")]
    NoTimeZone { name: String },
    #[error("{part:?} is not of the form field=column")]
    Syntax { part: String },
}

impl MappingError {
    /// The stable code that messages are looked up by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoColumn { .. } => "mapping_no_column",
            Self::FieldTwice { .. } => "mapping_field_twice",
            Self::NothingSaid => "mapping_nothing_said",
            Self::NoTimeZone { .. } => "mapping_no_time_zone",
            Self::Syntax { .. } => "mapping_syntax",
        }
    }

    /// The values that a message names.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoColumn { column } => vec![("column", column.clone())],
            Self::FieldTwice { field } => vec![("field", field.to_string())],
            Self::NothingSaid => Vec::new(),
            Self::NoTimeZone { name } => vec![("name", name.clone())],
            Self::Syntax { part } => vec![("part", part.clone())],
        }
    }
}

impl Mapping {
    /// The column that becomes a field.
    pub fn column_of(&self, field: Field) -> Option<&str> {
        let map = self.columns.iter().find(|map| map.to == Target::Field(field))?;
        Some(&map.column)
    }

    /// What a column becomes; nothing for a column that the mapping does not know.
    pub fn target(&self, column: &str) -> Option<&Target> {
        self.columns.iter().find(|map| map.column == column).map(|map| &map.to)
    }

    /// Lays pairs such as `nps=nps_score,touchpoint=step,plan=tariff,ignore=phone` over the mapping. A name that is no
    /// field becomes an attribute; a column that held a field before and lost it becomes an attribute under its own
    /// name. A column's name with a comma is enclosed in double quotes.
    ///
    /// # Errors
    /// [`MappingError::Syntax`] for a part without `=` or with an empty side.
    pub fn apply_pairs(&mut self, pairs: &str) -> Result<(), MappingError> {
        for part in split_pairs(pairs) {
            let syntax = || MappingError::Syntax { part: part.to_owned() };
            let (to, column) = part.split_once('=').ok_or_else(syntax)?;
            let (to, column) = (to.trim(), column.trim().trim_matches('"').trim());
            if to.is_empty() || column.is_empty() {
                return Err(syntax());
            }
            let to = Field::from_name(to).map_or_else(|| Target::from_name(to), Target::Field);
            self.set(column, to);
        }
        Ok(())
    }

    /// Maps one column, taking the field from the column that had it.
    pub fn set(&mut self, column: &str, to: Target) {
        if matches!(to, Target::Field(_)) {
            for map in self.columns.iter_mut().filter(|map| map.to == to) {
                map.to = Target::Attribute(map.column.clone());
            }
        }
        match self.columns.iter_mut().find(|map| map.column == column) {
            Some(map) => map.to = to,
            None => self.columns.push(ColumnMap { column: column.to_owned(), to }),
        }
    }
}

/// The parts between commas that stand outside double quotes.
fn split_pairs(pairs: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = pairs.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

impl Target {
    /// `ignore`, or an attribute with or without its prefix.
    fn from_name(name: &str) -> Self {
        match name {
            "ignore" => Self::Ignore,
            name => Self::Attribute(name.strip_prefix("attribute:").unwrap_or(name).to_owned()),
        }
    }
}

impl From<String> for Target {
    fn from(text: String) -> Self {
        Field::from_name(&text).map_or_else(|| Self::from_name(&text), Self::Field)
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        match target {
            Target::Field(field) => field.as_str().to_owned(),
            Target::Attribute(name) => format!("attribute:{name}"),
            Target::Ignore => "ignore".to_owned(),
        }
    }
}

impl Field {
    /// Every field, in the order in which they are shown.
    pub const ALL: [Self; 16] = [
        Self::ExternalId,
        Self::OccurredAt,
        Self::Channel,
        Self::Customer,
        Self::Unit,
        Self::Product,
        Self::Touchpoint,
        Self::Segment,
        Self::Region,
        Self::Language,
        Self::Nps,
        Self::Csat,
        Self::Ces,
        Self::Complaint,
        Self::Title,
        Self::Text,
    ];

    /// The name in mappings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::OccurredAt => "occurred_at",
            Self::Channel => "channel",
            Self::Customer => "customer",
            Self::Unit => "unit",
            Self::Product => "product",
            Self::Touchpoint => "touchpoint",
            Self::Segment => "segment",
            Self::Region => "region",
            Self::Language => "language",
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Complaint => "complaint",
            Self::Title => "title",
            Self::Text => "text",
        }
    }

    /// The field of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
