//! The stream of voices: reading, searching, labelling, pushing.

use axum::extract::State;
use axum::http::StatusCode;
use otklik_app::prepare::mask_issue;
use otklik_app::stream::StreamQuery;
use otklik_facts::{Dimension, Filter};
use otklik_metrics::DatePeriod;
use otklik_store::ids::TopicId;
use otklik_store::{Page, Tx};
use otklik_text::search::{SearchQuery, highlight};
use otklik_voice::feedback::{Feedback, Put};
use otklik_voice::files::Issue;
use otklik_voice::push::{Pushed, check_pushed};
use otklik_voice::topics::load_topic;
use otklik_voice::{labels, sources};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{CanAnalyse, CanView, Contribute};
use crate::extract::{Json, Path};
use crate::places::FeedbackAt;
use crate::{ApiError, ApiState};

/// Values of a dimension in one answer: an attribute may have as many as there are items.
const MOST_VALUES: usize = 1_000;

/// Which items, newest first.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackQuery {
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    /// Words as one types them into a search box.
    pub search: Option<String>,
    pub period: Option<DatePeriod>,
    pub limit: Option<usize>,
    pub offset: Option<usize>,
}

/// An item with the places of the words that were searched for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackOut {
    #[serde(flatten)]
    pub item: Feedback,
    /// Byte ranges in the title.
    pub title_hits: Vec<[usize; 2]>,
    /// Byte ranges in the text.
    pub text_hits: Vec<[usize; 2]>,
}

/// A value of a dimension and how many items have it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueOut {
    pub value: String,
    pub count: u64,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct LabelIn {
    pub topic: TopicId,
    /// True: it is about this; false: it is not; absent: leave it to the rule.
    pub applies: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PushIn {
    pub items: Vec<Pushed>,
}

/// What became of the items, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct PushOut {
    pub results: Vec<PushResult>,
}

/// `result`: `new`, `unchanged`, `updated`, `erased` (the customer asked to be forgotten) or `refused`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PushResult {
    pub external_id: String,
    pub result: String,
    pub number: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// A page of the items that match, newest first.
#[utoipa::path(post, path = "/api/feedback/query", tag = "feedback", request_body = FeedbackQuery,
    responses((status = 200, body = Page<FeedbackOut>)))]
pub async fn query_feedback(
    State(state): State<ApiState>,
    reader: CanView,
    Json(query): Json<FeedbackQuery>,
) -> Result<axum::Json<Page<FeedbackOut>>, ApiError> {
    let words = query.search.as_deref().and_then(SearchQuery::parse);
    let stream = StreamQuery {
        scope: reader.scope,
        filter: query.filter,
        search: query.search,
        period: query.period.as_ref().map(DatePeriod::days).transpose()?,
        limit: query.limit.unwrap_or(50).min(500),
        offset: query.offset.unwrap_or(0),
    };
    let page = state.app.list_feedback(stream).await?;
    Ok(axum::Json(page.map(|item| with_hits(item, words.as_ref()))))
}

/// Says by hand that an item is about a topic, or is not, or takes that back.
#[utoipa::path(put, path = "/api/feedback/{id}/labels", tag = "feedback", params(("id" = String, Path)),
    request_body = LabelIn, responses((status = 204)))]
pub async fn set_label(
    at: FeedbackAt<Contribute>,
    Json(label): Json<LabelIn>,
) -> Result<StatusCode, ApiError> {
    let FeedbackAt { state, granted, item } = at;
    load_topic(&state.app.store, &label.topic).await?;
    let set = async |tx: &mut Tx| {
        labels::set_label(tx, item.number, &label.topic, label.applies).await?;
        if label.applies.is_none() {
            state.app.restore_labels(tx, &item).await?;
        }
        state.app.learn_from(tx).await.map(drop)
    };
    state.change(granted.actor(), set).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The values of a dimension (`channel`, `segment`, `attribute:plan`, …) that occur, the most frequent first and no more
/// than a thousand.
#[utoipa::path(get, path = "/api/dimensions/{dimension}", tag = "metrics", params(("dimension" = String, Path)),
    responses((status = 200, body = Vec<ValueOut>)))]
pub async fn list_values(
    State(state): State<ApiState>,
    reader: CanView,
    Path(dimension): Path<String>,
) -> Result<axum::Json<Vec<ValueOut>>, ApiError> {
    let dimension: Dimension = dimension.parse()?;
    let values = state.app.list_values(&reader.scope, dimension).await?;
    let shown = values.into_iter().take(MOST_VALUES);
    Ok(axum::Json(shown.map(|(value, count)| ValueOut { value, count }).collect()))
}

/// The names of the company's own attributes.
#[utoipa::path(get, path = "/api/attributes", tag = "metrics", responses((status = 200, body = Vec<String>)))]
pub async fn list_attributes(
    State(state): State<ApiState>,
    _: CanView,
) -> Result<axum::Json<Vec<String>>, ApiError> {
    Ok(axum::Json(state.app.facts().attributes()))
}

/// Takes items in, one or many, and answers when they are on disk. Sending one again changes nothing.
#[utoipa::path(post, path = "/api/sources/{name}/feedback", tag = "feedback", params(("name" = String, Path)),
    request_body = PushIn, responses((status = 200, body = PushOut)))]
pub async fn push_feedback(
    State(state): State<ApiState>,
    _: CanAnalyse,
    Path(name): Path<String>,
    Json(push): Json<PushIn>,
) -> Result<axum::Json<PushOut>, ApiError> {
    let source = sources::find_source(&state.app.store, &name).await?.ok_or_else(ApiError::not_found)?;
    let zone = otklik_platform::settings::load_company(&state.app.store).await?.time_zone;
    let checked = check_pushed(&push.items, &zone, state.app.store.now_ms())?;
    let records = checked.iter().filter_map(|record| record.as_ref().ok().cloned()).collect();
    let mut puts = state.app.push_feedback(&source, records).await?.into_iter();
    let results = push
        .items
        .into_iter()
        .zip(checked)
        .map(|(item, record)| match record {
            Ok(_) => result_of(item.external_id, puts.next()),
            Err(issues) => PushResult {
                external_id: item.external_id,
                result: "refused".to_owned(),
                number: None,
                issues: issues.into_iter().map(mask_issue).collect(),
            },
        })
        .collect();
    Ok(axum::Json(PushOut { results }))
}

fn result_of(external_id: String, put: Option<Put>) -> PushResult {
    let (result, number) = match put {
        Some(Put::New(number)) => ("new", Some(number)),
        Some(Put::Unchanged(number)) => ("unchanged", Some(number)),
        Some(Put::Updated(number)) => ("updated", Some(number)),
        Some(Put::Erased) | None => ("erased", None),
    };
    PushResult { external_id, result: result.to_owned(), number, issues: Vec::new() }
}

fn with_hits(item: Feedback, words: Option<&SearchQuery>) -> FeedbackOut {
    let hits = |text: &Option<String>| -> Vec<[usize; 2]> {
        match (text, words) {
            (Some(text), Some(words)) => {
                highlight(text, words).into_iter().map(|r| [r.start, r.end]).collect()
            }
            _ => Vec::new(),
        }
    };
    FeedbackOut { title_hits: hits(&item.title), text_hits: hits(&item.text), item }
}
