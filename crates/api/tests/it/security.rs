//! What protects browsers and the server itself: headers on every answer, bounded bodies, no detail of failures.

use otklik_api::Config;
use otklik_platform::Role;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::json;

both! {
    async fn every_answer_carries_the_headers(store: TestStore) {
        let app = TestApp::new(store).await;
        let nobody = TestApi::new(&app).nobody();
        for path in ["/", "/voice", "/api/health", "/api/session", "/api/nothing", "/api/openapi.json"] {
            let answer = nobody.get(path).await;
            let header = |name: &str| answer.headers.get(name).map_or("", |value| value.to_str().unwrap());
            assert!(header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"), "{path}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(header("x-frame-options"), "DENY", "{path}");
            assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        }
        assert_eq!(nobody.get("/api/nothing").await.error(), (404, "not_found".to_owned()));
        assert_eq!(nobody.get("/").await.text(), "the screen");
    }

    async fn bodies_are_bounded(store: TestStore) {
        let app = TestApp::new(store).await;
        let config = Config { upload_limit_bytes: 1 << 20, body_limit_bytes: 300_000, ..Config::default() };
        let analyst = TestApi::with_config(&app, config).as_role(Role::Analyst).await;
        let large = json!({ "topic": null, "rule": "x".repeat(1 << 20) });
        let refused = analyst.post("/api/topics/preview", large).await;
        assert_eq!(refused.error(), (413, "body_too_large".to_owned()));
        assert_eq!(refused.message(), "The request is larger than allowed: at most 300000 bytes.");
        let refused = analyst.upload("large.csv", &vec![b'x'; (1 << 20) + 1]).await;
        assert_eq!(refused.error(), (413, "body_too_large".to_owned()));
        let russian = analyst.with_header("accept-language", "ru").upload("large.csv", &vec![b'x'; 2 << 20]).await;
        assert_eq!(russian.message(), "Запрос больше допустимого: не более 1048576 байт.");
        assert_eq!(std::fs::read_dir(app.data.uploads()).unwrap().count(), 0, "nothing is kept");
        analyst.upload("fits.csv", &vec![b'x'; 1 << 20]).await.ok();
    }

    async fn a_token_that_is_no_token_is_refused(store: TestStore) {
        let app = TestApp::new(store).await;
        let nobody = TestApi::new(&app).nobody();
        for value in ["Bearer ", "Bearer ot_guess", "Basic YTpi", "ot_guess", "Bearer \u{00e9}"] {
            let answer = nobody.with_header("authorization", value).get("/api/session").await;
            assert_eq!(answer.status, 401, "{value}");
        }
    }

    async fn uploads_cannot_be_named_from_outside(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        for upload in ["../customer.key", "/etc/passwd", "..%2Fcustomer.key", "", "0198c0de-0000-7000-8000-000000000000"] {
            let answer = analyst.post("/api/imports/preview", json!({ "upload": upload })).await;
            assert_eq!(answer.error(), (404, "upload_gone".to_owned()), "{upload}");
        }
    }
}
