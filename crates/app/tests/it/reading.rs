//! Sentiment and signals: told when an item arrives, corrected by people, told again for what is stored already.

use otklik_app::App;
use otklik_app::reading::read_sentiment;
use otklik_facts::{Dimension, SIGNALS};
use otklik_platform::Scope;
use otklik_platform::people::{NewPerson, create_person};
use otklik_store::Actor;
use otklik_store::ids::PersonId;
use otklik_testkit::{TestApp, both};
use otklik_voice::feedback::{Feedback, load_feedback};
use otklik_voice::sentiment::{Tone, ToneOrigin, set_tone};
use otklik_voice::signals::{Kind, dismiss_signal};

use crate::company::{add_source, add_topic, by, count, push, record};

const TEXTS: [&str; 5] = [
    "Ужасное обслуживание, закрою счёт и подам в суд",
    "Отличный банк, спасибо большое!",
    "Сотрудники вежливые, но очередь ужасная",
    "Das Geld ist weg",
    "",
];

both! {
    async fn sentiment_and_signals_come_with_every_item(store: TestStore) {
        let app = TestApp::new(store).await;
        let (staff, queue) = (add_topic(&app, "staff", "сотрудник*").await, add_topic(&app, "queue", "очередь").await);
        deliver(&app).await;
        let tone = async |number| item(&app, number).await.sentiment;
        assert_eq!(tone(1).await, Some(Tone::Negative));
        assert_eq!(tone(2).await, Some(Tone::Positive));
        assert_eq!((tone(4).await, tone(5).await), (None, None), "another language, and no words at all");
        let first = item(&app, 1).await;
        let kinds: Vec<Kind> = first.signals.iter().map(|signal| signal.kind).collect();
        assert_eq!(kinds, [Kind::Leaving, Kind::Escalation]);
        let text = first.text.unwrap();
        let words: Vec<&str> =
            first.signals[1].spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect();
        assert_eq!(words, ["подам", "в", "суд"]);
        let mixed = item(&app, 3).await;
        let toward = |topic| mixed.labels.iter().find(|label| label.topic_id == topic).unwrap().sentiment;
        assert_eq!((toward(staff), toward(queue)), (Some(Tone::Positive), Some(Tone::Negative)));
        app.catch_up().await.unwrap();
        assert_eq!(counts(&app, Dimension::Sentiment), ["- 2", "negative 2", "positive 1"]);
        assert_eq!(counts(&app, Dimension::Signal), ["- 4", "escalation 1", "leaving 1"]);
    }

    async fn a_persons_word_stays(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = deliver(&app).await;
        say(&app, 1, Some(Tone::Positive)).await;
        dismiss(&app, 1, Kind::Leaving, true).await;
        app.catch_up().await.unwrap();
        let known = ["- 2", "negative 1", "positive 2"];
        assert_eq!(counts(&app, Dimension::Sentiment), known);
        assert_eq!(counts(&app, Dimension::Signal), ["- 4", "escalation 1"]);
        push(&app, &source, vec![record("0", "Просто ужас, закрою счёт")]).await;
        let first = item(&app, 1).await;
        assert_eq!((first.sentiment, first.sentiment_origin), (Some(Tone::Positive), ToneOrigin::Hand));
        assert!(first.signals.iter().all(|signal| signal.kind == Kind::Leaving && signal.dismissed), "{first:?}");
        read_again(&app).await;
        app.rebuild_facts().await.unwrap();
        assert_eq!(counts(&app, Dimension::Sentiment), known);
        assert_eq!(counts(&app, Dimension::Signal), ["- 5"]);
        say(&app, 1, None).await;
        dismiss(&app, 1, Kind::Leaving, false).await;
        app.catch_up().await.unwrap();
        assert_eq!(counts(&app, Dimension::Signal), ["- 4", "leaving 1"]);
        let first = item(&app, 1).await;
        assert_eq!((first.sentiment, first.sentiment_origin), (Some(Tone::Negative), ToneOrigin::Model));
        let audit = "select count(*) from audit where event in ('sentiment_set', 'signal_dismissed', 'signal_restored')";
        assert_eq!(count(&app.store, audit).await, 4);
    }

    async fn what_is_stored_already_is_read_once(store: TestStore) {
        let app = TestApp::new(store).await;
        deliver(&app).await;
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        for sql in ["update feedback set sentiment = null, sentiment_milli = null", "delete from feedback_signal"] {
            sqlx::query(sql).execute(tx.conn()).await.unwrap();
        }
        tx.commit().await.unwrap();
        read_again(&app).await;
        app.catch_up().await.unwrap();
        assert_eq!(counts(&app, Dimension::Sentiment), ["- 2", "negative 2", "positive 1"]);
        assert_eq!(counts(&app, Dimension::Signal), ["- 4", "escalation 1", "leaving 1"]);
        app.enqueue_reading().await.unwrap();
        assert_eq!(count(&app.store, "select count(*) from job where state = 'queued'").await, 0, "read once");
    }

    async fn new_signals_are_those_since_the_last_visit(store: TestStore) {
        let app = TestApp::new(store).await;
        let person = person(&app).await;
        let source = deliver(&app).await;
        app.catch_up().await.unwrap();
        let new = app.list_new_signals(&Scope::Company, &person).await.unwrap();
        assert_eq!((new.since, new.total, new.items[0].number, new.until), (None, 1, 1, 5));
        app.note_signals_seen(&person, new.until).await.unwrap();
        assert_eq!(app.list_new_signals(&Scope::Company, &person).await.unwrap().total, 0);
        push(&app, &source, vec![record("6", "Я инвалид первой группы, помогите"), record("7", "Спасибо")]).await;
        app.catch_up().await.unwrap();
        let new = app.list_new_signals(&Scope::Company, &person).await.unwrap();
        assert_eq!((new.total, new.kinds[0].kind, new.kinds[0].count), (1, Kind::Vulnerable, 1));
        assert!(new.since.is_some());
        let nowhere = Scope::Units([otklik_store::ids::UnitId("other".to_owned())].into());
        assert_eq!(app.list_new_signals(&nowhere, &person).await.unwrap().total, 0, "outside of what one may see");
    }
}

#[test]
fn facts_and_texts_know_the_same_signals() {
    assert_eq!(Kind::ALL.map(Kind::code), SIGNALS);
    assert!(Kind::ALL.into_iter().zip(0..).all(|(kind, bit)| kind.bit() == 1 << bit));
}

async fn deliver(app: &App) -> otklik_voice::sources::Source {
    let source = add_source(app, "отзывы", None).await;
    let language = |n: usize| if n == 3 { "other" } else { "ru" };
    let records = TEXTS.iter().enumerate().map(|(n, text)| otklik_voice::files::Record {
        language: Some(language(n).to_owned()),
        ..record(&n.to_string(), text)
    });
    push(app, &source, records.collect()).await;
    source
}

async fn item(app: &App, number: i64) -> Feedback {
    load_feedback(&app.store, &[number]).await.unwrap().pop().unwrap()
}

async fn say(app: &App, number: i64, tone: Option<Tone>) {
    let mood = read_sentiment(&item(app, number).await).map(|(mood, _)| mood);
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    set_tone(&mut tx, number, tone, mood).await.unwrap();
    tx.commit().await.unwrap();
}

async fn dismiss(app: &App, number: i64, kind: Kind, dismissed: bool) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    dismiss_signal(&mut tx, number, kind, dismissed).await.unwrap();
    tx.commit().await.unwrap();
}

async fn read_again(app: &App) {
    app.enqueue_reading().await.unwrap();
    app.work_all().await.unwrap();
}

async fn person(app: &App) -> PersonId {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let person = NewPerson {
        email: "anna@example.com".to_owned(),
        name: "Анна".to_owned(),
        language: None,
        password: None,
        grants: Vec::new(),
    };
    let id = create_person(&mut tx, person).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Each value of a dimension with its items.
fn counts(app: &App, dimension: Dimension) -> Vec<String> {
    let line =
        |row: otklik_facts::FactRow| format!("{} {}", row.key[0].as_deref().unwrap_or("-"), row.cell.count);
    by(app, dimension).into_iter().map(line).collect()
}
