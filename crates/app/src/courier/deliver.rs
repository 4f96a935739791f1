//! The sender: takes what is due from the outbox, delivers it, and writes down what came of it.

use std::time::Duration;

use futures::future::{join, join_all};
use otklik_platform::letters::{LETTER, Letter, load_attachments};
use otklik_platform::webhooks::{self, Event, GONE, WEBHOOK, find_webhook_target, sign_webhook};
use otklik_store::outbox::{self, Message};
use otklik_store::{Actor, StoreError};

use super::http::Call;
use super::{Outlook, Undelivered};
use crate::{App, AppError};

/// How often somebody looks for what other processes have written and for what has become due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So many calls go out at once: one slow receiver does not keep the others waiting.
const CALLS_AT_ONCE: usize = 4;

/// What came of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    Sent,
    /// Tried in vain, tried again later.
    Waits,
    /// Given up.
    Failed,
}

impl App {
    /// Delivers until `stop` resolves.
    pub async fn deliver(&self, stop: impl Future<Output = ()>) {
        let letters = self.keep_delivering(LETTER, 1);
        let webhooks = self.keep_delivering(WEBHOOK, CALLS_AT_ONCE);
        tokio::select! {
            _ = join(letters, webhooks) => {}
            () = stop => {}
        }
    }

    async fn keep_delivering(&self, kind: &'static str, at_once: usize) {
        loop {
            if let Err(error) = self.deliver_due(kind, at_once).await {
                tracing::error!(%error, kind, "messages could not be delivered");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn deliver_due(&self, kind: &'static str, at_once: usize) -> Result<(), AppError> {
        if kind == LETTER {
            self.write_due_letters().await?;
        }
        if !outbox::has_due_message(&self.store, kind).await? {
            return Ok(());
        }
        let drain = async || {
            while self.deliver_next(kind).await?.is_some() {}
            Ok(())
        };
        join_all((0..at_once).map(|_| drain())).await.into_iter().collect()
    }

    /// Delivers everything that is due, for tests and the command line; what came of each.
    pub async fn deliver_all(&self) -> Result<Vec<Delivered>, AppError> {
        self.write_due_letters().await?;
        let mut all = Vec::new();
        for kind in [LETTER, WEBHOOK] {
            while let Some(delivered) = self.deliver_next(kind).await? {
                all.push(delivered);
            }
        }
        Ok(all)
    }

    async fn deliver_next(&self, kind: &str) -> Result<Option<Delivered>, AppError> {
        let Some(message) = outbox::claim_message(&self.store, &[kind]).await? else { return Ok(None) };
        let tried = match message.kind.as_str() {
            LETTER => self.post_letter(&message).await?,
            _ => self.call_webhook(&message).await?,
        };
        self.settle(&message, tried).await.map(Some)
    }

    async fn settle(&self, message: &Message, tried: Result<(), Undelivered>) -> Result<Delivered, AppError> {
        let Undelivered { reason, outlook } = match tried {
            Ok(()) => {
                outbox::confirm_message(&self.store, message).await?;
                return Ok(Delivered::Sent);
            }
            Err(undelivered) => undelivered,
        };
        tracing::warn!(message = %message.id, kind = message.kind, reason, "a message was not delivered");
        let Outlook::Later(wait) = outlook else {
            outbox::refuse_message(&self.store, message, &reason).await?;
            return Ok(Delivered::Failed);
        };
        let not_before = wait.map(|seconds| self.store.now_ms() + i64::from(seconds) * 1_000);
        let state = outbox::retry_message(&self.store, message, &reason, rand::random(), not_before).await?;
        Ok(if state == outbox::MessageState::Waiting { Delivered::Waits } else { Delivered::Failed })
    }

    async fn post_letter(&self, message: &Message) -> Result<Result<(), Undelivered>, AppError> {
        let Some(mailer) = &self.courier.mail else { return Ok(Err(Undelivered::never("mail_missing"))) };
        let letter: Letter = message.payload()?;
        let attachments = match load_attachments(&self.store, &letter.attachments).await {
            Ok(attachments) => attachments,
            Err(StoreError::NotFound { .. }) => return Ok(Err(Undelivered::never("attachment_gone"))),
            Err(error) => return Err(error.into()),
        };
        Ok(mailer.send(&message.id, &letter, attachments).await)
    }

    async fn call_webhook(&self, message: &Message) -> Result<Result<(), Undelivered>, AppError> {
        let Event { webhook, body, .. } = message.payload()?;
        let Some(caller) = &self.courier.caller else { return Ok(Err(Undelivered::later("stopped"))) };
        let Some((url, secret)) = find_webhook_target(&self.store, &webhook).await? else {
            return Ok(Err(Undelivered::never("webhook_disabled")));
        };
        let seconds = self.store.now_ms() / 1_000;
        let signature = sign_webhook(&secret, &message.id, seconds, body.as_bytes())?;
        let headers = vec![
            ("webhook-id", message.id.clone()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signature),
        ];
        let called = caller.call(Call { url: &url, headers, body }).await;
        if called.as_ref().is_err_and(|undelivered| undelivered.outlook == Outlook::Gone) {
            let mut tx = self.store.begin(Actor::System).await?;
            match webhooks::disable_webhook(&mut tx, &webhook, GONE).await {
                Ok(()) => tx.commit().await?,
                // Somebody else was told the same at the same time.
                Err(StoreError::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(called)
    }
}
