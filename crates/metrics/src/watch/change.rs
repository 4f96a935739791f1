//! Keeping what was found, and what people make of it.

use otklik_store::column::{to_i64, to_json, to_word};
use otklik_store::ids::{AnomalyId, ProblemId};
use otklik_store::{StoreError, Tx};
use serde_json::json;

use super::row::AnomalyRow;
use super::{Anomaly, AnomalyState, FoundAnomaly};
use crate::MetricError;

/// Longest note, in characters.
const NOTE_LIMIT: usize = 4_000;

/// Keeps what a search found and returns what is new of it. What is there already is brought up to date: a spike that
/// goes on becomes longer, a shift is dated better. What people decided stays.
pub async fn record_anomalies(tx: &mut Tx, found: &[FoundAnomaly]) -> Result<Vec<AnomalyId>, MetricError> {
    let (mut ids, mut new) = (Vec::with_capacity(found.len()), Vec::new());
    for anomaly in found {
        let id = match find_same(tx, anomaly).await? {
            Some(id) => {
                refresh(tx, &id, anomaly).await?;
                id
            }
            None => {
                let id = insert(tx, anomaly).await?;
                new.push(id.clone());
                id
            }
        };
        ids.push(id);
    }
    for (id, anomaly) in ids.iter().zip(found) {
        let lead = anomaly.lead.and_then(|lead| ids.get(lead)).filter(|lead| *lead != id);
        sqlx::query("update anomaly set lead_id = $2 where id = $1")
            .bind(id.as_str())
            .bind(lead.map(AnomalyId::as_str))
            .execute(tx.conn())
            .await
            .map_err(StoreError::from)?;
    }
    Ok(new)
}

/// The same series at the same time. A shift that began with what was taken for a spike takes its place.
async fn find_same(tx: &mut Tx, anomaly: &FoundAnomaly) -> Result<Option<AnomalyId>, StoreError> {
    let id: Option<String> = sqlx::query_scalar(
        "select id from anomaly where metric_code = $1 and dimension = $2 and value = $3 and from_on <= $5 \
         and to_on >= $4 order by from_on limit 1",
    )
    .bind(&anomaly.metric)
    .bind(&anomaly.dimension)
    .bind(&anomaly.value)
    .bind(&anomaly.from_on)
    .bind(&anomaly.to_on)
    .fetch_optional(tx.conn())
    .await?;
    Ok(id.map(AnomalyId))
}

async fn insert(tx: &mut Tx, anomaly: &FoundAnomaly) -> Result<AnomalyId, StoreError> {
    let now = tx.now_ms();
    let id = AnomalyId::new(now);
    sqlx::query(
        "insert into anomaly (id, metric_code, metric_version, dimension, value, unit_id, grain, kind, from_on, \
         to_on, actual, expected, low, high, deviation, watched, causes, state, found_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'new', $18)",
    )
    .bind(id.as_str())
    .bind(&anomaly.metric)
    .bind(anomaly.version)
    .bind(&anomaly.dimension)
    .bind(&anomaly.value)
    .bind(anomaly.unit_id.as_ref().map(|unit| unit.0.clone()))
    .bind(to_word(&anomaly.grain, "anomaly.grain")?)
    .bind(to_word(&anomaly.kind, "anomaly.kind")?)
    .bind(&anomaly.from_on)
    .bind(&anomaly.to_on)
    .bind(anomaly.actual)
    .bind(anomaly.expected)
    .bind(anomaly.low)
    .bind(anomaly.high)
    .bind(anomaly.deviation)
    .bind(to_i64(anomaly.watched))
    .bind(to_json(&anomaly.causes, "anomaly.causes")?)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(id)
}

async fn refresh(tx: &mut Tx, id: &AnomalyId, anomaly: &FoundAnomaly) -> Result<(), StoreError> {
    sqlx::query(
        "update anomaly set metric_version = $2, grain = $3, kind = $4, from_on = $5, to_on = $6, actual = $7, \
         expected = $8, low = $9, high = $10, deviation = $11, watched = $12, causes = $13 where id = $1",
    )
    .bind(id.as_str())
    .bind(anomaly.version)
    .bind(to_word(&anomaly.grain, "anomaly.grain")?)
    .bind(to_word(&anomaly.kind, "anomaly.kind")?)
    .bind(&anomaly.from_on)
    .bind(&anomaly.to_on)
    .bind(anomaly.actual)
    .bind(anomaly.expected)
    .bind(anomaly.low)
    .bind(anomaly.high)
    .bind(anomaly.deviation)
    .bind(to_i64(anomaly.watched))
    .bind(to_json(&anomaly.causes, "anomaly.causes")?)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes down what somebody makes of an anomaly. An explanation and a «false» need words.
///
/// # Errors
/// `NoteMissing`, `NoteTooLong`; `NotFound`; `Stale` where somebody else has decided since.
pub async fn decide_anomaly(
    tx: &mut Tx,
    id: &AnomalyId,
    version: u64,
    state: AnomalyState,
    note: &str,
) -> Result<Anomaly, MetricError> {
    let note = note.trim();
    if note.is_empty() && matches!(state, AnomalyState::Explained | AnomalyState::False) {
        return Err(MetricError::NoteMissing);
    }
    if note.chars().count() > NOTE_LIMIT {
        return Err(MetricError::NoteTooLong);
    }
    let (now, by) = (tx.now_ms(), tx.actor().id().to_owned());
    let row: Option<AnomalyRow> = sqlx::query_as(
        "update anomaly set state = $3, note = $4, decided_by = $5, decided_at = $6, version = version + 1 \
         where id = $1 and version = $2 returning *",
    )
    .bind(id.as_str())
    .bind(to_i64(version))
    .bind(state.word())
    .bind(note)
    .bind(by)
    .bind(now)
    .fetch_optional(tx.conn())
    .await
    .map_err(StoreError::from)?;
    let anomaly = changed(tx, id, row).await?;
    tx.audit("anomaly_decided", "anomaly", id.as_str(), &json!({ "state": state, "note": note })).await?;
    Ok(anomaly)
}

/// Says which problem an anomaly belongs to, or that it belongs to none.
///
/// # Errors
/// `NotFound`, `Stale`.
pub async fn link_anomaly(
    tx: &mut Tx,
    id: &AnomalyId,
    version: u64,
    problem: Option<&ProblemId>,
) -> Result<Anomaly, MetricError> {
    let row: Option<AnomalyRow> = sqlx::query_as(
        "update anomaly set problem_id = $3, state = case when state = 'new' then 'seen' else state end, \
         version = version + 1 where id = $1 and version = $2 returning *",
    )
    .bind(id.as_str())
    .bind(to_i64(version))
    .bind(problem.map(ProblemId::as_str))
    .fetch_optional(tx.conn())
    .await
    .map_err(StoreError::from)?;
    let anomaly = changed(tx, id, row).await?;
    tx.audit("anomaly_linked", "anomaly", id.as_str(), &json!({ "problem": problem })).await?;
    Ok(anomaly)
}

async fn changed(tx: &mut Tx, id: &AnomalyId, row: Option<AnomalyRow>) -> Result<Anomaly, StoreError> {
    if let Some(row) = row {
        return row.try_into();
    }
    let there: Option<i64> = sqlx::query_scalar("select version from anomaly where id = $1")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Err(match there {
        Some(_) => StoreError::Stale { entity: "anomaly" },
        None => StoreError::NotFound { entity: "anomaly" },
    })
}
