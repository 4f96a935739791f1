//! The language of a request: the person's own, else the browser's.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use otklik_app::messages::Language;
use std::convert::Infallible;

/// The language in which to answer.
#[derive(Debug, Clone, Copy)]
pub struct Spoken(pub Language);

impl Spoken {
    pub fn of(parts: &Parts) -> Self {
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let chosen = header("x-otklik-language").and_then(Language::parse);
        Self(
            chosen.unwrap_or_else(|| {
                Language::of_browser(header(ACCEPT_LANGUAGE.as_str()).unwrap_or_default())
            }),
        )
    }
}

impl<S: Sync> FromRequestParts<S> for Spoken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}
