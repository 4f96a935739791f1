//! A solved problem that is back: on Today, on its row, answered by those who may, and only once.

use jiff::civil::date;
use otklik_backlog::alarms::{Relapse, raise_alarm};
use otklik_platform::Role;
use otklik_store::Actor;
use otklik_store::ids::SolutionId;
use otklik_testkit::{Caller, TestApi, TestApp, both};
use serde_json::{Value, json};

/// A solved problem with an alarm; what its plans went through before is told by the tests of the backlog.
async fn returned(app: &TestApp, manager: &Caller) -> Value {
    let new = json!({ "title": "Карта приходит через месяц" });
    let problem = manager.post("/api/problems", new).await.ok()["problem"]["id"].clone();
    let path = format!("/api/problems/{}", problem.as_str().unwrap());
    let mut row = Value::Null;
    for plan in ["Свои курьеры", "Пункты выдачи"] {
        row = manager.post(&format!("{path}/solutions"), json!({ "title": plan })).await.ok();
    }
    let plan = SolutionId(row["solutions"][0]["id"].as_str().unwrap().to_owned());
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    for sql in [
        "update problem set state = 'solved'",
        "update solution set state = 'judged', outcome = 'worked' where position = 0",
    ] {
        sqlx::query(sql).execute(tx.conn()).await.unwrap();
    }
    let found = Relapse { since: date(2026, 3, 2), measure: json!({ "result": { "looks": "any" } }) };
    raise_alarm(&mut tx, &plan, found).await.unwrap().expect("an alarm");
    tx.commit().await.unwrap();
    manager.get(&path).await.ok()
}

both! {
    async fn an_alarm_waits_on_today_and_is_dismissed_once(store: TestStore) {
        let app = TestApp::new(store).await;
        let api = TestApi::new(&app);
        let (manager, viewer) = (api.as_role(Role::Manager).await, api.as_role(Role::Viewer).await);
        let row = returned(&app, &manager).await;
        assert_eq!((&row["alarm"]["since"], &row["alarm"]["solution_id"]), (&json!("2026-03-02"), &row["solutions"][0]["id"]));
        let today = manager.get("/api/today").await.ok();
        assert_eq!((&today["alarms"][0]["alarm"], &today["alarms"][0]["number"]), (&row["alarm"]["id"], &json!(1)));
        assert_eq!(viewer.get("/api/today").await.ok()["alarms"], json!([]), "a reader cannot answer it");
        let path = format!("/api/problems/{}", row["problem"]["id"].as_str().unwrap());
        let read = viewer.get(&path).await.ok();
        assert_eq!(read["alarm"]["id"], row["alarm"]["id"], "but sees it");

        let answer = json!({ "version": row["problem"]["version"], "reason": "Летом так всегда" });
        let dismiss = format!("{path}/alarm/dismiss");
        assert_eq!(viewer.post(&dismiss, answer.clone()).await.status, 403);
        let left = manager.post(&dismiss, answer.clone()).await.ok();
        assert_eq!((&left["alarm"], &left["problem"]["state"]), (&Value::Null, &json!("solved")));
        assert_eq!(manager.post(&dismiss, answer).await.error().1, "alarm_missing");
        assert_eq!(manager.get("/api/today").await.ok()["alarms"], json!([]));
    }

    async fn reopening_answers_it_and_the_next_plan_is_current(store: TestStore) {
        let app = TestApp::new(store).await;
        let manager = TestApi::new(&app).as_role(Role::Manager).await;
        let row = returned(&app, &manager).await;
        let path = format!("/api/problems/{}/reopen", row["problem"]["id"].as_str().unwrap());
        let answer = json!({ "version": row["problem"]["version"], "reason": "Курьеров снова не хватает" });
        let open = manager.post(&path, answer).await.ok();
        assert_eq!((&open["alarm"], &open["problem"]["state"]), (&Value::Null, &json!("solving")));
        assert_eq!((&open["solutions"][1]["is_current"], &open["solutions"][0]["is_current"]), (&json!(true), &json!(false)));
    }
}
