//! An anomaly as it is kept.

use otklik_stats::anomaly::{AlarmKind, Grain};
use otklik_store::column::{from_json, from_word, to_u64};
use otklik_store::ids::{AnomalyId, PersonId, ProblemId, UnitId};
use otklik_store::{Millis, StoreError};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use super::Causes;

/// What people made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyState {
    New,
    Seen,
    /// Somebody wrote what it was.
    Explained,
    /// Somebody wrote why it is none.
    False,
}

impl AnomalyState {
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Seen => "seen",
            Self::Explained => "explained",
            Self::False => "false",
        }
    }
}

/// What the search found, before it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundAnomaly {
    pub metric: String,
    pub version: i64,
    /// Empty with an empty value: all items.
    pub dimension: String,
    pub value: String,
    pub unit_id: Option<UnitId>,
    pub grain: Grain,
    pub kind: AlarmKind,
    pub from_on: String,
    pub to_on: String,
    pub actual: f64,
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    pub deviation: f64,
    pub watched: u64,
    pub causes: Causes,
    /// The place, among those found together, of the one that shows the same event more clearly.
    pub lead: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Anomaly {
    pub id: AnomalyId,
    pub metric: String,
    pub metric_version: i64,
    /// Which items: absent for all of them, else `topic`, `unit`, `channel`, …
    pub dimension: Option<String>,
    pub value: Option<String>,
    pub unit_id: Option<UnitId>,
    pub grain: Grain,
    pub kind: AlarmKind,
    /// The first and the last day; of a shift, the last is the day on which it was seen.
    pub from_on: String,
    pub to_on: String,
    /// The value, of a shift the median since then, what was expected, and the band beyond which a spike begins.
    pub actual: f64,
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    /// Standard deviations from what was expected.
    pub deviation: f64,
    /// How many series were watched together: the more, the wider the band.
    pub watched: u64,
    pub causes: Causes,
    /// The anomaly that shows the same event more clearly.
    pub lead_id: Option<AnomalyId>,
    pub state: AnomalyState,
    pub note: String,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Millis>,
    pub problem_id: Option<ProblemId>,
    pub version: u64,
    pub found_at: Millis,
}

#[derive(FromRow)]
pub(super) struct AnomalyRow {
    pub id: String,
    pub metric_code: String,
    pub metric_version: i64,
    pub dimension: String,
    pub value: String,
    pub unit_id: Option<String>,
    pub grain: String,
    pub kind: String,
    pub from_on: String,
    pub to_on: String,
    pub actual: f64,
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    pub deviation: f64,
    pub watched: i64,
    pub causes: String,
    pub lead_id: Option<String>,
    pub state: String,
    pub note: String,
    pub decided_by: Option<String>,
    pub decided_at: Option<i64>,
    pub problem_id: Option<String>,
    pub version: i64,
    pub found_at: i64,
}

impl TryFrom<AnomalyRow> for Anomaly {
    type Error = StoreError;

    fn try_from(row: AnomalyRow) -> Result<Self, StoreError> {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Ok(Self {
            id: AnomalyId(row.id),
            metric: row.metric_code,
            metric_version: row.metric_version,
            dimension: some(row.dimension),
            value: some(row.value),
            unit_id: row.unit_id.map(UnitId),
            grain: from_word(&row.grain, "anomaly.grain")?,
            kind: from_word(&row.kind, "anomaly.kind")?,
            from_on: row.from_on,
            to_on: row.to_on,
            actual: row.actual,
            expected: row.expected,
            low: row.low,
            high: row.high,
            deviation: row.deviation,
            watched: to_u64(row.watched),
            causes: from_json(&row.causes, "anomaly.causes")?,
            lead_id: row.lead_id.map(AnomalyId),
            state: from_word(&row.state, "anomaly.state")?,
            note: row.note,
            decided_by: row.decided_by.map(PersonId),
            decided_at: row.decided_at,
            problem_id: row.problem_id.map(ProblemId),
            version: to_u64(row.version),
            found_at: row.found_at,
        })
    }
}
