//! Verdicts of plans: reading and signing them.

use axum::extract::State;
use otklik_backlog::verdicts::{self, Outcome, Signature, Verdict};
use otklik_metrics::EffectMeasure;
use otklik_store::ids::{PersonId, SolutionId, VerdictId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::backlog_types::AssessedOut;
use super::solutions::read_date;
use crate::auth::{CanManage, View};
use crate::extract::{Json, Path};
use crate::places::PlanAt;
use crate::{ApiError, ApiState};

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

/// The verdicts of a plan, oldest first.
#[utoipa::path(get, path = "/api/solutions/{id}/verdicts", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = Vec<VerdictOut>)))]
pub async fn list_verdicts(at: PlanAt<View>) -> Result<axum::Json<Vec<VerdictOut>>, ApiError> {
    let verdicts = verdicts::list_verdicts(&at.state.app.store, &at.plan.id).await?;
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
    let at = PlanAt::reach(&state, manager, &verdict.solution_id).await?;
    let next_check_on = given.next_check_on.as_deref().map(read_date).transpose()?;
    let signature = Signature { outcome: given.outcome, comment: given.comment, next_check_on };
    let today = state.app.today().await?;
    at.answer(async |tx, _| verdicts::sign_verdict(tx, &id, signature, today).await).await
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
