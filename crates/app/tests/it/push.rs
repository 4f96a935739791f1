//! Pushed items: answered when on disk, in the numbers within a second.

use std::time::{Duration, Instant};

use otklik_app::App;
use otklik_testkit::{TestApp, both};
use otklik_voice::feedback::{Put, load_feedback};
use otklik_voice::files::Record;

use crate::company::{add_source, add_topic, count, push, record};

both! {
    async fn answers_stand_in_the_order_of_the_items(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        let records: Vec<Record> = (0..200).map(|n| record(&n.to_string(), "Спасибо")).collect();
        assert_eq!(push(&app, &source, records.clone()).await, (1..=200).map(Put::New).collect::<Vec<_>>());
        let some = vec![record("7", "Спасибо"), record("new", "Спасибо"), record("3", "Передумал")];
        assert_eq!(push(&app, &source, some).await, [Put::Unchanged(8), Put::New(201), Put::Updated(4)]);
        assert_eq!(push(&app, &source, Vec::new()).await, []);
    }

    async fn many_at_once_are_each_stored_once(store: TestStore) {
        let app = TestApp::new(store).await;
        let sources = [add_source(&app, "a", None).await, add_source(&app, "b", None).await];
        let pushers: Vec<_> = (0..16)
            .map(|pusher| {
                let (app, source) = (App::clone(&app), sources[pusher % 2].clone());
                tokio::spawn(async move {
                    let mut numbers = Vec::new();
                    for n in 0..20 {
                        // Every id comes from two pushers.
                        let id = format!("{}-{n}", pusher / 4);
                        match push(&app, &source, vec![record(&id, "Спасибо")]).await[..] {
                            [Put::New(number)] => numbers.push(number),
                            [Put::Unchanged(_)] => {}
                            ref other => panic!("{other:?}"),
                        }
                    }
                    numbers
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for pusher in pushers {
            numbers.extend(pusher.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=160).collect::<Vec<i64>>(), "each once, numbered without gaps");
        assert_eq!(count(&app.store, "select count(*) from feedback").await, 160);
    }

    async fn a_pushed_item_is_in_the_numbers_within_a_second(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        let projector = tokio::spawn({
            let app = App::clone(&app);
            async move { app.project(std::future::pending()).await }
        });
        for n in 1..=20 {
            push(&app, &source, vec![record(&n.to_string(), "Спасибо")]).await;
            let answered = Instant::now();
            while app.facts().len() < n {
                assert!(answered.elapsed() < Duration::from_secs(1), "item {n} is late");
                tokio::task::yield_now().await;
            }
        }
        projector.abort();
    }

    async fn personal_data_is_masked_before_it_is_stored(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        let item = Record {
            title: Some("Пишите на ivan.petrov@example.com".to_owned()),
            customer: Some("ivan.petrov@example.com".to_owned()),
            attributes: vec![("контакт".to_owned(), "+7 912 345-67-89".to_owned())],
            ..record("ivan.petrov@example.com", "Звоните на +7 912 345-67-89, карта 4111 1111 1111 1111")
        };
        push(&app, &source, vec![item.clone()]).await;
        let stored = serde_json::to_string(&load_feedback(&app.store, &[1]).await.unwrap()[0]).unwrap();
        for secret in ["ivan", "petrov", "912", "4111"] {
            assert!(!stored.contains(secret), "{secret} stands in {stored}");
        }
        assert_eq!(push(&app, &source, vec![item]).await, [Put::Unchanged(1)], "the same key gives the same pseudonym");
    }

    async fn rules_label_what_arrives_with_the_words_that_caused_it(store: TestStore) {
        let app = TestApp::new(store).await;
        let topic = add_topic(&app, "transfer", "перевод ~5 (дошёл | зачислен)").await;
        let source = add_source(&app, "отзывы", None).await;
        push(&app, &source, vec![record("1", "Перевод так и не дошёл"), record("2", "Всё хорошо")]).await;
        let items = load_feedback(&app.store, &[1, 2]).await.unwrap();
        let label = &items[0].labels[0];
        let text = items[0].text.as_deref().unwrap();
        let words: Vec<&str> =
            label.spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect();
        assert_eq!((&label.topic_id, words), (&topic, vec!["Перевод", "дошёл"]));
        assert_eq!(items[1].labels, []);
    }
}
