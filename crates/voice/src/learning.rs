//! What topics are learnt from, and the models that came of it.

use otklik_store::column::{from_json, to_i64, to_json};
use otklik_store::ids::TopicId;
use otklik_store::{Millis, Store, StoreError, Tx};

use crate::VoiceError;

/// Versions of the model that are kept: the newest one speaks, the others can be looked at.
const KEPT: i64 = 3;

/// A model as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptModel {
    pub version: i64,
    /// In the order of the model.
    pub topics: Vec<TopicId>,
    /// Texts that it was learnt from.
    pub labelled: u64,
    pub trained_at: Millis,
    /// Its bytes in base64.
    pub model: String,
}

/// The newest model.
pub async fn find_model(store: &Store) -> Result<Option<KeptModel>, StoreError> {
    let row: Option<(i64, String, i64, i64, String)> = sqlx::query_as(
        "select version, topics, labelled, trained_at, model from topic_model order by version desc limit 1",
    )
    .fetch_optional(store.reader())
    .await?;
    let read = |(version, topics, labelled, trained_at, model): (i64, String, i64, i64, String)| {
        Ok(KeptModel {
            version,
            topics: from_json(&topics, "topic_model.topics")?,
            labelled: otklik_store::column::to_u64(labelled),
            trained_at,
            model,
        })
    };
    row.map(read).transpose()
}

/// Keeps a model as the newest; the oldest go.
pub async fn insert_model(tx: &mut Tx, kept: &KeptModel) -> Result<(), StoreError> {
    sqlx::query(
        "insert into topic_model (version, topics, labelled, trained_at, model) values ($1, $2, $3, $4, $5)",
    )
    .bind(kept.version)
    .bind(to_json(&kept.topics, "topic_model.topics")?)
    .bind(to_i64(kept.labelled))
    .bind(kept.trained_at)
    .bind(&kept.model)
    .execute(tx.conn())
    .await?;
    sqlx::query("delete from topic_model where version <= $1")
        .bind(kept.version - KEPT)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What a person said of an item and a topic: item, topic, is it about that?
pub type Said = (i64, TopicId, bool);

/// Everything that people said, the newest items first, `limit` at most.
pub async fn load_said(store: &Store, limit: u32) -> Result<Vec<Said>, VoiceError> {
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "select feedback_number, topic_id, applies from feedback_topic where origin = 'hand' \
         order by feedback_number desc, topic_id limit $1",
    )
    .bind(i64::from(limit))
    .fetch_all(store.reader())
    .await?;
    Ok(rows.into_iter().map(|(number, topic, applies)| (number, TopicId(topic), applies != 0)).collect())
}

/// How many items each topic has by rule.
pub async fn count_rule_labels(store: &Store) -> Result<Vec<(TopicId, u64)>, StoreError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select topic_id, count(*) from feedback_topic where origin = 'rule' group by topic_id",
    )
    .fetch_all(store.reader())
    .await?;
    Ok(rows.into_iter().map(|(topic, n)| (TopicId(topic), otklik_store::column::to_u64(n))).collect())
}

/// Items that have a topic by rule: about `limit` of `among`, spread over all numbers.
pub async fn load_rule_hits(
    store: &Store,
    topic: &TopicId,
    among: u64,
    limit: u32,
) -> Result<Vec<i64>, StoreError> {
    let step = (to_i64(among) / i64::from(limit.max(1))).max(1);
    let numbers = sqlx::query_scalar(
        "select feedback_number from feedback_topic where topic_id = $1 and origin = 'rule' \
             and feedback_number % $2 = 0 order by feedback_number desc limit $3",
    )
    .bind(topic.as_str())
    .bind(step)
    .bind(i64::from(limit))
    .fetch_all(store.reader())
    .await?;
    Ok(numbers)
}
