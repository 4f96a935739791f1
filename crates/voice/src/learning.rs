//! What topics are learnt from, and the models that came of it.

use otklik_store::column::{from_json, to_i64, to_json};
use otklik_store::ids::{TopicId, new_id};
use otklik_store::{Millis, Store, StoreError, Tx, bulk};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{VoiceError, labels};

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

/// Which topics these items have by rule or by hand.
pub async fn load_given(store: &Store, numbers: &[i64]) -> Result<Vec<(i64, TopicId)>, StoreError> {
    let mut given = Vec::new();
    for chunk in numbers.chunks(bulk::rows_per_statement(1)) {
        let sql = format!(
            "select feedback_number, topic_id from feedback_topic where applies = 1 and origin <> 'model' \
                 and feedback_number in ({}) order by feedback_number, topic_id",
            bulk::parameters(chunk.len(), 0)
        );
        let mut query = sqlx::query_as::<_, (i64, String)>(AssertSqlSafe(sql));
        for number in chunk {
            query = query.bind(number);
        }
        given.extend(query.fetch_all(store.reader()).await?);
    }
    Ok(given.into_iter().map(|(number, topic)| (number, TopicId(topic))).collect())
}

/// Topics that some items have by the model.
pub async fn list_given_by_model(store: &Store) -> Result<Vec<TopicId>, StoreError> {
    let ids: Vec<String> =
        sqlx::query_scalar("select distinct topic_id from feedback_topic where origin = 'model'")
            .fetch_all(store.reader())
            .await?;
    Ok(ids.into_iter().map(TopicId).collect())
}

/// Switches the model on or off for a topic, and says how sure it has to be.
pub async fn set_model(tx: &mut Tx, topic: &TopicId, on: bool, precision: f64) -> Result<(), VoiceError> {
    if !(LEAST_PRECISION..=MOST_PRECISION).contains(&precision) {
        return Err(VoiceError::BadPrecision);
    }
    let updated = sqlx::query(
        "update topic set model_on = $1, model_precision = $2, version = version + 1 \
         where id = $3 and archived_at is null",
    )
    .bind(i64::from(on))
    .bind(precision)
    .bind(topic.as_str())
    .execute(tx.conn())
    .await?;
    if updated.rows_affected() == 0 {
        return Err(StoreError::NotFound { entity: "topic" }.into());
    }
    Ok(tx.audit("topic_model_set", "topic", topic.as_str(), &(on, precision)).await?)
}

/// Below a half it would be wrong more often than right; all right is what nobody can promise.
const LEAST_PRECISION: f64 = 0.5;
const MOST_PRECISION: f64 = 0.99;

/// What a person answered to «is it about this?».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TopicAnswerKind)]
pub enum Answer {
    Yes,
    No,
    /// One cannot tell.
    Skip,
}

/// Why an item was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TopicStratum)]
pub enum Stratum {
    /// Drawn among the items that have the topic.
    Given,
    /// Drawn among all others.
    Rest,
    /// The model is least sure of it.
    Close,
}

impl Answer {
    fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Skip => "skip",
        }
    }
}

impl Stratum {
    fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Rest => "rest",
            Self::Close => "close",
        }
    }
}

/// Keeps an answer, and the label that it is. Whether the item had the topic until then is kept with it.
pub async fn answer_question(
    tx: &mut Tx,
    number: i64,
    topic: &TopicId,
    answer: Answer,
    stratum: Stratum,
) -> Result<(), VoiceError> {
    let given: Option<i64> = sqlx::query_scalar(
        "select applies from feedback_topic where feedback_number = $1 and topic_id = $2 and origin <> 'hand'",
    )
    .bind(number)
    .bind(topic.as_str())
    .fetch_optional(tx.conn())
    .await?;
    match answer {
        Answer::Yes => labels::set_label(tx, number, topic, Some(true)).await?,
        Answer::No => labels::set_label(tx, number, topic, Some(false)).await?,
        Answer::Skip => {}
    }
    let (now, by) = (tx.now_ms(), tx.actor().id().to_owned());
    sqlx::query(
        "insert into topic_answer (id, topic_id, feedback_number, answer, stratum, given, person_id, at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new_id(now))
    .bind(topic.as_str())
    .bind(number)
    .bind(answer.code())
    .bind(stratum.code())
    .bind(given.unwrap_or(0))
    .bind(by)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The items that people have said something of, or could not, for a topic.
pub async fn load_answered(store: &Store, topic: &TopicId) -> Result<FxHashSet<i64>, StoreError> {
    let numbers: Vec<i64> = sqlx::query_scalar(
        "select feedback_number from topic_answer where topic_id = $1 \
         union select feedback_number from feedback_topic where topic_id = $1 and origin = 'hand'",
    )
    .bind(topic.as_str())
    .fetch_all(store.reader())
    .await?;
    Ok(numbers.into_iter().collect())
}

/// An answer to an item that was drawn by chance.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Drawn {
    pub topic_id: String,
    pub at: Millis,
    /// 1: the item had the topic.
    pub given: i64,
    /// `yes` or `no`.
    pub answer: String,
}

/// All answers to items that were drawn by chance, in the order of time.
pub async fn list_drawn(store: &Store) -> Result<Vec<Drawn>, StoreError> {
    let drawn = sqlx::query_as(
        "select topic_id, at, given, answer from topic_answer where stratum in ('given', 'rest') and answer <> 'skip' \
         order by at, id",
    )
    .fetch_all(store.reader())
    .await?;
    Ok(drawn)
}
