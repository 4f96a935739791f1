//! Analyses through the API: what moves a score, what topics take, what a change did; and what is refused in words.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_platform::Role;
use otklik_testkit::{Caller, TestApi, TestApp, both};
use serde_json::{Value, json};

use crate::voice::import;

/// Eight weeks: queues are told of with a 2, everything else with a 9; from the fifth week on nobody queues.
async fn answers(app: &TestApp, caller: &Caller) -> Date {
    let topic = json!({
        "code": "queue", "name_ru": "Очередь", "name_en": "Queue", "position": 0, "rule": "очередь",
    });
    caller.post("/api/topics", topic).await.ok();
    let first = app.today().await.unwrap().saturating_sub(56.days());
    let mut csv = "id,date,nps,text\n".to_owned();
    for number in 0..560 {
        let day = first.saturating_add((number / 10).days());
        let queues = number % 10 < 4 && number < 280;
        let (nps, text) = if queues { (2, "Длинная очередь") } else { (9, "Спасибо") };
        writeln!(csv, "{number},{day},{nps},{text}").unwrap();
    }
    import(app, caller, "a.csv", csv.as_bytes()).await;
    first.saturating_add(28.days())
}

fn change(on: Date, metric: &str) -> Value {
    json!({
        "metric": metric, "on": on.to_string(), "before_days": 28, "after_days": 28,
        "hypothesis": { "direction": "up", "smallest": 10.0, "unit": "points" },
    })
}

both! {
    async fn what_moves_a_score_and_what_a_change_did(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let on = answers(&app, &analyst).await;

        let drivers = analyst.post("/api/metrics/drivers", json!({ "question": { "metric": "nps", "by": "topics" } })).await.ok();
        let driver = &drivers["drivers"][0];
        assert_eq!((&drivers["n"], &driver["significant"], &driver["n"]), (&json!(560), &json!(true), &json!(112)));
        assert!(driver["coefficient"].as_f64().unwrap() < -0.9, "{drivers}");

        let topics = analyst.post("/api/metrics/topics", json!({ "question": { "metric": "nps" } })).await.ok();
        let queue = &topics["topics"][0];
        let number = |value: &Value| value.as_f64().unwrap();
        // 448 of 560 promote and 112 do not: 60; all of it is the queue.
        assert!((number(&topics["value"]) - 60.0).abs() < 1e-9 && (number(&queue["points"]) + 40.0).abs() < 1e-9, "{topics}");
        assert!((number(&queue["without"]) - 100.0).abs() < 1e-9);

        let effect = analyst.post("/api/metrics/effect", change(on, "nps")).await.ok();
        assert_eq!((&effect["result"]["outcome"], &effect["reason"]), (&json!("worked"), &json!("few_weeks")));
        assert!((number(&effect["result"]["effect"]["value"]) - 80.0).abs() < 1e-9);
        assert_eq!(effect["expected"].as_array().unwrap().len(), 4);
        assert_eq!(analyst.get("/api/metrics/releases").await.ok(), json!([]));
    }

    async fn a_change_may_be_looked_at_while_its_time_runs(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        let on = answers(&app, &analyst).await;
        let mut longer = change(on, "nps");
        longer["after_days"] = json!(56);
        let running = analyst.post("/api/metrics/effect", longer).await.ok();
        assert_eq!((&running["result"]["looks"], &running["arms"][1]["weeks"].as_array().unwrap().len()), (&json!("any"), &4));

        let russian = analyst.with_header("x-otklik-language", "ru");
        let early = russian.post("/api/metrics/effect", change(app.today().await.unwrap(), "nps")).await;
        assert_eq!(early.error(), (422, "effect_too_early".to_owned()));
        assert!(early.message().starts_with("После изменения ещё не прошло и недели."), "{}", early.message());
        let total = russian.post("/api/metrics/topics", json!({ "question": { "metric": "count" } })).await;
        assert_eq!(total.error(), (422, "metric_without_answers".to_owned()));
        let mut endless = change(on, "nps");
        endless["before_days"] = json!(100_000);
        assert_eq!(russian.post("/api/metrics/effect", endless).await.error(), (400, "request_invalid".to_owned()));
    }

    async fn the_doubts_about_a_sample_come_with_its_number(store: TestStore) {
        let app = TestApp::new(store).await;
        let analyst = TestApi::new(&app).as_role(Role::Analyst).await;
        answers(&app, &analyst).await;
        let query = json!({ "query": { "metric": "nps", "weighting": "customer_base" } });
        let answer = analyst.post("/api/metrics/query", query).await.ok();
        assert_eq!(answer["warnings"], json!([{ "code": "self_selected" }]));
        assert_eq!(answer["weighting"]["refusal"], "no_base");
    }
}
