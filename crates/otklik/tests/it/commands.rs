//! The commands, their `--json`, the first start, settings.

use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::server::{Server, answer, json_of, program, refusal, run};

const REVIEWS: &str = "id,date,nps,segment,text\n\
    1,2026-02-01,10,vip,Спасибо\n\
    2,2026-02-02,0,vip,Где мои деньги\n\
    3,2026-02-03,9,mass,Хорошо\n\
    4,вчера,9,mass,Хорошо\n";

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
    let table = answer(folder.path(), &["query", question]);
    assert_eq!(table.lines().next(), Some("segment\tvalue\tn\tlow\thigh\tcustomers"));
    assert!(table.lines().nth(1).unwrap().starts_with("mass\t"), "{table}");
    assert_eq!(
        answer(folder.path(), &["query", question, "--format", "json"]),
        answer(folder.path(), &["query", question, "--json"])
    );
    let searched = answer(folder.path(), &["query", question, "--search", "деньги", "--format", "json"]);
    assert_eq!(json_of(&searched).as_array().unwrap().len(), 1);
    let unknown = refusal(folder.path(), &["query", r#"{"metric":"happiness"}"#], "ru_RU.UTF-8");
    assert!(unknown.contains("Метрики «happiness» нет."), "{unknown}");
    for (language, words) in [("C", "is no question"), ("ru_RU.UTF-8", "Вопрос не читается")]
    {
        for wrong in ["nps", r#"{"metrics":"nps"}"#] {
            let refused = refusal(folder.path(), &["query", wrong], language);
            assert!(refused.contains(words) && refused.contains(r#"{"metric":"nps""#), "{refused}");
        }
    }
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
    for (language, words) in [("C", "There is no role “king”"), ("ru_RU.UTF-8", "Роли «king» нет")]
    {
        let role = refusal(folder.path(), &["user", "add", "b@example.com", "--role", "king"], language);
        assert!(
            role.contains(words) && role.contains("viewer, contributor, manager, analyst, admin"),
            "{role}"
        );
    }
    let address = refusal(folder.path(), &["user", "add", "nobody", "--role", "viewer"], "ru_RU.UTF-8");
    assert!(address.starts_with("otklik: "), "{address}");
}

/// What `otklik mask` makes of these bytes.
fn masked(arguments: &[&str], language: &str, input: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path(), "");
    command.arg("mask").args(arguments).env("LANG", language);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn mask_reads_lines_and_writes_lines() {
    let lines = "Пишите на ivan@example.com\nНичего личного\n".as_bytes();
    let output = String::from_utf8(masked(&[], "C", lines).stdout).unwrap();
    assert_eq!(output.lines().nth(1), Some("Ничего личного"));
    assert!(!output.contains("ivan") && output.lines().count() == 2, "{output}");
    let output = String::from_utf8(masked(&["--json"], "C", lines).stdout).unwrap();
    let told: Vec<Value> = output.lines().map(json_of).collect();
    assert_eq!((&told[0]["spans"][0]["kind"], &told[1]["spans"]), (&json!("email"), &json!([])));
    assert!(!told[0]["text"].as_str().unwrap().contains("ivan"), "{output}");
}

#[test]
fn mask_says_which_line_it_cannot_read() {
    for (language, words) in [("C", "line 2 is not UTF-8"), ("ru_RU.UTF-8", "строка 2 не в UTF-8")] {
        let output = masked(&[], language, b"fine\n\xd1\xff\n");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words), "{said}");
        assert_eq!(output.stdout, b"fine\n", "what was read before is written");
    }
}

#[test]
fn a_wrong_setting_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(json_of(&answer(folder.path(), &["check-config", "--json"]))["ok"], true);
    std::fs::write(folder.path().join("otklik.toml"), "lisen = \"127.0.0.1:1\"\n").unwrap();
    for command in [&["check-config"][..], &["check-config", "--json"], &["serve"], &["user", "list"]] {
        for (language, words) in [
            ("C", "There is no setting “lisen”. There are: listen, "),
            ("ru_RU.UTF-8", "Настройки «lisen» нет. Есть: listen, "),
        ] {
            let refused = refusal(folder.path(), command, language);
            assert!(refused.contains(words), "{command:?}: {refused}");
        }
    }
    std::fs::write(folder.path().join("otklik.toml"), "upload_limit_mb = \"many\"\n").unwrap();
    let refused = refusal(folder.path(), &["check-config"], "C");
    assert!(refused.contains("upload_limit_mb"), "{refused}");
    let named = program(folder.path(), "").env("OTKLIK_LISEN", "x").arg("check-config").output().unwrap();
    assert!(String::from_utf8(named.stderr).unwrap().contains("“lisen”"), "a variable is a setting too");
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
