//! One's own account: signing in and out, sessions, tokens, name, language, password.

use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use otklik_platform::passwords::hash_password;
use otklik_platform::people::{self, Grant, Person};
use otklik_platform::secrets::hash_secret;
use otklik_platform::sessions::{self, Session};
use otklik_platform::tokens::{self, ApiToken};
use otklik_platform::{PlatformError, Role};
use otklik_store::ids::{PersonId, TokenId};
use otklik_store::{Actor, Millis, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{SESSION_COOKIE, Signed};
use crate::client::ClientInfo;
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
pub struct SignInIn {
    pub email: String,
    pub password: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionOut {
    pub person: PersonId,
    pub email: String,
    pub name: String,
    pub language: Option<String>,
    /// The role in the whole company, if there is one.
    pub company_role: Option<Role>,
    pub grants: Vec<Grant>,
}

/// A place where one is signed in. `id` opens nothing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct OwnSession {
    pub id: String,
    pub created_at: Millis,
    pub seen_at: Millis,
    pub agent: String,
    pub address: String,
    /// True for the session that asks.
    pub current: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct AccountIn {
    pub name: String,
    pub language: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PasswordIn {
    pub current: String,
    pub new: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct TokenIn {
    pub name: String,
    /// UTC milliseconds; without it the token does not expire.
    pub expires_at: Option<i64>,
}

/// A new token. The secret is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenOut {
    pub id: TokenId,
    pub secret: String,
}

/// Signs in with address and password.
#[utoipa::path(post, path = "/api/session", tag = "account", request_body = SignInIn,
    responses((status = 200, body = SessionOut)))]
pub async fn create_session(
    State(state): State<ApiState>,
    client: ClientInfo,
    jar: CookieJar,
    Json(given): Json<SignInIn>,
) -> Result<(CookieJar, axum::Json<SessionOut>), ApiError> {
    state.sign_ins.count(&client.address)?;
    state.sign_ins.count(&given.email.trim().to_lowercase())?;
    let person = match people::check_credentials(&state.app.store, &given.email, &given.password).await {
        Err(PlatformError::WrongCredentials) => {
            return Err(ApiError::new(StatusCode::UNAUTHORIZED, "wrong_credentials"));
        }
        other => other?,
    };
    sign_in(&state, jar, &client, &person).await
}

/// Who is signed in, and what they may.
#[utoipa::path(get, path = "/api/session", tag = "account", responses((status = 200, body = SessionOut)))]
pub async fn load_session(
    State(state): State<ApiState>,
    signed: Signed,
) -> Result<axum::Json<SessionOut>, ApiError> {
    let person = people::load_person(&state.app.store, &signed.access.person).await?;
    Ok(axum::Json(person.into()))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/session", tag = "account", responses((status = 204)))]
pub async fn delete_session(
    State(state): State<ApiState>,
    signed: Signed,
    jar: CookieJar,
) -> Result<(CookieJar, StatusCode), ApiError> {
    if let Some(id) = session_of(&jar) {
        end_own(&state, &signed, &id).await?;
    }
    let gone = Cookie::build((SESSION_COOKIE, "")).path("/");
    Ok((jar.remove(gone), StatusCode::NO_CONTENT))
}

/// Where one is signed in.
#[utoipa::path(get, path = "/api/sessions", tag = "account", responses((status = 200, body = Vec<OwnSession>)))]
pub async fn list_sessions(
    State(state): State<ApiState>,
    signed: Signed,
    jar: CookieJar,
) -> Result<axum::Json<Vec<OwnSession>>, ApiError> {
    let current = session_of(&jar);
    let own = |session: Session| {
        let Session { id, created_at, seen_at, agent, address } = session;
        OwnSession { current: current.as_ref() == Some(&id), id, created_at, seen_at, agent, address }
    };
    let listed = sessions::list_sessions(&state.app.store, &signed.access.person).await?;
    Ok(axum::Json(listed.into_iter().map(own).collect()))
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, path = "/api/sessions/{id}", tag = "account", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn end_session(
    State(state): State<ApiState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    end_own(&state, &signed, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes one's own name and language.
#[utoipa::path(put, path = "/api/profile", tag = "account", request_body = AccountIn, responses((status = 204)))]
pub async fn update_profile(
    State(state): State<ApiState>,
    signed: Signed,
    Json(profile): Json<AccountIn>,
) -> Result<StatusCode, ApiError> {
    let (person, language) = (&signed.access.person, profile.language.as_deref());
    let update = async |tx: &mut Tx| people::update_profile(tx, person, &profile.name, language).await;
    state.change(signed.actor(), update).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes one's own password and ends all sessions, this one too.
#[utoipa::path(put, path = "/api/password", tag = "account", request_body = PasswordIn, responses((status = 204)))]
pub async fn update_password(
    State(state): State<ApiState>,
    signed: Signed,
    Json(passwords): Json<PasswordIn>,
) -> Result<StatusCode, ApiError> {
    let person = people::load_person(&state.app.store, &signed.access.person).await?;
    state.sign_ins.count(&person.email)?;
    people::check_credentials(&state.app.store, &person.email, &passwords.current).await?;
    let new = hash_password(&passwords.new).await?;
    state.change(signed.actor(), async |tx| people::set_password(tx, &person.id, &new).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own API tokens.
#[utoipa::path(get, path = "/api/tokens", tag = "account", responses((status = 200, body = Vec<ApiToken>)))]
pub async fn list_tokens(
    State(state): State<ApiState>,
    signed: Signed,
) -> Result<axum::Json<Vec<ApiToken>>, ApiError> {
    Ok(axum::Json(tokens::list_tokens(&state.app.store, &signed.access.person).await?))
}

/// Makes an API token with one's own rights.
#[utoipa::path(post, path = "/api/tokens", tag = "account", request_body = TokenIn,
    responses((status = 200, body = TokenOut)))]
pub async fn create_token(
    State(state): State<ApiState>,
    signed: Signed,
    Json(new): Json<TokenIn>,
) -> Result<axum::Json<TokenOut>, ApiError> {
    let person = &signed.access.person;
    let create = async |tx: &mut Tx| tokens::create_token(tx, person, &new.name, new.expires_at).await;
    let (id, secret) = state.change(signed.actor(), create).await?;
    Ok(axum::Json(TokenOut { id, secret }))
}

/// Revokes one of one's own API tokens.
#[utoipa::path(delete, path = "/api/tokens/{id}", tag = "account", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn revoke_token(
    State(state): State<ApiState>,
    signed: Signed,
    Path(id): Path<TokenId>,
) -> Result<StatusCode, ApiError> {
    let person = &signed.access.person;
    state.change(signed.actor(), async |tx| tokens::revoke_token(tx, person, &id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The id of the session behind the cookie.
fn session_of(jar: &CookieJar) -> Option<String> {
    jar.get(SESSION_COOKIE).map(|cookie| hash_secret(cookie.value()))
}

async fn end_own(state: &ApiState, signed: &Signed, id: &str) -> Result<(), ApiError> {
    let person = &signed.access.person;
    state.change(signed.actor(), async |tx| sessions::end_session(tx, person, id).await).await
}

/// Makes a session and its cookie for somebody who has proved who they are.
pub(super) async fn sign_in(
    state: &ApiState,
    jar: CookieJar,
    client: &ClientInfo,
    person: &PersonId,
) -> Result<(CookieJar, axum::Json<SessionOut>), ApiError> {
    let create =
        async |tx: &mut Tx| sessions::create_session(tx, person, &client.agent, &client.address).await;
    let secret = state.change(Actor::Person(person.clone()), create).await?;
    let cookie = Cookie::build((SESSION_COOKIE, secret))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.config.secure_cookies)
        .permanent();
    let person = people::load_person(&state.app.store, person).await?;
    Ok((jar.add(cookie), axum::Json(person.into())))
}

impl From<Person> for SessionOut {
    fn from(person: Person) -> Self {
        let company_role = person.grants.iter().filter(|g| g.unit.is_none()).map(|g| g.role).max();
        Self {
            person: person.id,
            email: person.email,
            name: person.name,
            language: person.language,
            company_role,
            grants: person.grants,
        }
    }
}
