//! Alerts: one for an episode, to whoever asked and may know, on the screen and by mail, and one for its end.

use jiff::civil::{Date, date};
use otklik_app::App;
use otklik_metrics::{AlertRuleIn, Condition, Grain, Limit, create_alert_rule, delete_alert_rule};
use otklik_platform::Role;
use otklik_platform::notifications::{
    EpisodeKind, MailRhythm, Notification, NotificationSettings, Phase, Ways, count_unread,
    list_notifications, list_open_episodes, read_notifications, save_settings,
};
use otklik_platform::people::{Grant, NewPerson, create_person};
use otklik_platform::webhooks::{EventKind, WebhookIn, create_webhook};
use otklik_store::Actor;
use otklik_store::ids::{AlertRuleId, PersonId, UnitId};
use otklik_testkit::{HttpReceiver, MailSink, TestApp, both};
use otklik_voice::files::Record;
use otklik_voice::sources::Source;

use crate::company::{add_source, push, record};
use crate::courier::with_mail;

/// A Monday.
const TODAY: Date = date(2026, 3, 2);
const DAY_MS: i64 = 86_400_000;

fn at(day: Date) -> i64 {
    day.at(12, 0, 0, 0).in_tz("Europe/Moscow").unwrap().timestamp().as_millisecond()
}

/// A hundred answers of the week that begins on a Monday, so many of them promoters and the rest detractors.
async fn week(app: &App, source: &Source, monday: Date, promoters: i64) {
    let item = |number: i64| Record {
        occurred_at: Some(at(monday) + number % 7 * DAY_MS),
        nps: Some(if number < promoters { 10 } else { 3 }),
        ..record(&format!("{monday}-{number}"), "Оценка")
    };
    push(app, source, (0..100).map(item).collect()).await;
    app.catch_up().await.unwrap();
}

async fn add_person(app: &App, email: &str, grants: Vec<Grant>) -> PersonId {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let (email, language) = (email.to_owned(), Some("ru".to_owned()));
    let new = NewPerson { email, name: "Анна".to_owned(), language, grants, password: None };
    let id = create_person(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn anna(app: &App) -> PersonId {
    add_person(app, "anna@bank.example", vec![Grant { unit: None, role: Role::Manager }]).await
}

async fn add_rule(app: &App, owner: &PersonId, rule: AlertRuleIn) -> AlertRuleId {
    let mut tx = app.store.begin(Actor::Person(owner.clone())).await.unwrap();
    let id = create_alert_rule(&app.store, &mut tx, &rule).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn nps_below(value: f64) -> AlertRuleIn {
    let condition = Condition::Metric {
        metric: "nps".to_owned(),
        unit_id: None,
        topic_id: None,
        grain: Grain::Week,
        limit: Limit::Below(value),
    };
    AlertRuleIn { unit_id: None, condition }
}

async fn settle(app: &App, person: &PersonId, settings: NotificationSettings) {
    let mut tx = app.store.begin(Actor::Person(person.clone())).await.unwrap();
    save_settings(&mut tx, person, &settings).await.unwrap();
    tx.commit().await.unwrap();
}

async fn told(app: &App, person: &PersonId) -> Vec<Notification> {
    list_notifications(&app.store, person, (100, 0)).await.unwrap().items
}

both! {
    async fn an_episode_is_told_once_and_its_end_once(store: TestStore) {
        let sink = MailSink::start().await;
        let app = with_mail(TestApp::new(store).await, &sink);
        app.store.clock().set(at(TODAY));
        let anna = anna(&app).await;
        settle(&app, &anna, NotificationSettings { rhythm: MailRhythm::AtOnce, ..NotificationSettings::default() }).await;
        let source = add_source(&app, "survey", None).await;
        add_rule(&app, &anna, nps_below(20.0)).await;
        for (weeks_ago, promoters) in [(3, 80), (2, 80), (1, 45)] {
            week(&app, &source, TODAY.saturating_sub(jiff::Span::new().weeks(weeks_ago)), promoters).await;
        }
        assert_eq!(app.look_for_alerts().await.unwrap(), 1);
        assert_eq!(app.look_for_alerts().await.unwrap(), 0, "told once");
        let news = told(&app, &anna).await;
        assert_eq!(news.iter().map(|one| (one.kind, one.phase)).collect::<Vec<_>>(), [(EpisodeKind::Metric, Phase::Began)]);
        app.deliver_all().await.unwrap();
        let letters = sink.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, ["anna@bank.example"]);

        assert_eq!(count_unread(&app.store, &anna).await.unwrap(), 1);
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        read_notifications(&mut tx, &PersonId("somebody else".to_owned()), Some(&news[0].id)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count_unread(&app.store, &anna).await.unwrap(), 1, "only one's own");
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        read_notifications(&mut tx, &anna, None).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count_unread(&app.store, &anna).await.unwrap(), 0);

        for (weeks_later, promoters) in [(0, 44), (1, 90)] {
            let monday = TODAY.saturating_add(jiff::Span::new().weeks(weeks_later));
            week(&app, &source, monday, promoters).await;
            app.store.clock().set(at(monday) + 7 * DAY_MS);
            assert_eq!(app.look_for_alerts().await.unwrap(), 0);
        }
        app.look_for_alerts().await.unwrap();
        let phases: Vec<_> = told(&app, &anna).await.iter().map(|one| one.phase).collect();
        assert_eq!(phases, [Phase::Ended, Phase::Began]);
        app.deliver_all().await.unwrap();
        app.deliver_all().await.unwrap();
        assert_eq!(sink.letters().len(), 2);
    }

    async fn chance_alone_tells_nothing(store: TestStore) {
        let app = TestApp::new(store).await;
        app.store.clock().set(at(TODAY));
        let anna = anna(&app).await;
        let source = add_source(&app, "survey", None).await;
        add_rule(&app, &anna, nps_below(20.0)).await;
        // An NPS of 14 from a hundred answers may well be one of 20.
        week(&app, &source, TODAY.saturating_sub(jiff::Span::new().weeks(1)), 57).await;
        // The week that is not over yet is not judged.
        week(&app, &source, TODAY, 5).await;
        assert_eq!(app.look_for_alerts().await.unwrap(), 0);
        assert_eq!(told(&app, &anna).await, []);
    }

    async fn a_digest_is_one_letter_at_its_hour(store: TestStore) {
        let sink = MailSink::start().await;
        let app = with_mail(TestApp::new(store).await, &sink);
        app.store.clock().set(at(TODAY));
        let anna = anna(&app).await;
        let source = add_source(&app, "survey", None).await;
        add_rule(&app, &anna, nps_below(20.0)).await;
        add_rule(&app, &anna, nps_below(10.0)).await;
        week(&app, &source, TODAY.saturating_sub(jiff::Span::new().weeks(1)), 20).await;
        assert_eq!(app.look_for_alerts().await.unwrap(), 2);
        app.deliver_all().await.unwrap();
        assert_eq!(sink.letters().len(), 0, "it is noon, the letter comes at nine");
        app.store.clock().set(at(TODAY) + 21 * 3_600_000);
        app.deliver_all().await.unwrap();
        let letters = sink.letters();
        assert_eq!(letters.len(), 1);
        let text = letters[0].text();
        for words in ["NPS ниже 20", "https://otklik.bank.example/metrics?metric=nps", "/settings/notifications"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        app.store.clock().set(at(TODAY) + 60 * 3_600_000);
        app.deliver_all().await.unwrap();
        assert_eq!(sink.letters().len(), 1);
    }

    async fn one_is_told_by_the_ways_one_chose_and_of_what_one_may_see(store: TestStore) {
        let sink = MailSink::start().await;
        let app = with_mail(TestApp::new(store).await, &sink);
        app.store.clock().set(at(TODAY));
        let anna = anna(&app).await;
        // A role in a unit alone does not show the whole company's NPS.
        let unit = {
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            let unit = otklik_platform::units::UnitIn {
                tree: "path".to_owned(),
                parent_id: None,
                code: "cards".to_owned(),
                name_ru: "Карты".to_owned(),
                name_en: "Cards".to_owned(),
                position: 0,
            };
            let id: UnitId = otklik_platform::units::create_unit(&mut tx, &unit).await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        let boris =
            add_person(&app, "boris@bank.example", vec![Grant { unit: Some(unit.clone()), role: Role::Manager }]).await;
        let screen = Ways { screen: false, mail: true };
        let rhythm = MailRhythm::AtOnce;
        let kinds = [(EpisodeKind::Metric, screen)].into();
        settle(&app, &anna, NotificationSettings { kinds, rhythm, ..NotificationSettings::default() }).await;
        let source = add_source(&app, "survey", None).await;
        add_rule(&app, &anna, AlertRuleIn { unit_id: Some(unit), ..nps_below(20.0) }).await;
        week(&app, &source, TODAY.saturating_sub(jiff::Span::new().weeks(1)), 20).await;
        assert_eq!(app.look_for_alerts().await.unwrap(), 1);
        assert_eq!(told(&app, &anna).await, []);
        assert_eq!(told(&app, &boris).await, []);
        app.deliver_all().await.unwrap();
        assert_eq!(sink.letters().iter().flat_map(|letter| letter.to.clone()).collect::<Vec<_>>(), ["anna@bank.example"]);
    }

    async fn an_anomaly_is_told_after_the_round_of_the_day(store: TestStore) {
        let (sink, receiver) = (MailSink::start().await, HttpReceiver::start().await);
        let app = with_mail(TestApp::new(store).await, &sink);
        app.store.clock().set(at(TODAY));
        let anna = anna(&app).await;
        let condition = Condition::Anomaly { metric: None, unit_id: None, topic_id: None, least: 5.0 };
        add_rule(&app, &anna, AlertRuleIn { unit_id: None, condition }).await;
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        let events = vec![EventKind::AnomalyBegan, EventKind::AnomalyEnded];
        create_webhook(&mut tx, &WebhookIn { name: "Чат".to_owned(), url: receiver.url(), events }).await.unwrap();
        tx.commit().await.unwrap();
        let source = add_source(&app, "reviews", None).await;
        let mut records = Vec::new();
        for day in 1..=110i64 {
            let usual = 10 + [3, 0, 4, 1, 2, 5, 2][(day % 7) as usize] + day % 3;
            for place in 0..usual + if day == 1 { 40 } else { 0 } {
                let occurred_at = Some(at(TODAY) - day * DAY_MS);
                records.push(Record { occurred_at, ..record(&format!("{day}-{place}"), "Отзыв") });
            }
        }
        push(&app, &source, records).await;
        app.enqueue_daily_round().await.unwrap();
        app.work_all().await.unwrap();
        let news = told(&app, &anna).await;
        assert_eq!(news.iter().map(|one| one.kind).collect::<Vec<_>>(), [EpisodeKind::Anomaly], "{news:#?}");
        app.deliver_all().await.unwrap();
        let calls = receiver.calls();
        assert_eq!(calls.len(), 1);
        assert!(calls[0].body.contains(r#""type":"anomaly.began""#) && calls[0].body.contains("/metrics/anomalies/"));
    }

    async fn what_nobody_asks_any_more_ends_in_silence(store: TestStore) {
        let app = TestApp::new(store).await;
        app.store.clock().set(at(TODAY));
        let anna = anna(&app).await;
        let source = add_source(&app, "survey", None).await;
        let rule = add_rule(&app, &anna, nps_below(20.0)).await;
        week(&app, &source, TODAY.saturating_sub(jiff::Span::new().weeks(1)), 20).await;
        app.look_for_alerts().await.unwrap();
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        delete_alert_rule(&mut tx, &rule).await.unwrap();
        tx.commit().await.unwrap();
        app.look_for_alerts().await.unwrap();
        assert_eq!(list_open_episodes(&app.store, EpisodeKind::Metric).await.unwrap(), []);
        assert_eq!(told(&app, &anna).await.len(), 1);
    }
}
