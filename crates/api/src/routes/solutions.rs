//! Plans A, B, C: estimates, order, hypothesis, release.

use axum::extract::State;
use jiff::civil::Date;
use otklik_backlog::hypothesis::{self, Hypothesis};
use otklik_backlog::problems::load_problem;
use otklik_backlog::release::release_solution as release;
use otklik_backlog::solutions::{
    self, Estimates, NewSolution, Solution, SolutionPatch, create_solution as create,
    drop_solution as give_up, load_solution, reorder_solutions, update_solution as update,
};
use otklik_metrics::{EffectMeasure, load_metric};
use otklik_store::ids::{PersonId, ProblemId, SolutionId, UnitId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::backlog_types::{AssessedOut, HypothesisOut, ReasonIn, VersionIn};
use super::problems::assess;
use crate::auth::{CanContribute, CanManage, CanView};
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EstimatesIn {
    /// 1 to 5, hardly any to solves it.
    pub effect: Option<u8>,
    /// 1 to 5, slow to at once.
    pub speed: Option<u8>,
    /// 1 to 5, cheap to dear.
    pub cost: Option<u8>,
    pub people: Option<f64>,
    pub money: Option<f64>,
    pub days: Option<u32>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SolutionIn {
    pub title: String,
    #[serde(default)]
    pub description: String,
    pub owner_id: Option<PersonId>,
    #[serde(default)]
    pub estimates: EstimatesIn,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SolutionPatchIn {
    /// The version that was on the screen.
    pub version: u64,
    pub title: Option<String>,
    pub description: Option<String>,
    /// `set_owner` with no `owner_id` leaves the plan to nobody.
    pub owner_id: Option<PersonId>,
    #[serde(default)]
    pub set_owner: bool,
    pub estimates: Option<EstimatesIn>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct OrderIn {
    /// The version of the problem that was on the screen.
    pub version: u64,
    /// All plans that are not dropped, in their new order.
    pub order: Vec<SolutionId>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct HypothesisIn {
    /// The version of the plan that was on the screen.
    pub version: u64,
    pub hypothesis: HypothesisOut,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct TryIn {
    pub hypothesis: HypothesisOut,
    /// As if the change had happened on this day: `2026-03-31`.
    pub release: String,
}

/// Adds the last plan of a problem.
#[utoipa::path(post, path = "/api/problems/{id}/solutions", tag = "backlog", params(("id" = String, Path)),
    request_body = SolutionIn, responses((status = 200, body = AssessedOut)))]
pub async fn create_solution(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(problem): Path<ProblemId>,
    Json(new): Json<SolutionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    contributor.require(load_problem(&state.app.store, &problem).await?.unit_id.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    let plan = NewSolution {
        title: new.title,
        description: new.description,
        owner_id: new.owner_id,
        estimates: new.estimates.into(),
    };
    create(&mut tx, &problem, plan).await?;
    tx.commit().await?;
    answer(&state, &problem).await
}

/// Puts the plans into another order; a released one keeps its place.
#[utoipa::path(put, path = "/api/problems/{id}/solutions/order", tag = "backlog", params(("id" = String, Path)),
    request_body = OrderIn, responses((status = 200, body = AssessedOut)))]
pub async fn reorder_plans(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(problem): Path<ProblemId>,
    Json(wanted): Json<OrderIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    contributor.require(load_problem(&state.app.store, &problem).await?.unit_id.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    reorder_solutions(&mut tx, &problem, wanted.version, &wanted.order).await?;
    tx.commit().await?;
    answer(&state, &problem).await
}

/// Edits a plan.
#[utoipa::path(patch, path = "/api/solutions/{id}", tag = "backlog", params(("id" = String, Path)),
    request_body = SolutionPatchIn, responses((status = 200, body = AssessedOut)))]
pub async fn update_solution(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(id): Path<SolutionId>,
    Json(patch): Json<SolutionPatchIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let (plan, unit) = plan_and_unit(&state, &id).await?;
    contributor.require(unit.as_ref())?;
    let owner_id = patch.set_owner.then_some(patch.owner_id);
    let patch = SolutionPatch {
        version: patch.version,
        title: patch.title,
        description: patch.description,
        owner_id,
        estimates: patch.estimates.map(Estimates::from),
    };
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    update(&mut tx, &id, patch).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
}

/// Gives a plan up before its release; the reason is kept.
#[utoipa::path(post, path = "/api/solutions/{id}/drop", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn drop_solution(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(id): Path<SolutionId>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let (plan, unit) = plan_and_unit(&state, &id).await?;
    contributor.require(unit.as_ref())?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    give_up(&mut tx, &id, wanted.version, &wanted.reason).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
}

/// Writes the draft of a plan's hypothesis.
#[utoipa::path(put, path = "/api/solutions/{id}/hypothesis", tag = "backlog", params(("id" = String, Path)),
    request_body = HypothesisIn, responses((status = 200, body = AssessedOut)))]
pub async fn set_hypothesis(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Path(id): Path<SolutionId>,
    Json(wanted): Json<HypothesisIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let (plan, unit) = plan_and_unit(&state, &id).await?;
    contributor.require(unit.as_ref())?;
    let hypothesis = read_hypothesis(&state, wanted.hypothesis).await?;
    let mut tx = state.app.store.begin(contributor.actor()).await?;
    hypothesis::set_hypothesis(&mut tx, &id, wanted.version, hypothesis).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
}

/// Fixes the hypothesis: from here on it cannot be bent to the result.
#[utoipa::path(post, path = "/api/solutions/{id}/hypothesis/fix", tag = "backlog", params(("id" = String, Path)),
    request_body = VersionIn, responses((status = 200, body = AssessedOut)))]
pub async fn fix_hypothesis(
    State(state): State<ApiState>,
    manager: CanManage,
    Path(id): Path<SolutionId>,
    Json(wanted): Json<VersionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let (plan, unit) = plan_and_unit(&state, &id).await?;
    manager.require(unit.as_ref())?;
    let today = state.app.today().await?;
    let mut tx = state.app.store.begin(manager.actor()).await?;
    hypothesis::fix_hypothesis(&mut tx, &id, wanted.version, today).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
}

/// Takes a fixed hypothesis back into draft, before the release, with a reason.
#[utoipa::path(post, path = "/api/solutions/{id}/hypothesis/unfix", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn unfix_hypothesis(
    State(state): State<ApiState>,
    manager: CanManage,
    Path(id): Path<SolutionId>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let (plan, unit) = plan_and_unit(&state, &id).await?;
    manager.require(unit.as_ref())?;
    let mut tx = state.app.store.begin(manager.actor()).await?;
    hypothesis::unfix_hypothesis(&mut tx, &id, wanted.version, &wanted.reason).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
}

/// Releases the current plan. Without a fixed hypothesis and a confirmed gate it is refused.
#[utoipa::path(post, path = "/api/solutions/{id}/release", tag = "backlog", params(("id" = String, Path)),
    request_body = VersionIn, responses((status = 200, body = AssessedOut)))]
pub async fn release_solution(
    State(state): State<ApiState>,
    manager: CanManage,
    Path(id): Path<SolutionId>,
    Json(wanted): Json<VersionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let (plan, unit) = plan_and_unit(&state, &id).await?;
    manager.require(unit.as_ref())?;
    let today = state.app.today().await?;
    let mut tx = state.app.store.begin(manager.actor()).await?;
    release(&mut tx, &id, wanted.version, today).await?;
    tx.commit().await?;
    answer(&state, &plan.problem_id).await
}

/// What the measurement of a hypothesis would say if the change had happened on a day of the past: shows before the
/// release whether the data can tell at all.
#[utoipa::path(post, path = "/api/problems/{id}/try", tag = "backlog", params(("id" = String, Path)),
    request_body = TryIn, responses((status = 200, body = EffectMeasure)))]
pub async fn try_hypothesis(
    State(state): State<ApiState>,
    reader: CanView,
    Path(problem): Path<ProblemId>,
    Json(wanted): Json<TryIn>,
) -> Result<axum::Json<EffectMeasure>, ApiError> {
    reader.require(load_problem(&state.app.store, &problem).await?.unit_id.as_ref())?;
    let hypothesis = read_hypothesis(&state, wanted.hypothesis).await?;
    let release = read_date(&wanted.release)?;
    Ok(axum::Json(state.app.measure_hypothesis(&problem, &hypothesis, release).await?))
}

/// A plan, and the unit that its problem belongs to.
pub(super) async fn plan_and_unit(
    state: &ApiState,
    id: &SolutionId,
) -> Result<(Solution, Option<UnitId>), ApiError> {
    let plan = load_solution(&state.app.store, id).await?;
    let unit = load_problem(&state.app.store, &plan.problem_id).await?.unit_id;
    Ok((plan, unit))
}

pub(super) async fn answer(
    state: &ApiState,
    problem: &ProblemId,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    assess(state, load_problem(&state.app.store, problem).await?).await
}

pub(super) fn read_date(text: &str) -> Result<Date, ApiError> {
    text.parse().map_err(|_| ApiError::request_invalid(format!("{text} is not a date such as 2026-03-31")))
}

async fn read_hypothesis(state: &ApiState, given: HypothesisOut) -> Result<Hypothesis, ApiError> {
    let version = given.metric_version.map(i64::from);
    let metric = load_metric(&state.app.store, &given.metric_code, version).await?;
    Ok(Hypothesis {
        change: given.change,
        metric_code: metric.code,
        metric_version: u32::try_from(metric.version).unwrap_or(u32::MAX),
        subject: given.subject.map(Into::into),
        control: given.control,
        direction: given.direction,
        smallest_effect: given.smallest_effect,
        unit: given.unit,
        settle_days: given.settle_days,
        before_days: given.before_days,
        after_days: given.after_days,
        check_on: read_date(&given.check_on)?,
    })
}

impl From<EstimatesIn> for solutions::Estimates {
    fn from(given: EstimatesIn) -> Self {
        Self {
            effect: given.effect,
            speed: given.speed,
            cost: given.cost,
            people: given.people,
            money: given.money,
            days: given.days,
        }
    }
}
