//! The settings of the company: what is not named stays, what nobody knows is refused.

use otklik_platform::Role;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::json;

both! {
    async fn settings_change_one_by_one(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        let company = admin.get("/api/company").await.ok();
        assert_eq!(company, json!({ "name": "", "time_zone": "Europe/Moscow", "currency": "RUB" }));
        admin.put("/api/company", json!({ "currency": "kzt" })).await.ok();
        admin.put("/api/company", json!({ "name": "Банк", "time_zone": "Asia/Almaty" })).await.ok();
        let changed = json!({ "name": "Банк", "time_zone": "Asia/Almaty", "currency": "KZT" });
        assert_eq!(admin.get("/api/company").await.ok(), changed);
        let refused = admin.with_header("accept-language", "ru").put("/api/company", json!({ "currency": "RUR" })).await;
        assert_eq!(refused.error(), (422, "currency_unknown".to_owned()));
        assert!(refused.message().starts_with("Валюты «RUR» нет."), "{}", refused.message());
        assert_eq!(admin.get("/api/company").await.ok(), changed);
    }
}
