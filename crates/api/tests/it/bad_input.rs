//! Input that hurts gets a clear error in the reader's language; nothing is lost, nothing is executed.

use std::io::{Cursor, Write};

use otklik_platform::Role;
use otklik_testkit::{Caller, TestApi, TestApp, both};
use serde_json::{Value, json};

use crate::voice::import;

/// Code of the refusal of a file's preview, and what it says in both languages.
async fn refused(caller: &Caller, content: &[u8]) -> (String, String, String) {
    let upload = caller.upload("file", content).await.ok();
    let preview = json!({ "upload": upload["upload"] });
    let ru = caller.with_header("accept-language", "ru").post("/api/imports/preview", preview.clone()).await;
    let en = caller.post("/api/imports/preview", preview).await;
    assert_eq!((ru.status.as_u16(), ru.error()), (422, en.error()));
    (en.error().1, ru.message(), en.message())
}

fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("[Content_Types].xml", Vec::new()), ("xl/media/image1.png", vec![0; 36 << 20])] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

both! {
    async fn files_that_are_none_are_refused(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        for (content, code, ru, en) in [
            (b"id,date,text\n".to_vec(), "file_without_rows", "строк с откликами нет", "no rows of feedback"),
            (vec![0; 4_096], "file_of_nul_bytes", "одни нулевые байты", "full of NUL bytes"),
            (Vec::new(), "file_empty", "Файл пуст.", "The file is empty."),
            (b"\x89PNG\r\n\x1a\n0000".to_vec(), "file_format_unsupported", "не поддерживаются", "not supported"),
            (bomb(), "file_is_a_bomb", "более чем в 100 раз", "more than 100 times"),
        ] {
            let said = refused(&analyst, &content).await;
            assert_eq!(said.0, code);
            assert!(said.1.contains(ru) && said.2.contains(en), "{said:?}");
        }
    }

    async fn bad_rows_are_listed_in_words_and_the_others_come_in(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let huge = "б".repeat(512 << 10);
        let csv = format!("id,date,text\n1,9999-01-01,Рано\n2,2026-02-01,{huge}\n3,2026-02-01,сло\0во\n4,2026-02-01,Хорошо\n");
        let done = import(&app, &analyst, "a.csv", csv.as_bytes()).await;
        assert_eq!((&done["counts"]["new"], &done["counts"]["refused"]), (&json!(1), &json!(3)));
        let path = format!("/api/imports/{}/refusals.csv", done["id"].as_str().unwrap());
        let (ru, en) = (
            analyst.with_header("accept-language", "ru").get(&path).await.text(),
            analyst.get(&path).await.text(),
        );
        for words in ["Дата раньше 1990 года или в будущем: «9999-01-01».", "Ячейка длиннее допустимого", "нулевой байт"] {
            assert!(ru.contains(words), "{ru}");
        }
        for words in ["The date is before 1990 or in the future: “9999-01-01”.", "The cell is longer", "A NUL byte"] {
            assert!(en.contains(words), "{en}");
        }
    }

    async fn a_hostile_rule_is_refused_or_harmless(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let deep = format!("{}а{}", "(".repeat(500), ")".repeat(500));
        let long = "слово ".repeat(1_000);
        for (rule, code, ru) in [
            (deep.as_str(), "rule_too_deep", "вложены глубже 20 уровней"),
            (&long, "rule_too_long", "длиннее 2000 знаков"),
            ("(деньги", "rule_unclosed_parenthesis", "Скобка открыта и не закрыта (знак 1)"),
            ("-деньги", "rule_only_excludes", "Правило только исключает"),
        ] {
            let body = json!({ "topic": null, "rule": rule });
            let answer = analyst.with_header("accept-language", "ru").post("/api/topics/preview", body).await;
            assert_eq!(answer.error(), (422, code.to_owned()));
            assert!(answer.message().contains(ru), "{}", answer.message());
        }
        // Regular expressions mean nothing here: they are words and signs.
        let body = json!({ "topic": null, "rule": "aaaa+ a+a+ [a-z]{1,99}" });
        let answer = analyst.post("/api/topics/preview", body).await;
        assert!(answer.status.as_u16() < 500, "{}", answer.text());
    }

    async fn html_is_a_text_like_any_other(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let html = "<script>alert('привет')</script><img src=x onerror=alert(1)>";
        let source = json!({ "name": "push", "channel": "chat", "retention_days": null });
        analyst.post("/api/sources", source).await.ok();
        let item = json!({ "external_id": "<b>1</b>", "text": html, "attributes": { "<i>": "</script>" } });
        analyst.post("/api/sources/push/feedback", json!({ "items": [item] })).await.ok();
        app.catch_up().await.unwrap();
        let page = analyst.post("/api/feedback/query", json!({ "search": "привет" })).await;
        assert_eq!(page.headers["content-type"], "application/json");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        let stored: Value = page.ok()["items"][0].clone();
        assert_eq!((&stored["text"], &stored["external_id"]), (&json!(html), &json!("<b>1</b>")));
        assert_eq!(stored["text_hits"], json!([[15, 27]]));
    }

    async fn what_was_there_stays_there(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        import(&app, &analyst, "a.csv", "id,date,text\n1,2026-02-01,Хорошо\n".as_bytes()).await;
        refused(&analyst, &bomb()).await;
        refused(&analyst, &[0; 64]).await;
        assert_eq!(analyst.post("/api/feedback/query", json!({})).await.ok()["total"], 1);
    }
}
