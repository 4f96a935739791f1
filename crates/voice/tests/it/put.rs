//! Laws of storing: nothing twice, changes seen, erased customers stay away.

use otklik_store::{Actor, Store};
use otklik_testkit::both;
use otklik_voice::erasure::{erase_customer, erase_expired, list_receipts};
use otklik_voice::feedback::{Incoming, Put, load_changes, load_feedback, put_feedback};

use crate::company::{add_source, count, item, put};

both! {
    async fn the_same_items_again_change_nothing(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        let items: Vec<Incoming> = (0..50).map(|n| item(&format!("id{n}"), "Всё хорошо")).collect();
        let first = put(&store, &source, &items).await;
        assert_eq!(first, (1..=50).map(Put::New).collect::<Vec<_>>());
        let (_, until) = load_changes(&store, 0, 1_000).await.unwrap();
        let again = put(&store, &source, &items).await;
        assert_eq!(again, (1..=50).map(Put::Unchanged).collect::<Vec<_>>());
        assert_eq!(load_changes(&store, until, 1_000).await.unwrap().0, [], "no new change numbers");
        assert_eq!(count(&store, "select count(*) from feedback").await, 50);
    }

    async fn the_same_id_of_another_source_is_another_item(store: TestStore) {
        let (a, b) = (add_source(&store, "a", None).await, add_source(&store, "b", None).await);
        assert_eq!(put(&store, &a, &[item("1", "текст")]).await, [Put::New(1)]);
        assert_eq!(put(&store, &b, &[item("1", "текст")]).await, [Put::New(2)]);
    }

    async fn a_changed_row_keeps_its_number_and_arrives_anew_in_the_facts(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        put(&store, &source, &[item("1", "Долго ждал"), item("2", "Хорошо")]).await;
        let (_, until) = load_changes(&store, 0, 10).await.unwrap();
        let changed = Incoming { nps: Some(3), ..item("1", "Очень долго ждал") };
        assert_eq!(put(&store, &source, &[changed, item("2", "Хорошо")]).await, [Put::Updated(1), Put::Unchanged(2)]);
        let (news, _) = load_changes(&store, until, 10).await.unwrap();
        assert_eq!(news.iter().map(|c| (c.number, c.nps)).collect::<Vec<_>>(), [(1, Some(3))]);
        let stored = load_feedback(&store, &[1]).await.unwrap().remove(0);
        assert_eq!(stored.text.as_deref(), Some("Очень долго ждал"));
    }

    async fn an_id_twice_in_one_call_changes_the_earlier(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        let items = [item("1", "раз"), item("2", "два"), item("1", "три"), item("1", "три"), item("3", "четыре")];
        let puts = put(&store, &source, &items).await;
        assert_eq!(puts, [Put::New(1), Put::New(2), Put::Updated(1), Put::Unchanged(1), Put::New(3)]);
        assert_eq!(load_feedback(&store, &[1]).await.unwrap()[0].text.as_deref(), Some("три"));
    }

    async fn more_items_than_fit_into_one_statement(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        let items: Vec<Incoming> = (0..3_000).map(|n| item(&n.to_string(), "Спасибо")).collect();
        assert_eq!(put(&store, &source, &items).await, (1..=3_000).map(Put::New).collect::<Vec<_>>());
    }

    async fn two_writers_of_the_same_items_store_them_once(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let (store, source) = (Store::clone(&store), source.clone());
                tokio::spawn(async move {
                    for n in 0..20 {
                        put(&store, &source, &[item(&n.to_string(), "Спасибо")]).await;
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(count(&store, "select count(*) from feedback").await, 20);
        assert_eq!(count(&store, "select max(number) from feedback").await, 20);
    }

    async fn what_was_not_committed_is_not_there_and_leaves_no_gap(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        let mut tx = store.begin(Actor::System).await.unwrap();
        put_feedback(&mut tx, &source, &[item("1", "раз")]).await.unwrap();
        drop(tx);
        assert_eq!(put(&store, &source, &[item("2", "два")]).await, [Put::New(1)]);
    }

    async fn an_erased_customer_does_not_come_back(store: TestStore) {
        let source = add_source(&store, "a", None).await;
        let of = |id: &str, key: &str| Incoming { customer_key: Some(key.to_owned()), ..item(id, "Перевод не дошёл") };
        let file = [of("1", "aaaa"), of("2", "bbbb"), of("3", "aaaa")];
        put(&store, &source, &file).await;
        let (_, until) = load_changes(&store, 0, 10).await.unwrap();
        let receipt = erase(&store, "aaaa").await;
        assert_eq!(receipt, 2);
        let (news, _) = load_changes(&store, until, 10).await.unwrap();
        assert_eq!(news.iter().map(|c| (c.number, c.erased)).collect::<Vec<_>>(), [(1, true), (3, true)]);
        assert_eq!(put(&store, &source, &file).await, [Put::Erased, Put::Unchanged(2), Put::Erased]);
        assert_eq!(load_feedback(&store, &[1, 2, 3]).await.unwrap().len(), 1);
        let traces = "select count(*) from feedback where customer_key = 'aaaa' or external_id in ('1', '3') \
                      or (text is not null and number <> 2)";
        assert_eq!(count(&store, traces).await, 0);
        assert_eq!(erase(&store, "aaaa").await, 0, "a second time there is nothing left");
        assert_eq!(list_receipts(&store).await.unwrap().len(), 2);
    }

    async fn a_source_keeps_its_items_as_long_as_it_says(store: TestStore) {
        let (short, long) = (add_source(&store, "short", Some(30)).await, add_source(&store, "long", None).await);
        let day_ms = 24 * 3_600_000;
        let aged = |id: &str, days: i64| Incoming { occurred_at: store.now_ms() - days * day_ms, ..item(id, "Спасибо") };
        put(&store, &short, &[aged("1", 29), aged("2", 30), aged("3", 31), aged("4", 400)]).await;
        put(&store, &long, &[aged("1", 400)]).await;
        assert_eq!(expire(&store, 1).await, 1);
        assert_eq!(expire(&store, 10).await, 1);
        assert_eq!(expire(&store, 10).await, 0);
        assert_eq!(load_feedback(&store, &[1, 2, 3, 4, 5]).await.unwrap().len(), 3);
        assert_eq!(put(&store, &short, &[aged("4", 400)]).await, [Put::Erased], "the old file does not bring it back");
    }
}

async fn erase(store: &Store, key: &str) -> i64 {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let receipt = erase_customer(&mut tx, key, " по просьбе ").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((receipt.reason.as_str(), receipt.customer_hint.len()), ("по просьбе", 4));
    receipt.items
}

async fn expire(store: &Store, limit: u32) -> usize {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let erased = erase_expired(&mut tx, limit).await.unwrap();
    tx.commit().await.unwrap();
    erased
}
