//! What the bank does with its numbers: targets, incidents that show in them, boards.

use jiff::civil::Date;
use serde::Deserialize;

use crate::{Bilingual, DemoError, plan::Span};

const FILE: &str = "measures.toml";

/// The targets, incidents and boards of the bank.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    #[serde(rename = "target")]
    pub targets: Vec<Target>,
    #[serde(rename = "incident")]
    pub incidents: Vec<Incident>,
    #[serde(rename = "board")]
    pub boards: Vec<Board>,
}

/// A promised value of a metric.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The day it was promised.
    pub on: Date,
    /// E-mail of who promised it.
    pub by: String,
    /// The code of the metric.
    pub metric: String,
    /// In the unit of the metric.
    pub value: f64,
    /// The last day to reach it.
    pub due_on: Date,
    /// Code of the unit; `None`: of the whole bank.
    pub unit: Option<String>,
    pub note: Bilingual,
}

/// Something that happened and shows in the numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    pub on: Date,
    /// E-mail of who wrote it down.
    pub by: String,
    /// `outage`, `terms`, `campaign`, `outside`, `measurement` or `other`.
    pub kind: String,
    pub name: Bilingual,
    pub unit: Option<String>,
    pub note: Bilingual,
}

/// Cards that the whole bank looks at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    pub on: Date,
    /// E-mail of who put it together.
    pub by: String,
    pub name: Bilingual,
    pub cards: Vec<Card>,
}

/// One question of a board, in the words of a board's content.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub chart: String,
    pub size: String,
    pub metric: String,
    /// Dimensions.
    #[serde(default)]
    pub by: Vec<String>,
    pub title: Option<Bilingual>,
}

/// Reads them, their days counted from today.
pub(crate) fn read(span: &Span) -> Result<Measures, DemoError> {
    let dated = span
        .dated(include_str!("../data/measures.toml"), |date| date)
        .map_err(|why| DemoError::data(FILE, why))?;
    toml::from_str(&dated).map_err(|why| DemoError::data(FILE, why.to_string()))
}
