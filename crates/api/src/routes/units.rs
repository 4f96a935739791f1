//! Units and the company's settings.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_platform::currency::currencies;
use otklik_platform::settings::{self, CompanySettings};
use otklik_platform::units::{self, Unit, UnitIn};
use otklik_store::ids::UnitId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth::{CanAdminister, CanView};
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

/// What to change; what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyPatch {
    pub name: Option<String>,
    /// An IANA name such as `Europe/Moscow`: it says where a day of the numbers begins.
    pub time_zone: Option<String>,
    /// What all sums of money are in: a code of ISO 4217.
    pub currency: Option<String>,
}

/// All units of all trees.
#[utoipa::path(get, path = "/api/units", tag = "units", responses((status = 200, body = Vec<Unit>)))]
pub async fn list_units(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<Unit>>, ApiError> {
    Ok(axum::Json(units::list_units(&state.app.store).await?))
}

/// Adds a unit.
#[utoipa::path(post, path = "/api/units", tag = "units", request_body = UnitIn,
    responses((status = 200, body = UnitId)))]
pub async fn create_unit(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(unit): Json<UnitIn>,
) -> Result<axum::Json<UnitId>, ApiError> {
    let id = state.change(admin.actor(), async |tx| units::create_unit(tx, &unit).await).await?;
    state.app.refresh_directory().await?;
    Ok(axum::Json(id))
}

/// Changes a unit.
#[utoipa::path(put, path = "/api/units/{id}", tag = "units", params(("id" = String, Path)), request_body = UnitIn,
    responses((status = 204)))]
pub async fn update_unit(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<UnitId>,
    Json(unit): Json<UnitIn>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| units::update_unit(tx, &id, &unit).await).await?;
    state.app.refresh_directory().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a unit out of the pickers; what belongs to it stays.
#[utoipa::path(delete, path = "/api/units/{id}", tag = "units", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn archive_unit(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<UnitId>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| units::archive_unit(tx, &id).await).await?;
    state.app.refresh_directory().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What holds for the whole company.
#[utoipa::path(get, path = "/api/company", tag = "units", responses((status = 200, body = CompanySettings)))]
pub async fn load_company(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<CompanySettings>, ApiError> {
    Ok(axum::Json(settings::load_company(&state.app.store).await?))
}

/// The codes of the currencies that a company may count in.
#[utoipa::path(get, path = "/api/currencies", tag = "units", responses((status = 200, body = Vec<String>)))]
pub async fn list_currencies(_: CanView) -> axum::Json<Vec<&'static str>> {
    axum::Json(currencies().collect())
}

/// Changes the company's settings. With a new time zone every number is counted anew.
#[utoipa::path(put, path = "/api/company", tag = "units", request_body = CompanyPatch,
    responses((status = 204)))]
pub async fn update_company(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(patch): Json<CompanyPatch>,
) -> Result<StatusCode, ApiError> {
    let before = settings::load_company(&state.app.store).await?;
    let company = CompanySettings {
        name: patch.name.unwrap_or_else(|| before.name.clone()),
        time_zone: patch.time_zone.unwrap_or_else(|| before.time_zone.clone()),
        currency: patch.currency.unwrap_or_else(|| before.currency.clone()),
    };
    state.change(admin.actor(), async |tx| settings::save_company(tx, &company).await).await?;
    if before.time_zone != company.time_zone {
        state.app.rebuild_facts().await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
