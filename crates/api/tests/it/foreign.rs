//! Units are walls: who reads one of them sees nothing of the others, in no list, number or search.

use otklik_platform::Role;
use otklik_platform::people::Grant;
use otklik_store::ids::UnitId;
use otklik_testkit::{Caller, TestApi, TestApp, both};
use serde_json::{Value, json};

/// Two units, an item and a problem of each, and one item of no unit.
struct Company {
    admin: Caller,
    /// Contributes in the first unit only.
    own: Caller,
    units: [String; 2],
    items: [String; 2],
    problems: [String; 2],
}

async fn company(app: &TestApp) -> Company {
    let api = TestApi::new(app);
    let admin = api.as_role(Role::Admin).await;
    let mut units = Vec::new();
    for code in ["cards", "loans"] {
        let unit =
            json!({ "tree": "path", "parent_id": null, "code": code, "name_ru": code, "name_en": code });
        units.push(text(&admin.post("/api/units", unit).await.ok()));
    }
    let source = json!({ "name": "push", "channel": "review", "retention_days": null });
    admin.post("/api/sources", source).await.ok();
    let item = |id: &str, unit: Value| {
        json!({
            "external_id": id, "unit": unit, "text": "Где мои деньги", "segment": id, "nps": 3,
        })
    };
    let items =
        [item("of-cards", json!("cards")), item("of-loans", json!("loans")), item("of-none", Value::Null)];
    admin.post("/api/sources/push/feedback", json!({ "items": items })).await.ok();
    app.catch_up().await.unwrap();
    let page = admin.post("/api/feedback/query", json!({})).await.ok();
    let id_of = |external: &str| {
        let found = page["items"].as_array().unwrap().iter().find(|item| item["external_id"] == external);
        text(&found.unwrap()["id"])
    };
    let mut problems = Vec::new();
    for unit in &units {
        let problem = json!({ "title": format!("Деньги не приходят: {unit}"), "unit_id": unit });
        problems.push(text(&admin.post("/api/problems", problem).await.ok()["problem"]["id"]));
    }
    let own =
        api.with_grants(vec![Grant { unit: Some(UnitId(units[0].clone())), role: Role::Contributor }]).await;
    Company {
        admin,
        own,
        items: [id_of("of-cards"), id_of("of-loans")],
        units: units.try_into().unwrap(),
        problems: problems.try_into().unwrap(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

both! {
    async fn items_of_other_units_are_not_there(store: TestStore) {
        let app = TestApp::new(store).await;
        let Company { admin, own, items, units, .. } = company(&app).await;
        for (caller, total) in [(&admin, 3), (&own, 1)] {
            for query in [json!({}), json!({ "search": "деньги" })] {
                assert_eq!(caller.post("/api/feedback/query", query).await.ok()["total"], total);
            }
            let numbers = json!({ "query": { "metric": "nps" } });
            assert_eq!(caller.post("/api/metrics/query", numbers).await.ok()["overall"]["n"], total);
        }
        assert_eq!(own.get(&format!("/api/feedback/{}", items[0])).await.status, 200);
        assert_eq!(own.get(&format!("/api/feedback/{}", items[1])).await.status, 403);
        let label = json!({ "topic": "x", "applies": true });
        assert_eq!(own.put(&format!("/api/feedback/{}/labels", items[1]), label).await.status, 403);
        let foreign = json!({ "filter": { "in": { "dimension": "unit", "values": [units[1]] } } });
        assert_eq!(own.post("/api/feedback/query", foreign).await.ok()["total"], 0);
        let escape = json!({ "filter": { "or": ["all", { "not": { "in": { "dimension": "unit", "values": [] } } }] } });
        assert_eq!(own.post("/api/feedback/query", escape).await.ok()["total"], 1);
    }

    async fn values_are_those_of_ones_own_items(store: TestStore) {
        let app = TestApp::new(store).await;
        let Company { admin, own, .. } = company(&app).await;
        let values = |body: Value| -> Vec<String> {
            body.as_array().unwrap().iter().map(|value| text(&value["value"])).collect()
        };
        assert_eq!(values(admin.get("/api/dimensions/segment").await.ok()).len(), 3);
        assert_eq!(values(own.get("/api/dimensions/segment").await.ok()), ["of-cards"]);
    }

    async fn problems_of_other_units_are_closed(store: TestStore) {
        let app = TestApp::new(store).await;
        let Company { admin, own, problems, units, .. } = company(&app).await;
        let [mine, foreign] = &problems;
        assert_eq!(admin.post("/api/problems/query", json!({})).await.ok().as_array().unwrap().len(), 2);
        let listed = own.post("/api/problems/query", json!({})).await.ok();
        assert_eq!(listed.as_array().unwrap().len(), 1);
        let similar = own.post("/api/problems/similar", json!({ "text": "Деньги не приходят" })).await.ok();
        let found: Vec<String> = similar.as_array().unwrap().iter().map(|problem| text(&problem["id"])).collect();
        assert_eq!(found, std::slice::from_ref(mine));
        for path in ["", "/history", "/marks"] {
            assert_eq!(own.get(&format!("/api/problems/{mine}{path}")).await.status, 200, "{path}");
            assert_eq!(own.get(&format!("/api/problems/{foreign}{path}")).await.status, 403, "{path}");
        }
        let note = json!({ "text": "Заметка" });
        assert!(own.post(&format!("/api/problems/{mine}/notes"), note.clone()).await.status.is_success());
        assert_eq!(own.post(&format!("/api/problems/{foreign}/notes"), note).await.status, 403);
        let theirs = json!({ "title": "Чужая", "unit_id": units[1] });
        assert_eq!(own.post("/api/problems", theirs).await.status, 403);
        let nobodys = json!({ "title": "Общая" });
        assert_eq!(own.post("/api/problems", nobodys).await.status, 403);
    }
}
