//! The audit trail, and forgetting a customer.

use axum::extract::State;
use otklik_platform::audit::{self, AuditFilter, AuditRow};
use otklik_store::{Page, Tx};
use otklik_voice::erasure::{self, Receipt};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::auth::CanAdminister;
use crate::extract::{Json, Query};
use crate::{ApiError, ApiState};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditParams {
    pub entity: Option<String>,
    pub entity_id: Option<String>,
    pub actor_id: Option<String>,
    /// Events before the one of this id: the last that was shown.
    pub before: Option<String>,
    pub limit: Option<u32>,
}

/// Whom to forget: a customer by the company's own key, or by the pseudonym that the screen shows.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ErasureIn {
    pub customer: Option<String>,
    pub customer_key: Option<String>,
    pub reason: String,
}

/// Who did what, the newest first.
#[utoipa::path(get, path = "/api/audit", tag = "audit", params(AuditParams),
    responses((status = 200, body = Page<AuditRow>)))]
pub async fn list_audit(
    State(state): State<ApiState>,
    _: CanAdminister,
    Query(params): Query<AuditParams>,
) -> Result<axum::Json<Page<AuditRow>>, ApiError> {
    let limit = params.limit.unwrap_or(100).min(1_000);
    let AuditParams { entity, entity_id, actor_id, before, .. } = params;
    let filter = AuditFilter { entity, entity_id, actor_id, before };
    Ok(axum::Json(audit::list_audit(&state.app.store, &filter, limit).await?))
}

/// Erases everything of one customer and gives the receipt.
#[utoipa::path(post, path = "/api/erasures", tag = "audit", request_body = ErasureIn,
    responses((status = 200, body = Receipt)))]
pub async fn erase_customer(
    State(state): State<ApiState>,
    admin: CanAdminister,
    Json(erasure): Json<ErasureIn>,
) -> Result<axum::Json<Receipt>, ApiError> {
    let given = erasure.customer.and_then(|customer| state.app.pseudonym(&customer)).or(erasure.customer_key);
    let key = given.ok_or_else(|| ApiError::request_invalid("customer or customer_key is missing"))?;
    let erase = async |tx: &mut Tx| erasure::erase_customer(tx, &key, &erasure.reason).await;
    Ok(axum::Json(state.change(admin.actor(), erase).await?))
}

/// All receipts, the newest first.
#[utoipa::path(get, path = "/api/erasures", tag = "audit", responses((status = 200, body = Vec<Receipt>)))]
pub async fn list_erasures(
    State(state): State<ApiState>,
    _: CanAdminister,
) -> Result<axum::Json<Vec<Receipt>>, ApiError> {
    Ok(axum::Json(erasure::list_receipts(&state.app.store).await?))
}
