//! `otklik demo` and `otklik backlog`: the same seed the same company, an interrupted one begun anew, a stranger's folder left alone.

use std::path::Path;

use otklik_store::{Clock, Store};
use serde_json::{Value, json};

use crate::server::{answer, json_of, program, refusal};

const SMALL: [&str; 6] = ["demo", "--items", "600", "--seed", "5", "--no-serve"];

/// What the customers of a folder said, with everything that a seed decides.
async fn voices(folder: &Path) -> Vec<(i64, String, String, i64, String)> {
    let url = format!("sqlite://{}", folder.join("otklik.db").display());
    let store = Store::open(&url, Clock::System).await.unwrap();
    let sql = "select f.number, s.name, f.external_id, f.occurred_at, coalesce(f.text, '') from feedback f \
               join source s on s.id = f.source_id order by f.number";
    sqlx::query_as(sql).fetch_all(store.reader()).await.unwrap()
}

fn truths(folder: &Path) -> Value {
    json_of(&std::fs::read_to_string(folder.join("truths.json")).unwrap())
}

#[tokio::test]
async fn the_same_seed_makes_the_same_company() {
    let folders = [0; 3].map(|_| tempfile::tempdir().unwrap());
    let [one, again, other] = folders.each_ref().map(tempfile::TempDir::path);
    let told = json_of(&answer(one, &[&SMALL[..], &["--json"]].concat()));
    assert_eq!((&told["items"], &told["seed"], &told["language"]), (&json!(600), &json!(5), &json!("en")));
    assert_eq!(told["data"], json!(one));
    answer(again, &SMALL);
    answer(other, &["demo", "--items", "600", "--seed", "6", "--no-serve"]);
    assert_eq!(voices(one).await.len(), 600);
    assert_eq!(voices(one).await, voices(again).await);
    assert_eq!(truths(one), truths(again));
    assert_ne!(voices(one).await, voices(other).await);
}

#[test]
fn a_demo_that_is_there_already_is_shown_and_an_interrupted_one_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let first = answer(folder.path(), &SMALL);
    assert!(first.contains("600 items of feedback"), "{first}");
    let marker = folder.path().join("demo.json");
    let complete = std::fs::read_to_string(&marker).unwrap();
    let kept = answer(folder.path(), &["demo", "--items", "900", "--no-serve", "--json"]);
    assert_eq!(json_of(&kept)["items"], 600, "what is there is shown, not made anew");
    std::fs::write(&marker, complete.replace("\"complete\":true", "\"complete\":false")).unwrap();
    let anew = json_of(&answer(folder.path(), &["demo", "--items", "700", "--no-serve", "--json"]));
    assert_eq!(anew["items"], 700);
    let count = json_of(&answer(folder.path(), &["query", r#"{"metric":"count"}"#, "--json"]));
    assert_eq!(count[0]["value"], 700.0);
}

#[test]
fn a_database_of_its_own_is_not_emptied_by_a_demo_that_was_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("elsewhere.db");
    std::fs::File::create(&file).unwrap();
    let database = format!("sqlite://{}", file.display());
    let run = |language: &str| {
        let mut demo = program(folder.path(), &database);
        demo.args(SMALL).env("LANG", language).output().unwrap()
    };
    assert!(run("C").status.success());
    let marker = folder.path().join("demo.json");
    let complete = std::fs::read_to_string(&marker).unwrap();
    std::fs::write(&marker, complete.replace("true", "false")).unwrap();
    for (language, words) in [("C", "the filling was interrupted"), ("ru_RU.UTF-8", "заполнение прервалось")]
    {
        let refused = run(language);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && said.contains(words), "{said}");
    }
}

#[test]
fn a_company_at_work_and_wrong_numbers_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let too_many = ["demo", "--items", "30000000", "--no-serve"];
    assert!(refusal(folder.path(), &too_many, "C").contains("20000000 at most"));
    assert!(refusal(folder.path(), &too_many, "ru_RU.UTF-8").contains("не больше 20000000"));
    let word = refusal(folder.path(), &["demo", "--items", "many"], "C");
    assert!(word.contains("--items"), "{word}");
    let language = refusal(folder.path(), &["demo", "--language", "fr"], "C");
    assert!(language.contains("ru, en"), "{language}");
    answer(folder.path(), &["user", "add", "a@example.com", "--role", "admin"]);
    assert!(refusal(folder.path(), &SMALL, "C").contains("already holds data"));
    assert!(refusal(folder.path(), &SMALL, "ru_RU.UTF-8").contains("уже есть данные"));
}

#[test]
fn the_backlog_is_printed_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(json_of(&answer(folder.path(), &["backlog", "--json"])), json!([]));
    let folder = tempfile::tempdir().unwrap();
    answer(folder.path(), &[&SMALL[..], &["--language", "ru"]].concat());
    let rows = json_of(&answer(folder.path(), &["backlog", "--json"]));
    let rows = rows.as_array().unwrap();
    assert!(rows.len() >= 24, "{}", rows.len());
    let ranks: Vec<u64> = rows.iter().filter_map(|row| row["rank"].as_u64()).collect();
    assert!(ranks.is_sorted() && ranks.len() > 20, "{ranks:?}");
    let solved = rows.iter().find(|row| row["title"] == "За простой справкой надо ехать в офис").unwrap();
    assert_eq!((&solved["state"], &solved["plan"].is_null()), (&json!("solved"), &false));
    let printed = answer(folder.path(), &["backlog"]);
    let columns = |line: &str| line.split('\t').count();
    assert_eq!(printed.lines().count(), rows.len() + 1);
    assert!(printed.lines().all(|line| columns(line) == 12), "{printed}");
    let refused = refusal(folder.path(), &["backlog", "everything"], "C");
    assert!(refused.contains("everything"), "{refused}");
}
