//! Boards as files on demand, and sent by themselves: to whom, when, with whose numbers.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use otklik_platform::Role;
use otklik_platform::letters::{Letter, load_attachments};
use otklik_platform::people::{Grant, list_people};
use otklik_store::ids::UnitId;
use otklik_store::outbox;
use otklik_testkit::{Answer, Caller, TestApi, TestApp, both};
use serde_json::{Value, json};

const WEEK_MS: i64 = 7 * 86_400_000;

fn board(reach: &str, unit: Option<&str>) -> Value {
    let card = |key: &str, chart: &str, query: Value| json!({ "key": key, "chart": chart, "size": "medium", "query": query });
    json!({ "name": "Комитет: июль/август", "reach": reach, "unit_id": unit, "cards": [
        card("a", "number", json!({ "metric": "nps" })),
        card("b", "bars", json!({ "metric": "count", "dimensions": ["channel"] })),
        card("c", "number", json!({ "metric": "csat" })),
        card("d", "number", json!({ "metric": "gone_by_now" })),
    ] })
}

/// Six items of a unit with high scores, six of no unit with low ones.
async fn company(app: &TestApp) -> (TestApi, Caller, String) {
    let api = TestApi::new(app);
    let admin = api.as_role(Role::Admin).await.with_header("x-otklik-language", "ru");
    let unit =
        json!({ "tree": "path", "parent_id": null, "code": "cards", "name_ru": "Карты", "name_en": "Cards" });
    let unit = admin.post("/api/units", unit).await.ok().as_str().unwrap().to_owned();
    admin
        .post("/api/sources", json!({ "name": "push", "channel": "review", "retention_days": null }))
        .await
        .ok();
    let item = |at: usize| {
        let mut item =
            json!({ "external_id": at.to_string(), "text": "Текст", "nps": if at < 6 { 10 } else { 3 } });
        if at < 6 {
            item["unit"] = "cards".into();
        }
        item
    };
    let items: Vec<Value> = (0..12).map(item).collect();
    admin.post("/api/sources/push/feedback", json!({ "items": items })).await.ok();
    app.catch_up().await.unwrap();
    (api, admin, unit)
}

fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

async fn me(caller: &Caller) -> String {
    caller.get("/api/session").await.ok()["person"].as_str().unwrap().to_owned()
}

fn weekly(recipients: &[&String], formats: &[&str]) -> Value {
    json!({ "rhythm": { "every": "week", "weekday": 1 }, "time": "09:00", "formats": formats, "recipients": recipients })
}

fn text_of(pdf: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    pdf.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheet_of(xlsx: &[u8], place: usize) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(xlsx.to_vec())).unwrap();
    let name = book.sheet_names()[place].clone();
    book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn bytes(answer: &Answer) -> &[u8] {
    assert_eq!(answer.status, 200, "{}", answer.text());
    &answer.body
}

async fn letters(app: &TestApp) -> Vec<Letter> {
    let messages = outbox::list_messages(&app.store, 100, 0).await.unwrap().items;
    let mut letters: Vec<Letter> = messages.iter().map(|message| message.payload().unwrap()).collect();
    letters.sort_by(|a, b| a.to.cmp(&b.to));
    letters
}

both! {
    async fn a_board_is_a_file_with_the_readers_own_numbers(store: TestStore) {
        let app = TestApp::new(store).await;
        let (api, admin, unit) = company(&app).await;
        let made = admin.post("/api/boards", board("company", None)).await.ok();
        let path = format!("/api/boards/{}/file", id(&made));
        let pdf = admin.post(&path, json!({ "format": "pdf" })).await;
        let text = text_of(bytes(&pdf));
        for wanted in ["Комитет: июль/август", "0,0", "n 12", "отзыв", "Ответов", "Метрики этой карточки больше нет", "Страница 1 из 1"] {
            assert!(text.contains(wanted), "{wanted} is not in {text}");
        }
        let disposition = pdf.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.ends_with(".pdf") && !disposition.contains('/'), "{disposition}");

        let of_unit = vec![Grant { unit: Some(UnitId(unit)), role: Role::Viewer }];
        let viewer = api.with_grants(of_unit).await.with_header("x-otklik-language", "en");
        let text = text_of(bytes(&viewer.post(&path, json!({ "format": "pdf", "paper": "portrait" })).await));
        assert!(text.contains("100.0") && text.contains("n 6") && text.contains("Page 1 of 1"), "{text}");

        let xlsx = admin.post(&path, json!({ "format": "xlsx" })).await;
        let rows = sheet_of(bytes(&xlsx), 1);
        let found = rows.iter().find(|row| row[0] == Data::String("отзыв".into())).unwrap();
        assert_eq!(found[1..3], [Data::Float(12.0), Data::Float(12.0)], "numbers are numbers");
        let narrowed = json!({ "format": "xlsx", "filter": { "range": { "score": "nps", "low": 9, "high": 10 } } });
        let rows = sheet_of(bytes(&admin.post(&path, narrowed).await), 0);
        assert!(rows.iter().any(|row| row.contains(&Data::Float(100.0))), "what is on the screen counts: {rows:?}");
    }

    async fn a_report_is_sent_on_its_day_once(store: TestStore) {
        let app = TestApp::new(store).await;
        let (_, admin, _) = company(&app).await;
        let (board, owner) = (admin.post("/api/boards", board("company", None)).await.ok(), me(&admin).await);
        let path = format!("/api/boards/{}/reports", id(&board));
        let report = admin.post(&path, weekly(&[&owner], &["pdf", "xlsx"])).await.ok();
        let due = report["next_at"].as_i64().unwrap();
        assert!((1..=WEEK_MS).contains(&(due - app.store.now_ms())));

        app.enqueue_due_reports().await.unwrap();
        app.work_all().await.unwrap();
        assert!(letters(&app).await.is_empty(), "not before its time");

        // Three turns are missed while the server is down.
        app.store.clock().set(due + 2 * WEEK_MS + 5);
        for _ in 0..3 {
            app.enqueue_due_reports().await.unwrap();
            app.work_all().await.unwrap();
        }
        let sent = letters(&app).await;
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].subject, "Комитет: июль/август, за всё время");
        let files = load_attachments(&app.store, &sent[0].attachments).await.unwrap();
        assert_eq!(files.iter().map(|file| file.name.ends_with("xlsx")).collect::<Vec<_>>(), [false, true]);
        assert!(text_of(&files[0].content).contains("n 12"));

        let listed = admin.get(&path).await.ok();
        assert_eq!(listed[0]["next_at"], due + 3 * WEEK_MS);
        let runs = listed[0]["runs"].as_array().unwrap();
        assert_eq!((runs.len(), &runs[0]["due_at"], &runs[0]["sent_to"]), (1, &due.into(), &json!([owner])));
        let file = admin.get(&format!("/api/report-files/{}", runs[0]["files"][0]["id"].as_str().unwrap())).await;
        assert_eq!(bytes(&file), files[0].content);
    }

    async fn recipients_are_asked_for_their_right_again(store: TestStore) {
        let app = TestApp::new(store).await;
        let (api, admin, unit) = company(&app).await;
        let of_unit = || vec![Grant { unit: Some(UnitId(unit.clone())), role: Role::Viewer }];
        let (reader, leaver) = (api.with_grants(of_unit()).await, api.with_grants(of_unit()).await);
        let board = admin.post("/api/boards", board("company", None)).await.ok();
        let path = format!("/api/boards/{}/reports", id(&board));
        let people = [me(&admin).await, me(&reader).await, me(&leaver).await];
        let report = admin.post(&path, weekly(&people.iter().collect::<Vec<_>>(), &["pdf"])).await.ok();
        admin.put(&format!("/api/people/{}/disabled", people[2]), json!({ "disabled": true })).await;

        assert_eq!(admin.post(&format!("/api/reports/{}/send", id(&report)), json!({})).await.status, 202);
        app.work_all().await.unwrap();
        let sent = letters(&app).await;
        assert_eq!(sent.len(), 2);
        let known = list_people(&app.store).await.unwrap();
        let mut texts = Vec::new();
        for letter in &sent {
            let person = known.iter().find(|person| person.email == letter.to[0]).unwrap();
            let files = load_attachments(&app.store, &letter.attachments).await.unwrap();
            texts.push((person.id.0 == people[0], text_of(&files[0].content)));
        }
        for (whole, text) in texts {
            assert_eq!(text.contains("n 12"), whole, "each sees the numbers of what they may read: {text}");
        }
        let run = &admin.get(&path).await.ok()[0]["runs"][0];
        assert_eq!((&run["left_out"], &run["requested_by"]), (&json!([people[2]]), &json!(people[0])));
        assert_eq!(run["files"].as_array().unwrap().len(), 1, "files of others are not listed");
        let theirs = reader.get(&path).await.ok()[0]["runs"][0]["files"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(admin.get(&format!("/api/report-files/{theirs}")).await.error(), (404, "not_found".to_owned()));
    }

    async fn who_may_not_change_a_board_sends_it_only_to_themselves(store: TestStore) {
        let app = TestApp::new(store).await;
        let (api, admin, _) = company(&app).await;
        let (viewer, other) = (api.as_role(Role::Viewer).await, api.as_role(Role::Viewer).await);
        let shared = admin.post("/api/boards", board("company", None)).await.ok();
        let own = admin.post("/api/boards", board("own", None)).await.ok();
        let path = format!("/api/boards/{}/reports", id(&shared));
        let (me, them, boss) = (me(&viewer).await, me(&other).await, me(&admin).await);
        assert_eq!(viewer.post(&path, weekly(&[&me, &them], &["pdf"])).await.status, 403);
        let report = viewer.post(&path, weekly(&[&me], &["pdf"])).await.ok();
        let to_stranger = admin.post(&format!("/api/boards/{}/reports", id(&own)), weekly(&[&boss, &them], &["pdf"])).await;
        assert_eq!(to_stranger.error(), (422, "bad_report".to_owned()), "they do not see it");
        assert_eq!(viewer.post(&format!("/api/boards/{}/file", id(&own)), json!({ "format": "pdf" })).await.status, 403);

        let change = |content: Value| json!({ "version": 1, "content": content });
        let at = format!("/api/reports/{}", id(&report));
        assert_eq!(other.put(&at, change(weekly(&[&them], &["pdf"]))).await.status, 403);
        for (name, value) in [("time", json!("9 утра")), ("formats", json!([])), ("rhythm", json!({ "every": "week", "weekday": 8 })), ("recipients", json!([]))] {
            let mut bad = weekly(&[&me], &["pdf"]);
            bad[name] = value;
            assert_eq!(viewer.put(&at, change(bad)).await.error(), (422, "bad_report".to_owned()), "{name}");
        }
        let mut paused = weekly(&[&me], &["pdf"]);
        paused["paused"] = true.into();
        let changed = viewer.put(&at, change(paused.clone())).await.ok();
        assert_eq!((&changed["next_at"], &changed["version"]), (&Value::Null, &2.into()));
        assert_eq!(viewer.put(&at, change(paused)).await.error(), (409, "stale".to_owned()));
        app.store.clock().set(app.store.now_ms() + 2 * WEEK_MS);
        app.enqueue_due_reports().await.unwrap();
        app.work_all().await.unwrap();
        assert!(letters(&app).await.is_empty(), "a paused report rests");
        assert_eq!(admin.delete(&at).await.status, 204);
        assert_eq!(viewer.put(&at, change(json!({}))).await.status, 404);
    }

    async fn a_deleted_board_takes_its_reports_along(store: TestStore) {
        let app = TestApp::new(store).await;
        let (_, admin, _) = company(&app).await;
        let (made, owner) = (admin.post("/api/boards", board("company", None)).await.ok(), me(&admin).await);
        let path = format!("/api/boards/{}", id(&made));
        let report = admin.post(&format!("{path}/reports"), weekly(&[&owner], &["xlsx"])).await.ok();
        admin.post(&format!("/api/reports/{}/send", id(&report)), json!({})).await;
        app.work_all().await.unwrap();
        admin.post(&format!("/api/reports/{}/send", id(&report)), json!({})).await;
        assert_eq!(admin.delete(&path).await.status, 204);
        app.work_all().await.unwrap();
        assert_eq!(letters(&app).await.len(), 1, "the second time there is nothing to send");
        for table in ["report", "report_run", "report_file"] {
            let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(app.store.reader()).await.unwrap();
            assert_eq!(rows, 0, "{table}");
        }
    }
}
