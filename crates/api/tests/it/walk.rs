//! A walk over every operation of the document: nobody reaches anything, the weakest reader only reads.

use std::collections::BTreeSet;

use axum::http::Method;
use otklik_api::openapi;
use otklik_platform::Role;
use otklik_platform::people::Grant;
use otklik_platform::units::{UnitIn, create_unit};
use otklik_store::Actor;
use otklik_testkit::{TestApi, TestApp, both};
use serde_json::json;

/// What works without an account: the health of the server, the ways in.
const PUBLIC: [&str; 6] = [
    "GET /api/health",
    "GET /api/invitations/{token}",
    "GET /api/start",
    "POST /api/invitations/{token}",
    "POST /api/session",
    "POST /api/start",
];

/// What a viewer of one unit may do besides: read, ask, manage their own account, and say what they want to be told of.
const READING: &[&str] = &[
    "DELETE /api/alert-rules/{id}",
    "DELETE /api/boards/{id}",
    "DELETE /api/reports/{id}",
    "DELETE /api/session",
    "DELETE /api/sessions/{id}",
    "DELETE /api/tokens/{id}",
    "GET /api/alert-rules",
    "GET /api/anomalies",
    "GET /api/anomalies/{id}",
    "GET /api/attributes",
    "GET /api/base",
    "GET /api/base/outline",
    "GET /api/boards",
    "GET /api/boards/{id}",
    "GET /api/boards/{id}/reports",
    "GET /api/company",
    "GET /api/criteria",
    "GET /api/currencies",
    "GET /api/dimensions/{dimension}",
    "GET /api/feedback/{id}",
    "GET /api/gate-templates",
    "GET /api/marks",
    "GET /api/metrics",
    "GET /api/metrics/releases",
    "GET /api/metrics/templates",
    "GET /api/metrics/{code}/versions",
    "GET /api/notification-settings",
    "GET /api/notifications",
    "GET /api/notifications/unread",
    "GET /api/people",
    "GET /api/problems/{id}",
    "GET /api/problems/{id}/history",
    "GET /api/problems/{id}/marks",
    "GET /api/report-files/{id}",
    "GET /api/session",
    "GET /api/sessions",
    "GET /api/solutions/{id}/effect",
    "GET /api/solutions/{id}/gate",
    "GET /api/solutions/{id}/verdicts",
    "GET /api/signals",
    "GET /api/sources",
    "GET /api/targets",
    "GET /api/targets/{id}/versions",
    "GET /api/today",
    "GET /api/tokens",
    "GET /api/topics",
    "GET /api/topics/help",
    "GET /api/topics/quality",
    "GET /api/units",
    "POST /api/alert-rules",
    "POST /api/boards",
    "POST /api/boards/{id}/file",
    "POST /api/boards/{id}/reports",
    "POST /api/feedback/query",
    "POST /api/metrics/batch",
    "POST /api/metrics/drivers",
    "POST /api/metrics/effect",
    "POST /api/metrics/query",
    "POST /api/metrics/topics",
    "POST /api/notifications/read",
    "POST /api/problems/map",
    "POST /api/problems/query",
    "POST /api/problems/similar",
    "POST /api/problems/{id}/items",
    "POST /api/problems/{id}/try",
    "POST /api/reports/{id}/send",
    "POST /api/sheets",
    "POST /api/tokens",
    "PUT /api/alert-rules/{id}",
    "PUT /api/boards/{id}",
    "PUT /api/notification-settings",
    "PUT /api/password",
    "PUT /api/profile",
    "PUT /api/reports/{id}",
    "PUT /api/signals/seen",
];

/// Every operation as `METHOD /path/{with}/names`.
fn operations() -> BTreeSet<String> {
    let document = serde_json::to_value(openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().filter(|key| key.parse::<Method>().is_ok());
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect()
}

/// The path with something in place of each name.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "0198c0de-0000-7000-8000-000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

both! {
    async fn nobody_reaches_anything_but_the_ways_in(store: TestStore) {
        let app = TestApp::new(store).await;
        let nobody = TestApi::new(&app).nobody();
        let mut open = BTreeSet::new();
        for operation in operations() {
            let (method, path) = operation.split_once(' ').unwrap();
            let answer = nobody.call(method.parse().unwrap(), &filled(path), Some(json!({}))).await;
            if answer.status != 401 {
                open.insert(operation);
            }
        }
        assert_eq!(open, PUBLIC.map(str::to_owned).into());
    }

    async fn the_weakest_reader_reads_and_nothing_else(store: TestStore) {
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
        let viewer = TestApi::new(&app).with_grants(vec![Grant { unit: Some(unit), role: Role::Viewer }]).await;
        let mut allowed = BTreeSet::new();
        for operation in operations() {
            let (method, path) = operation.split_once(' ').unwrap();
            let answer = viewer.call(method.parse().unwrap(), &filled(path), Some(json!({}))).await;
            assert!(answer.status.as_u16() < 500, "{operation}: {}", answer.text());
            if answer.status != 403 {
                allowed.insert(operation);
            }
        }
        let expected: BTreeSet<String> = PUBLIC.iter().chain(READING).map(|&operation| operation.to_owned()).collect();
        assert_eq!(allowed, expected);
    }

    async fn without_any_role_only_ones_own_account_is_there(store: TestStore) {
        let app = TestApp::new(store).await;
        let guest = TestApi::new(&app).with_grants(Vec::new()).await;
        for operation in operations() {
            let (method, path) = operation.split_once(' ').unwrap();
            let own = ["/api/session", "/api/tokens", "/api/profile", "/api/password"];
            if PUBLIC.contains(&operation.as_str()) || own.iter().any(|own| path.starts_with(own)) {
                continue;
            }
            let answer = guest.call(method.parse().unwrap(), &filled(path), Some(json!({}))).await;
            assert_eq!(answer.status, 403, "{operation}");
        }
    }
}
