//! The first start and invitations: one-time links that let somebody in.

use axum::extract::State;
use axum_extra::extract::CookieJar;
use otklik_platform::PlatformError;
use otklik_platform::invitations;
use otklik_platform::passwords::{HashedPassword, hash_password};
use otklik_platform::people::{self, NewPerson};
use otklik_store::{Actor, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::{SessionOut, sign_in};
use crate::client::ClientInfo;
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

#[derive(Debug, Serialize, ToSchema)]
pub struct StartOut {
    /// True while the company has nobody: the one-time address on the server's terminal creates the administrator.
    pub needs_administrator: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct AdministratorIn {
    /// The secret of the one-time address.
    pub token: String,
    pub email: String,
    pub name: String,
    pub password: String,
    pub language: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOut {
    pub email: String,
    pub name: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct AcceptIn {
    pub password: String,
}

/// Whether the company still needs its first administrator.
#[utoipa::path(get, path = "/api/start", tag = "start", responses((status = 200, body = StartOut)))]
pub async fn load_start(State(state): State<ApiState>) -> Result<axum::Json<StartOut>, ApiError> {
    let needs_administrator = people::is_empty(&state.app.store).await?;
    Ok(axum::Json(StartOut { needs_administrator }))
}

/// Creates the first administrator and signs them in.
#[utoipa::path(post, path = "/api/start", tag = "start", request_body = AdministratorIn,
    responses((status = 200, body = SessionOut)))]
pub async fn create_administrator(
    State(state): State<ApiState>,
    client: ClientInfo,
    jar: CookieJar,
    Json(new): Json<AdministratorIn>,
) -> Result<(CookieJar, axum::Json<SessionOut>), ApiError> {
    state.sign_ins.count(&client.address)?;
    let person = NewPerson {
        email: new.email,
        name: new.name,
        language: new.language,
        grants: Vec::new(),
        password: Some(hash_for(&state, &new.token, &new.password).await?),
    };
    let accept = async |tx: &mut Tx| invitations::accept_first(tx, &new.token, person).await;
    let id = state.change(Actor::System, accept).await?;
    sign_in(&state, jar, &client, &id).await
}

/// Hashes the password that comes with a link, which takes its time: only for a link that still works.
async fn hash_for(state: &ApiState, token: &str, password: &str) -> Result<HashedPassword, ApiError> {
    let link = invitations::find_invitation(&state.app.store, token).await?;
    link.ok_or(PlatformError::LinkExpired)?;
    Ok(hash_password(password).await?)
}

/// Whose invitation it is.
#[utoipa::path(get, path = "/api/invitations/{token}", tag = "start", params(("token" = String, Path)),
    responses((status = 200, body = InvitationOut)))]
pub async fn load_invitation(
    State(state): State<ApiState>,
    client: ClientInfo,
    Path(token): Path<String>,
) -> Result<axum::Json<InvitationOut>, ApiError> {
    state.sign_ins.count(&client.address)?;
    let person = invitations::find_invitation(&state.app.store, &token).await?.flatten();
    let person = person.ok_or_else(ApiError::not_found)?;
    Ok(axum::Json(InvitationOut { email: person.email, name: person.name }))
}

/// Sets the password of an invited person and signs them in.
#[utoipa::path(post, path = "/api/invitations/{token}", tag = "start", params(("token" = String, Path)),
    request_body = AcceptIn, responses((status = 200, body = SessionOut)))]
pub async fn accept_invitation(
    State(state): State<ApiState>,
    client: ClientInfo,
    jar: CookieJar,
    Path(token): Path<String>,
    Json(accept): Json<AcceptIn>,
) -> Result<(CookieJar, axum::Json<SessionOut>), ApiError> {
    state.sign_ins.count(&client.address)?;
    let password = hash_for(&state, &token, &accept.password).await?;
    let accept = async |tx: &mut Tx| invitations::accept_invitation(tx, &token, &password).await;
    let id = state.change(Actor::System, accept).await?;
    sign_in(&state, jar, &client, &id).await
}
