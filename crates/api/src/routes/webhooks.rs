//! Addresses of other programs, and the log of what went out.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::AppError;
use otklik_platform::letters::{LETTER, Letter, enqueue_letter};
use otklik_platform::people::load_person;
use otklik_platform::webhooks::{self, Event, EventKind, Webhook, WebhookIn};
use otklik_store::ids::WebhookId;
use otklik_store::outbox::{self, Message, MessageState};
use otklik_store::{Millis, Page};
use serde::Serialize;
use utoipa::ToSchema;

use super::paging::PageParams;
use crate::auth::CanAdminister;
use crate::extract::{Json, Path, Query};
use crate::language::Spoken;
use crate::{ApiError, ApiState};

/// Why an address was disabled by a person.
const BY_HAND: &str = "by_hand";

/// A secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookSecretOut {
    pub id: WebhookId,
    pub secret: String,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    Letter,
    Webhook,
}

/// A message that went out, or waits to. Its contents are not shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageOut {
    pub id: String,
    pub kind: MessageKind,
    /// Mail addresses, or the name of a webhook.
    pub to: Vec<String>,
    /// Of a webhook.
    pub event: Option<EventKind>,
    pub state: MessageState,
    pub attempts: u64,
    /// When it is tried next, while it waits.
    pub due_at: Option<Millis>,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
    /// Why the last try failed: `timeout`, `unreachable`, `tls`, `redirect`, `inner_network`, `url`, `mail_missing`,
    /// `attachment_gone`, `webhook_disabled`, `unreadable`, or `status` and `mail_status` with the number that the
    /// other side has given.
    pub reason: Option<String>,
    pub status: Option<u16>,
}

/// All addresses.
#[utoipa::path(get, path = "/api/webhooks", tag = "messages", responses((status = 200, body = Vec<Webhook>)))]
pub async fn list_webhooks(
    State(state): State<ApiState>,
    _: CanAdminister,
) -> Result<axum::Json<Vec<Webhook>>, ApiError> {
    Ok(axum::Json(webhooks::list_webhooks(&state.app.store).await?))
}

/// Adds an address.
#[utoipa::path(post, path = "/api/webhooks", tag = "messages", request_body = WebhookIn,
    responses((status = 200, body = WebhookSecretOut)))]
pub async fn create_webhook(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(webhook): Json<WebhookIn>,
) -> Result<axum::Json<WebhookSecretOut>, ApiError> {
    let create = async |tx: &mut _| webhooks::create_webhook(tx, &webhook).await;
    let (id, secret) = state.change(admin.actor(), create).await?;
    Ok(axum::Json(WebhookSecretOut { id, secret }))
}

/// Changes name, address or events.
#[utoipa::path(put, path = "/api/webhooks/{id}", tag = "messages", params(("id" = String, Path)),
    request_body = WebhookIn, responses((status = 204)))]
pub async fn update_webhook(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<WebhookId>,
    Json(webhook): Json<WebhookIn>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| webhooks::update_webhook(tx, &id, &webhook).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives an address another secret.
#[utoipa::path(post, path = "/api/webhooks/{id}/rotate", tag = "messages", params(("id" = String, Path)),
    responses((status = 200, body = WebhookSecretOut)))]
pub async fn rotate_webhook_secret(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<WebhookId>,
) -> Result<axum::Json<WebhookSecretOut>, ApiError> {
    let rotate = async |tx: &mut _| webhooks::rotate_webhook_secret(tx, &id).await;
    let secret = state.change(admin.actor(), rotate).await?;
    Ok(axum::Json(WebhookSecretOut { id, secret }))
}

/// Tells an address nothing any more.
#[utoipa::path(post, path = "/api/webhooks/{id}/disable", tag = "messages", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn disable_webhook(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<WebhookId>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| webhooks::disable_webhook(tx, &id, BY_HAND).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells it of things again.
#[utoipa::path(post, path = "/api/webhooks/{id}/enable", tag = "messages", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn enable_webhook(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<WebhookId>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| webhooks::enable_webhook(tx, &id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends an address a trial; the log says what came of it.
#[utoipa::path(post, path = "/api/webhooks/{id}/try", tag = "messages", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn try_webhook(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<WebhookId>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| webhooks::post_trial(tx, &id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What went out and what waits, the newest first.
#[utoipa::path(get, path = "/api/messages", tag = "messages", params(PageParams),
    responses((status = 200, body = Page<MessageOut>)))]
pub async fn list_messages(
    State(state): State<ApiState>,
    _: CanAdminister,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<Page<MessageOut>>, ApiError> {
    let log = outbox::list_messages(&state.app.store, page.limit(), page.offset()).await?;
    let known = webhooks::list_webhooks(&state.app.store).await?;
    let out = |message: Message| -> Result<MessageOut, AppError> {
        let (kind, to, event) = if message.kind == LETTER {
            (MessageKind::Letter, message.payload::<Letter>()?.to, None)
        } else {
            let event: Event = message.payload()?;
            let name = known.iter().find(|webhook| webhook.id == event.webhook);
            (
                MessageKind::Webhook,
                name.map(|webhook| webhook.name.clone()).into_iter().collect(),
                Some(event.kind),
            )
        };
        let error = message.error.as_deref();
        let status = error.and_then(|error| error.split_once(':')?.1.parse().ok());
        Ok(MessageOut {
            id: message.id,
            kind,
            to,
            event,
            state: message.state,
            attempts: message.attempts,
            due_at: (message.state == MessageState::Waiting).then_some(message.due_at),
            created_at: message.created_at,
            sent_at: message.sent_at,
            reason: error.and_then(|error| error.split(':').next()).map(str::to_owned),
            status,
        })
    };
    let items = log.items.into_iter().map(out).collect::<Result<_, _>>()?;
    Ok(axum::Json(Page { items, total: log.total }))
}

/// Tries a message that was given up once more.
#[utoipa::path(post, path = "/api/messages/{id}/resend", tag = "messages", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn resend_message(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| outbox::resend_message(tx, &id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends me a trial letter; the log says what came of it.
#[utoipa::path(post, path = "/api/messages/trial", tag = "messages", responses((status = 204)))]
pub async fn send_trial_letter(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Spoken(language): Spoken,
) -> Result<StatusCode, ApiError> {
    if !state.app.has_mail() {
        return Err(AppError::MailMissing.into());
    }
    let email = load_person(&state.app.store, &admin.access.person).await?.email;
    let letter = state.app.trial_letter(&email, language);
    state.change(admin.actor(), async |tx| enqueue_letter(tx, &letter).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
