//! The way of a file and of pushed items through the interface.

use otklik_platform::Role;
use otklik_testkit::{Caller, TestApi, TestApp, both};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

/// Uploads, previews and imports a file with the mapping proposed; the import as it stands in the end.
pub async fn import(app: &TestApp, caller: &Caller, name: &str, content: &[u8]) -> Value {
    let upload = caller.upload(name, content).await.ok();
    let preview = caller.post("/api/imports/preview", json!({ "upload": upload["upload"] })).await.ok();
    let mut mapping = preview["mapping"].clone();
    for column in mapping["columns"].as_array_mut().unwrap() {
        let field = match column["column"].as_str().unwrap() {
            "id" => "external_id",
            "date" => "occurred_at",
            other => other,
        };
        column["to"] = json!(field);
    }
    let new = json!({
        "upload": upload["upload"], "file_name": name, "source": "файл", "channel": "review",
        "format": preview["format"], "mapping": mapping,
    });
    let started = caller.post("/api/imports", new).await.ok();
    app.work_all().await.unwrap();
    app.catch_up().await.unwrap();
    caller.get(&format!("/api/imports/{}", started["id"].as_str().unwrap())).await.ok()
}

both! {
    async fn a_file_is_uploaded_previewed_imported_and_its_refusals_downloaded(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let csv = "id,date,nps,text\n1,2026-02-01,9,Хорошо\n2,вчера,9,Плохо\n";
        let import = import(&app, &analyst, "отзывы.csv", csv.as_bytes()).await;
        assert_eq!((&import["state"], &import["file_name"]), (&json!("done"), &json!("отзывы.csv")));
        let counts = json!({ "read": 2, "new": 1, "unchanged": 0, "updated": 0, "refused": 1 });
        assert_eq!(import["counts"], counts);
        let path = format!("/api/imports/{}/refusals", import["id"].as_str().unwrap());
        let listed = analyst.get(&path).await.ok();
        assert_eq!((&listed[0]["line"], &listed[0]["code"]), (&json!(3), &json!("bad_date")));
        let file = analyst.with_header("accept-language", "ru").get(&format!("{path}.csv")).await;
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        assert!(file.text().contains("\"3\",\"date\",\"bad_date\",\"Это не дата: «вчера».\""), "{}", file.text());
        assert_eq!(analyst.get("/api/imports").await.ok()["total"], 1);
    }

    async fn a_preview_tries_a_mapping_and_refuses_one_that_does_not_fit(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let csv = "id,date,text\n1,2026-02-01,Хорошо\n2,вчера +79161234567,Плохо\n";
        let upload = analyst.upload("a.csv", csv.as_bytes()).await.ok()["upload"].clone();
        let preview = |columns: Value| {
            let body = json!({ "upload": upload, "mapping": { "columns": columns } });
            let analyst = analyst.clone();
            async move { analyst.post("/api/imports/preview", body).await }
        };
        let text = json!({ "column": "text", "to": "text" });
        assert_eq!(preview(json!([text])).await.ok()["issues"], json!([]));
        let checked = preview(json!([text, { "column": "date", "to": "occurred_at" }])).await.ok();
        assert_eq!((&checked["issues"][0]["line"], &checked["issues"][0]["code"]), (&json!(3), &json!("bad_date")));
        assert!(!checked.to_string().contains("79161234567"), "masked before it is shown: {checked}");
        let refused = preview(json!([{ "column": "smell", "to": "text" }])).await;
        assert_eq!(refused.error(), (422, "mapping_no_column".to_owned()));
    }

    async fn a_sheet_that_cannot_be_read_leaves_the_choice_of_another(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await.with_header("accept-language", "ru");
        let mut workbook = Workbook::new();
        for (name, rows) in [("Обложка", 1), ("Отзывы", 2)] {
            let sheet = workbook.add_worksheet().set_name(name).unwrap();
            for row in 0..rows {
                sheet.write_string(row, 0, "text").unwrap();
            }
        }
        let file = workbook.save_to_buffer().unwrap();
        let upload = analyst.upload("a.xlsx", &file).await.ok()["upload"].clone();
        let found = analyst.post("/api/imports/preview", json!({ "upload": upload })).await.ok();
        assert_eq!((&found["format"]["sheet"], &found["refusal"]), (&json!("Отзывы"), &Value::Null));
        let mut format = found["format"].clone();
        format["sheet"] = json!("Обложка");
        let body = json!({ "upload": upload, "format": format, "mapping": found["mapping"] });
        let refused = analyst.post("/api/imports/preview", body).await.ok();
        let refusal = json!({
            "code": "file_without_rows",
            "message": "В файле есть только заголовок, а строк с откликами нет.",
        });
        assert_eq!((&refused["refusal"], &refused["sheets"]), (&refusal, &json!(["Обложка", "Отзывы"])));
        let half = analyst.upload("b.xlsx", &file[..file.len() / 2]).await.ok()["upload"].clone();
        let broken = analyst.post("/api/imports/preview", json!({ "upload": half })).await;
        assert_eq!(broken.message(), "Файл обрывается на середине: похоже, он скопирован или скачан не до конца.");
    }

    async fn a_failed_import_tells_why_in_the_readers_language(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let upload = analyst.upload("a.csv", "id,text\n1,Хорошо\n".as_bytes()).await.ok()["upload"].clone();
        let preview = analyst.post("/api/imports/preview", json!({ "upload": upload })).await.ok();
        let new = json!({
            "upload": upload, "file_name": "a.csv", "source": "файл", "channel": "review",
            "format": preview["format"], "mapping": preview["mapping"],
        });
        let started = analyst.post("/api/imports", new).await.ok();
        for file in std::fs::read_dir(app.data.uploads()).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
        app.work_all().await.unwrap();
        let import = format!("/api/imports/{}", started["id"].as_str().unwrap());
        let job = format!("/api/jobs/{}", started["job"].as_str().unwrap());
        for (language, message) in [
            ("ru", "Загруженного файла больше нет. Загрузите его ещё раз."),
            ("en", "The uploaded file is no longer there. Upload it again."),
        ] {
            for path in [&import, &job] {
                let told = analyst.with_header("accept-language", language).get(path).await.ok();
                assert_eq!(told["error"], json!({ "code": "upload_gone", "message": message }), "{path}");
            }
        }
    }

    async fn pushed_items_are_answered_one_by_one(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let source = json!({ "name": "Чат", "channel": "chat", "retention_days": null });
        analyst.post("/api/sources", source).await.ok();
        let push = |items: Value| {
            let analyst = analyst.clone();
            async move { analyst.post("/api/sources/%D0%A7%D0%B0%D1%82/feedback", json!({ "items": items })).await }
        };
        let items = json!([
            { "external_id": "1", "text": "Спасибо" },
            { "external_id": "2", "nps": 11 },
            { "external_id": "3", "nps": 0, "occurred_at": "2026-02-01T10:00:00+03:00" },
        ]);
        let results = push(items.clone()).await.ok();
        let word = |n: usize| results["results"][n]["result"].as_str().unwrap();
        assert_eq!([word(0), word(1), word(2)], ["new", "refused", "new"]);
        assert_eq!(results["results"][1]["issues"][0]["code"], "score_out_of_range");
        let again = push(items).await.ok();
        assert_eq!(again["results"][0]["result"], "unchanged");
        assert_eq!(push(json!([{ "external_id": "4", "smell": "bad" }])).await.error().0, 400);
        let nowhere = analyst.post("/api/sources/nowhere/feedback", json!({ "items": [] })).await;
        assert_eq!(nowhere.error(), (404, "not_found".to_owned()));
    }

    async fn a_topic_labels_what_is_there_and_a_person_has_the_last_word(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        let csv = "id,date,text\n1,2026-02-01,Где мои деньги\n2,2026-02-02,Спасибо\n";
        import(&app, &admin, "a.csv", csv.as_bytes()).await;
        let effect = admin.post("/api/topics/preview", json!({ "topic": null, "rule": "деньги" })).await.ok();
        assert_eq!(effect, json!({ "gained": 1, "lost": 0, "kept": 0 }));
        let topic = json!({ "parent_id": null, "code": "money", "name_ru": "Деньги", "name_en": "Money", "rule": "деньги" });
        let topic = admin.post("/api/topics", topic).await.ok();
        app.work_all().await.unwrap();
        app.catch_up().await.unwrap();
        let about = json!({ "filter": { "in": { "dimension": "topic", "values": ["money"] } } });
        let page = admin.post("/api/feedback/query", about.clone()).await.ok();
        assert_eq!((&page["total"], &page["items"][0]["external_id"]), (&json!(1), &json!("1")));
        assert_eq!(page["items"][0]["labels"][0]["spans"], json!([{ "part": "text", "start": 14, "end": 26 }]));
        let item = page["items"][0]["id"].as_str().unwrap();
        let said = json!({ "topic": topic["id"], "applies": false });
        admin.put(&format!("/api/feedback/{item}/labels"), said).await.ok();
        app.catch_up().await.unwrap();
        assert_eq!(admin.post("/api/feedback/query", about).await.ok()["total"], 0);
    }
}
