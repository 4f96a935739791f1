//! What the screens ask when somebody opens them, on a company of many items.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use crate::Result;
use crate::program::{Asking, Program, Server};
use crate::report::Call;

/// The first times do not count: they fill caches.
const WARM_UP: usize = 3;

struct Request {
    name: &'static str,
    path: String,
    /// `None` for what is only fetched.
    body: Option<Value>,
}

/// Times every call; none waits for another.
pub async fn ask(program: &Program, folder: &Path, times: usize) -> Result<Vec<Call>> {
    let server = Server::start(program, folder)?;
    let asking = server.sign_in().await?;
    let mut calls = Vec::new();
    for request in requests(&asking).await? {
        let mut times_ms = Vec::with_capacity(times);
        for round in 0..WARM_UP + times {
            let begun = Instant::now();
            send(&asking, &request).await?;
            if round >= WARM_UP {
                times_ms.push(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
        calls.push(Call::new(request.name, times_ms));
    }
    Ok(calls)
}

async fn send(asking: &Asking, request: &Request) -> Result<Value> {
    match &request.body {
        Some(body) => asking.post(&request.path, body.clone()).await,
        None => asking.get(&request.path).await,
    }
}

async fn requests(asking: &Asking) -> Result<Vec<Request>> {
    let all = asking.post("/api/problems/query", json!({})).await?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("an answer without id");
    let problem = text(&all[0]["problem"]["id"])?;
    let page = asking.post("/api/feedback/query", json!({ "limit": 1 })).await?;
    let item = text(&page["items"][0]["id"])?;
    let topics = asking.get("/api/topics").await?;
    let topic = text(&topics.as_array().and_then(|all| all.last()).ok_or("no topics")?["id"])?;
    let get = |name, path: &str| Request { name, path: path.to_owned(), body: None };
    let post = |name, path: &str, body| Request { name, path: path.to_owned(), body: Some(body) };
    let stream = |name, body| post(name, "/api/feedback/query", body);
    let metric = |name, query| post(name, "/api/metrics/query", json!({ "query": query }));
    let by = |name, metric, dimension| Request {
        name,
        path: "/api/metrics/query".to_owned(),
        body: Some(json!({ "query": { "metric": metric, "grain": "month", "dimensions": [dimension] } })),
    };
    Ok(vec![
        get("session", "/api/session"),
        get("company", "/api/company"),
        get("today", "/api/today"),
        stream("stream: first page", json!({ "limit": 50 })),
        stream("stream: one topic", json!({ "limit": 50, "filter": one_of("topic", &topic) })),
        stream("stream: page 200", json!({ "limit": 50, "offset": 10_000 })),
        stream("search: a frequent word", json!({ "limit": 50, "search": "перевод" })),
        stream("search: a rare word", json!({ "limit": 50, "search": "нотариус" })),
        stream("search: a phrase", json!({ "limit": 50, "search": "\"горячая линия\"" })),
        stream("search: two words", json!({ "limit": 50, "search": "очередь отделение" })),
        get("one item", &format!("/api/feedback/{item}")),
        metric("metric: NPS", json!({ "metric": "nps" })),
        by("metric: NPS by month and segment", "nps", "segment"),
        by("metric: CSAT by month and unit", "csat", "unit"),
        by("metric: items by month and topic", "count", "topic"),
        by("metric: customers by month and topic", "customers", "topic"),
        post(
            "metric: a frequent word by month",
            "/api/metrics/query",
            json!({ "query": { "metric": "count", "grain": "month" }, "search": "перевод" }),
        ),
        get("metrics", "/api/metrics"),
        post("backlog", "/api/problems/query", json!({})),
        post("backlog: map", "/api/problems/map", json!({})),
        get("problem", &format!("/api/problems/{problem}")),
        get("problem: history", &format!("/api/problems/{problem}/history")),
        get("problem: marks", &format!("/api/problems/{problem}/marks")),
        post("problem: similar", "/api/problems/similar", json!({ "text": "не приходит код подтверждения" })),
        get("topics", "/api/topics"),
        post("topics: a rule tried", "/api/topics/preview", json!({ "rule": "очередь" })),
        get("segments that occur", "/api/dimensions/segment"),
        get("attributes", "/api/attributes"),
        get("sources", "/api/sources"),
        get("imports", "/api/imports"),
        get("units", "/api/units"),
        get("people", "/api/people"),
        get("customer base", "/api/base"),
        get("audit", "/api/audit"),
    ])
}

/// The facts' filter «this value of that dimension», as the screen sends it.
fn one_of(dimension: &str, value: &str) -> Value {
    json!({ "in": { "dimension": dimension, "values": [value] } })
}
