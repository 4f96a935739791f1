//! What items can be grouped and filtered by, and its wire form.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::FactsError;

/// Something to group or filter by. Wire form: `channel`, `nps_group`, `month`, `attribute:plan`.
///
/// Values of the computed dimensions: `complaint` is `true` or `false`; `nps_group` is `promoter` (9–10), `passive`
/// (7–8) or `detractor` (0–6); `sentiment` is `negative`, `neutral` or `positive`; `day` is `2026-11-22`, `week` the Monday of the ISO week, `month` `2026-11`, `quarter`
/// `2026-Q4`, `year` `2026`. `topic` and `signal` have several values for one item: the item counts once in each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dimension {
    Source,
    Channel,
    Unit,
    Product,
    Touchpoint,
    Segment,
    Region,
    Language,
    Topic,
    Complaint,
    NpsGroup,
    Sentiment,
    Signal,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Attribute(String),
}

const NAMES: [(&str, Dimension); 18] = [
    ("source", Dimension::Source),
    ("channel", Dimension::Channel),
    ("unit", Dimension::Unit),
    ("product", Dimension::Product),
    ("touchpoint", Dimension::Touchpoint),
    ("segment", Dimension::Segment),
    ("region", Dimension::Region),
    ("language", Dimension::Language),
    ("topic", Dimension::Topic),
    ("complaint", Dimension::Complaint),
    ("nps_group", Dimension::NpsGroup),
    ("sentiment", Dimension::Sentiment),
    ("signal", Dimension::Signal),
    ("day", Dimension::Day),
    ("week", Dimension::Week),
    ("month", Dimension::Month),
    ("quarter", Dimension::Quarter),
    ("year", Dimension::Year),
];
const ATTRIBUTE: &str = "attribute:";

impl Dimension {
    /// Can an item have several values of it? Then its groups overlap.
    pub fn overlaps(&self) -> bool {
        matches!(self, Self::Topic | Self::Signal)
    }

    /// The calendar dimensions, whose values follow from the item's day alone.
    pub fn is_time(&self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month | Self::Quarter | Self::Year)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Attribute(name) = self {
            return write!(f, "{ATTRIBUTE}{name}");
        }
        let name = NAMES.iter().find(|(_, dimension)| dimension == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

impl FromStr for Dimension {
    type Err = FactsError;

    fn from_str(text: &str) -> Result<Self, FactsError> {
        if let Some(name) = text.strip_prefix(ATTRIBUTE).filter(|name| !name.is_empty()) {
            return Ok(Self::Attribute(name.to_owned()));
        }
        let known = NAMES.iter().find(|(name, _)| *name == text);
        known
            .map(|(_, dimension)| dimension.clone())
            .ok_or_else(|| FactsError::UnknownDimension(text.to_owned()))
    }
}

impl Serialize for Dimension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A question with an answer in numbers. Wire form: `nps`, `csat`, `ces`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// 0–10.
    Nps,
    /// 1–5.
    Csat,
    /// 1–7.
    Ces,
}

impl Score {
    /// The lowest and the highest answer of the scale.
    pub fn scale(self) -> (u8, u8) {
        match self {
            Self::Nps => (0, 10),
            Self::Csat => (1, 5),
            Self::Ces => (1, 7),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        let attribute = Dimension::Attribute("plan: gold".into());
        for dimension in NAMES.iter().map(|(_, dimension)| dimension).chain([&attribute]) {
            assert_eq!(&dimension.to_string().parse::<Dimension>().unwrap(), dimension);
            let wire = serde_json::to_string(dimension).unwrap();
            assert_eq!(&serde_json::from_str::<Dimension>(&wire).unwrap(), dimension);
        }
    }

    #[test]
    fn an_unknown_name_is_refused() {
        for text in ["", "colour", "attribute:", "Channel"] {
            assert_eq!(text.parse::<Dimension>().unwrap_err().code(), "unknown_dimension");
        }
    }
}
