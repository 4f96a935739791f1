//! The map of the whole API.

mod health;
mod people;
mod session;
mod start;

use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{ApiError, ApiState, error, security};

#[derive(OpenApi)]
#[openapi(info(
    title = "Otklik",
    description = "Every customer's voice in, a prioritised CX backlog and proven fixes out.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Document;

/// Every route of the API, each with its description.
fn api() -> OpenApiRouter<ApiState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::check_health))
        .routes(routes!(start::load_start, start::create_administrator))
        .routes(routes!(start::load_invitation, start::accept_invitation))
        .routes(routes!(session::create_session, session::load_session, session::delete_session))
        .routes(routes!(session::list_sessions))
        .routes(routes!(session::end_session))
        .routes(routes!(session::update_profile))
        .routes(routes!(session::update_password))
        .routes(routes!(session::list_tokens, session::create_token))
        .routes(routes!(session::revoke_token))
        .routes(routes!(people::list_people, people::create_person))
        .routes(routes!(people::update_roles))
        .routes(routes!(people::update_disabled))
        .routes(routes!(people::invite_person))
}

/// The OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().into_openapi()
}

/// The API with everything around it. What it does not know goes to `web`.
pub fn router(state: ApiState, web: Router) -> Router {
    let (api, document) = api().split_for_parts();
    let body_limit = state.config.body_limit_bytes;
    let document = axum::Json(document);
    api.route("/api/openapi.json", axum::routing::get(move || async move { document }))
        .route("/api/{*rest}", axum::routing::any(|| async { ApiError::not_found() }))
        .layer(DefaultBodyLimit::max(body_limit))
        .with_state(state)
        .merge(web)
        .layer(CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response(ApiError::new(
                axum::http::StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
            ))
        }))
        .layer(middleware::from_fn(error::word_errors))
        .layer(middleware::from_fn(security::add_headers))
        .layer(CompressionLayer::new())
}
