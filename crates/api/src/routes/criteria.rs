//! The formula that ranks the backlog.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_backlog::criteria::{load_criteria as load_set, update_criteria as update_set};
use otklik_backlog::formula::Variable;
use otklik_store::Tx;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanAdminister, CanView};
use crate::extract::Json;
use crate::{ApiError, ApiState};

#[derive(Debug, Serialize, ToSchema)]
pub struct CriteriaOut {
    pub name_ru: String,
    pub name_en: String,
    pub formula: String,
    pub version: u64,
    /// The names that a formula may use.
    pub variables: Vec<Variable>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriteriaIn {
    pub version: u64,
    pub name_ru: String,
    pub name_en: String,
    pub formula: String,
}

/// The formula that ranks the backlog.
#[utoipa::path(get, path = "/api/criteria", tag = "backlog", responses((status = 200, body = CriteriaOut)))]
pub async fn load_criteria(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<CriteriaOut>, ApiError> {
    let set = load_set(&state.app.store).await?;
    Ok(axum::Json(CriteriaOut {
        name_ru: set.name_ru,
        name_en: set.name_en,
        formula: set.formula.text().to_owned(),
        version: set.version,
        variables: Variable::ALL.to_vec(),
    }))
}

/// Changes the formula; every score follows at once.
#[utoipa::path(put, path = "/api/criteria", tag = "backlog", request_body = CriteriaIn, responses((status = 204)))]
pub async fn update_criteria(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(changed): Json<CriteriaIn>,
) -> Result<StatusCode, ApiError> {
    let CriteriaIn { version, name_ru, name_en, formula } = changed;
    let change = async |tx: &mut Tx| update_set(tx, version, &name_ru, &name_en, &formula).await;
    state.change(admin.actor(), change).await?;
    Ok(StatusCode::NO_CONTENT)
}
