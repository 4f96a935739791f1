//! Alert rules: my own, and those for the people of units that I manage.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_metrics::{AlertRule, AlertRuleIn, Condition};
use otklik_platform::Right;
use otklik_store::ids::AlertRuleId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::CanView;
use crate::extract::{Json, Path};
use crate::{ApiError, ApiState};

#[derive(Debug, Serialize, ToSchema)]
pub struct AlertRuleOut {
    #[serde(flatten)]
    pub rule: AlertRule,
    /// Whether I may change it.
    pub may_change: bool,
}

/// Its owner may change a rule, and who manages the unit that it is for.
fn may_change(reader: &CanView, rule: &AlertRule) -> bool {
    let manages = reader.access.scope(Right::Manage);
    rule.owner == reader.access.person
        || rule.unit_id.is_some() && manages.is_some_and(|scope| scope.covers(rule.unit_id.as_ref()))
}

/// One asks only for what one may see, and for others only where one manages.
fn require(reader: &CanView, rule: &AlertRuleIn) -> Result<(), ApiError> {
    if rule.unit_id.is_some() {
        let manages = reader.access.scope(Right::Manage);
        if !manages.is_some_and(|scope| scope.covers(rule.unit_id.as_ref())) {
            return Err(ApiError::forbidden());
        }
    }
    match &rule.condition {
        // A number of everything is the whole company's.
        Condition::Metric { unit_id, .. } => reader.require(unit_id.as_ref()),
        condition => condition.unit().map_or(Ok(()), |unit| reader.require(Some(unit))),
    }
}

/// My rules, and those for the people of units that I may see.
#[utoipa::path(get, path = "/api/alert-rules", tag = "notifications",
    responses((status = 200, body = Vec<AlertRuleOut>)))]
pub async fn list_alert_rules(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<Vec<AlertRuleOut>>, ApiError> {
    let rules = otklik_metrics::list_alert_rules(&state.app.store).await?.into_iter();
    let is_mine = |rule: &AlertRule| {
        rule.owner == reader.access.person
            || rule.unit_id.is_some() && reader.scope.covers(rule.unit_id.as_ref())
    };
    let out = |rule| AlertRuleOut { may_change: may_change(&reader, &rule), rule };
    Ok(axum::Json(rules.filter(is_mine).map(out).collect()))
}

/// Asks to be told of something.
#[utoipa::path(post, path = "/api/alert-rules", tag = "notifications", request_body = AlertRuleIn,
    responses((status = 200, body = AlertRuleId)))]
pub async fn create_alert_rule(
    State(state): State<ApiState>,
    reader: CanView,
    Json(rule): Json<AlertRuleIn>,
) -> Result<axum::Json<AlertRuleId>, ApiError> {
    require(&reader, &rule)?;
    let store = &state.app.store;
    let create = async |tx: &mut _| otklik_metrics::create_alert_rule(store, tx, &rule).await;
    let id = state.change(reader.actor(), create).await?;
    state.app.enqueue_look_for_alerts().await?;
    Ok(axum::Json(id))
}

/// Changes a rule.
#[utoipa::path(put, path = "/api/alert-rules/{id}", tag = "notifications", params(("id" = String, Path)),
    request_body = AlertRuleIn, responses((status = 204)))]
pub async fn update_alert_rule(
    State(state): State<ApiState>,
    reader: CanView,
    Path(id): Path<AlertRuleId>,
    Json(rule): Json<AlertRuleIn>,
) -> Result<StatusCode, ApiError> {
    require_change(&state, &reader, &id).await?;
    require(&reader, &rule)?;
    let store = &state.app.store;
    let update = async |tx: &mut _| otklik_metrics::update_alert_rule(store, tx, &id, &rule).await;
    state.change(reader.actor(), update).await?;
    state.app.enqueue_look_for_alerts().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for it no more.
#[utoipa::path(delete, path = "/api/alert-rules/{id}", tag = "notifications", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_alert_rule(
    State(state): State<ApiState>,
    reader: CanView,
    Path(id): Path<AlertRuleId>,
) -> Result<StatusCode, ApiError> {
    require_change(&state, &reader, &id).await?;
    state.change(reader.actor(), async |tx| otklik_metrics::delete_alert_rule(tx, &id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn require_change(state: &ApiState, reader: &CanView, id: &AlertRuleId) -> Result<(), ApiError> {
    let rule = otklik_metrics::load_alert_rule(&state.app.store, id).await?;
    if may_change(reader, &rule) { Ok(()) } else { Err(ApiError::forbidden()) }
}
