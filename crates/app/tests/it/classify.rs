//! Labels: a person's word stays, rules change everything at once.

use std::collections::BTreeSet;

use otklik_app::App;
use otklik_app::classify::{RuleEffect, enqueue_reclassify};
use otklik_store::ids::TopicId;
use otklik_store::{Actor, jobs};
use otklik_testkit::{TestApp, both};
use otklik_voice::feedback::{Put, load_feedback};
use otklik_voice::labels::{self, Origin};
use otklik_voice::topics::{archive_topic, update_topic};

use crate::company::{add_source, add_topic, count, push, record, topic};

both! {
    async fn a_persons_word_outlives_every_rule_and_delivery(store: TestStore) {
        let app = TestApp::new(store).await;
        let money = add_topic(&app, "money", "деньги").await;
        let source = add_source(&app, "отзывы", None).await;
        let texts = ["Где деньги", "Где деньги", "Хорошо", "Хорошо"];
        let records = || texts.iter().enumerate().map(|(n, text)| record(&n.to_string(), text)).collect();
        push(&app, &source, records()).await;
        assert_eq!(labelled(&app, &money).await, [1, 2].into());
        set(&app, 1, &money, Some(false)).await;
        set(&app, 3, &money, Some(true)).await;
        assert_eq!(labelled(&app, &money).await, [2, 3].into());
        for rule in ["хорошо", "деньги", "деньги | хорошо"] {
            change_rule(&app, &money, rule).await;
            assert!(!labelled(&app, &money).await.contains(&1), "{rule}: a person said that it is not about money");
            assert!(labelled(&app, &money).await.contains(&3), "{rule}: a person said that it is");
        }
        let changed = vec![record("0", "Где же деньги"), record("2", "Очень хорошо")];
        assert_eq!(push(&app, &source, changed).await, [Put::Updated(1), Put::Updated(3)]);
        assert_eq!(labelled(&app, &money).await, [2, 3, 4].into(), "nor does a new text overrule a person");
        set(&app, 1, &money, None).await;
        assert_eq!(labelled(&app, &money).await, [1, 2, 3, 4].into(), "the rule speaks again");
        change_rule(&app, &money, "деньги").await;
        assert_eq!(labelled(&app, &money).await, [1, 2, 3].into());
        set(&app, 3, &money, None).await;
        assert_eq!(labelled(&app, &money).await, [1, 2].into());
    }

    async fn a_rule_changes_everything_at_once(store: TestStore) {
        let app = TestApp::new(store).await;
        let money = add_topic(&app, "money", "деньги").await;
        let source = add_source(&app, "отзывы", None).await;
        let text = |n: usize| ["Где деньги", "Где карта", "Деньги и карта"][n % 3];
        push(&app, &source, (0..900).map(|n| record(&n.to_string(), text(n))).collect()).await;
        let effect = app.preview_rule(Some(&money), "карта").await.unwrap();
        assert_eq!(effect, RuleEffect { gained: 600, lost: 300, kept: 0 }, "the words of 300 items are others");
        assert_eq!(labelled(&app, &money).await.len(), 600, "a preview changes nothing");
        for (rule, gained, kept) in [("карт*", 600, 0), ("деньги | card*", 0, 600), ("деньги карта", 300, 0), ("", 0, 0)] {
            let effect = app.preview_rule(Some(&money), rule).await.unwrap();
            assert_eq!((effect.gained, effect.kept), (gained, kept), "{rule}");
        }
        let before = labelled(&app, &money).await;
        write_rule(&app, &money, "карта").await;
        let mut seen = BTreeSet::new();
        let working = app.work_all();
        tokio::pin!(working);
        loop {
            tokio::select! {
                biased;
                worked = &mut working => { worked.unwrap(); break }
                labelled = labelled(&app, &money) => { seen.insert(labelled); }
            }
        }
        let after = labelled(&app, &money).await;
        assert_eq!((after.len(), before == after), (600, false));
        assert!(seen.iter().all(|numbers| *numbers == before || *numbers == after), "nobody saw half of it");
    }

    async fn a_retired_topic_loses_what_its_rule_gave(store: TestStore) {
        let app = TestApp::new(store).await;
        let money = add_topic(&app, "money", "деньги").await;
        let source = add_source(&app, "отзывы", None).await;
        push(&app, &source, vec![record("1", "Где деньги"), record("2", "Спасибо")]).await;
        set(&app, 2, &money, Some(true)).await;
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        archive_topic(&mut tx, &money).await.unwrap();
        enqueue_reclassify(&mut tx, &money).await.unwrap();
        tx.commit().await.unwrap();
        app.refresh_directory().await.unwrap();
        app.work_all().await.unwrap();
        assert_eq!(labelled(&app, &money).await, [2].into());
        push(&app, &source, vec![record("3", "Где деньги")]).await;
        assert_eq!(labelled(&app, &money).await, [2].into());
    }

    async fn a_change_of_rules_waits_once_and_tells_what_it_did(store: TestStore) {
        let app = TestApp::new(store).await;
        let money = add_topic(&app, "money", "").await;
        let source = add_source(&app, "отзывы", None).await;
        push(&app, &source, vec![record("1", "Где деньги"), record("2", "Спасибо")]).await;
        write_rule(&app, &money, "деньги").await;
        write_rule(&app, &money, "деньги | спасибо").await;
        app.work_all().await.unwrap();
        let done = jobs::list_jobs(&app.store, 10, 0).await.unwrap().items;
        assert_eq!(done.len(), 1, "two changes in a row are one job");
        assert_eq!(done[0].result.as_deref(), Some(r#"{"gained":2,"lost":0,"kept":0}"#));
        assert_eq!(count(&app.store, "select count(*) from audit where event = 'topic_reclassified'").await, 1);
    }
}

/// The items that have the topic, as everybody sees them.
async fn labelled(app: &App, topic: &TopicId) -> BTreeSet<i64> {
    let sql = "select feedback_number from feedback_topic where topic_id = $1 and applies = 1";
    sqlx::query_scalar(sql)
        .bind(topic.as_str())
        .fetch_all(app.store.reader())
        .await
        .unwrap()
        .into_iter()
        .collect()
}

async fn set(app: &App, number: i64, topic: &TopicId, applies: Option<bool>) {
    let item = load_feedback(&app.store, &[number]).await.unwrap().remove(0);
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    labels::set_label(&mut tx, number, topic, applies).await.unwrap();
    if applies.is_none() {
        app.restore_labels(&mut tx, &item).await.unwrap();
    }
    tx.commit().await.unwrap();
    let after = load_feedback(&app.store, &[number]).await.unwrap().remove(0);
    let by_hand = after.labels.iter().find(|l| l.topic_id == *topic && l.origin == Origin::Hand);
    assert_eq!(by_hand.map(|label| label.applies), applies);
}

async fn write_rule(app: &App, id: &TopicId, rule: &str) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    update_topic(&mut tx, id, &topic("money", rule)).await.unwrap();
    enqueue_reclassify(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    app.refresh_directory().await.unwrap();
}

async fn change_rule(app: &App, id: &TopicId, rule: &str) {
    write_rule(app, id, rule).await;
    app.work_all().await.unwrap();
}
