//! The commands, their `--json`, the first start, settings.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::server::{Server, answer, program, refusal, run};

const REVIEWS: &str = "id,date,nps,segment,text\n\
    1,2026-02-01,10,vip,Спасибо\n\
    2,2026-02-02,0,vip,Где мои деньги\n\
    3,2026-02-03,9,mass,Хорошо\n\
    4,вчера,9,mass,Хорошо\n";

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn import_tells_what_became_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("reviews.csv"), REVIEWS).unwrap();
    let import = ["import", "reviews.csv", "--map", "occurred_at=date,nps=nps,segment=segment", "--json"];
    let dry: Vec<&str> = import.into_iter().chain(["--dry-run"]).collect();
    let expected = json!({
        "read": 4, "new": 3, "unchanged": 0, "updated": 0, "refused": 1, "refusals": "reviews.refused.csv",
    });
    assert_eq!(json_of(&answer(folder.path(), &dry)), expected);
    assert_eq!(json_of(&answer(folder.path(), &import)), expected);
    let refused = std::fs::read_to_string(folder.path().join("reviews.refused.csv")).unwrap();
    assert!(refused.contains("\"5\",\"date\",\"bad_date\""), "{refused}");
    let again = answer(folder.path(), &import[..4]);
    assert!(again.starts_with("read 4  new 0  unchanged 3  updated 0  refused 1\n"), "{again}");
}

#[test]
fn query_answers_in_three_forms() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("reviews.csv"), REVIEWS).unwrap();
    answer(folder.path(), &["import", "reviews.csv", "--map", "occurred_at=date,nps=nps,segment=segment"]);
    let question = r#"{"metric":"nps","dimensions":["segment"]}"#;
    let rows = json_of(&answer(folder.path(), &["query", question, "--json"]));
    let values: Vec<(&Value, &Value)> =
        rows.as_array().unwrap().iter().map(|row| (&row["segment"], &row["n"])).collect();
    assert_eq!(values, [(&json!("mass"), &json!(1)), (&json!("vip"), &json!(2))]);
    for column in ["value", "low", "high", "customers"] {
        assert!(rows[1].get(column).is_some(), "{column} is missing in {rows}");
    }
    let csv = answer(folder.path(), &["query", question, "--format", "csv"]);
    assert_eq!(csv.lines().next(), Some("segment,value,n,low,high,customers"));
    assert_eq!(csv.lines().count(), 3);
    let searched = answer(folder.path(), &["query", question, "--search", "деньги", "--format", "json"]);
    assert_eq!(json_of(&searched).as_array().unwrap().len(), 1);
    let unknown = refusal(folder.path(), &["query", r#"{"metric":"happiness"}"#], "ru_RU.UTF-8");
    assert!(unknown.contains("Метрики «happiness» нет."), "{unknown}");
    let not_json = refusal(folder.path(), &["query", "nps"], "C");
    assert!(not_json.starts_with("otklik: "), "{not_json}");
}

#[test]
fn people_are_added_with_an_invitation() {
    let folder = tempfile::tempdir().unwrap();
    let added = answer(folder.path(), &["user", "add", "a@example.com", "--role", "analyst", "--json"]);
    let link = json_of(&added)["invitation"].as_str().unwrap().to_owned();
    assert!(link.starts_with("http://127.0.0.1:8080/invitation/oi_"), "{link}");
    let listed = json_of(&answer(folder.path(), &["user", "list", "--json"]));
    assert_eq!(
        (&listed[0]["email"], &listed[0]["grants"][0]["role"]),
        (&json!("a@example.com"), &json!("analyst"))
    );
    let twice = refusal(folder.path(), &["user", "add", "a@example.com", "--role", "viewer"], "ru_RU.UTF-8");
    assert!(twice.contains("Человек с таким адресом уже есть."), "{twice}");
    let role = refusal(folder.path(), &["user", "add", "b@example.com", "--role", "king"], "C");
    assert!(role.contains("viewer, contributor, manager, analyst, admin"), "{role}");
}

#[test]
fn mask_reads_lines_and_writes_lines() {
    let folder = tempfile::tempdir().unwrap();
    let mut child =
        program(folder.path(), "").arg("mask").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = "Пишите на ivan@example.com\nНичего личного\n";
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(output.lines().nth(1), Some("Ничего личного"));
    assert!(!output.contains("ivan") && output.lines().count() == 2, "{output}");
}

#[test]
fn a_wrong_setting_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(json_of(&answer(folder.path(), &["check-config", "--json"]))["ok"], true);
    std::fs::write(folder.path().join("otklik.toml"), "lisen = \"127.0.0.1:1\"\n").unwrap();
    for command in [&["check-config"][..], &["serve"], &["user", "list"]] {
        let refused = refusal(folder.path(), command, "C");
        assert!(refused.contains("lisen"), "{command:?}: {refused}");
    }
    assert!(!run(folder.path(), &["--config", "nowhere.toml", "check-config"]).status.success());
}

#[tokio::test]
async fn the_first_start_makes_the_administrator_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), "");
    let token = server.make_administrator().await;
    let session = reqwest::Client::new().get(format!("{}/api/session", server.address)).bearer_auth(&token);
    assert_eq!(crate::server::send(session).await["email"], "chief@example.com");
    let page = reqwest::get(&server.address).await.unwrap();
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    let second = refusal(folder.path(), &["serve", "--listen", "127.0.0.1:0"], "C");
    assert!(second.contains("Another Otklik works in this data folder."), "{second}");
    server.kill();
    let again = Server::start(folder.path(), "");
    assert_eq!(again.first_path, "", "there is somebody: no second first start");
}
