//! `otklik backup`, `restore` and `export`: what was there is there again, and nothing is written over.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::server::{answer, json_of, refusal};

const COUNT: [&str; 3] = ["query", r#"{"metric":"nps","dimensions":["segment"]}"#, "--json"];

/// A small company, and its archive.
fn company() -> (tempfile::TempDir, Value) {
    let folder = tempfile::tempdir().unwrap();
    answer(folder.path(), &["demo", "--items", "300", "--no-serve"]);
    let manifest = json_of(&answer(folder.path(), &["backup", "all.otklik", "--json"]));
    (folder, manifest)
}

/// Rows by table.
fn rows(tables: &Value) -> BTreeMap<String, u64> {
    let tables = tables.as_array().unwrap().iter();
    tables
        .map(|table| (table["name"].as_str().unwrap().to_owned(), table["rows"].as_u64().unwrap()))
        .collect()
}

/// What a command that must fail says in English and in Russian.
fn refused(folder: &Path, arguments: &[&str], en: &str, ru: &str) {
    for (language, words) in [("C", en), ("ru_RU.UTF-8", ru)] {
        let said = refusal(folder, arguments, language);
        assert!(said.contains(words), "{arguments:?} in {language}: {said}");
    }
}

#[test]
fn what_was_backed_up_is_restored_into_an_empty_folder_only() {
    let (folder, manifest) = company();
    let archive = folder.path().join("all.otklik");
    let archive = archive.to_str().unwrap();
    let other = tempfile::tempdir().unwrap();
    let restored = json_of(&answer(other.path(), &["restore", archive, "--json"]));
    assert_eq!(restored["manifest"], manifest);
    assert_eq!(rows(&manifest["tables"])["feedback"], 300);
    assert_eq!(answer(other.path(), &COUNT), answer(folder.path(), &COUNT));
    let full = "already holds data";
    refused(other.path(), &["restore", archive], full, "уже есть данные");
    assert_eq!(answer(other.path(), &COUNT), answer(folder.path(), &COUNT), "the refusal changed nothing");
    refused(folder.path(), &["backup", "all.otklik"], "The archive failed", "С архивом не получилось");
    assert_eq!(json_of(&answer(other.path(), &["user", "list", "--json"])).as_array().unwrap().len(), 18);
}

#[test]
fn what_is_no_whole_archive_changes_nothing() {
    let (folder, _) = company();
    let whole = fs::read(folder.path().join("all.otklik")).unwrap();
    let other = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(other.path().join(name), bytes).unwrap();
    write("half.otklik", &whole[..whole.len() / 2]);
    write("reviews.csv", b"id,text\n1,hello\n");
    write("empty.otklik", b"");
    for name in ["half.otklik", "reviews.csv", "empty.otklik"] {
        refused(
            other.path(),
            &["restore", name],
            "no archive of Otklik, or it is damaged",
            "не архив Otklik",
        );
    }
    refused(other.path(), &["restore", "nowhere.otklik"], "nowhere.otklik", "С архивом не получилось");
    write("whole.otklik", &whole);
    let told = answer(other.path(), &["restore", "whole.otklik"]);
    assert!(told.contains("rows:"), "{told}");
    assert_eq!(answer(other.path(), &COUNT), answer(folder.path(), &COUNT));
}

#[test]
fn an_export_has_every_table_with_every_row_and_no_secrets() {
    let (folder, manifest) = company();
    let told = json_of(&answer(folder.path(), &["export", "open", "--json"]));
    assert_eq!(told["folder"], "open");
    let (exported, mut kept) = (told["tables"].as_object().unwrap(), rows(&manifest["tables"]));
    for secret in ["session", "api_token", "invitation"] {
        assert!(exported.get(secret).is_none(), "{secret} was exported");
        kept.remove(secret);
    }
    let open = folder.path().join("open");
    for (table, rows) in &kept {
        assert_eq!(exported[table].as_u64(), Some(*rows), "{table}");
        let lines = fs::read_to_string(open.join(format!("{table}.jsonl"))).unwrap();
        assert_eq!(lines.lines().count() as u64, *rows, "{table}.jsonl");
        assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{table}.jsonl");
        assert!(open.join(format!("{table}.csv")).exists(), "{table}.csv");
    }
    assert_eq!(exported.len(), kept.len());
    assert!(open.join("feedback.parquet").exists());
    let people = fs::read_to_string(open.join("person.jsonl")).unwrap();
    assert!(people.contains("maria.vetrova@prichal.example") && !people.contains("argon2"), "{people}");
    refused(folder.path(), &["export", "open"], "already holds data", "уже есть данные");
    fs::write(folder.path().join("file"), b"x").unwrap();
    let onto_a_file = refusal(folder.path(), &["export", "file"], "C");
    assert!(onto_a_file.contains("file"), "{onto_a_file}");
}
