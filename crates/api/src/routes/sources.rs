//! Sources, import profiles, the customer base.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_store::Page;
use otklik_store::ids::{ProfileId, SourceId};
use otklik_voice::base::{self, BaseFilter, BaseOutline, BaseRow};
use otklik_voice::profiles::{self, Profile, ProfileIn};
use otklik_voice::sources::{self, Source, SourceIn};

use super::paging::PageParams;
use crate::auth::{CanAnalyse, CanView};
use crate::extract::{Json, Path, Query};
use crate::{ApiError, ApiState};

/// All sources.
#[utoipa::path(get, path = "/api/sources", tag = "sources", responses((status = 200, body = Vec<Source>)))]
pub async fn list_sources(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<Source>>, ApiError> {
    Ok(axum::Json(sources::list_sources(&state.app.store).await?))
}

/// Adds a source.
#[utoipa::path(post, path = "/api/sources", tag = "sources", request_body = SourceIn,
    responses((status = 200, body = SourceId)))]
pub async fn create_source(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(source): Json<SourceIn>,
) -> Result<axum::Json<SourceId>, ApiError> {
    let id = state.change(analyst.actor(), async |tx| sources::create_source(tx, &source).await).await?;
    state.app.refresh_directory().await?;
    Ok(axum::Json(id))
}

/// Changes a source: its name, channel, and for how long its items are kept.
#[utoipa::path(put, path = "/api/sources/{id}", tag = "sources", params(("id" = String, Path)),
    request_body = SourceIn, responses((status = 204)))]
pub async fn update_source(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<SourceId>,
    Json(source): Json<SourceIn>,
) -> Result<StatusCode, ApiError> {
    state.change(analyst.actor(), async |tx| sources::update_source(tx, &id, &source).await).await?;
    state.app.refresh_directory().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Kept mappings.
#[utoipa::path(get, path = "/api/profiles", tag = "imports", responses((status = 200, body = Vec<Profile>)))]
pub async fn list_profiles(
    State(state): State<ApiState>,
    _: CanAnalyse,
) -> Result<axum::Json<Vec<Profile>>, ApiError> {
    Ok(axum::Json(profiles::list_profiles(&state.app.store).await?))
}

/// Keeps a mapping; one of the same name is replaced.
#[utoipa::path(post, path = "/api/profiles", tag = "imports", request_body = ProfileIn,
    responses((status = 200, body = ProfileId)))]
pub async fn save_profile(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(profile): Json<ProfileIn>,
) -> Result<axum::Json<ProfileId>, ApiError> {
    let id = state.change(analyst.actor(), async |tx| profiles::save_profile(tx, &profile).await).await?;
    Ok(axum::Json(id))
}

/// Deletes a kept mapping.
#[utoipa::path(delete, path = "/api/profiles/{id}", tag = "imports", params(("id" = String, Path)),
    responses((status = 204)))]
pub async fn delete_profile(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Path(id): Path<ProfileId>,
) -> Result<StatusCode, ApiError> {
    state.change(analyst.actor(), async |tx| profiles::delete_profile(tx, &id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The customer base, the latest month first, then by slice.
#[utoipa::path(get, path = "/api/base", tag = "customer base", params(BaseFilter, PageParams),
    responses((status = 200, body = Page<BaseRow>)))]
pub async fn list_base(
    State(state): State<ApiState>,
    reader: CanView,
    Query(filter): Query<BaseFilter>,
    Query(page): Query<PageParams>,
) -> Result<axum::Json<Page<BaseRow>>, ApiError> {
    let units = reader.scope.units();
    let page = (page.limit(), page.offset());
    Ok(axum::Json(base::list_base(&state.app.store, &filter, units.as_deref(), page).await?))
}

/// The months of the customer base and the slices that lack some.
#[utoipa::path(get, path = "/api/base/outline", tag = "customer base", responses((status = 200, body = BaseOutline)))]
pub async fn outline_base(
    State(state): State<ApiState>,
    reader: CanView,
) -> Result<axum::Json<BaseOutline>, ApiError> {
    let units = reader.scope.units();
    Ok(axum::Json(base::outline_base(&state.app.store, units.as_deref()).await?))
}

/// Writes rows of the customer base; a row of the same month and slice is replaced.
#[utoipa::path(put, path = "/api/base", tag = "customer base", request_body = Vec<BaseRow>,
    responses((status = 204)))]
pub async fn put_base(
    State(state): State<ApiState>,
    analyst: CanAnalyse,
    Json(rows): Json<Vec<BaseRow>>,
) -> Result<StatusCode, ApiError> {
    state.change(analyst.actor(), async |tx| base::put_base(tx, &rows).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
