//! The facts are a projection: built anew, loaded or followed step by step, they answer the same.

use otklik_app::App;
use otklik_facts::{Dimension, FactQuery, FactRow, Filter, Selection};
use otklik_platform::settings::{CompanySettings, save_company};
use otklik_store::Actor;
use otklik_store::ids::TopicId;
use otklik_testkit::{TestApp, both};
use otklik_voice::files::Record;
use otklik_voice::labels;
use otklik_voice::sentiment::{Tone, set_tone};
use otklik_voice::signals::{Kind, dismiss_signal};
use otklik_voice::sources::Source;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::company::{add_source, add_topic, by, count, erase, push, record, topic};

const STEPS: usize = 60;

/// One thing that happens to the company's feedback.
#[derive(Debug, Clone)]
enum Step {
    Push(Vec<Record>),
    Label { number: i64, topic: usize, applies: Option<bool> },
    ChangeRule { topic: usize, rule: &'static str },
    Erase { customer: u8 },
    Sound { number: i64, tone: Option<Tone> },
    Dismiss { number: i64, kind: Kind, dismissed: bool },
}

both! {
    async fn facts_built_anew_are_those_that_followed_every_change(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        let topics = [add_topic(&app, "money", "деньги | перевод").await, add_topic(&app, "card", "карта").await];
        let mut runner = TestRunner::deterministic();
        for _ in 0..STEPS {
            let step = steps().new_tree(&mut runner).unwrap().current();
            make(&app, &source, &topics, step).await;
            app.catch_up().await.unwrap();
        }
        let followed = answers(&app);
        let living = count(&app.store, "select count(*) from feedback where erased_at is null").await;
        assert_eq!(app.facts().len() as i64, living);
        let (topics, segments) = (by(&app, Dimension::Topic).len(), by(&app, Dimension::Segment).len());
        assert!(living > 50 && topics > 1 && segments == 3, "{living} items, {topics} topics, {segments} segments");

        let other = app.restarted().await;
        assert_eq!(other.facts().len(), 0);
        other.catch_up().await.unwrap();
        assert!(answers(&other) == followed, "built anew in another process");
        app.rebuild_facts().await.unwrap();
        assert!(answers(&app) == followed, "built anew in this one");

        app.save_facts().unwrap();
        push(&app, &source, vec![record("late", "перевод")]).await;
        let third = app.restarted().await;
        third.load_facts().await.unwrap();
        app.catch_up().await.unwrap();
        assert_eq!(third.facts().len() as i64, living + 1, "the snapshot and what came after it");
        assert!(answers(&third) == answers(&app), "loaded");
    }

    async fn a_snapshot_of_another_history_is_not_used(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        push(&app, &source, vec![record("1", "Спасибо"), record("2", "Спасибо")]).await;
        app.catch_up().await.unwrap();
        app.save_facts().unwrap();
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        for sql in ["delete from feedback", "update change_sequence set value = 0"] {
            sqlx::query(sql).execute(tx.conn()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let restored = app.restarted().await;
        restored.load_facts().await.unwrap();
        assert_eq!(restored.facts().len(), 0, "the database was set back to before the snapshot");
    }

    async fn a_damaged_snapshot_is_built_anew(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        push(&app, &source, vec![record("1", "Спасибо")]).await;
        app.catch_up().await.unwrap();
        app.save_facts().unwrap();
        damage(&app.data.facts());
        let other = app.restarted().await;
        other.load_facts().await.unwrap();
        assert_eq!(other.facts().len(), 1);
    }

    async fn days_begin_where_the_company_is(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        // 2026-02-28 20:30 UTC: still February in London, already March in Yekaterinburg.
        let late = Record { occurred_at: Some(1_772_310_600_000), ..record("1", "Спасибо") };
        push(&app, &source, vec![late]).await;
        for (zone, month) in [("Europe/London", "2026-02"), ("Asia/Yekaterinburg", "2026-03")] {
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            let company = CompanySettings { name: String::new(), time_zone: zone.to_owned(), ..CompanySettings::default() };
            save_company(&mut tx, &company).await.unwrap();
            tx.commit().await.unwrap();
            app.rebuild_facts().await.unwrap();
            let months = by(&app, Dimension::Month);
            assert_eq!(months[0].key[0].as_deref().map(|m| &m[..7]), Some(month), "{zone}");
        }
    }
}

fn damage(folder: &std::path::Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            damage(&path);
        } else {
            std::fs::write(path, "damaged").unwrap();
        }
    }
}

fn steps() -> impl Strategy<Value = Step> {
    let text = prop::sample::select(
        &[
            "Где мои деньги",
            "Перевод не дошёл, подам в суд",
            "Карту съел банкомат, закрываю счёт",
            "Спасибо",
            "Geld ist weg",
        ][..],
    );
    let words = |values: &'static [&'static str]| prop::option::of(prop::sample::select(values));
    let item = (
        0..400u32,
        text,
        words(&["vip", "mass"]),
        words(&["a", "b", "c"]),
        prop::option::of(0..=10u8),
        0..40u8,
    )
        .prop_map(|(id, text, segment, plan, nps, customer)| Record {
            segment: segment.map(str::to_owned),
            attributes: plan.map(|plan| ("plan".to_owned(), plan.to_owned())).into_iter().collect(),
            customer: Some(format!("client-{customer}")),
            complaint: Some(nps == Some(0)),
            occurred_at: Some(1_767_000_000_000 + i64::from(id) * 3_600_000 * 7),
            nps,
            ..record(&id.to_string(), text)
        });
    let rules = &["деньги | перевод", "карта", "спасибо", "карта | деньги", ""][..];
    prop_oneof![
        6 => prop::collection::vec(item, 1..20).prop_map(Step::Push),
        5 => (1..200i64, 0..2usize, prop::option::of(any::<bool>()))
            .prop_map(|(number, topic, applies)| Step::Label { number, topic, applies }),
        1 => (0..2usize, prop::sample::select(rules)).prop_map(|(topic, rule)| Step::ChangeRule { topic, rule }),
        1 => (0..40u8).prop_map(|customer| Step::Erase { customer }),
        3 => (1..200i64, prop::option::of(prop::sample::select(&[Tone::Negative, Tone::Positive][..])))
            .prop_map(|(number, tone)| Step::Sound { number, tone }),
        3 => (1..200i64, prop::sample::select(&Kind::ALL[..2]), any::<bool>())
            .prop_map(|(number, kind, dismissed)| Step::Dismiss { number, kind, dismissed }),
    ]
}

async fn make(app: &App, source: &Source, topics: &[TopicId; 2], step: Step) {
    match step {
        Step::Push(records) => {
            push(app, source, records).await;
        }
        Step::Erase { customer } => {
            erase(app, &format!("client-{customer}")).await;
        }
        Step::Label { number, topic, applies } => {
            let items = otklik_voice::feedback::load_feedback(&app.store, &[number]).await.unwrap();
            let Some(item) = items.first() else { return };
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            labels::set_label(&mut tx, number, &topics[topic], applies).await.unwrap();
            if applies.is_none() {
                app.restore_labels(&mut tx, item).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        Step::Sound { number, tone } => {
            let items = otklik_voice::feedback::load_feedback(&app.store, &[number]).await.unwrap();
            let Some(item) = items.first() else { return };
            let mood = otklik_app::reading::read_sentiment(item).map(|(mood, _)| mood);
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            set_tone(&mut tx, number, tone, mood).await.unwrap();
            tx.commit().await.unwrap();
        }
        Step::Dismiss { number, kind, dismissed } => {
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            // Most items have no such signal.
            if dismiss_signal(&mut tx, number, kind, dismissed).await.is_ok() {
                tx.commit().await.unwrap();
            }
        }
        Step::ChangeRule { topic: index, rule } => {
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            let changed = topic(["money", "card"][index], rule);
            otklik_voice::topics::update_topic(&mut tx, &topics[index], &changed).await.unwrap();
            otklik_app::classify::enqueue_reclassify(&mut tx, &topics[index]).await.unwrap();
            tx.commit().await.unwrap();
            app.refresh_directory().await.unwrap();
            app.work_all().await.unwrap();
        }
    }
}

/// Every kind of question about everything that there is.
fn answers(app: &App) -> (Vec<Vec<FactRow>>, Vec<u32>) {
    use Dimension::{
        Channel, Complaint, Day, Language, Month, NpsGroup, Segment, Sentiment, Signal, Source, Topic,
    };
    let plan = || Dimension::Attribute("plan".to_owned());
    let groups: [&[Dimension]; 12] = [
        &[],
        &[Day],
        &[Topic],
        &[Source, Channel, Language],
        &[Segment, NpsGroup],
        &[plan()],
        &[Month, Complaint],
        &[Topic, plan()],
        &[Sentiment],
        &[Signal],
        &[Topic, Signal, Sentiment],
        &[Segment, Topic, Month, NpsGroup],
    ];
    let rows = groups
        .into_iter()
        .map(|dimensions| {
            let query =
                FactQuery { dimensions: dimensions.to_vec(), customers: true, ..FactQuery::default() };
            app.facts().query(&query).unwrap()
        })
        .collect();
    let all = Selection { limit: usize::MAX, ..Selection::default() };
    (rows, app.facts().select(&Filter::All, None, all).unwrap().numbers)
}
