//! Somebody signed in: by the screen's cookie or by a program's token.

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, HeaderMap};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum_extra::extract::CookieJar;
use otklik_platform::{Access, people, sessions, tokens};
use otklik_store::{Actor, StoreError};

use crate::{ApiError, ApiState};

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "otklik_session";

/// What the screen sends with every change; a foreign page cannot.
const CSRF_HEADER: &str = "x-otklik-csrf";

/// Somebody who has an account and has proved it.
#[derive(Debug, Clone)]
pub struct Signed {
    pub access: Access,
}

impl Signed {
    pub fn actor(&self) -> Actor {
        Actor::Person(self.access.person.clone())
    }
}

impl FromRequestParts<ApiState> for Signed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let store = &state.app.store;
        let person = match bearer(&parts.headers) {
            Some(token) => tokens::find_token(store, token).await?,
            None => by_cookie(parts, state).await?,
        };
        let person = person.ok_or_else(ApiError::unauthenticated)?;
        let access = match people::load_access(store, &person).await {
            Err(StoreError::NotFound { .. }) => return Err(ApiError::unauthenticated()),
            other => other?,
        };
        let signed = Self { access };
        parts.extensions.insert(signed.clone());
        Ok(signed)
    }
}

async fn by_cookie(parts: &Parts, state: &ApiState) -> Result<Option<otklik_store::ids::PersonId>, ApiError> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(cookie) = jar.get(SESSION_COOKIE) else { return Ok(None) };
    let Some((person, is_stale)) = sessions::find_session(&state.app.store, cookie.value()).await? else {
        return Ok(None);
    };
    refuse_foreign_pages(parts)?;
    if is_stale {
        let actor = Actor::Person(person.clone());
        state.change(actor, async |tx| sessions::touch_session(tx, cookie.value()).await).await?;
    }
    Ok(Some(person))
}

/// Browsers send the cookie along with requests of foreign pages too, but not our header.
fn refuse_foreign_pages(parts: &Parts) -> Result<(), ApiError> {
    let is_safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || parts.headers.contains_key(CSRF_HEADER) {
        return Ok(());
    }
    Err(ApiError::new(StatusCode::FORBIDDEN, "csrf"))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
