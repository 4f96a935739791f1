//! Anomalies: who sees which, how they are narrowed, what people write to them.

use otklik_metrics::watch::{Causes, FoundAnomaly, record_anomalies};
use otklik_platform::Role;
use otklik_platform::people::Grant;
use otklik_platform::units::{UnitIn, create_unit};
use otklik_stats::anomaly::{AlarmKind, Grain};
use otklik_store::Actor;
use otklik_store::ids::UnitId;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::{Value, json};

/// A spike of the whole, one that only repeats it, and a shift of the unit's NPS.
async fn keep(app: &TestApp) -> UnitId {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let unit = UnitIn {
        tree: "path".to_owned(),
        parent_id: None,
        code: "cards".to_owned(),
        name_ru: "Карты".to_owned(),
        name_en: "Cards".to_owned(),
        position: 0,
    };
    let unit = create_unit(&mut tx, &unit).await.unwrap();
    let spike = FoundAnomaly {
        metric: "count".to_owned(),
        version: 1,
        dimension: String::new(),
        value: String::new(),
        unit_id: None,
        grain: Grain::Day,
        kind: AlarmKind::Spike,
        from_on: "2026-02-20".to_owned(),
        to_on: "2026-02-20".to_owned(),
        actual: 45.0,
        expected: 12.0,
        low: 3.0,
        high: 25.0,
        deviation: 8.0,
        watched: 40,
        causes: Causes::default(),
        lead: None,
    };
    let repeated = FoundAnomaly {
        dimension: "channel".to_owned(),
        value: "chat".to_owned(),
        lead: Some(0),
        ..spike.clone()
    };
    let shift = FoundAnomaly {
        metric: "nps".to_owned(),
        dimension: "unit".to_owned(),
        value: unit.0.clone(),
        unit_id: Some(unit.clone()),
        kind: AlarmKind::Shift,
        to_on: "2026-02-26".to_owned(),
        deviation: -3.0,
        ..spike.clone()
    };
    record_anomalies(&mut tx, &[spike, repeated, shift]).await.unwrap();
    tx.commit().await.unwrap();
    unit
}

fn metrics(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|one| one["metric"].as_str().unwrap()).collect()
}

both! {
    async fn everybody_sees_what_lies_in_their_units(store: TestStore) {
        let app = TestApp::new(store).await;
        let unit = keep(&app).await;
        let api = TestApi::new(&app);
        let viewer = api.as_role(Role::Viewer).await;
        let list = viewer.get("/api/anomalies").await.ok();
        assert_eq!((metrics(&list), &list["total"]), (vec!["nps", "count"], &2.into()));
        for (condition, found) in [
            ("metric=nps", vec!["nps"]),
            ("dimension=", vec!["count"]),
            ("dimension=unit", vec!["nps"]),
            ("state=seen", vec![]),
            ("state=new&limit=1", vec!["nps"]),
            ("limit=1&offset=1", vec!["count"]),
        ] {
            let list = viewer.get(&format!("/api/anomalies?{condition}")).await.ok();
            assert_eq!(metrics(&list), found, "{condition}");
        }
        assert_eq!(viewer.get("/api/today").await.ok()["anomalies_total"], 2);

        let whole = list["items"][1]["id"].as_str().unwrap();
        let page = viewer.get(&format!("/api/anomalies/{whole}")).await.ok();
        assert_eq!(page["followers"][0]["value"], "chat");
        let local = api.with_grants(vec![Grant { unit: Some(unit), role: Role::Contributor }]).await;
        assert_eq!(metrics(&local.get("/api/anomalies").await.ok()), ["nps"]);
        assert_eq!(local.get("/api/today").await.ok()["anomalies_total"], 1);
        assert_eq!(local.get(&format!("/api/anomalies/{whole}")).await.error(), (403, "forbidden".to_owned()));
    }

    async fn people_say_what_it_was(store: TestStore) {
        let app = TestApp::new(store).await;
        keep(&app).await;
        let api = TestApi::new(&app);
        let (viewer, expert) = (api.as_role(Role::Viewer).await, api.as_role(Role::Contributor).await);
        let list = expert.get("/api/anomalies?metric=count").await.ok();
        let path = format!("/api/anomalies/{}", list["items"][0]["id"].as_str().unwrap());
        let decision = format!("{path}/decision");
        let explain = json!({ "version": 1, "state": "explained", "note": "Акция в приложении" });
        assert_eq!(viewer.put(&decision, explain.clone()).await.error(), (403, "forbidden".to_owned()));
        let wordless = json!({ "version": 1, "state": "false" });
        assert_eq!(expert.put(&decision, wordless).await.error(), (422, "note_missing".to_owned()));
        let decided = expert.put(&decision, explain.clone()).await.ok();
        assert_eq!((&decided["anomaly"]["state"], &decided["anomaly"]["version"]), (&"explained".into(), &2.into()));
        assert!(decided["anomaly"]["decided_by"].is_string());
        assert_eq!(expert.put(&decision, explain).await.error(), (409, "stale".to_owned()));
        assert_eq!(viewer.get("/api/today").await.ok()["anomalies_total"], 1);

        let problem = expert.post("/api/problems", json!({ "title": "Приложение падает" })).await.ok();
        let id = &problem["problem"]["id"];
        let link = |version: u64, problem: &Value| json!({ "version": version, "problem": problem });
        let linked = expert.put(&format!("{path}/problem"), link(2, id)).await.ok();
        assert_eq!((&linked["problem"]["title"], &linked["anomaly"]["problem_id"]), (&"Приложение падает".into(), id));
        let unknown = json!("0198c0de-0000-7000-8000-000000000000");
        assert_eq!(expert.put(&format!("{path}/problem"), link(3, &unknown)).await.error(), (404, "not_found".to_owned()));
        assert!(expert.put(&format!("{path}/problem"), link(3, &Value::Null)).await.ok()["problem"].is_null());
    }
}
