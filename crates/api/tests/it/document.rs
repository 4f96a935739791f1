//! The OpenAPI document: the snapshot that the web client is made from, and names that mean one thing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use otklik_api::openapi;
use serde_json::Value;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_web_client_is_made_from_this_document() {
    let kept = fs::read_to_string(workspace().join("web/src/lib/api/openapi.json")).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let current = serde_json::to_value(openapi()).unwrap();
    let differences = differences("", &kept, &current);
    assert!(differences.is_empty(), "run `cargo xtask codegen`: {differences:#?}");
}

#[test]
fn every_operation_says_what_it_does() {
    let document = serde_json::to_value(openapi()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(summary.ends_with('.'), "{method} {path}: {summary:?}");
            assert!(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{method} {path}");
        }
    }
}

/// Of two types under one name, the document would silently keep the last.
#[test]
fn no_two_types_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in fs::read_dir(workspace().join("crates")).unwrap() {
        collect(&folder.unwrap().path().join("src"), &mut places);
    }
    assert!(places.len() > 60, "{}", places.len());
    let doubles: BTreeMap<_, _> = places.into_iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(doubles.is_empty(), "{doubles:#?}");
}

/// Notes every type that derives a schema, by the name that it has in the document.
fn collect(path: &Path, places: &mut BTreeMap<String, Vec<String>>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| collect(&entry.unwrap().path(), places));
        return;
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    for item in text.split("ToSchema").skip(1) {
        let Some(at) =
            ["struct ", "enum "].iter().filter_map(|word| Some(item.find(word)? + word.len())).min()
        else {
            continue;
        };
        let attributes = &item[..at];
        let renamed = attributes.split("schema(as = ").nth(1).and_then(|rest| rest.split([')', ',']).next());
        let name = item[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        // Anything but attributes and a doc comment in between means that this was no derive.
        if attributes
            .lines()
            .skip(1)
            .all(|line| line.is_empty() || line.starts_with(['#', '/', ' ', ')', 'p']))
        {
            places.entry(renamed.unwrap_or(name).to_owned()).or_default().push(path.display().to_string());
        }
    }
}

/// Where two documents differ.
fn differences(at: &str, left: &Value, right: &Value) -> Vec<String> {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            let side = |map: &serde_json::Map<String, Value>, key: &str| {
                map.get(key).cloned().unwrap_or(Value::Null)
            };
            keys.iter()
                .flat_map(|key| differences(&format!("{at}/{key}"), &side(a, key), &side(b, key)))
                .collect()
        }
        _ if left == right => Vec::new(),
        _ => vec![at.to_owned()],
    }
}
