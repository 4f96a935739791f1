//! What a metric is: stored, versioned, in words and as a formula.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Formula, MetricError, MetricUnit};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricWords)]
pub struct Words {
    pub ru: String,
    pub en: String,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    MoreIsBetter,
    LessIsBetter,
    Neutral,
}

/// One version of a metric. A changed definition is a new version; numbers name the version they were made by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricDefinition)]
pub struct Definition {
    /// Lower-case letters, digits and `_`; what queries call it.
    pub code: String,
    pub version: i64,
    pub name: Words,
    /// Numerator and denominator in plain words.
    pub description: Words,
    pub unit: MetricUnit,
    pub direction: Preference,
    pub formula: Formula,
}

impl Definition {
    /// # Errors
    /// `BadDefinition` when the code, the names or the formula cannot be.
    pub fn check(&self) -> Result<(), MetricError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if self.code.is_empty() || !self.code.chars().all(plain) {
            return Err(MetricError::BadDefinition("code"));
        }
        if self.name.ru.trim().is_empty() || self.name.en.trim().is_empty() {
            return Err(MetricError::BadDefinition("name"));
        }
        if self.unit != self.formula.unit() {
            return Err(MetricError::BadDefinition("unit"));
        }
        self.formula.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;

    #[test]
    fn a_definition_that_contradicts_itself_is_refused() {
        let nps = built_in().into_iter().find(|metric| metric.code == "nps").unwrap();
        assert!(nps.check().is_ok());
        let share = Formula::ScoreShare { score: otklik_facts::Score::Csat, from: 9 };
        for (bad, what) in [
            (Definition { code: "N P S".into(), ..nps.clone() }, "code"),
            (Definition { name: Words { ru: " ".into(), en: "NPS".into() }, ..nps.clone() }, "name"),
            (Definition { unit: MetricUnit::Percent, ..nps.clone() }, "unit"),
            (Definition { unit: MetricUnit::Percent, formula: share, ..nps }, "formula"),
        ] {
            assert!(matches!(bad.check(), Err(MetricError::BadDefinition(found)) if found == what));
        }
    }
}
