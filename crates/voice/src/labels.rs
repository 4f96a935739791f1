//! Labels: which topics an item has, by whom or what, and the words that caused it.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::TopicId;
use otklik_store::{Sequence, Store, StoreError, Tx, bulk};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use crate::VoiceError;
use crate::feedback::FoundLabel;
use crate::sentiment::Tone;

/// Words that caused a label: from `start` to `end`, in bytes of title or text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Span {
    pub part: Part,
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Title,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Rule,
    /// Learnt from labels.
    Model,
    Hand,
}

impl Origin {
    fn code(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Model => "model",
            Self::Hand => "hand",
        }
    }

    fn of(code: &str) -> Self {
        match code {
            "hand" => Self::Hand,
            "model" => Self::Model,
            _ => Self::Rule,
        }
    }
}

/// A topic of an item. `applies` false is a person's «not this topic».
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Label {
    pub topic_id: TopicId,
    pub origin: Origin,
    pub applies: bool,
    pub confidence: f64,
    /// The sentiment toward the topic.
    pub sentiment: Option<Tone>,
    pub spans: Vec<Span>,
}

/// A person's word on a topic of an item; `None` takes the word back.
pub async fn set_label(
    tx: &mut Tx,
    number: i64,
    topic: &TopicId,
    applies: Option<bool>,
) -> Result<(), VoiceError> {
    mark_changed(tx, &[number]).await?;
    match applies {
        Some(applies) => {
            sqlx::query(
                "insert into feedback_topic (feedback_number, topic_id, origin, applies) values ($1, $2, 'hand', $3) \
                 on conflict (feedback_number, topic_id) do update set origin = 'hand', applies = excluded.applies, \
                     confidence = 1, spans = '[]'",
            )
            .bind(number)
            .bind(topic.as_str())
            .bind(i64::from(applies))
            .execute(tx.conn())
            .await?;
        }
        None => {
            sqlx::query(
                "delete from feedback_topic where feedback_number = $1 and topic_id = $2 and origin = 'hand'",
            )
            .bind(number)
            .bind(topic.as_str())
            .execute(tx.conn())
            .await?;
        }
    }
    tx.audit("label_set", "feedback", &number.to_string(), &(topic, applies)).await?;
    Ok(())
}

/// Writes again what rules and model say of an item, after a person took their word back.
pub async fn restore_labels(tx: &mut Tx, number: i64, found: &[FoundLabel]) -> Result<(), VoiceError> {
    let rows: Vec<_> = found.iter().map(|label| (number, label)).collect();
    insert_labels(tx, &rows).await
}

/// Replaces what a topic's rule and model say: these items have it, these have it no longer. Labels made by hand stay.
pub async fn relabel_topic(
    tx: &mut Tx,
    topic: &TopicId,
    gained: &[(i64, FoundLabel)],
    lost: &[i64],
) -> Result<(), VoiceError> {
    let changed: Vec<i64> = gained.iter().map(|(number, _)| *number).chain(lost.iter().copied()).collect();
    mark_changed(tx, &changed).await?;
    for chunk in lost.chunks(bulk::rows_per_statement(1)) {
        let sql = format!(
            "delete from feedback_topic where topic_id = $1 and origin <> 'hand' and feedback_number in ({})",
            bulk::parameters(chunk.len(), 1)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(topic.as_str());
        for number in chunk {
            query = query.bind(number);
        }
        query.execute(tx.conn()).await?;
    }
    let rows: Vec<(i64, &FoundLabel)> = gained.iter().map(|(number, found)| (*number, found)).collect();
    insert_labels(tx, &rows).await
}

/// All items that a topic's rule and model found so far, with the words.
pub async fn load_found_labels(
    store: &Store,
    topic: &TopicId,
) -> Result<FxHashMap<i64, FoundLabel>, VoiceError> {
    let rows: Vec<(i64, String, f64, String, Option<i64>)> = sqlx::query_as(
        "select feedback_number, origin, confidence, spans, sentiment from feedback_topic \
         where topic_id = $1 and origin <> 'hand'",
    )
    .bind(topic.as_str())
    .fetch_all(store.reader())
    .await?;
    let found = |(number, origin, confidence, spans, sentiment): (i64, String, f64, String, Option<i64>)| {
        let topic_id = topic.clone();
        let (origin, sentiment) = (Origin::of(&origin), sentiment.map(Tone::of));
        Ok((number, FoundLabel { topic_id, origin, confidence, sentiment, spans: read_spans(&spans)? }))
    };
    rows.into_iter().map(found).collect()
}

/// All items of which a person said whether they are about a topic.
pub async fn load_said_numbers(store: &Store, topic: &TopicId) -> Result<FxHashSet<i64>, VoiceError> {
    let numbers: Vec<i64> = sqlx::query_scalar(
        "select feedback_number from feedback_topic where topic_id = $1 and origin = 'hand'",
    )
    .bind(topic.as_str())
    .fetch_all(store.reader())
    .await?;
    Ok(numbers.into_iter().collect())
}

type LabelRow = (i64, String, String, i64, f64, String, Option<i64>);

pub(crate) async fn load_labels(
    store: &Store,
    numbers: &[i64],
) -> Result<FxHashMap<i64, Vec<Label>>, VoiceError> {
    let sql = format!(
        "select feedback_number, topic_id, origin, applies, confidence, spans, sentiment from feedback_topic \
         where feedback_number in ({}) order by feedback_number, topic_id",
        bulk::parameters(numbers.len(), 0)
    );
    let mut query = sqlx::query_as::<_, LabelRow>(AssertSqlSafe(sql));
    for number in numbers {
        query = query.bind(number);
    }
    let mut labels: FxHashMap<i64, Vec<Label>> = FxHashMap::default();
    for (number, topic, origin, applies, confidence, spans, sentiment) in
        query.fetch_all(store.reader()).await?
    {
        labels.entry(number).or_default().push(Label {
            topic_id: TopicId(topic),
            origin: Origin::of(&origin),
            applies: applies != 0,
            confidence,
            sentiment: sentiment.map(Tone::of),
            spans: read_spans(&spans)?,
        });
    }
    Ok(labels)
}

/// Writes what rules and model found; where a person has spoken, the person's word stays.
pub(crate) async fn insert_labels(tx: &mut Tx, found: &[(i64, &FoundLabel)]) -> Result<(), VoiceError> {
    let rows: Vec<(i64, &FoundLabel, String)> = found
        .iter()
        .map(|(number, label)| Ok((*number, *label, write_spans(&label.spans)?)))
        .collect::<Result<_, StoreError>>()?;
    for chunk in bulk::pieces(&rows, 6) {
        let sql = format!(
            "insert into feedback_topic (feedback_number, topic_id, origin, confidence, spans, sentiment) values {} \
             on conflict (feedback_number, topic_id) do update set origin = excluded.origin, \
                 confidence = excluded.confidence, spans = excluded.spans, sentiment = excluded.sentiment \
             where feedback_topic.origin <> 'hand'",
            bulk::values_list(tx.engine(), chunk.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (number, label, spans) in chunk {
            query = query
                .bind(number)
                .bind(label.topic_id.as_str())
                .bind(label.origin.code())
                .bind(label.confidence)
                .bind(spans)
                .bind(label.sentiment.map(Tone::value));
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

pub(crate) async fn delete_found_labels(tx: &mut Tx, number: i64) -> Result<(), VoiceError> {
    sqlx::query("delete from feedback_topic where feedback_number = $1 and origin <> 'hand'")
        .bind(number)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Gives the items a new change number, so that the facts read them again. It comes before any other write: whoever
/// changes feedback queues for that number first, so that no two transactions can wait for each other crosswise.
async fn mark_changed(tx: &mut Tx, numbers: &[i64]) -> Result<(), VoiceError> {
    if numbers.is_empty() {
        return Ok(());
    }
    let change = tx.take_numbers(Sequence::FeedbackChange, 1).await?;
    for chunk in numbers.chunks(bulk::rows_per_statement(1)) {
        let sql =
            format!("update feedback set change = $1 where number in ({})", bulk::parameters(chunk.len(), 1));
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(change);
        for number in chunk {
            query = query.bind(number);
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

fn read_spans(json: &str) -> Result<Vec<Span>, StoreError> {
    from_json(json, "feedback_topic.spans")
}

fn write_spans(spans: &[Span]) -> Result<String, StoreError> {
    to_json(spans, "feedback_topic.spans")
}
