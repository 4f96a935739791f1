//! Is the server well?

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiError, ApiState};

#[derive(Debug, Serialize, ToSchema)]
pub struct HealthOut {
    /// `ok`.
    pub status: String,
    pub version: String,
    /// The change number that the facts have reached.
    pub facts_sequence: u64,
}

/// Answers when the database does.
#[utoipa::path(get, path = "/api/health", tag = "health", responses((status = 200, body = HealthOut)))]
pub async fn check_health(State(state): State<ApiState>) -> Result<Json<HealthOut>, ApiError> {
    otklik_platform::people::is_empty(&state.app.store).await?;
    Ok(Json(HealthOut {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        facts_sequence: state.app.facts().sequence(),
    }))
}
