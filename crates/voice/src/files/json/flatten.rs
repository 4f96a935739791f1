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
    Invalid(String),
}

impl Object {
    /// Reads one object.
    pub fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        serde_json::from_slice(bytes).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => JsonError::NotAnObject,
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

/// The words of a JSON error without its place: the place is relative to the row.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
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
