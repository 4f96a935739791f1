//! Metrics that people edit: old verdicts keep their version, drafts answer, filters name branches.

use jiff::civil::{Date, date};
use otklik_app::App;
use otklik_backlog::evidence::Evidence;
use otklik_backlog::gates;
use otklik_backlog::hypothesis::{self, Direction, EffectUnit, Hypothesis};
use otklik_backlog::problems::{NewProblem, create_problem};
use otklik_backlog::release::release_solution;
use otklik_backlog::solutions::{NewSolution, create_solution, load_solution};
use otklik_backlog::verdicts::list_verdicts;
use otklik_facts::{Dimension, Filter};
use otklik_metrics::{MetricDraft, MetricQuery, load_metric, prepare_metric, update_metric};
use otklik_platform::Scope;
use otklik_store::ids::{PersonId, SolutionId};
use otklik_store::{Actor, Tx};
use otklik_testkit::{TestApp, both};
use otklik_voice::files::Record;
use otklik_voice::topics;

use crate::company::{add_source, add_topic, push, record, topic};

pub const RELEASE: Date = date(2026, 3, 2);
pub const CHECK: Date = date(2026, 4, 1);

pub fn ms(day: Date) -> i64 {
    day.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp().as_millisecond()
}

pub async fn begin(app: &App) -> Tx {
    app.store.begin(Actor::Person(PersonId("anna".into()))).await.unwrap()
}

/// Ten answers a day for four weeks before and after the release: of those before 3 are a 3 and 7 a 5, of those after
/// all are a 4.
async fn answers(app: &App) {
    let source = add_source(app, "survey", None).await;
    let answer = |number: i64| {
        let (day, place) = (number / 10 - 28, number % 10);
        let csat = if day >= 0 {
            4
        } else if place < 3 {
            3
        } else {
            5
        };
        let occurred_at = Some(ms(RELEASE) + day * 86_400_000);
        Record { csat: Some(csat), occurred_at, ..record(&number.to_string(), "Ответ") }
    };
    push(app, &source, (0..560).map(answer).collect()).await;
    app.catch_up().await.unwrap();
}

fn share_from(from: u8) -> MetricDraft {
    let wire = format!(
        r#"{{"code":"csat","name":{{"ru":"Довольные","en":"Satisfied"}},"direction":"more_is_better","formula":{{"kind":"score_share","score":"csat","from":{from}}}}}"#
    );
    serde_json::from_str(&wire).unwrap()
}

async fn change(app: &App, version: i64, draft: MetricDraft) {
    let definition = prepare_metric(&app.store, draft).await.unwrap().definition;
    let mut tx = begin(app).await;
    update_metric(&mut tx, version, definition).await.unwrap();
    tx.commit().await.unwrap();
}

/// A plan released with a hypothesis that was fixed on the version of the metric at that time.
pub async fn release(app: &App, title: &str, metric_version: u32) -> SolutionId {
    let mut tx = begin(app).await;
    let evidence = Evidence { filter: Filter::Answered(otklik_facts::Score::Csat), ..Evidence::default() };
    let problem =
        create_problem(&mut tx, NewProblem { evidence, ..NewProblem::titled(title) }).await.unwrap();
    let plan = NewSolution { title: "A".into(), ..NewSolution::default() };
    let plan = create_solution(&mut tx, &problem.id, plan).await.unwrap();
    let draft = Hypothesis {
        change: "Отвечаем быстрее".into(),
        metric_code: "csat".into(),
        metric_version,
        subject: None,
        control: None,
        direction: Direction::Up,
        smallest_effect: 10.0,
        unit: EffectUnit::Points,
        settle_days: 0,
        before_days: 28,
        after_days: 28,
        check_on: CHECK,
    };
    let set = hypothesis::set_hypothesis(&mut tx, &plan.id, plan.version, draft).await.unwrap();
    hypothesis::fix_hypothesis(&mut tx, &plan.id, set.version, RELEASE).await.unwrap();
    tx.commit().await.unwrap();
    let template = gates::list_gate_templates(&app.store, false).await.unwrap().remove(0);
    let mut tx = begin(app).await;
    for item in gates::start_gate(&mut tx, &plan.id, &template.id).await.unwrap() {
        gates::confirm_gate_item(&mut tx, &item.id, "https://wiki/42").await.unwrap();
    }
    tx.commit().await.unwrap();
    let version = load_solution(&app.store, &plan.id).await.unwrap().version;
    let mut tx = begin(app).await;
    release_solution(&mut tx, &plan.id, version, RELEASE).await.unwrap();
    tx.commit().await.unwrap();
    plan.id
}

async fn verdict(app: &App, plan: &SolutionId) -> serde_json::Value {
    list_verdicts(&app.store, plan).await.unwrap().remove(0).measure
}

both! {
    async fn a_running_check_and_an_old_verdict_keep_their_version(store: TestStore) {
        let app = TestApp::new(store).await;
        answers(&app).await;
        let first = release(&app, "Долго отвечаем", 1).await;
        app.store.clock().set(ms(CHECK));
        assert_eq!(app.propose_due_verdicts().await.unwrap().made.len(), 1);
        let before = verdict(&app, &first).await;
        assert_eq!((&before["version"], &before["arms"][0]["value"]), (&1.into(), &70.0.into()));

        // A check is running while the definition changes: only a 5 is satisfied now.
        app.store.clock().set(ms(RELEASE));
        let second = release(&app, "Путаемся в ответах", 1).await;
        change(&app, 1, share_from(5)).await;
        let third = release(&app, "Отвечаем не о том", 2).await;
        app.store.clock().set(ms(CHECK));
        assert_eq!(app.propose_due_verdicts().await.unwrap().made.len(), 2);

        assert_eq!(verdict(&app, &first).await, before, "a verdict reads as it was measured");
        assert_eq!(verdict(&app, &second).await, before, "the check was fixed on version 1");
        let by_second = verdict(&app, &third).await;
        assert_eq!((&by_second["version"], &by_second["arms"][1]["value"]), (&2.into(), &0.0.into()));
        assert_eq!((&before["arms"][1]["value"], &before["result"]["outcome"]), (&100.0.into(), &"worked".into()));
        assert_eq!(by_second["result"]["outcome"], "worse");
    }

    async fn a_draft_answers_and_is_not_stored(store: TestStore) {
        let app = TestApp::new(store).await;
        answers(&app).await;
        let query = MetricQuery { metric: "whatever".into(), ..MetricQuery::default() };
        let asked = async |draft| app.preview_metric(&Scope::Company, draft, query.clone(), None).await;
        let answer = asked(share_from(5)).await.unwrap();
        assert_eq!((answer.metric.as_str(), answer.version, answer.overall.value), ("csat", 0, Some(35.0)));
        assert_eq!(load_metric(&app.store, "csat", None).await.unwrap().version, 1);
        assert_eq!(asked(share_from(6)).await.unwrap_err().code(), "bad_definition");
        let nobody = app.preview_metric(&Scope::Units([].into()), share_from(5), query.clone(), None).await.unwrap();
        assert_eq!(nobody.overall.n, 0);
    }

    async fn a_definition_names_a_topic_by_code_and_means_its_branch(store: TestStore) {
        let app = TestApp::new(store).await;
        let cards = add_topic(&app, "cards", "card").await;
        let mut tx = begin(&app).await;
        let below = topics::TopicIn { parent_id: Some(cards), ..topic("cards.block", "blocked") };
        topics::create_topic(&mut tx, &below).await.unwrap();
        tx.commit().await.unwrap();
        app.refresh_directory().await.unwrap();
        let source = add_source(&app, "reviews", None).await;
        let texts = ["my card", "it is blocked", "a loan", "nothing", "thanks"];
        push(&app, &source, texts.map(|text| record(text, text)).into()).await;
        app.catch_up().await.unwrap();
        let share: MetricDraft = serde_json::from_str(
            r#"{"code":"about_cards","name":{"ru":"О картах","en":"About cards"},"direction":"neutral","formula":{"kind":"share","matching":{"in":{"dimension":"topic","values":["cards"]}}}}"#,
        )
        .unwrap();
        let answer = app.preview_metric(&Scope::Company, share, MetricQuery::default(), None).await.unwrap();
        assert_eq!((answer.overall.value, answer.overall.n), (Some(40.0), 5));
        let by_topic = Filter::any_of(Dimension::Topic, ["cards"]);
        assert_eq!(app.resolve_filter(by_topic, None).await.unwrap(), {
            let ids = topics::list_topics(&app.store).await.unwrap().into_iter().map(|topic| topic.id.0);
            let mut ids: Vec<String> = ids.collect();
            ids.sort();
            Filter::any_of(Dimension::Topic, ids)
        });
    }
}
