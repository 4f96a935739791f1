//! What I was told: the list behind the bell, what I have read, and how I want to be told.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::alerts::{Told, Worded};
use otklik_platform::notifications::{
    self, EpisodeKind, Notification, NotificationSettings, Phase, count_unread, list_notifications as list,
    read_notifications as read,
};
use otklik_platform::people::load_person;
use otklik_store::ids::NotificationId;
use otklik_store::{Millis, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::paging::PageParams;
use crate::auth::CanView;
use crate::extract::{Json, Query};
use crate::language::Spoken;
use crate::{ApiError, ApiState};

#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationOut {
    pub id: NotificationId,
    pub kind: EpisodeKind,
    pub phase: Phase,
    pub title: String,
    pub text: String,
    /// The page with the evidence, within this server.
    pub path: String,
    pub created_at: Millis,
    pub read_at: Option<Millis>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationListOut {
    /// The newest first.
    pub items: Vec<NotificationOut>,
    pub total: u64,
    pub unread: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadOut {
    pub unread: u64,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadIn {
    /// Which one; all of them where it is absent.
    #[serde(default)]
    pub id: Option<NotificationId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationSettingsOut {
    pub settings: NotificationSettings,
    /// Where letters go.
    pub email: String,
    /// Whether this server can send letters at all.
    pub has_mail: bool,
}

/// What I was told, in my language.
#[utoipa::path(get, path = "/api/notifications", tag = "notifications", params(PageParams),
    responses((status = 200, body = NotificationListOut)))]
pub async fn list_notifications(
    State(state): State<ApiState>,
    reader: CanView,
    Spoken(language): Spoken,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<NotificationListOut>, ApiError> {
    let (store, person) = (&state.app.store, &reader.access.person);
    let found = list(store, person, (page.limit(), page.offset())).await?;
    let wording = state.app.load_wording(language).await?;
    let word = |one: Notification| {
        let told: Told = serde_json::from_value(one.detail)
            .map_err(|error| StoreError::unreadable("notification.detail", error))?;
        let Worded { title, text, path } = wording.word(one.phase, &told);
        let Notification { id, kind, phase, created_at, read_at, .. } =
            Notification { detail: serde_json::Value::Null, ..one };
        Ok(NotificationOut { id, kind, phase, title, text, path, created_at, read_at })
    };
    let items = found.items.into_iter().map(word).collect::<Result<_, StoreError>>()?;
    let unread = count_unread(store, person).await?;
    Ok(axum::Json(NotificationListOut { items, total: found.total, unread }))
}

/// How much I have not read.
#[utoipa::path(get, path = "/api/notifications/unread", tag = "notifications",
    responses((status = 200, body = UnreadOut)))]
pub async fn load_unread(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<UnreadOut>, ApiError> {
    let unread = count_unread(&state.app.store, &reader.access.person).await?;
    Ok(axum::Json(UnreadOut { unread }))
}

/// Marks one notification as read, or all of mine.
#[utoipa::path(post, path = "/api/notifications/read", tag = "notifications", request_body = ReadIn,
    responses((status = 204)))]
pub async fn read_notifications(
    State(state): State<ApiState>,
    reader: CanView,
    Json(which): Json<ReadIn>,
) -> Result<StatusCode, ApiError> {
    let person = &reader.access.person;
    state.change(reader.actor(), async |tx| read(tx, person, which.id.as_ref()).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How I want to be told.
#[utoipa::path(get, path = "/api/notification-settings", tag = "notifications",
    responses((status = 200, body = NotificationSettingsOut)))]
pub async fn load_notification_settings(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<NotificationSettingsOut>, ApiError> {
    let person = &reader.access.person;
    let settings = notifications::load_settings(&state.app.store, person).await?;
    let email = load_person(&state.app.store, person).await?.email;
    Ok(axum::Json(NotificationSettingsOut { settings, email, has_mail: state.app.has_mail() }))
}

/// Says how I want to be told from now on.
#[utoipa::path(put, path = "/api/notification-settings", tag = "notifications",
    request_body = NotificationSettings, responses((status = 204)))]
pub async fn update_notification_settings(
    State(state): State<ApiState>,
    reader: CanView,
    Json(settings): Json<NotificationSettings>,
) -> Result<StatusCode, ApiError> {
    let person = &reader.access.person;
    state
        .change(reader.actor(), async |tx| notifications::save_settings(tx, person, &settings).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
