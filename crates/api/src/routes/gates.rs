//! Release gates and their templates, verdicts, criteria.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_backlog::criteria::{load_criteria as load_set, update_criteria as update_set};
use otklik_backlog::formula::Variable;
use otklik_backlog::gates::{
    self, GateItem, GateLine, GateTemplate, TemplateContent, archive_gate_template, create_gate_template,
    list_gate_templates, update_gate_template,
};
use otklik_backlog::verdicts::{self, Outcome, Signature, Verdict};
use otklik_metrics::EffectMeasure;
use otklik_store::ids::{GateItemId, GateTemplateId, PersonId, SolutionId, VerdictId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::backlog_types::AssessedOut;
use super::solutions::{answer, plan_and_unit, read_date};
use crate::auth::{CanAdminister, CanContribute, CanManage, CanView};
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

/// The measured and, once signed, decided result of a check.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictOut {
    pub id: VerdictId,
    pub solution_id: SolutionId,
    pub check_on: String,
    #[schema(value_type = EffectMeasure)]
    pub measure: serde_json::Value,
    pub proposed: Outcome,
    pub proposed_at: i64,
    pub signed: Option<Outcome>,
    pub signed_by: Option<PersonId>,
    pub signed_at: Option<i64>,
    pub comment: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignatureIn {
    pub outcome: Outcome,
    /// Obligatory where the outcome is not the proposed one.
    #[serde(default)]
    pub comment: String,
    /// Obligatory for «cannot tell»: `2026-03-31`.
    pub next_check_on: Option<String>,
}

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
    let mut tx = state.app.store.begin(admin.actor()).await?;
    let template = create_gate_template(&mut tx, new.into()).await?;
    tx.commit().await?;
    Ok(axum::Json(template.into()))
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
    let version = changed.version.unwrap_or_default();
    let mut tx = state.app.store.begin(admin.actor()).await?;
    let template = update_gate_template(&mut tx, &id, version, changed.into()).await?;
    tx.commit().await?;
    Ok(axum::Json(template.into()))
}

/// Takes a list out of use.
#[utoipa::path(delete, path = "/api/gate-templates/{id}/{version}", tag = "backlog",
    params(("id" = String, Path), ("version" = u64, Path)), responses((status = 204)))]
pub async fn archive_template(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Path((id, version)): Path<(GateTemplateId, u64)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.app.store.begin(admin.actor()).await?;
    archive_gate_template(&mut tx, &id, version).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The gate of a plan, in order.
#[utoipa::path(get, path = "/api/solutions/{id}/gate", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = Vec<GateItemOut>)))]
pub async fn list_gate(
    State(state): State<ApiState>,
    reader: CanView,
    Path(id): Path<SolutionId>,
) -> Result<axum::Json<Vec<GateItemOut>>, ApiError> {
    reader.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let items = gates::list_gate_items(&state.app.store, &id).await?;
    Ok(axum::Json(items.into_iter().map(GateItemOut::from).collect()))
}

/// Starts the gate of a plan from a list.
#[utoipa::path(post, path = "/api/solutions/{id}/gate", tag = "backlog", params(("id" = String, Path)),
    request_body = StartGateIn, responses((status = 200, body = Vec<GateItemOut>)))]
pub async fn start_gate(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(id): Path<SolutionId>,
    Json(wanted): Json<StartGateIn>,
) -> Result<axum::Json<Vec<GateItemOut>>, ApiError> {
    contributor.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    let items = gates::start_gate(&mut tx, &id, &wanted.template).await?;
    tx.commit().await?;
    Ok(axum::Json(items.into_iter().map(GateItemOut::from).collect()))
}

/// Adds a line to the gate of a plan.
#[utoipa::path(post, path = "/api/solutions/{id}/gate/items", tag = "backlog", params(("id" = String, Path)),
    request_body = GateLine, responses((status = 200, body = GateItemOut)))]
pub async fn add_gate_item(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(id): Path<SolutionId>,
    Json(line): Json<GateLine>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    contributor.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    let item = gates::add_gate_item(&mut tx, &id, &line).await?;
    tx.commit().await?;
    Ok(axum::Json(item.into()))
}

/// Names who confirms a line.
#[utoipa::path(put, path = "/api/solutions/{id}/gate/items/{item}/confirmer", tag = "backlog",
    params(("id" = String, Path), ("item" = String, Path)), request_body = AssignIn,
    responses((status = 200, body = GateItemOut)))]
pub async fn assign_gate_item(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path((id, item)): Path<(SolutionId, GateItemId)>,
    Json(wanted): Json<AssignIn>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    require_item(&state, &id, &item).await?;
    contributor.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    let item = gates::assign_gate_item(&mut tx, &item, wanted.confirmer.as_ref()).await?;
    tx.commit().await?;
    Ok(axum::Json(item.into()))
}

/// Confirms a line in one's own name.
#[utoipa::path(post, path = "/api/solutions/{id}/gate/items/{item}/confirm", tag = "backlog",
    params(("id" = String, Path), ("item" = String, Path)), request_body = ConfirmIn,
    responses((status = 200, body = GateItemOut)))]
pub async fn confirm_gate_item(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path((id, item)): Path<(SolutionId, GateItemId)>,
    Json(wanted): Json<ConfirmIn>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    require_item(&state, &id, &item).await?;
    contributor.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    let item = gates::confirm_gate_item(&mut tx, &item, &wanted.proof).await?;
    tx.commit().await?;
    Ok(axum::Json(item.into()))
}

/// Takes a confirmation back, with a reason.
#[utoipa::path(post, path = "/api/solutions/{id}/gate/items/{item}/withdraw", tag = "backlog",
    params(("id" = String, Path), ("item" = String, Path)), request_body = WithdrawIn,
    responses((status = 200, body = GateItemOut)))]
pub async fn withdraw_gate_item(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path((id, item)): Path<(SolutionId, GateItemId)>,
    Json(wanted): Json<WithdrawIn>,
) -> Result<axum::Json<GateItemOut>, ApiError> {
    require_item(&state, &id, &item).await?;
    contributor.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    let item = gates::withdraw_gate_item(&mut tx, &item, &wanted.reason).await?;
    tx.commit().await?;
    Ok(axum::Json(item.into()))
}

/// The verdicts of a plan, oldest first.
#[utoipa::path(get, path = "/api/solutions/{id}/verdicts", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = Vec<VerdictOut>)))]
pub async fn list_verdicts(
    State(state): State<ApiState>,
    reader: CanView,
    Path(id): Path<SolutionId>,
) -> Result<axum::Json<Vec<VerdictOut>>, ApiError> {
    reader.require(plan_and_unit(&state, &id).await?.1.as_ref())?;
    let verdicts = verdicts::list_verdicts(&state.app.store, &id).await?;
    Ok(axum::Json(verdicts.into_iter().map(VerdictOut::from).collect()))
}

/// Signs a verdict in one's own name; failure makes the next plan current.
#[utoipa::path(post, path = "/api/verdicts/{id}/sign", tag = "backlog", params(("id" = String, Path)),
    request_body = SignatureIn, responses((status = 200, body = AssessedOut)))]
pub async fn sign_verdict(
    State(state): State<ApiState>,
    manager: CanManage,
    Path(id): Path<VerdictId>,
    Json(given): Json<SignatureIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let verdict = verdicts::load_verdict(&state.app.store, &id).await?;
    let (plan, unit) = plan_and_unit(&state, &verdict.solution_id).await?;
    manager.require(unit.as_ref())?;
    let next_check_on = given.next_check_on.as_deref().map(read_date).transpose()?;
    let signature = Signature { outcome: given.outcome, comment: given.comment, next_check_on };
    let today = state.app.today().await?;
    let mut tx = state.app.store.begin(manager.actor()).await?;
    verdicts::sign_verdict(&mut tx, &id, signature, today).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
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
    let mut tx = state.app.store.begin(admin.actor()).await?;
    update_set(&mut tx, changed.version, &changed.name_ru, &changed.name_en, &changed.formula).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A line belongs to the plan whose unit was asked for.
async fn require_item(state: &ApiState, plan: &SolutionId, item: &GateItemId) -> Result<(), ApiError> {
    let items = gates::list_gate_items(&state.app.store, plan).await?;
    if items.iter().any(|of_plan| of_plan.id == *item) { Ok(()) } else { Err(ApiError::not_found()) }
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

impl From<Verdict> for VerdictOut {
    fn from(verdict: Verdict) -> Self {
        let signature = verdict.signature;
        Self {
            id: verdict.id,
            solution_id: verdict.solution_id,
            check_on: verdict.check_on.to_string(),
            measure: verdict.measure,
            proposed: verdict.proposed,
            proposed_at: verdict.proposed_at,
            signed: signature.as_ref().map(|s| s.outcome),
            signed_by: signature.as_ref().map(|s| s.by.clone()),
            signed_at: signature.as_ref().map(|s| s.at),
            comment: signature.map(|s| s.comment).unwrap_or_default(),
        }
    }
}
