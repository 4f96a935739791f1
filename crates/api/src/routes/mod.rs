//! The map of the whole API.

mod alert_rules;
mod analyses;
mod anomalies;
mod audit;
pub(crate) mod backlog_types;
mod boards;
mod criteria;
mod feedback;
mod gate_templates;
mod gates;
mod health;
mod imports;
mod incidents;
mod jobs;
mod learning;
mod metrics;
mod notifications;
mod paging;
mod people;
mod problems;
mod reading;
mod reports;
mod session;
mod sheets;
mod solutions;
mod sources;
mod start;
mod targets;
mod today;
mod topics;
mod units;
mod verdicts;
mod webhooks;

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
        .routes(routes!(units::list_units, units::create_unit))
        .routes(routes!(units::update_unit, units::archive_unit))
        .routes(routes!(units::load_company, units::update_company))
        .routes(routes!(units::list_currencies))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::list_erasures, audit::erase_customer))
        .routes(routes!(topics::list_topics, topics::create_topic))
        .routes(routes!(topics::update_topic, topics::archive_topic))
        .routes(routes!(topics::preview_rule))
        .routes(routes!(topics::load_rule_help))
        .routes(routes!(sources::list_sources, sources::create_source))
        .routes(routes!(sources::update_source))
        .routes(routes!(sources::list_profiles, sources::save_profile))
        .routes(routes!(sources::delete_profile))
        .routes(routes!(sources::list_base, sources::put_base))
        .routes(routes!(sources::outline_base))
        .routes(routes!(jobs::list_jobs))
        .routes(routes!(jobs::load_job))
        .routes(routes!(jobs::cancel_job))
        .routes(routes!(jobs::resume_job))
        .merge(OpenApiRouter::new().routes(routes!(imports::upload_file)).layer(DefaultBodyLimit::disable()))
        .routes(routes!(imports::preview_import))
        .routes(routes!(imports::list_imports, imports::start_import))
        .routes(routes!(imports::load_import))
        .routes(routes!(imports::list_refusals))
        .routes(routes!(imports::download_refusals))
        .routes(routes!(feedback::query_feedback))
        .routes(routes!(feedback::push_feedback))
        .routes(routes!(feedback::set_label))
        .routes(routes!(feedback::list_values))
        .routes(routes!(feedback::list_attributes))
        .routes(routes!(metrics::list_metrics, metrics::create_metric))
        .routes(routes!(metrics::query_metric))
        .routes(routes!(metrics::preview_metric))
        .routes(routes!(metrics::list_metric_templates))
        .routes(routes!(metrics::update_metric, metrics::archive_metric))
        .routes(routes!(metrics::list_metric_versions))
        .routes(routes!(metrics::restore_metric))
        .merge(stored_metrics())
        .routes(routes!(analyses::find_drivers))
        .routes(routes!(analyses::find_topic_effects))
        .routes(routes!(analyses::measure_change))
        .routes(routes!(analyses::list_released_plans))
        .routes(routes!(analyses::load_plan_effect))
        .merge(backlog())
        .merge(reading())
        .merge(watching())
}

/// The routes of what texts say, and of how that is learnt.
fn reading() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(reading::load_feedback))
        .routes(routes!(reading::set_sentiment))
        .routes(routes!(reading::set_signal))
        .routes(routes!(reading::list_signals))
        .routes(routes!(reading::see_signals))
        .routes(routes!(learning::set_topic_model))
        .routes(routes!(learning::preview_topic_model))
        .routes(routes!(learning::list_topic_questions))
        .routes(routes!(learning::answer_topic_question))
        .routes(routes!(learning::load_topic_quality))
}

/// The routes of what is watched and told.
fn watching() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(anomalies::list_anomalies))
        .routes(routes!(anomalies::load_anomaly))
        .routes(routes!(anomalies::decide_anomaly))
        .routes(routes!(anomalies::link_anomaly))
        .routes(routes!(notifications::list_notifications))
        .routes(routes!(notifications::load_unread))
        .routes(routes!(notifications::read_notifications))
        .routes(routes!(
            notifications::load_notification_settings,
            notifications::update_notification_settings
        ))
        .routes(routes!(alert_rules::list_alert_rules, alert_rules::create_alert_rule))
        .routes(routes!(alert_rules::update_alert_rule, alert_rules::delete_alert_rule))
        .routes(routes!(webhooks::list_webhooks, webhooks::create_webhook))
        .routes(routes!(webhooks::update_webhook))
        .routes(routes!(webhooks::rotate_webhook_secret))
        .routes(routes!(webhooks::disable_webhook))
        .routes(routes!(webhooks::enable_webhook))
        .routes(routes!(webhooks::try_webhook))
        .routes(routes!(webhooks::list_messages))
        .routes(routes!(webhooks::send_trial_letter))
        .routes(routes!(webhooks::resend_message))
}

/// The routes of what people keep about metrics.
fn stored_metrics() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(boards::query_metrics))
        .routes(routes!(boards::list_boards, boards::create_board))
        .routes(routes!(boards::load_board, boards::update_board, boards::delete_board))
        .routes(routes!(reports::make_board_file))
        .routes(routes!(reports::list_reports, reports::create_report))
        .routes(routes!(reports::update_report, reports::delete_report))
        .routes(routes!(reports::send_report))
        .routes(routes!(reports::load_report_file))
        .routes(routes!(targets::list_targets, targets::create_target))
        .routes(routes!(targets::update_target))
        .routes(routes!(targets::drop_target))
        .routes(routes!(targets::list_target_versions))
        .routes(routes!(sheets::make_sheet))
        .routes(routes!(incidents::list_marks))
        .routes(routes!(incidents::create_incident))
        .routes(routes!(incidents::update_incident, incidents::delete_incident))
}

/// The routes of the backlog.
fn backlog() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(today::load_today))
        .routes(routes!(problems::query_problems))
        .routes(routes!(problems::load_map))
        .routes(routes!(problems::list_similar))
        .routes(routes!(problems::create_problem))
        .routes(routes!(problems::load_problem, problems::update_problem))
        .routes(routes!(problems::start_analysis))
        .routes(routes!(problems::reject_problem))
        .routes(routes!(problems::solve_problem))
        .routes(routes!(problems::reopen_problem))
        .routes(routes!(problems::dismiss_alarm))
        .routes(routes!(problems::list_events))
        .routes(routes!(problems::add_note))
        .routes(routes!(problems::list_items))
        .routes(routes!(problems::load_marks, problems::set_mark))
        .routes(routes!(solutions::create_solution))
        .routes(routes!(solutions::reorder_plans))
        .routes(routes!(solutions::update_solution))
        .routes(routes!(solutions::drop_solution))
        .routes(routes!(solutions::set_hypothesis))
        .routes(routes!(solutions::fix_hypothesis))
        .routes(routes!(solutions::unfix_hypothesis))
        .routes(routes!(solutions::release_solution))
        .routes(routes!(solutions::try_hypothesis))
        .routes(routes!(gate_templates::list_templates, gate_templates::create_template))
        .routes(routes!(gate_templates::update_template))
        .routes(routes!(gate_templates::archive_template))
        .routes(routes!(gates::list_gate, gates::start_gate))
        .routes(routes!(gates::add_gate_item))
        .routes(routes!(gates::assign_gate_item))
        .routes(routes!(gates::confirm_gate_item))
        .routes(routes!(gates::withdraw_gate_item))
        .routes(routes!(verdicts::list_verdicts))
        .routes(routes!(verdicts::sign_verdict))
        .routes(routes!(criteria::load_criteria, criteria::update_criteria))
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
