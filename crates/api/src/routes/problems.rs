//! Problems and WOW zones: the table, the map, one problem with everything that belongs to it.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::stream::StreamQuery;
use otklik_backlog::alarms::dismiss_alarm as dismiss;
use otklik_backlog::evidence::{self, ItemMark, Marks};
use otklik_backlog::map::{ScaleMap, compose_map};
use otklik_backlog::problems::{
    NewProblem, ProblemFilter, ProblemKind, ProblemPatch, close_problem, create_problem as create,
    list_similar_problems, reject_problem as reject, reopen_problem as reopen, start_analysis as start,
    update_problem as update,
};
use otklik_backlog::{Evidence, history};
use otklik_store::Page;
use otklik_voice::feedback::Feedback;
use serde::Deserialize;
use utoipa::ToSchema;

use super::backlog_types::{
    AssessedOut, EventOut, MarksOut, ProblemIn, ProblemPatchIn, ProblemQuery, ReasonIn, ScaleItemsIn,
    SimilarIn, SimilarOut, VersionIn,
};
use crate::auth::{CanContribute, CanView, Contribute, Manage, View};
use crate::extract::Json;
use crate::places::{ProblemAt, assessed};
use crate::{ApiError, ApiState};

/// Similar problems that are shown, and those looked through for what the reader may see.
const SIMILAR_SHOWN: usize = 5;
const SIMILAR_LOOKED_AT: usize = 50;

/// A remark for the history.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NoteIn {
    pub text: String,
}

/// A person's word on one item of the evidence; absent: leave it to the question.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MarkIn {
    /// The item's number.
    pub item: u32,
    pub mark: Option<ItemMark>,
}

/// The problems that match, assessed, the best rank first.
#[utoipa::path(post, path = "/api/problems/query", tag = "backlog", request_body = ProblemQuery,
    responses((status = 200, body = Vec<AssessedOut>)))]
pub async fn query_problems(
    State(state): State<ApiState>,
    reader: CanView,
    Json(query): Json<ProblemQuery>,
) -> Result<axum::Json<Vec<AssessedOut>>, ApiError> {
    let rows = state.app.assess_problems(&reader.scope, query.into()).await?;
    Ok(axum::Json(rows.into_iter().map(AssessedOut::from).collect()))
}

/// The same problems as points: scale to the right, criticality upwards.
#[utoipa::path(post, path = "/api/problems/map", tag = "backlog", request_body = ProblemQuery,
    responses((status = 200, body = ScaleMap)))]
pub async fn load_map(
    State(state): State<ApiState>,
    reader: CanView,
    Json(query): Json<ProblemQuery>,
) -> Result<axum::Json<ScaleMap>, ApiError> {
    let rows = state.app.assess_problems(&reader.scope, query.into()).await?;
    Ok(axum::Json(compose_map(rows.iter().map(|a| (&a.problem, a.scale.as_ref(), &a.ranked)))))
}

/// Writes a problem down.
#[utoipa::path(post, path = "/api/problems", tag = "backlog", request_body = ProblemIn,
    responses((status = 200, body = AssessedOut)))]
pub async fn create_problem(
    State(state): State<ApiState>,
    contributor: CanContribute,
    Json(new): Json<ProblemIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    contributor.require(new.unit_id.as_ref())?;
    let created = state.change(contributor.actor(), async |tx| create(tx, new.into()).await).await?;
    assessed(&state, &created.id).await
}

/// One problem.
#[utoipa::path(get, path = "/api/problems/{id}", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = AssessedOut)))]
pub async fn load_problem(at: ProblemAt<View>) -> Result<axum::Json<AssessedOut>, ApiError> {
    assessed(&at.state, &at.problem.id).await
}

/// Changes cells of a problem; refused when somebody else was faster.
#[utoipa::path(patch, path = "/api/problems/{id}", tag = "backlog", params(("id" = String, Path)),
    request_body = ProblemPatchIn, responses((status = 200, body = AssessedOut)))]
pub async fn update_problem(
    at: ProblemAt<Contribute>,
    Json(patch): Json<ProblemPatchIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    if let Some(unit) = &patch.unit_id {
        at.granted.require(unit.as_ref())?;
    }
    at.answer(async |tx, id| update(tx, id, patch.into()).await).await
}

/// Takes a new problem into analysis.
#[utoipa::path(post, path = "/api/problems/{id}/start", tag = "backlog", params(("id" = String, Path)),
    request_body = VersionIn, responses((status = 200, body = AssessedOut)))]
pub async fn start_analysis(
    at: ProblemAt<Contribute>,
    Json(wanted): Json<VersionIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| start(tx, id, wanted.version).await).await
}

/// Rejects a problem; the reason is kept.
#[utoipa::path(post, path = "/api/problems/{id}/reject", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn reject_problem(
    at: ProblemAt<Manage>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| reject(tx, id, wanted.version, &wanted.reason).await).await
}

/// Calls a problem solved by a decision, with its reason.
#[utoipa::path(post, path = "/api/problems/{id}/solve", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn solve_problem(
    at: ProblemAt<Manage>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| close_problem(tx, id, wanted.version, &wanted.reason).await).await
}

/// Opens a solved or rejected problem again; that also answers an open alarm.
#[utoipa::path(post, path = "/api/problems/{id}/reopen", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn reopen_problem(
    at: ProblemAt<Manage>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| reopen(tx, id, wanted.version, &wanted.reason).await).await
}

/// Says that a solved problem is not back, with the reason; it is watched anew after four weeks.
#[utoipa::path(post, path = "/api/problems/{id}/alarm/dismiss", tag = "backlog", params(("id" = String, Path)),
    request_body = ReasonIn, responses((status = 200, body = AssessedOut)))]
pub async fn dismiss_alarm(
    at: ProblemAt<Manage>,
    Json(wanted): Json<ReasonIn>,
) -> Result<axum::Json<AssessedOut>, ApiError> {
    at.answer(async |tx, id| dismiss(tx, id, wanted.version, &wanted.reason).await).await
}

/// Everything that happened to a problem, oldest first.
#[utoipa::path(get, path = "/api/problems/{id}/history", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = Vec<EventOut>)))]
pub async fn list_events(at: ProblemAt<View>) -> Result<axum::Json<Vec<EventOut>>, ApiError> {
    let events = history::list_problem_events(&at.state.app.store, &at.problem.id).await?;
    Ok(axum::Json(events.into_iter().map(EventOut::from).collect()))
}

/// Writes a remark into the history.
#[utoipa::path(post, path = "/api/problems/{id}/notes", tag = "backlog", params(("id" = String, Path)),
    request_body = NoteIn, responses((status = 204)))]
pub async fn add_note(at: ProblemAt<Contribute>, Json(note): Json<NoteIn>) -> Result<StatusCode, ApiError> {
    at.change(async |tx, id| history::add_note(tx, id, &note.text).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The items behind a line of the scale's arithmetic, newest first.
#[utoipa::path(post, path = "/api/problems/{id}/items", tag = "backlog", params(("id" = String, Path)),
    request_body = ScaleItemsIn, responses((status = 200, body = Page<Feedback>)))]
pub async fn list_items(
    at: ProblemAt<View>,
    Json(wanted): Json<ScaleItemsIn>,
) -> Result<axum::Json<Page<Feedback>>, ApiError> {
    let (filter, period) = at.state.app.scale_items(&at.problem, wanted.items).await?;
    let stream = StreamQuery {
        scope: at.granted.scope,
        filter,
        search: None,
        period,
        limit: wanted.limit.unwrap_or(20).min(500),
        offset: wanted.offset.unwrap_or(0),
    };
    Ok(axum::Json(at.state.app.list_feedback(stream).await?))
}

/// The items that were pinned or taken out by hand.
#[utoipa::path(get, path = "/api/problems/{id}/marks", tag = "backlog", params(("id" = String, Path)),
    responses((status = 200, body = MarksOut)))]
pub async fn load_marks(at: ProblemAt<View>) -> Result<axum::Json<MarksOut>, ApiError> {
    let Marks { pinned, excluded } = evidence::load_marks(&at.state.app.store, &at.problem.id).await?;
    Ok(axum::Json(MarksOut { pinned, excluded }))
}

/// Pins an item to a problem, takes it out, or leaves it to the question again.
#[utoipa::path(put, path = "/api/problems/{id}/marks", tag = "backlog", params(("id" = String, Path)),
    request_body = MarkIn, responses((status = 204)))]
pub async fn set_mark(at: ProblemAt<Contribute>, Json(wanted): Json<MarkIn>) -> Result<StatusCode, ApiError> {
    at.change(async |tx, id| evidence::mark_item(tx, id, wanted.item, wanted.mark).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Problems like the one that is being written: what was noticed, rejected or solved before.
#[utoipa::path(post, path = "/api/problems/similar", tag = "backlog", request_body = SimilarIn,
    responses((status = 200, body = Vec<SimilarOut>)))]
pub async fn list_similar(
    State(state): State<ApiState>,
    reader: CanView,
    Json(wanted): Json<SimilarIn>,
) -> Result<axum::Json<Vec<SimilarOut>>, ApiError> {
    let similar =
        list_similar_problems(&state.app.store, &wanted.text, wanted.except.as_ref(), SIMILAR_LOOKED_AT)
            .await?;
    let seen = similar.into_iter().filter(|similar| reader.scope.covers(similar.unit_id.as_ref()));
    Ok(axum::Json(seen.take(SIMILAR_SHOWN).map(SimilarOut::from).collect()))
}

impl From<ProblemIn> for NewProblem {
    fn from(new: ProblemIn) -> Self {
        Self {
            kind: new.kind.unwrap_or(ProblemKind::Problem),
            title: new.title,
            statement: new.statement,
            unit_id: new.unit_id,
            owner_id: new.owner_id,
            evidence: new.evidence.into(),
        }
    }
}

impl From<ProblemQuery> for ProblemFilter {
    fn from(query: ProblemQuery) -> Self {
        Self {
            kinds: query.kinds,
            states: query.states,
            units: query.units,
            owner: query.owner,
            words: query.words,
            ..Self::default()
        }
    }
}

impl From<ProblemPatchIn> for ProblemPatch {
    fn from(patch: ProblemPatchIn) -> Self {
        Self {
            version: patch.version,
            kind: patch.kind,
            title: patch.title,
            statement: patch.statement,
            unit_id: patch.unit_id,
            owner_id: patch.owner_id,
            criticality: patch.criticality,
            criticality_reason: patch.criticality_reason,
            churn_share: patch.churn_share,
            customer_value: patch.customer_value,
            claim_cost: patch.claim_cost,
            metric_code: patch.metric_code,
            evidence: patch.evidence.map(Evidence::from),
        }
    }
}
