//! Boards, targets and incidents: who sees and changes them, what is refused, and many questions at once.

use otklik_platform::Role;
use otklik_platform::people::Grant;
use otklik_store::ids::UnitId;
use otklik_testkit::{Caller, TestApi, TestApp, both};
use serde_json::{Value, json};

fn board(name: &str) -> Value {
    let card = json!({ "key": "a", "chart": "trend", "size": "wide", "query": { "metric": "nps", "grain": "month", "period": { "from": "2026-01-01", "to": "2026-01-31" } } });
    json!({ "name": name, "reach": "own", "period": "days-90", "filter": { "answered": "nps" }, "cards": [card] })
}

fn shared(name: &str, reach: &str, unit: Option<&str>) -> Value {
    let mut content = board(name);
    content["reach"] = reach.into();
    content["unit_id"] = unit.into();
    content
}

async fn unit(admin: &Caller, code: &str) -> String {
    let unit = json!({ "tree": "path", "parent_id": null, "code": code, "name_ru": code, "name_en": code });
    admin.post("/api/units", unit).await.ok().as_str().unwrap().to_owned()
}

async fn of_unit(api: &TestApi, unit: &str, role: Role) -> Caller {
    api.with_grants(vec![Grant { unit: Some(UnitId(unit.to_owned())), role }]).await
}

async fn names(caller: &Caller) -> Vec<String> {
    let listed = caller.get("/api/boards").await.ok();
    listed.as_array().unwrap().iter().map(|board| board["name"].as_str().unwrap().to_owned()).collect()
}

fn id(made: &Value) -> &str {
    made["id"].as_str().unwrap()
}

both! {
    async fn a_board_is_made_changed_and_deleted(store: TestStore) {
        let app = TestApp::new(store).await;
        let owner = TestApi::new(&app).as_role(Role::Viewer).await;
        let made = owner.post("/api/boards", board("  Мой день ")).await.ok();
        assert_eq!((&made["version"], &made["content"]["name"], &made["may_change"]), (&1.into(), &"Мой день".into(), &true.into()));
        assert_eq!(made["content"]["cards"][0]["query"]["period"], Value::Null, "the board's period counts");
        let path = format!("/api/boards/{}", id(&made));
        let change = json!({ "version": 1, "content": board("Неделя") });
        assert_eq!(owner.put(&path, change.clone()).await.ok()["version"], 2);
        assert_eq!(owner.put(&path, change).await.error(), (409, "stale".to_owned()));
        let mut cards = board("Неделя");
        cards["cards"].as_array_mut().unwrap().push(json!({ "key": "a", "chart": "number", "size": "small", "query": { "metric": "csat" } }));
        assert_eq!(owner.post("/api/boards", cards).await.error(), (422, "bad_board".to_owned()), "two cards of one key");
        assert_eq!(owner.post("/api/boards", board(" ")).await.error(), (422, "bad_board".to_owned()));
        let mut heat = board("Карта");
        heat["cards"][0]["chart"] = "heat".into();
        assert_eq!(owner.post("/api/boards", heat).await.error(), (422, "bad_board".to_owned()), "a map of no dimensions");
        assert_eq!(owner.get(&path).await.ok()["content"]["name"], "Неделя");
        assert_eq!(owner.delete(&path).await.status, 204);
        assert_eq!(owner.get(&path).await.error(), (404, "not_found".to_owned()));
        assert!(names(&owner).await.is_empty());
    }

    async fn boards_are_seen_where_they_are_shared(store: TestStore) {
        let app = TestApp::new(store).await;
        let api = TestApi::new(&app);
        let admin = api.as_role(Role::Admin).await;
        let (cards, loans) = (unit(&admin, "cards").await, unit(&admin, "loans").await);
        let author = of_unit(&api, &cards, Role::Contributor).await;
        let (reader, manager) = (of_unit(&api, &cards, Role::Viewer).await, of_unit(&api, &cards, Role::Manager).await);
        let stranger = of_unit(&api, &loans, Role::Manager).await;

        assert_eq!(author.post("/api/boards", shared("Всем", "company", None)).await.status, 403);
        assert_eq!(author.post("/api/boards", shared("Чужим", "unit", Some(&loans))).await.status, 403);
        assert_eq!(reader.post("/api/boards", shared("Карты", "unit", Some(&cards))).await.status, 403);
        assert_eq!(author.post("/api/boards", shared("Карты", "unit", None)).await.status, 403);
        let made = author.post("/api/boards", shared("Карты", "unit", Some(&cards))).await.ok();
        author.post("/api/boards", board("Своя")).await.ok();
        admin.post("/api/boards", shared("Компания", "company", None)).await.ok();
        assert_eq!(names(&author).await, ["Карты", "Компания", "Своя"]);
        assert_eq!(names(&reader).await, ["Карты", "Компания"]);
        assert_eq!(names(&stranger).await, ["Компания"]);

        let path = format!("/api/boards/{}", id(&made));
        assert_eq!(reader.get(&path).await.ok()["may_change"], false);
        assert_eq!(stranger.get(&path).await.status, 403);
        let change = json!({ "version": 1, "content": shared("Карты и счета", "unit", Some(&cards)) });
        assert_eq!(reader.put(&path, change.clone()).await.status, 403);
        assert_eq!(stranger.delete(&path).await.status, 403);
        assert_eq!(manager.put(&path, change).await.ok()["content"]["name"], "Карты и счета");
    }

    async fn many_questions_are_answered_at_once(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await.with_header("x-otklik-language", "ru");
        admin.post("/api/sources", json!({ "name": "push", "channel": "review", "retention_days": null })).await.ok();
        let items: Vec<Value> = (0..6)
            .map(|at| json!({ "external_id": at.to_string(), "text": if at < 2 { "Где карта" } else { "Спасибо" }, "nps": 9 }))
            .collect();
        admin.post("/api/sources/push/feedback", json!({ "items": items })).await.ok();
        app.catch_up().await.unwrap();
        let asked = |metric: &str| json!({ "query": { "metric": metric } });
        let narrowed = json!({ "query": { "metric": "count" }, "search": "карта" });
        let batch = json!({ "questions": [asked("nps"), asked("happiness"), asked("count"), narrowed] });
        let answers = admin.post("/api/metrics/batch", batch).await.ok();
        assert_eq!(answers[0]["answer"]["overall"]["value"], 100.0);
        assert_eq!((&answers[1]["answer"], &answers[1]["error"]["code"]), (&Value::Null, &"unknown_metric".into()));
        assert_eq!(answers[1]["error"]["message"], "Метрики «happiness» нет.");
        assert_eq!((&answers[2]["answer"]["overall"]["value"], &answers[3]["answer"]["overall"]["value"]), (&6.0.into(), &2.0.into()));
        let alone = admin.post("/api/metrics/query", asked("nps")).await.ok();
        assert_eq!(answers[0]["answer"], alone, "a batch answers as a question alone");
        let many = json!({ "questions": vec![asked("nps"); 101] });
        assert_eq!(admin.post("/api/metrics/batch", many).await.error(), (422, "too_many_questions".to_owned()));
    }

    async fn a_target_keeps_its_history(store: TestStore) {
        let app = TestApp::new(store).await;
        let api = TestApi::new(&app);
        let admin = api.as_role(Role::Admin).await;
        let (cards, loans) = (unit(&admin, "cards").await, unit(&admin, "loans").await);
        let manager = of_unit(&api, &cards, Role::Manager).await;
        let target = |value: f64, unit: Option<&str>| json!({ "metric": "nps", "value": value, "due_on": "2026-12-31", "unit_id": unit });
        assert_eq!(manager.post("/api/targets", target(40.0, None)).await.status, 403);
        assert_eq!(manager.post("/api/targets", target(40.0, Some(&loans))).await.status, 403);
        let made = manager.post("/api/targets", target(40.0, Some(&cards))).await.ok();
        let path = format!("/api/targets/{}", id(&made));
        assert_eq!(manager.put(&path, json!({ "version": 1, "content": target(45.0, Some(&cards)) })).await.ok()["version"], 2);
        assert_eq!(manager.put(&path, json!({ "version": 1, "content": target(50.0, Some(&cards)) })).await.error(), (409, "stale".to_owned()));
        assert_eq!(manager.put(&path, json!({ "version": 2, "content": target(50.0, None) })).await.status, 403, "it cannot leave the unit");
        let listed = manager.get("/api/targets").await.ok();
        assert_eq!((&listed[0]["content"]["value"], &listed[0]["progress"]["refusal"]), (&45.0.into(), &"no_data".into()));
        assert_eq!(of_unit(&api, &loans, Role::Viewer).await.get("/api/targets").await.ok(), json!([]));
        let mut unknown = target(1.0, Some(&cards));
        unknown["metric"] = "happiness".into();
        assert_eq!(manager.post("/api/targets", unknown).await.error(), (422, "unknown_metric".to_owned()));
        let mut never = target(1.0, Some(&cards));
        never["due_on"] = "someday".into();
        assert_eq!(manager.post("/api/targets", never).await.error(), (422, "bad_target".to_owned()));
        assert_eq!(manager.delete(&format!("{path}/1")).await.error(), (409, "stale".to_owned()));
        assert_eq!(manager.delete(&format!("{path}/2")).await.status, 204);
        assert_eq!(manager.get("/api/targets").await.ok(), json!([]));
        let versions = manager.get(&format!("{path}/versions")).await.ok();
        let history: Vec<_> = versions.as_array().unwrap().iter().map(|v| (v["content"]["value"].as_f64().unwrap(), v["dropped"].as_bool().unwrap())).collect();
        assert_eq!(history, [(45.0, true), (45.0, false), (40.0, false)]);
    }

    async fn incidents_are_written_down_where_one_works(store: TestStore) {
        let app = TestApp::new(store).await;
        let api = TestApi::new(&app);
        let admin = api.as_role(Role::Admin).await;
        let cards = unit(&admin, "cards").await;
        let (author, reader) = (of_unit(&api, &cards, Role::Contributor).await, of_unit(&api, &cards, Role::Viewer).await);
        let incident = |name: &str, unit: Option<&str>| json!({ "on": "2026-03-02", "kind": "outage", "name": name, "unit_id": unit });
        assert_eq!(author.post("/api/incidents", incident("Сбой", None)).await.status, 403);
        assert_eq!(reader.post("/api/incidents", incident("Сбой", Some(&cards))).await.status, 403);
        assert_eq!(author.post("/api/incidents", incident("", Some(&cards))).await.error(), (422, "bad_incident".to_owned()));
        let made = author.post("/api/incidents", incident("Сбой", Some(&cards))).await.ok();
        admin.post("/api/incidents", incident("Новый тариф", None)).await.ok();
        let other = unit(&admin, "loans").await;
        let marks = of_unit(&api, &other, Role::Viewer).await.get("/api/marks").await.ok();
        assert_eq!((marks["incidents"].as_array().unwrap().len(), &marks["releases"]), (1, &json!([])));
        let path = format!("/api/incidents/{}", id(&made));
        let change = json!({ "version": 1, "content": incident("Сбой переводов", Some(&cards)) });
        assert_eq!(reader.put(&path, change.clone()).await.status, 403);
        assert_eq!(author.put(&path, change.clone()).await.ok()["content"]["name"], "Сбой переводов");
        assert_eq!(author.put(&path, change).await.error(), (409, "stale".to_owned()));
        assert_eq!(author.delete(&path).await.status, 204);
        assert_eq!(author.get("/api/marks").await.ok()["incidents"].as_array().unwrap().len(), 1);
    }

    async fn a_table_becomes_a_spreadsheet(store: TestStore) {
        let app = TestApp::new(store).await;
        let reader = TestApi::new(&app).as_role(Role::Viewer).await;
        let table = json!({
            "title": "NPS: Сегмент",
            "facts": [{ "name": "Период", "value": "1–30 ноября 2026" }],
            "columns": ["Сегмент", "Значение"],
            "rows": [["Премиальный", 41.5], ["=cmd()", null]],
        });
        let made = reader.post("/api/sheets", table).await;
        assert_eq!(made.status, 200);
        let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(made.headers["content-type"], xlsx);
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(made.body.to_vec())).unwrap();
        let page = calamine::Reader::worksheet_range(&mut book, "NPS Сегмент").unwrap();
        let cells: Vec<Vec<String>> = page.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        assert_eq!(cells, [
            ["NPS: Сегмент", ""], ["Период", "1–30 ноября 2026"], ["", ""], ["Сегмент", "Значение"],
            ["Премиальный", "41.5"], ["=cmd()", ""],
        ]);
    }
}
