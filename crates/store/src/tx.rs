//! A writing transaction: carries the actor and the moment, writes audit rows, takes numbers.

use std::sync::Arc;

use serde::Serialize;
use sqlx::{Any, AnyConnection, Transaction};

use crate::column::to_json;
use crate::ids::new_id;
use crate::memo::Memo;
use crate::{Actor, Engine, Millis, StoreError, Woken};

/// Everything done in it happens at one moment, in one name, or not at all.
pub struct Tx {
    inner: Transaction<'static, Any>,
    engine: Engine,
    actor: Actor,
    now_ms: Millis,
    woken: Arc<Woken>,
    memo: Arc<Memo>,
    keeps_memo: bool,
    wakes_feedback: bool,
    pub(crate) wakes_jobs: bool,
}

/// A counter that gives numbers in commit order: its row stays locked until the transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// Every change of a feedback item.
    FeedbackChange,
    /// The number of a new feedback item.
    FeedbackNumber,
    /// The number of a new problem.
    ProblemNumber,
    /// Every change of the customer base.
    BaseChange,
}

impl Sequence {
    pub fn name(self) -> &'static str {
        match self {
            Self::FeedbackChange => "feedback_change",
            Self::FeedbackNumber => "feedback_number",
            Self::ProblemNumber => "problem_number",
            Self::BaseChange => "base_change",
        }
    }
}

impl Tx {
    pub(crate) fn new(
        inner: Transaction<'static, Any>,
        engine: Engine,
        actor: Actor,
        now_ms: Millis,
        woken: Arc<Woken>,
        memo: Arc<Memo>,
    ) -> Self {
        Self {
            inner,
            engine,
            actor,
            now_ms,
            woken,
            memo,
            keeps_memo: false,
            wakes_feedback: false,
            wakes_jobs: false,
        }
    }

    /// The connection, for statements of a domain crate.
    pub fn conn(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The moment of the transaction: every row written in it bears the same time.
    pub fn now_ms(&self) -> Millis {
        self.now_ms
    }

    /// Declares that nothing but feedback is written here, so that what [`crate::Store::recall`] remembers stays good.
    pub fn keeps_memo(&mut self) {
        self.keeps_memo = true;
    }

    /// Takes `count` numbers and returns the first of them.
    pub async fn take_numbers(&mut self, sequence: Sequence, count: u32) -> Result<i64, StoreError> {
        let last: i64 = sqlx::query_scalar(
            "update change_sequence set value = value + $1 where name = $2 returning value",
        )
        .bind(i64::from(count))
        .bind(sequence.name())
        .fetch_one(self.conn())
        .await?;
        self.wakes_feedback |= sequence == Sequence::FeedbackChange;
        Ok(last - i64::from(count) + 1)
    }

    /// Writes who did what to which thing; `event` is in the past tense, as in `problem_created`.
    pub async fn audit(
        &mut self,
        event: &str,
        entity: &str,
        entity_id: &str,
        detail: &impl Serialize,
    ) -> Result<(), StoreError> {
        let detail = to_json(detail, "audit.detail")?;
        let (kind, id) = (self.actor.kind(), self.actor.id().to_owned());
        sqlx::query(
            "insert into audit (id, at, actor_kind, actor_id, event, entity, entity_id, detail) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(new_id(self.now_ms))
        .bind(self.now_ms)
        .bind(kind)
        .bind(id)
        .bind(event)
        .bind(entity)
        .bind(entity_id)
        .bind(detail)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Makes it so, on disk, and wakes who waits for it.
    pub async fn commit(self) -> Result<(), StoreError> {
        let committed = self.inner.commit().await;
        // Also after an error: a connection may break when the change is already made.
        if !self.keeps_memo {
            self.memo.forget();
        }
        committed?;
        if self.wakes_feedback {
            self.woken.feedback.notify_one();
        }
        if self.wakes_jobs {
            self.woken.jobs.notify_one();
        }
        Ok(())
    }
}
