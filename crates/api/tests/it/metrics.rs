//! Definitions of metrics: who may edit them, what is refused, and that a list stands behind each.

use otklik_platform::Role;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::{Value, json};

fn share(code: &str) -> Value {
    json!({
        "code": code,
        "name": { "ru": "Звонки", "en": "Calls" },
        "direction": "neutral",
        "formula": { "kind": "share", "matching": { "in": { "dimension": "channel", "values": ["call"] } } },
        "filter": { "answered": "nps" },
        "window": { "months": 3 },
    })
}

fn over(code: &str, text: &str) -> Value {
    let names = json!({ "ru": "а", "en": "a" });
    json!({ "code": code, "name": names, "direction": "neutral", "unit": "percent", "formula": { "kind": "expression", "text": text } })
}

fn codes(listed: &Value) -> Vec<&str> {
    listed.as_array().unwrap().iter().map(|metric| metric["code"].as_str().unwrap()).collect()
}

both! {
    async fn a_definition_is_written_changed_archived_and_restored(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let made = analyst.post("/api/metrics", share("calls")).await.ok();
        assert_eq!((&made["version"], &made["unit"], &made["window"]), (&1.into(), &"percent".into(), &json!({ "months": 3 })));
        assert_eq!(analyst.post("/api/metrics", share("calls")).await.error(), (409, "metric_code_taken".to_owned()));

        let mut changed = share("whatever");
        changed["window"] = Value::Null;
        let changed = json!({ "version": 1, "definition": changed });
        assert_eq!(analyst.put("/api/metrics/calls", changed.clone()).await.ok()["version"], 2);
        assert_eq!(analyst.put("/api/metrics/calls", changed.clone()).await.error(), (409, "stale".to_owned()));
        let versions = analyst.get("/api/metrics/calls/versions").await.ok();
        assert_eq!((&versions[0]["definition"]["version"], &versions[1]["definition"]), (&2.into(), &made));
        assert!(versions[0]["created_by"].is_string());

        let listed = analyst.get("/api/metrics").await.ok();
        let calls = listed.as_array().unwrap().last().unwrap();
        assert_eq!((&calls["code"], &calls["looks_at"]), (&"calls".into(), &json!({ "answered": "nps" })));
        assert_eq!(analyst.delete("/api/metrics/calls").await.status, 204);
        assert!(!codes(&analyst.get("/api/metrics").await.ok()).contains(&"calls"));
        assert_eq!(codes(&analyst.get("/api/metrics?archived=true").await.ok()), ["calls"]);
        assert_eq!(analyst.delete("/api/metrics/calls").await.error(), (404, "not_found".to_owned()));
        let archived = json!({ "version": 2, "definition": share("calls") });
        assert_eq!(analyst.put("/api/metrics/calls", archived).await.error(), (409, "metric_archived".to_owned()));
        assert_eq!(analyst.post("/api/metrics/calls/restore", json!({})).await.status, 204);
        assert!(codes(&analyst.get("/api/metrics").await.ok()).contains(&"calls"));
    }

    async fn what_cannot_be_is_refused_in_words(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await.with_header("x-otklik-language", "ru");
        let refused = analyst.post("/api/metrics", over("a", "csat + ")).await;
        assert_eq!(refused.error(), (422, "formula_invalid".to_owned()));
        assert_eq!(refused.message(), "Здесь нужно число, показатель или скобка (место 7).");
        let circular = analyst.put("/api/metrics/csat", json!({ "version": 1, "definition": over("csat", "csat * 2") })).await;
        assert_eq!(circular.error(), (422, "metric_circular".to_owned()));
        let mut bad = share("Calls");
        assert_eq!(analyst.post("/api/metrics", bad.clone()).await.error(), (422, "bad_definition".to_owned()));
        bad["colour"] = "red".into();
        assert_eq!(analyst.post("/api/metrics", bad).await.error(), (400, "request_invalid".to_owned()));
        assert_eq!(analyst.get("/api/metrics/calls/versions").await.error(), (404, "not_found".to_owned()));
        for template in analyst.get("/api/metrics/templates").await.ok().as_array().unwrap() {
            assert_eq!(analyst.post("/api/metrics", template.clone()).await.status, 200, "{template}");
        }
    }

    async fn only_those_who_say_how_data_are_read_edit(store: TestStore) {
        let app = TestApp::new(store).await;
        let api = TestApi::new(&app);
        let preview = json!({ "definition": share("calls"), "query": { "metric": "calls" } });
        for (role, status) in
            [(Role::Viewer, 403), (Role::Contributor, 403), (Role::Manager, 403), (Role::Analyst, 200), (Role::Admin, 200)]
        {
            let caller = api.as_role(role).await;
            assert_eq!(caller.post("/api/metrics/preview", preview.clone()).await.status, status, "{role:?}");
            assert_eq!(caller.get("/api/metrics/nps/versions").await.status, 200, "{role:?}");
        }
    }

    async fn no_hypothesis_stands_on_a_metric_made_of_others(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        admin.post("/api/metrics", over("sum", "csat + nps")).await.ok();
        let problem = admin.post("/api/problems", json!({ "title": "Долго ждать" })).await.ok();
        let hypothesis = |metric: &str| {
            json!({ "release": "2026-03-02", "hypothesis": {
                "change": "а", "metric_code": metric, "direction": "up", "smallest_effect": 1.0, "unit": "points",
                "settle_days": 0, "before_days": 28, "after_days": 28, "check_on": "2026-04-01",
            } })
        };
        let path = format!("/api/problems/{}/try", problem["problem"]["id"].as_str().unwrap());
        let tried = admin.post(&path, hypothesis("sum")).await;
        assert_eq!(tried.error(), (422, "metric_without_effect".to_owned()));
        assert_eq!(admin.post(&path, hypothesis("csat")).await.status, 200);
    }
}
