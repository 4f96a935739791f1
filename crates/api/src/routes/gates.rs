//! Release gates: the lines of a plan, who confirms them, and with what proof.

use otklik_backlog::gates::{self, GateItem, GateLine};
use otklik_store::ids::{GateItemId, GateTemplateId, PersonId, SolutionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ApiError;
use crate::auth::{Contribute, View};
use crate::extract::Json;
use crate::places::{GateLineAt, PlanAt};

#[derive(Debug, Deserialize, ToSchema)]
pub struct StartGateIn {
    pub template: GateTemplateId,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ConfirmIn {
    /// A link or a note that shows it.
    #[serde(default)]
    pub proof: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawIn {
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct AssignIn {
    /// Who alone may confirm; anybody when absent.
    pub confirmer: Option<PersonId>,
}

/// A line of a plan's gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateItemOut {
    pub id: GateItemId,
    pub solution_id: SolutionId,
    pub title_ru: String,
    pub title_en: String,
    pub confirmer_id: Option<PersonId>,
    pub confirmed_by: Option<PersonId>,
    pub confirmed_at: Option<i64>,
    pub proof: String,
}

/// The gate of a plan, in order.
#[utoipa::path(get, path = "/api/solutions/{id}/gate", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = Vec<GateItemOut>)))]
pub async fn list_gate(at: PlanAt<View>) -> Result<axum::Json<Vec<GateItemOut>>, ApiError> {
    let items = gates::list_gate_items(&at.state.app.store, &at.plan.id).await?;
    Ok(axum::Json(items.into_iter().map(GateItemOut::from).collect()))
}

/// Starts the gate of a plan from a list.
#[utoipa::path(post, path = "/api/solutions/{id}/gate", tag = "backlog", params(("id" = String, Path)),
    request_body = StartGateIn, responses((status = 200, body = Vec<GateItemOut>)))]
pub async fn start_gate(
    at: PlanAt<Contribute>,
    Json(wanted): Json<StartGateIn>,
) -> Result<axum::Json<Vec<GateItemOut>>, ApiError> {
    let items = at.change(async |tx, plan| gates::start_gate(tx, plan, &wanted.template).await).await?;
    Ok(axum::Json(items.into_iter().map(GateItemOut::from).collect()))
}

/// Adds a line to the gate of a plan.
#[utoipa::path(post, path = "/api/solutions/{id}/gate/items", tag = "backlog", params(("id" = String, Path)),
    request_body = GateLine, responses((status = 200, body = GateItemOut)))]
pub async fn add_gate_item(
    at: PlanAt<Contribute>,
    Json(line): Json<GateLine>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    let item = at.change(async |tx, plan| gates::add_gate_item(tx, plan, &line).await).await?;
    Ok(axum::Json(item.into()))
}

/// Names who confirms a line.
#[utoipa::path(put, path = "/api/solutions/{id}/gate/items/{item}/confirmer", tag = "backlog",
    params(("id" = String, Path), ("item" = String, Path)), request_body = AssignIn,
    responses((status = 200, body = GateItemOut)))]
pub async fn assign_gate_item(
    line: GateLineAt<Contribute>,
    Json(wanted): Json<AssignIn>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    let confirmer = wanted.confirmer.as_ref();
    let item = line.at.change(async |tx, _| gates::assign_gate_item(tx, &line.item, confirmer).await).await?;
    Ok(axum::Json(item.into()))
}

/// Confirms a line in one's own name.
#[utoipa::path(post, path = "/api/solutions/{id}/gate/items/{item}/confirm", tag = "backlog",
    params(("id" = String, Path), ("item" = String, Path)), request_body = ConfirmIn,
    responses((status = 200, body = GateItemOut)))]
pub async fn confirm_gate_item(
    line: GateLineAt<Contribute>,
    Json(wanted): Json<ConfirmIn>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    let item =
        line.at.change(async |tx, _| gates::confirm_gate_item(tx, &line.item, &wanted.proof).await).await?;
    Ok(axum::Json(item.into()))
}

/// Takes a confirmation back, with a reason.
#[utoipa::path(post, path = "/api/solutions/{id}/gate/items/{item}/withdraw", tag = "backlog",
    params(("id" = String, Path), ("item" = String, Path)), request_body = WithdrawIn,
    responses((status = 200, body = GateItemOut)))]
pub async fn withdraw_gate_item(
    line: GateLineAt<Contribute>,
    Json(wanted): Json<WithdrawIn>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    let item =
        line.at.change(async |tx, _| gates::withdraw_gate_item(tx, &line.item, &wanted.reason).await).await?;
    Ok(axum::Json(item.into()))
}

impl From<GateItem> for GateItemOut {
    fn from(item: GateItem) -> Self {
        Self {
            id: item.id,
            solution_id: item.solution_id,
            title_ru: item.line.title_ru,
            title_en: item.line.title_en,
            confirmer_id: item.confirmer_id,
            confirmed_by: item.confirmed_by,
            confirmed_at: item.confirmed_at,
            proof: item.proof,
        }
    }
}
