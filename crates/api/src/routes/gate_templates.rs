//! The lists that release gates start from.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_backlog::gates::{
    GateLine, GateTemplate, TemplateContent, archive_gate_template, create_gate_template,
    list_gate_templates, update_gate_template,
};
use otklik_store::Tx;
use otklik_store::ids::GateTemplateId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanAdminister, CanView};
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateIn {
    pub name_ru: String,
    pub name_en: String,
    pub lines: Vec<GateLine>,
    #[serde(default)]
    pub position: u32,
    /// The version that was on the screen; not for a new one.
    pub version: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateOut {
    pub id: GateTemplateId,
    pub name_ru: String,
    pub name_en: String,
    pub lines: Vec<GateLine>,
    pub position: u32,
    pub version: u64,
}

/// The lists that gates start from.
#[utoipa::path(get, path = "/api/gate-templates", tag = "backlog", responses((status = 200, body = Vec<TemplateOut>)))]
pub async fn list_templates(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<TemplateOut>>, ApiError> {
    let templates = list_gate_templates(&state.app.store, false).await?;
    Ok(axum::Json(templates.into_iter().map(TemplateOut::from).collect()))
}

/// Adds a list.
#[utoipa::path(post, path = "/api/gate-templates", tag = "backlog", request_body = TemplateIn,
    responses((status = 200, body = TemplateOut)))]
pub async fn create_template(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(new): Json<TemplateIn>,
) -> Result<axum::Json<TemplateOut>, ApiError> {
    let created = state.change(admin.actor(), async |tx| create_gate_template(tx, new.into()).await).await?;
    Ok(axum::Json(created.into()))
}

/// Changes a list; gates that were started keep their lines.
#[utoipa::path(put, path = "/api/gate-templates/{id}", tag = "backlog", params(("id" = String, Path)),
    request_body = TemplateIn, responses((status = 200, body = TemplateOut)))]
pub async fn update_template(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path(id): Path<GateTemplateId>,
    Json(changed): Json<TemplateIn>,
) -> Result<axum::Json<TemplateOut>, ApiError> {
    let version = changed.version.ok_or_else(|| ApiError::request_invalid("version is missing"))?;
    let change = async |tx: &mut Tx| update_gate_template(tx, &id, version, changed.into()).await;
    Ok(axum::Json(state.change(admin.actor(), change).await?.into()))
}

/// Takes a list out of use.
#[utoipa::path(delete, path = "/api/gate-templates/{id}/{version}", tag = "backlog",
    params(("id" = String, Path), ("version" = u64, Path)), responses((status = 204)))]
pub async fn archive_template(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path((id, version)): Path<(GateTemplateId, u64)>,
) -> Result<StatusCode, ApiError> {
    state.change(admin.actor(), async |tx| archive_gate_template(tx, &id, version).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<TemplateIn> for TemplateContent {
    fn from(given: TemplateIn) -> Self {
        let TemplateIn { name_ru, name_en, lines, position, .. } = given;
        Self { name_ru, name_en, lines, position }
    }
}

impl From<GateTemplate> for TemplateOut {
    fn from(template: GateTemplate) -> Self {
        let GateTemplate { id, name_ru, name_en, lines, position, version, .. } = template;
        Self { id, name_ru, name_en, lines, position, version }
    }
}
