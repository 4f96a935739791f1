//! The numbers of a scale lead to exactly the items that were counted.

use otklik_platform::Role;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::{Value, json};

use crate::voice::import;

both! {
    async fn each_count_leads_to_as_many_items(store: TestStore) {
        let app = TestApp::new(store).await;
        let caller = TestApi::new(&app).as_role(Role::Admin).await;
        let day = app.today().await.unwrap();
        let rows = ["1,a", "2,a", "3,b", "4,", "5,"].map(|row| format!("{row},{day},Долгий перевод\n"));
        let csv = format!("id,customer,date,text\n{}6,c,{day},Спасибо\n", rows.concat());
        import(&app, &caller, "a.csv", csv.as_bytes()).await;
        let new = json!({ "title": "Переводы идут долго", "evidence": { "search": "перевод" } });
        let assessed = caller.post("/api/problems", new).await.ok();
        let step = |name: &str| {
            let lines = assessed["scale"]["lines"].as_array().unwrap();
            lines.iter().find(|line| line["step"] == name).unwrap().clone()
        };
        let (seen, anonymous) = (step("seen"), step("anonymous"));
        assert_eq!((&seen["customers"], &seen["items"], &anonymous["items"]), (&json!(2), &json!(5), &json!(2)));
        let path = format!("/api/problems/{}/items", assessed["problem"]["id"].as_str().unwrap());
        for (items, ids) in [
            ("seen", vec!["1", "2", "3", "4", "5"]),
            ("anonymous", vec!["4", "5"]),
            ("heard", vec!["1", "2", "3", "4", "5", "6"]),
        ] {
            let page = caller.post(&path, json!({ "items": items })).await.ok();
            let mut found: Vec<&str> =
                page["items"].as_array().unwrap().iter().filter_map(|item: &Value| item["external_id"].as_str()).collect();
            found.sort_unstable();
            assert_eq!(found, ids, "{items}");
            assert_eq!(page["total"], ids.len());
        }
    }
}
