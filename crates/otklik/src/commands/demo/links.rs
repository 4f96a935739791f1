//! Links that sign in without a password: only for a demo, good while its server runs.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Path};
use axum::http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use otklik_api::auth::SESSION_COOKIE;
use otklik_app::App;
use otklik_app::demo::DemoPerson;
use otklik_platform::{people, secrets, sessions};
use otklik_store::Actor;
use otklik_store::ids::PersonId;

use crate::failure::Failure;

/// A secret for each person, new with every start.
pub struct Links {
    by_email: BTreeMap<String, String>,
    people: Arc<BTreeMap<String, PersonId>>,
}

impl Links {
    pub async fn new(app: &App, wanted: &[DemoPerson]) -> Result<Self, Failure> {
        let (mut by_email, mut by_secret) = (BTreeMap::new(), BTreeMap::new());
        for person in people::list_people(&app.store).await? {
            if wanted.iter().any(|wanted| wanted.email == person.email) {
                let secret = secrets::new_secret("od_")?;
                by_email.insert(person.email, secret.clone());
                by_secret.insert(secret, person.id);
            }
        }
        Ok(Self { by_email, people: Arc::new(by_secret) })
    }

    /// Where a person's link leads.
    pub fn path(&self, person: &DemoPerson) -> String {
        format!("/demo/{}", self.by_email.get(&person.email).map_or("", String::as_str))
    }

    pub fn router(&self, app: App, secure: bool) -> Router {
        let known = self.people.clone();
        let open = async move |Path(secret): Path<String>,
                               ConnectInfo(from): ConnectInfo<SocketAddr>,
                               headers: HeaderMap| {
            let Some(person) = known.get(&secret) else { return home(None) };
            let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
            match sign_in(&app, person, agent, &from.ip().to_string()).await {
                Ok(session) => home(Some(cookie(&session, secure))),
                Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            }
        };
        Router::new().route("/demo/{secret}", get(open))
    }
}

async fn sign_in(app: &App, person: &PersonId, agent: &str, address: &str) -> Result<String, Failure> {
    let mut tx = app.store.begin(Actor::Person(person.clone())).await?;
    let session = sessions::create_session(&mut tx, person, agent, address).await?;
    tx.commit().await?;
    Ok(session)
}

fn cookie(session: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{SESSION_COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// To the first page, signed in or asked to.
fn home(cookie: Option<String>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, "/")]).into_response();
    if let Some(cookie) = cookie.and_then(|cookie| cookie.parse().ok()) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}
