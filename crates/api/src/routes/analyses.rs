//! Analyses: what moves a score, what each topic takes from it, what a change did.

use axum::extract::State;
use otklik_app::effects::{Change, ReleasedPlan, Spans};
use otklik_facts::Filter;
use otklik_metrics::{DriverAnswer, DriverQuestion, EffectMeasure, TopicAnswer, TopicQuestion};
use otklik_stats::effect;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::solutions::read_date;
use crate::auth::{CanView, View};
use crate::extract::Json;
use crate::places::PlanAt;
use crate::{ApiError, ApiState};

/// What may drive a score, and words that narrow the answers as in the stream.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DriverQuestionIn {
    pub question: DriverQuestion,
    pub search: Option<String>,
}

/// Which score to divide among its topics, and words that narrow the answers as in the stream.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TopicQuestionIn {
    pub question: TopicQuestion,
    pub search: Option<String>,
}

/// What moves a score: importance, performance and sign of each driver, those that chance explains marked.
#[utoipa::path(post, path = "/api/metrics/drivers", tag = "metrics", request_body = DriverQuestionIn,
    responses((status = 200, body = DriverAnswer)))]
pub async fn find_drivers(
    State(state): State<ApiState>,
    reader: CanView,
    Json(asked): Json<DriverQuestionIn>,
) -> Result<axum::Json<DriverAnswer>, ApiError> {
    let found = state.app.find_drivers(&reader.scope, asked.question, asked.search.as_deref()).await?;
    Ok(axum::Json(found))
}

/// What each topic takes from a score and gives to it, in points that add up to the score.
#[utoipa::path(post, path = "/api/metrics/topics", tag = "metrics", request_body = TopicQuestionIn,
    responses((status = 200, body = TopicAnswer)))]
pub async fn find_topic_effects(
    State(state): State<ApiState>,
    reader: CanView,
    Json(asked): Json<TopicQuestionIn>,
) -> Result<axum::Json<TopicAnswer>, ApiError> {
    let found = state.app.find_topic_effects(&reader.scope, asked.question, asked.search.as_deref()).await?;
    Ok(axum::Json(found))
}

/// A change, and what was hoped of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectIn {
    pub metric: String,
    /// Whom the change concerned; everybody by default.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    /// Others like them whom it did not concern.
    #[schema(value_type = Option<Object>)]
    pub control: Option<Filter>,
    /// The day of the change.
    pub on: String,
    #[serde(default)]
    pub settle_days: u32,
    pub before_days: u32,
    pub after_days: u32,
    /// Which way, and the smallest effect worth having.
    pub hypothesis: effect::Hypothesis,
}

/// A released plan with a hypothesis.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasedPlanOut {
    pub solution_id: String,
    pub problem_id: String,
    pub problem: String,
    pub title: String,
    pub metric: String,
    pub released_on: String,
    /// The day on which the verdict falls due or fell.
    pub check_on: String,
}

/// The effect of a change, measured as a plan's verdict is. Before its time is over the interval is one that holds
/// however often one looks.
#[utoipa::path(post, path = "/api/metrics/effect", tag = "metrics", request_body = EffectIn,
    responses((status = 200, body = EffectMeasure)))]
pub async fn measure_change(
    State(state): State<ApiState>,
    reader: CanView,
    Json(asked): Json<EffectIn>,
) -> Result<axum::Json<EffectMeasure>, ApiError> {
    let longest = [asked.before_days, asked.after_days, asked.settle_days].into_iter().max();
    if longest.is_some_and(|days| days > MOST_DAYS) || asked.before_days == 0 || asked.after_days == 0 {
        return Err(ApiError::request_invalid(format!("periods have 1 to {MOST_DAYS} days")));
    }
    let change = Change {
        metric: asked.metric,
        filter: asked.filter,
        control: asked.control,
        on: read_date(&asked.on)?,
        spans: Spans {
            before_days: asked.before_days,
            settle_days: asked.settle_days,
            after_days: asked.after_days,
        },
        hypothesis: asked.hypothesis,
    };
    Ok(axum::Json(state.app.measure_change(&reader.scope, change).await?))
}

/// Every week is counted by itself.
const MOST_DAYS: u32 = 1_100;

/// Released plans with a hypothesis, the latest first.
#[utoipa::path(get, path = "/api/metrics/releases", tag = "metrics",
    responses((status = 200, body = Vec<ReleasedPlanOut>)))]
pub async fn list_released_plans(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<Vec<ReleasedPlanOut>>, ApiError> {
    let released = state.app.list_released_plans(&reader.scope).await?.into_iter();
    Ok(axum::Json(released.filter_map(released_out).collect()))
}

fn released_out(released: ReleasedPlan) -> Option<ReleasedPlanOut> {
    let hypothesis = released.plan.hypothesis?;
    Some(ReleasedPlanOut {
        solution_id: released.plan.id.0,
        problem_id: released.problem_id.0,
        problem: released.problem,
        title: released.plan.title,
        metric: hypothesis.metric_code,
        released_on: released.released_on.to_string(),
        check_on: hypothesis.check_on.to_string(),
    })
}

/// A released plan as the data show it today: once its time is over as its verdict measures it, until then by an
/// interval that holds however often one looks.
#[utoipa::path(get, path = "/api/solutions/{id}/effect", tag = "metrics", params(("id" = String, Path)),
    responses((status = 200, body = EffectMeasure)))]
pub async fn load_plan_effect(at: PlanAt<View>) -> Result<axum::Json<EffectMeasure>, ApiError> {
    Ok(axum::Json(at.state.app.look_at_plan(&at.plan).await?))
}
