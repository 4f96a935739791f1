//! The embedded screen: files of the built web application; every other path is the application's own.

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$OTKLIK_WEB"]
struct Screen;

/// Names under this folder contain the hash of their content: they may be kept for ever.
const IMMUTABLE: &str = "_app/immutable/";

pub fn router() -> Router {
    Router::new().fallback(get(|uri: Uri| async move { file(uri.path().trim_start_matches('/')) }))
}

fn file(path: &str) -> Response {
    let (name, found) = match Screen::get(path) {
        Some(found) if !path.is_empty() => (path, found),
        _ => match Screen::get("index.html") {
            Some(index) => ("index.html", index),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let kept = if name.starts_with(IMMUTABLE) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let headers = [(header::CONTENT_TYPE, kind.to_string()), (header::CACHE_CONTROL, kept.to_owned())];
    (headers, found.data).into_response()
}
