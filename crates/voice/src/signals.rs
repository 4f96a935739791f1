//! Signals of items: threats to leave, court, regulator or press, danger, people who need care.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::PersonId;
use otklik_store::{Millis, Sequence, Store, StoreError, Tx, bulk};
use otklik_text::SignalKind;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

use crate::VoiceError;
use crate::labels::Span;

/// What an item calls attention to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SignalKind)]
pub enum Kind {
    Leaving,
    Escalation,
    Safety,
    Vulnerable,
}

/// A signal of an item, with the words that make it one. A dismissed one counts nowhere.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Signal {
    pub kind: Kind,
    pub spans: Vec<Span>,
    pub dismissed: bool,
}

/// A signal that the rules found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSignal {
    pub kind: Kind,
    pub spans: Vec<Span>,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Leaving, Self::Escalation, Self::Safety, Self::Vulnerable];

    /// The word that database and numbers know.
    pub fn code(self) -> &'static str {
        match self {
            Self::Leaving => SignalKind::Leaving.code(),
            Self::Escalation => SignalKind::Escalation.code(),
            Self::Safety => SignalKind::Safety.code(),
            Self::Vulnerable => SignalKind::Vulnerable.code(),
        }
    }

    /// The kind of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its bit in a set of signals.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl From<SignalKind> for Kind {
    fn from(kind: SignalKind) -> Self {
        match kind {
            SignalKind::Leaving => Self::Leaving,
            SignalKind::Escalation => Self::Escalation,
            SignalKind::Safety => Self::Safety,
            SignalKind::Vulnerable => Self::Vulnerable,
        }
    }
}

/// A person's «that is none», or that taken back. An item without this signal is not found.
pub async fn dismiss_signal(tx: &mut Tx, number: i64, kind: Kind, dismissed: bool) -> Result<(), VoiceError> {
    let change = tx.take_numbers(Sequence::FeedbackChange, 1).await?;
    let (by, at) = (tx.actor().id().to_owned(), tx.now_ms());
    let (by, at) = if dismissed { (Some(by), Some(at)) } else { (None, None) };
    let updated = sqlx::query(
        "update feedback_signal set dismissed_by = $1, dismissed_at = $2 where feedback_number = $3 and kind = $4",
    )
    .bind(by)
    .bind(at)
    .bind(number)
    .bind(kind.code())
    .execute(tx.conn())
    .await?;
    if updated.rows_affected() == 0 {
        return Err(StoreError::NotFound { entity: "signal" }.into());
    }
    sqlx::query("update feedback set change = $1 where number = $2")
        .bind(change)
        .bind(number)
        .execute(tx.conn())
        .await?;
    let event = if dismissed { "signal_dismissed" } else { "signal_restored" };
    Ok(tx.audit(event, "feedback", &number.to_string(), &kind).await?)
}

/// The items after a number that have a signal which nobody dismissed, the newest first, `limit` at most.
pub async fn list_signalling(store: &Store, after: i64, limit: u32) -> Result<Vec<i64>, StoreError> {
    let numbers = sqlx::query_scalar(
        "select distinct feedback_number from feedback_signal where feedback_number > $1 and dismissed_at is null \
         order by feedback_number desc limit $2",
    )
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(store.reader())
    .await?;
    Ok(numbers)
}

/// Up to which item a person has seen the signals, and when; before the first visit none.
pub async fn find_visit(store: &Store, person: &PersonId) -> Result<Option<(i64, Millis)>, StoreError> {
    let visit = sqlx::query_as("select number, seen_at from signal_visit where person_id = $1")
        .bind(person.as_str())
        .fetch_optional(store.reader())
        .await?;
    Ok(visit)
}

/// Notes that a person has seen the signals up to an item.
pub async fn note_visit(tx: &mut Tx, person: &PersonId, number: i64) -> Result<(), StoreError> {
    let now = tx.now_ms();
    sqlx::query(
        "insert into signal_visit (person_id, number, seen_at) values ($1, $2, $3) on conflict (person_id) do update \
             set number = excluded.number, seen_at = excluded.seen_at where signal_visit.number < excluded.number",
    )
    .bind(person.as_str())
    .bind(number)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The number of the newest item.
pub async fn load_last_number(store: &Store) -> Result<i64, StoreError> {
    let last: Option<i64> =
        sqlx::query_scalar("select max(number) from feedback").fetch_one(store.reader()).await?;
    Ok(last.unwrap_or(0))
}

pub(crate) async fn load_signals(
    store: &Store,
    numbers: &[i64],
) -> Result<FxHashMap<i64, Vec<Signal>>, VoiceError> {
    let sql = format!(
        "select feedback_number, kind, spans, dismissed_at from feedback_signal where feedback_number in ({}) \
         order by feedback_number, kind",
        bulk::parameters(numbers.len(), 0)
    );
    let mut query = sqlx::query_as::<_, (i64, String, String, Option<i64>)>(AssertSqlSafe(sql));
    for number in numbers {
        query = query.bind(number);
    }
    let mut signals: FxHashMap<i64, Vec<Signal>> = FxHashMap::default();
    for (number, kind, spans, dismissed_at) in query.fetch_all(store.reader()).await? {
        let kind = Kind::of(&kind).ok_or_else(|| StoreError::unreadable("feedback_signal.kind", &kind))?;
        let spans = from_json(&spans, "feedback_signal.spans")?;
        signals.entry(number).or_default().push(Signal { kind, spans, dismissed: dismissed_at.is_some() });
    }
    for list in signals.values_mut() {
        list.sort_by_key(|signal| signal.kind);
    }
    Ok(signals)
}

/// Writes the signals of new items.
pub(crate) async fn insert_signals(tx: &mut Tx, found: &[(i64, &FoundSignal)]) -> Result<(), VoiceError> {
    let rows: Vec<(i64, &str, String)> = found
        .iter()
        .map(|(number, signal)| {
            Ok((*number, signal.kind.code(), to_json(&signal.spans, "feedback_signal.spans")?))
        })
        .collect::<Result<_, StoreError>>()?;
    for chunk in bulk::pieces(&rows, 3) {
        let sql = format!(
            "insert into feedback_signal (feedback_number, kind, spans) values {} \
             on conflict (feedback_number, kind) do update set spans = excluded.spans",
            bulk::values_list(tx.engine(), chunk.len(), 3)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (number, kind, spans) in chunk {
            query = query.bind(number).bind(*kind).bind(spans);
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

/// Replaces the signals of an item; one that a person dismissed stays so.
pub(crate) async fn replace_signals(
    tx: &mut Tx,
    number: i64,
    found: &[FoundSignal],
) -> Result<(), VoiceError> {
    sqlx::query("delete from feedback_signal where feedback_number = $1 and dismissed_at is null")
        .bind(number)
        .execute(tx.conn())
        .await?;
    let rows: Vec<_> = found.iter().map(|signal| (number, signal)).collect();
    insert_signals(tx, &rows).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_text_has_its_bit() {
        let bits: Vec<u8> = SignalKind::ALL.into_iter().map(|kind| Kind::from(kind).bit()).collect();
        assert_eq!(bits, [1, 2, 4, 8]);
        assert!(Kind::ALL.into_iter().all(|kind| Kind::of(kind.code()) == Some(kind)));
    }
}
