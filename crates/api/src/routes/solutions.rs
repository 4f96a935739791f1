//! Plans A, B, C: estimates, order, hypothesis, release.

use axum::http::StatusCode;
use jiff::civil::Date;
use otklik_backlog::hypothesis::{self, Hypothesis};
use otklik_backlog::release::release_solution as release;
use otklik_backlog::solutions::{
    Estimates, NewSolution, SolutionPatch, create_solution as create, drop_solution as give_up,
    reorder_solutions, update_solution as update,
};
use otklik_metrics::EffectMeasure;
use otklik_store::ids::{PersonId, SolutionId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::backlog_types::{AssessedOut, HypothesisOut, ReasonIn, VersionIn};
use crate::auth::{Contribute, Manage, View};
use crate::extract::Json;
use crate::places::{PlanAt, ProblemAt};
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
    at: ProblemAt<Contribute>,
    Json(new): Json<SolutionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, problem| create(tx, problem, new.into()).await).await
}

/// Puts the plans into another order; a released one keeps its place.
#[utoipa::path(put, path = "/api/problems/{id}/solutions/order", tag = "backlog", params(("id" = String, Path)),
    request_body = OrderIn, responses((status = 200, body = AssessedOut)))]
pub async fn reorder_plans(
    at: ProblemAt<Contribute>,
    Json(wanted): Json<OrderIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, problem| reorder_solutions(tx, problem, wanted.version, &wanted.order).await).await
}

/// Edits a plan.
#[utoipa::path(patch, path = "/api/solutions/{id}", tag = "backlog", params(("id" = String, Path)),
    request_body = SolutionPatchIn, responses((status = 200, body = AssessedOut)))]
pub async fn update_solution(
    at: PlanAt<Contribute>,
    Json(patch): Json<SolutionPatchIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| update(tx, id, patch.into()).await).await
}

/// Gives a plan up before its release; the reason is kept.
#[utoipa::path(post, path = "/api/solutions/{id}/drop", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn drop_solution(
    at: PlanAt<Contribute>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| give_up(tx, id, wanted.version, &wanted.reason).await).await
}

/// Writes the draft of a plan's hypothesis.
#[utoipa::path(put, path = "/api/solutions/{id}/hypothesis", tag = "backlog", params(("id" = String, Path)),
    request_body = HypothesisIn, responses((status = 200, body = AssessedOut)))]
pub async fn set_hypothesis(
    at: PlanAt<Contribute>,
    Json(wanted): Json<HypothesisIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let hypothesis = read_hypothesis(&at.state, wanted.hypothesis).await?;
    at.answer(async |tx, id| hypothesis::set_hypothesis(tx, id, wanted.version, hypothesis).await).await
}

/// Fixes the hypothesis: from here on it cannot be bent to the result.
#[utoipa::path(post, path = "/api/solutions/{id}/hypothesis/fix", tag = "backlog", params(("id" = String, Path)),
    request_body = VersionIn, responses((status = 200, body = AssessedOut)))]
pub async fn fix_hypothesis(
    at: PlanAt<Manage>,
    Json(wanted): Json<VersionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let today = at.state.app.today().await?;
    at.answer(async |tx, id| hypothesis::fix_hypothesis(tx, id, wanted.version, today).await).await
}

/// Takes a fixed hypothesis back into draft, before the release, with a reason.
#[utoipa::path(post, path = "/api/solutions/{id}/hypothesis/unfix", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn unfix_hypothesis(
    at: PlanAt<Manage>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| hypothesis::unfix_hypothesis(tx, id, wanted.version, &wanted.reason).await).await
}

/// Releases the current plan. Without a fixed hypothesis and a confirmed gate it is refused.
#[utoipa::path(post, path = "/api/solutions/{id}/release", tag = "backlog", params(("id" = String, Path)),
    request_body = VersionIn, responses((status = 200, body = AssessedOut)))]
pub async fn release_solution(
    at: PlanAt<Manage>,
    Json(wanted): Json<VersionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    let today = at.state.app.today().await?;
    at.answer(async |tx, id| release(tx, id, wanted.version, today).await).await
}

/// What the measurement of a hypothesis would say if the change had happened on a day of the past: shows before the
/// release whether the data can tell at all.
#[utoipa::path(post, path = "/api/problems/{id}/try", tag = "backlog", params(("id" = String, Path)),
    request_body = TryIn, responses((status = 200, body = EffectMeasure)))]
pub async fn try_hypothesis(
    at: ProblemAt<View>,
    Json(wanted): Json<TryIn>,
) -> Result<axum::Json<EffectMeasure>, ApiError> {
    let hypothesis = read_hypothesis(&at.state, wanted.hypothesis).await?;
    let release = read_date(&wanted.release)?;
    Ok(axum::Json(at.state.app.measure_hypothesis(&at.problem.id, &hypothesis, release).await?))
}

pub(super) fn read_date(text: &str) -> Result<Date, ApiError> {
    text.parse().map_err(|_| ApiError::new(StatusCode::BAD_REQUEST, "bad_date").with("value", text))
}

async fn read_hypothesis(state: &ApiState, given: HypothesisOut) -> Result<Hypothesis, ApiError> {
    let version = given.metric_version.map(i64::from);
    let metric = state.app.load_metric(&given.metric_code, version).await?;
    metric.check_effect()?;
    let metric = metric.definition;
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

impl From<SolutionIn> for NewSolution {
    fn from(new: SolutionIn) -> Self {
        let SolutionIn { title, description, owner_id, estimates } = new;
        Self { title, description, owner_id, estimates: estimates.into() }
    }
}

impl From<SolutionPatchIn> for SolutionPatch {
    fn from(patch: SolutionPatchIn) -> Self {
        Self {
            version: patch.version,
            title: patch.title,
            description: patch.description,
            owner_id: patch.set_owner.then_some(patch.owner_id),
            estimates: patch.estimates.map(Estimates::from),
        }
    }
}

impl From<EstimatesIn> for Estimates {
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
