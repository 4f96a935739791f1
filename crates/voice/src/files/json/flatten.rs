//! One object as named text values, flattened by one level.

use crate::files::row::Row;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The members of an object in the order of the file.
pub struct Object(Vec<(String, Value)>);

/// Why bytes are no object.
#[derive(Debug)]
pub enum JsonError {
    NotAnObject,
    /// The stable word of what is wrong.
    Invalid(&'static str),
}

impl Object {
    /// Reads one object.
    pub fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        serde_json::from_slice(bytes).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => JsonError::NotAnObject,
            serde_json::error::Category::Eof => JsonError::Invalid("cut_off"),
            _ => JsonError::Invalid(reason(&error)),
        })
    }

    /// Values as text: `{"client": {"id": 7}}` gives `client.id` = `7`; an array of plain values is joined by `; `;
    /// what is nested deeper stays JSON; `null` is empty.
    pub fn flatten(self) -> Vec<(String, String)> {
        let mut values = Vec::with_capacity(self.0.len());
        for (key, value) in self.0 {
            match value {
                Value::Object(members) => {
                    values.extend(
                        members.into_iter().map(|(name, value)| (format!("{key}.{name}"), plain(value))),
                    );
                }
                value => values.push((key, plain(value))),
            }
        }
        values
    }
}

/// The row in the order of the columns; what has no column is kept by name. Of two values under one name the last counts.
pub fn align(line: u64, values: Vec<(String, String)>, columns: &[String]) -> Row {
    let mut row = Row { line, cells: vec![String::new(); columns.len()], extra: Vec::new() };
    for (place, (name, value)) in values.into_iter().enumerate() {
        // Most rows list their members in the order of the columns.
        let same_place = (columns.get(place) == Some(&name)).then_some(place);
        match same_place.or_else(|| columns.iter().position(|column| *column == name)) {
            Some(column) => row.cells[column] = value,
            None => row.extra.push((name, value)),
        }
    }
    row
}

fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) if !items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.into_iter().map(plain).collect::<Vec<_>>().join("; ")
        }
        value => value.to_string(),
    }
}

/// What is wrong with the syntax. The library tells by its words alone.
fn reason(error: &serde_json::Error) -> &'static str {
    const WORDS: [(&str, &str); 13] = [
        ("expected `,`", "separator"),
        ("expected `:`", "colon"),
        ("trailing comma", "trailing_comma"),
        ("trailing characters", "trailing_text"),
        ("key must be", "name"),
        ("control character", "control_character"),
        ("invalid escape", "escape"),
        ("invalid unicode", "escape"),
        ("lone leading surrogate", "escape"),
        ("unexpected end of hex", "escape"),
        ("invalid number", "number"),
        ("number out of range", "number"),
        ("recursion limit", "depth"),
    ];
    let text = error.to_string();
    WORDS.iter().find(|(start, _)| text.starts_with(start)).map_or("syntax", |(_, reason)| reason)
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_json_is_told_by_codes() {
        let reason = |text: &str| match Object::parse(text.as_bytes()) {
            Err(JsonError::Invalid(reason)) => reason,
            other => panic!("{text}: {:?}", other.err()),
        };
        assert_eq!(reason(r#"{"a": 1"#), "cut_off");
        assert_eq!(reason(r#"{"a": 1 "b": 2}"#), "separator");
        assert_eq!(reason(r#"{"a" 1}"#), "colon");
        assert_eq!(reason(r#"{"a": 1,}"#), "trailing_comma");
        assert_eq!(reason(r#"{"a": 1} x"#), "trailing_text");
        assert_eq!(reason(r#"{a: 1}"#), "name");
        assert_eq!(reason("{\"a\": \"\t\"}"), "control_character");
        assert_eq!(reason(r#"{"a": "\q"}"#), "escape");
        assert_eq!(reason(r#"{"a": "\ud800"}"#), "escape");
        assert_eq!(reason(r#"{"a": 1.}"#), "number");
        assert_eq!(reason(&format!("{{\"a\": {}", "[".repeat(200))), "depth");
        assert_eq!(reason(r#"{"a": yes}"#), "syntax");
    }
}
