//! People of the company, for administrators.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_platform::people::{self, Grant, NewPerson, Person};
use otklik_platform::{PlatformError, invitations};
use otklik_store::Tx;
use otklik_store::ids::PersonId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanAdminister, CanView};
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonIn {
    pub email: String,
    pub name: String,
    pub grants: Vec<Grant>,
}

/// A new person and the one-time address that lets them set a password.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonCreated {
    pub id: PersonId,
    /// The path of the address: it is to be put behind the server's own.
    pub invitation: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct DisabledIn {
    pub disabled: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LinkOut {
    pub invitation: String,
}

/// Everybody: owners and confirmers are chosen from this list.
#[utoipa::path(get, path = "/api/people", tag = "people", responses((status = 200, body = Vec<Person>)))]
pub async fn list_people(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<Person>>, ApiError> {
    Ok(axum::Json(people::list_people(&state.app.store).await?))
}

/// Adds a person and makes their invitation.
#[utoipa::path(post, path = "/api/people", tag = "people", request_body = PersonIn,
    responses((status = 200, body = PersonCreated)))]
pub async fn create_person(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(new): Json<PersonIn>,
) -> Result<axum::Json<PersonCreated>, ApiError> {
    let PersonIn { email, name, grants } = new;
    let person = NewPerson { email, name, language: None, grants, password: None };
    let create = async |tx: &mut Tx| {
        let id = people::create_person(tx, person).await?;
        let secret = invitations::create_invitation(tx, Some(&id)).await?;
        Ok::<_, PlatformError>((id, secret))
    };
    let (id, secret) = state.change(admin.actor(), create).await?;
    Ok(axum::Json(PersonCreated { id, invitation: invitation_path(&secret) }))
}

/// Replaces the roles of a person.
#[utoipa::path(put, path = "/api/people/{id}/roles", tag = "people", params(("id" = String, Path)),
    request_body = Vec<Grant>, responses((status = 204)))]
pub async fn update_roles(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<PersonId>,
    Json(grants): Json<Vec<Grant>>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| people::set_grants(tx, &id, &grants).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Locks a person out, or lets them in again.
#[utoipa::path(put, path = "/api/people/{id}/disabled", tag = "people", params(("id" = String, Path)),
    request_body = DisabledIn, responses((status = 204)))]
pub async fn update_disabled(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<PersonId>,
    Json(wanted): Json<DisabledIn>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| people::set_disabled(tx, &id, wanted.disabled).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a new one-time address for a person, also for a forgotten password.
#[utoipa::path(post, path = "/api/people/{id}/invitation", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = LinkOut)))]
pub async fn invite_person(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<PersonId>,
) -> Result<axum::Json<LinkOut>, ApiError> {
    people::load_person(&state.app.store, &id).await?;
    let invite = async |tx: &mut Tx| invitations::create_invitation(tx, Some(&id)).await;
    let secret = state.change(admin.actor(), invite).await?;
    Ok(axum::Json(LinkOut { invitation: invitation_path(&secret) }))
}

fn invitation_path(secret: &str) -> String {
    format!("/invitation/{secret}")
}
