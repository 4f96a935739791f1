//! The audit trail page by page.

use otklik_platform::Role;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::{Value, json};

both! {
    async fn events_of_one_moment_are_neither_lost_nor_shown_twice(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        // The clock of tests stands still: all of these happen in one millisecond.
        for number in 0..7 {
            let source = json!({ "name": format!("s{number}"), "channel": "review", "retention_days": null });
            admin.post("/api/sources", source).await.ok();
        }
        let all = admin.get("/api/audit?limit=100").await.ok();
        let ids = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
        };
        let (mut read, mut before) = (Vec::new(), String::new());
        loop {
            let page = ids(&admin.get(&format!("/api/audit?limit=3&before={before}")).await.ok());
            let Some(last) = page.last() else { break };
            before.clone_from(last);
            read.extend(page);
        }
        assert!(read.len() >= 7);
        assert_eq!(read, ids(&all));
    }
}
