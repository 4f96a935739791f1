//! Errors on the wire: `{ "error": { "code", "message", "fields" } }`, the code stable, the message for the reader.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use otklik_app::messages::{self, Language};
use otklik_app::{AppError, JobFailure, Kind};
use otklik_voice::files::io_params;
use serde::Serialize;
use utoipa::ToSchema;

use crate::language::Spoken;

/// An answer that is an error. Its message is worded when it leaves, in the language of the request.
#[derive(Debug, Clone)]
pub struct ApiError {
    status: StatusCode,
    code: String,
    params: BTreeMap<String, String>,
    /// Which field of the request is to blame, by its name, with a code of its own.
    fields: BTreeMap<String, String>,
    retry_after: Option<u64>,
}

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    pub error: ErrorOut,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorOut {
    /// Stable, for programs.
    pub code: String,
    /// For people, in their language.
    pub message: String,
    /// Messages by field of the request, where a field is to blame.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

impl ErrorOut {
    /// An error that does not fail the whole request.
    pub fn of(error: impl Into<ApiError>, language: Language) -> Self {
        error.into().out(language)
    }

    /// Why a job failed.
    pub fn of_job(failure: &JobFailure, language: Language) -> Self {
        Self { code: failure.code.clone(), message: failure.message(language), fields: BTreeMap::new() }
    }
}

impl ApiError {
    pub fn new(status: StatusCode, code: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            params: BTreeMap::new(),
            fields: BTreeMap::new(),
            retry_after: None,
        }
    }

    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated")
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// The request cannot be read; `reason` is for its programmer.
    pub fn request_invalid(reason: impl ToString) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request_invalid").with("reason", reason)
    }

    /// The disk refused an upload.
    pub fn disk(error: std::io::Error) -> Self {
        tracing::error!(%error, "an upload could not be written");
        let refused = Self::new(StatusCode::INSUFFICIENT_STORAGE, "disk_refused");
        io_params(&error).into_iter().fold(refused, |refused, (name, value)| refused.with(name, value))
    }

    pub fn body_too_large(limit_bytes: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large").with("limit_bytes", limit_bytes)
    }

    pub fn too_many_requests(wait: Duration) -> Self {
        let seconds = wait.as_secs();
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests").with("seconds", seconds);
        Self { retry_after: Some(seconds), ..error }
    }

    /// The same error naming a value in its message.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same error blaming a field, with the code of the message for it.
    pub fn blaming(mut self, field: &str, code: &str) -> Self {
        self.fields.insert(field.to_owned(), code.to_owned());
        self
    }

    /// The error in words, as a part of an answer.
    pub fn out(&self, language: Language) -> ErrorOut {
        let message = |code: &str| messages::message(language, code, &self.params);
        let fields = self.fields.iter().map(|(field, code)| (field.clone(), message(code))).collect();
        ErrorOut { code: self.code.clone(), message: message(&self.code), fields }
    }

    fn word(&self, language: Language) -> ErrorBody {
        ErrorBody { error: self.out(language) }
    }
}

impl IntoResponse for ApiError {
    /// Leaves the error in the response's extensions; [`word_errors`] makes the body.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Words every error in the language of the request.
pub async fn word_errors(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let language = Spoken::of(&parts).0;
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(error) = response.extensions_mut().remove::<ApiError>() else { return response };
    let mut worded = (error.status, axum::Json(error.word(language))).into_response();
    if let Some(seconds) = error.retry_after {
        worded.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    worded
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        let status = match error.kind() {
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Kind::Internal => {
                tracing::error!(%error, "a request failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let params = error.params();
        Self { params, ..Self::new(status, error.code()) }
    }
}

macro_rules! by_way_of_app_error {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for ApiError {
            fn from(error: $error) -> Self {
                AppError::from(error).into()
            }
        }
    )*};
}

by_way_of_app_error!(
    otklik_backlog::BacklogError,
    otklik_facts::FactsError,
    otklik_metrics::MetricError,
    otklik_platform::PlatformError,
    otklik_store::StoreError,
    otklik_voice::VoiceError,
    otklik_voice::files::FileError,
    otklik_voice::files::MappingError,
);
