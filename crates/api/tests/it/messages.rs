//! Being told, over HTTP: one asks for what one may see, changes what is one's own, and a secret is shown once.

use otklik_platform::Role;
use otklik_platform::people::Grant;
use otklik_platform::units::{UnitIn, create_unit};
use otklik_store::Actor;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::json;

both! {
    async fn a_rule_is_asked_for_where_one_may_see_and_changed_by_its_owner(store: TestStore) {
        let app = TestApp::new(store).await;
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
        tx.commit().await.unwrap();
        let api = TestApi::new(&app);
        let viewer = api.with_grants(vec![Grant { unit: Some(unit.clone()), role: Role::Viewer }]).await;
        let other = api.as_role(Role::Viewer).await;
        let nps = |unit_id: Option<&str>| {
            json!({ "condition": { "kind": "metric", "metric": "nps", "unit_id": unit_id, "grain": "week", "limit": { "below": 20.0 } } })
        };
        assert_eq!(viewer.post("/api/alert-rules", nps(None)).await.status, 403, "the whole company's number");
        let id = viewer.post("/api/alert-rules", nps(Some(unit.as_str()))).await.ok();
        let path = format!("/api/alert-rules/{}", id.as_str().unwrap());
        assert_eq!(other.get("/api/alert-rules").await.ok(), json!([]), "it is the owner's alone");
        assert_eq!(other.delete(&path).await.status, 403);
        let for_others = json!({ "unit_id": unit, "condition": { "kind": "problem" } });
        assert_eq!(viewer.post("/api/alert-rules", for_others).await.status, 403, "one who does not manage");
        let daily = json!({ "condition": { "kind": "metric", "metric": "nps", "unit_id": unit, "grain": "day", "limit": "off_target" } });
        assert_eq!(viewer.put(&path, daily).await.error(), (422, "bad_rule".to_owned()));
        assert_eq!(viewer.get("/api/alert-rules").await.ok()[0]["condition"]["limit"], json!({ "below": 20.0 }));
        viewer.delete(&path).await.ok();
        assert_eq!(viewer.get("/api/alert-rules").await.ok(), json!([]));
    }

    async fn a_secret_is_shown_once_and_a_trial_is_in_the_log(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        let body = json!({ "name": "Jira", "url": "https://jira.example/hook", "events": ["problem.returned"] });
        let made = admin.post("/api/webhooks", body).await.ok();
        assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
        let listed = admin.get("/api/webhooks").await;
        assert!(!listed.text().contains("whsec_"), "{}", listed.text());
        let bad = json!({ "name": "Jira", "url": "ftp://jira.example", "events": [] });
        assert_eq!(admin.post("/api/webhooks", bad).await.error(), (422, "webhook_url_invalid".to_owned()));
        admin.post(&format!("/api/webhooks/{}/try", made["id"].as_str().unwrap()), json!({})).await.ok();
        let log = admin.get("/api/messages").await.ok();
        assert_eq!(
            (&log["items"][0]["to"], &log["items"][0]["event"], &log["items"][0]["state"]),
            (&json!(["Jira"]), &json!("test"), &json!("waiting"))
        );
        assert_eq!(admin.post("/api/messages/trial", json!({})).await.error(), (422, "mail_missing".to_owned()));
        let settings = admin.get("/api/notification-settings").await.ok();
        assert_eq!(settings["has_mail"], json!(false));
        let hours = json!({ "hour": 24 });
        assert_eq!(admin.put("/api/notification-settings", hours).await.error(), (422, "hour_invalid".to_owned()));
    }
}
