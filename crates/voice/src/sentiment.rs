//! Sentiment of items: what the model or a person says.

use otklik_store::{Sequence, Tx};
use otklik_text::Polarity;
use serde::{Deserialize, Serialize};

use crate::feedback::FoundLabel;
use crate::signals::FoundSignal;
use crate::{VoiceError, labels, signals};

/// Does an item complain or praise?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Negative,
    Neutral,
    Positive,
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToneOrigin {
    Model,
    Hand,
}

/// What the model says of an item: a tone, and praise less complaint, from −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mood {
    pub tone: Tone,
    pub score: f64,
}

impl Mood {
    /// The score in thousandths: what the database keeps.
    pub(crate) fn milli(self) -> i64 {
        (self.score * 1_000.0).round() as i64
    }
}

impl Tone {
    /// −1, 0 or 1: what the database keeps.
    pub fn value(self) -> i64 {
        match self {
            Self::Negative => -1,
            Self::Neutral => 0,
            Self::Positive => 1,
        }
    }

    /// The tone that the database keeps so.
    pub fn of(value: i64) -> Self {
        match value {
            ..0 => Self::Negative,
            0 => Self::Neutral,
            1.. => Self::Positive,
        }
    }
}

impl From<Polarity> for Tone {
    fn from(polarity: Polarity) -> Self {
        Self::of(polarity.value().into())
    }
}

impl ToneOrigin {
    pub(crate) fn of(text: &str) -> Self {
        if text == "hand" { Self::Hand } else { Self::Model }
    }
}

/// A person's word on the sentiment of an item, which no model overwrites. `None` takes it back: `mood` is what the model
/// says then.
pub async fn set_tone(
    tx: &mut Tx,
    number: i64,
    tone: Option<Tone>,
    mood: Option<Mood>,
) -> Result<(), VoiceError> {
    let change = tx.take_numbers(Sequence::FeedbackChange, 1).await?;
    let (origin, kept, score) = match tone {
        Some(tone) => ("hand", Some(tone), None),
        None => ("model", mood.map(|mood| mood.tone), mood.map(Mood::milli)),
    };
    sqlx::query(
        "update feedback set change = $1, sentiment = $2, sentiment_origin = $3, \
             sentiment_milli = coalesce($4, sentiment_milli) where number = $5",
    )
    .bind(change)
    .bind(kept.map(Tone::value))
    .bind(origin)
    .bind(score)
    .bind(number)
    .execute(tx.conn())
    .await?;
    Ok(tx.audit("sentiment_set", "feedback", &number.to_string(), &tone).await?)
}

/// What reading an item told, to be kept.
pub struct Told<'a> {
    pub number: i64,
    pub mood: Option<Mood>,
    pub signals: &'a [FoundSignal],
    pub labels: &'a [FoundLabel],
}

/// Keeps what reading stored items told; what a person said stays. All items get one change number.
pub async fn keep_told(tx: &mut Tx, told: &[Told<'_>]) -> Result<(), VoiceError> {
    if told.is_empty() {
        return Ok(());
    }
    let change = tx.take_numbers(Sequence::FeedbackChange, 1).await?;
    for Told { number, mood, .. } in told {
        sqlx::query(
            "update feedback set change = $1, sentiment_milli = $3, \
                 sentiment = case when sentiment_origin = 'hand' then sentiment else $2 end where number = $4",
        )
        .bind(change)
        .bind(mood.map(|mood| mood.tone.value()))
        .bind(mood.map(Mood::milli))
        .bind(number)
        .execute(tx.conn())
        .await?;
    }
    for told in told {
        signals::replace_signals(tx, told.number, told.signals).await?;
    }
    let labels: Vec<_> =
        told.iter().flat_map(|told| told.labels.iter().map(|label| (told.number, label))).collect();
    labels::insert_labels(tx, &labels).await
}
