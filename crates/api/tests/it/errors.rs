//! Errors speak the reader's language and keep their codes.

use otklik_platform::Role;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::json;

both! {
    async fn the_reader_chooses_the_language(store: TestStore) {
        let app = TestApp::new(store).await;
        let nobody = TestApi::new(&app).nobody();
        let says = async |headers: &[(&str, &str)]| {
            let caller = headers.iter().fold(nobody.clone(), |caller, (name, value)| caller.with_header(name, value));
            let answer = caller.get("/api/session").await;
            assert_eq!(answer.error(), (401, "unauthenticated".to_owned()));
            answer.message()
        };
        assert_eq!(says(&[]).await, "Sign in to go on.");
        assert_eq!(says(&[("accept-language", "ru-RU,ru;q=0.9,en;q=0.8")]).await, "Войдите, чтобы продолжить.");
        assert_eq!(says(&[("accept-language", "de,en;q=0.5")]).await, "Sign in to go on.");
        let chosen = [("accept-language", "en"), ("x-otklik-language", "ru")];
        assert_eq!(says(&chosen).await, "Войдите, чтобы продолжить.");
    }

    async fn what_cannot_be_read_is_told(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        for (path, body) in [
            ("/api/feedback/query", json!({ "filtre": "all" })),
            ("/api/feedback/query", json!({ "limit": -1 })),
            ("/api/feedback/query", json!([])),
            ("/api/metrics/query", json!({ "query": { "metric": 1 } })),
        ] {
            assert_eq!(admin.post(path, body.clone()).await.error(), (400, "request_invalid".to_owned()), "{body}");
        }
        for (query, code) in [
            (json!({ "metric": "happiness" }), "unknown_metric"),
            (json!({ "metric": "nps", "dimensions": ["mood"] }), "unknown_dimension"),
            (json!({ "metric": "nps", "dimensions": ["month", "week"] }), "two_time_dimensions"),
            (json!({ "metric": "nps", "period": { "from": "2026-02-30", "to": "2026-03-01" } }), "bad_period"),
        ] {
            let refused = admin.post("/api/metrics/query", json!({ "query": query })).await;
            assert_eq!(refused.error(), (422, code.to_owned()));
        }
        let huge = json!({ "offset": u64::MAX, "limit": 500 });
        assert_eq!(admin.post("/api/feedback/query", huge).await.ok()["items"], json!([]));
    }

    async fn a_date_that_is_none_is_told_in_the_readers_language(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        let problem = admin.post("/api/problems", json!({ "title": "Деньги" })).await.ok()["problem"]["id"].clone();
        let hypothesis = json!({
            "change": "x", "metric_code": "count", "direction": "down", "smallest_effect": 10.0, "unit": "percent",
            "before_days": 28, "after_days": 28, "check_on": "31.03.2026",
        });
        let body = json!({ "hypothesis": hypothesis, "release": "2026-01-01" });
        let path = format!("/api/problems/{}/try", problem.as_str().unwrap());
        let refused = admin.with_header("x-otklik-language", "ru").post(&path, body).await;
        assert_eq!(refused.error(), (400, "bad_date".to_owned()));
        assert_eq!(refused.message(), "«31.03.2026» — не дата. Пишите так: 2026-03-31.");
    }

    async fn a_nul_byte_in_any_text_is_refused_or_left_out_but_breaks_nothing(store: TestStore) {
        let app = TestApp::new(store).await;
        let admin = TestApi::new(&app).as_role(Role::Admin).await;
        let requests = [
            ("/api/units", json!({ "tree": "path", "parent_id": null, "code": "a\u{0}b", "name_ru": "а\u{0}", "name_en": "a" })),
            ("/api/sources", json!({ "name": "a\u{0}b", "channel": "review", "retention_days": null })),
            ("/api/topics", json!({ "parent_id": null, "code": "a\u{0}", "name_ru": "а", "name_en": "a", "rule": "а\u{0}б" })),
            ("/api/people", json!({ "email": "a\u{0}@example.com", "name": "a\u{0}", "grants": [] })),
            ("/api/problems", json!({ "title": "Деньги\u{0}" })),
            ("/api/tokens", json!({ "name": "a\u{0}" })),
            ("/api/feedback/query", json!({ "search": "день\u{0}ги" })),
            ("/api/erasures", json!({ "customer": "a\u{0}", "reason": "\u{0}" })),
        ];
        for (path, body) in requests {
            let answer = admin.post(path, body).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text());
        }
        let answer = admin.get("/api/feedback/a%00b").await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
    }
}
