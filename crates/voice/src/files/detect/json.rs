//! Is the text JSON, and where are its rows?

use crate::files::format::Kind;
use crate::files::json::{Object, find_items};

/// The kind of JSON that a text is; nothing where it is none. `complete` says that nothing follows.
pub fn detect(text: &str, complete: bool) -> Option<Kind> {
    let text = text.trim_start();
    let rest = text.get(1..)?.trim_start();
    match text.as_bytes().first()? {
        b'[' if rest.starts_with(['{', ']']) => Some(Kind::Json { items: None }),
        b'{' if rest.starts_with(['"', '}']) => Some(object_kind(text, complete)),
        _ => None,
    }
}

/// Objects one a line are JSON Lines, unless the only one wraps an array of rows.
fn object_kind(text: &str, complete: bool) -> Kind {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    // The last line may be cut.
    let whole = if complete { usize::MAX } else { lines().count().saturating_sub(1) };
    let objects = lines().take(whole.min(50)).filter(|line| Object::parse(line.as_bytes()).is_ok()).count();
    let items = || find_items(text.as_bytes(), None).map(|(key, _)| key);
    match objects {
        0 => Kind::Json { items: items() },
        1 if lines().count() == 1 => match items() {
            Some(key) => Kind::Json { items: Some(key) },
            None => Kind::JsonLines,
        },
        // A wrapped array may list one object a line, too: those begin after its own line.
        _ if lines().next().is_some_and(|first| Object::parse(first.as_bytes()).is_err()) && wraps(text) => {
            Kind::Json { items: items() }
        }
        _ => Kind::JsonLines,
    }
}

/// The first line opens an object that it does not close.
fn wraps(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    first == "{" || first.ends_with('[') || first.ends_with("[{")
}
