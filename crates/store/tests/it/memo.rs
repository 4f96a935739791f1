//! What is remembered of the database: good until the next commit here, and for a second whatever others do.

use std::cell::Cell;

use otklik_store::memo::REMEMBERED_MS;
use otklik_store::{Actor, Store, StoreError};
use otklik_testkit::both;

both! {
    async fn a_value_is_read_again_after_a_commit_and_after_a_second(store: TestStore) {
        let reads = Cell::new(0);
        assert_eq!(recall(&store, &reads).await, 1);
        assert_eq!(recall(&store, &reads).await, 1, "remembered");

        let mut tx = store.begin(Actor::System).await.unwrap();
        tx.keeps_memo();
        tx.commit().await.unwrap();
        drop(store.begin(Actor::System).await.unwrap());
        assert_eq!(recall(&store, &reads).await, 1, "feedback came in, and a change was taken back");

        store.begin(Actor::System).await.unwrap().commit().await.unwrap();
        assert_eq!(recall(&store, &reads).await, 2, "something was changed");

        store.clock().set(store.now_ms() + REMEMBERED_MS - 1);
        assert_eq!(recall(&store, &reads).await, 2);
        store.clock().set(store.now_ms() + 1);
        assert_eq!(recall(&store, &reads).await, 3, "another process may have changed something");
        store.clock().set(store.now_ms() - REMEMBERED_MS);
        assert_eq!(recall(&store, &reads).await, 4, "a clock that was set back proves nothing");
    }

    async fn a_commit_while_reading_makes_the_value_old(store: TestStore) {
        let read = async {
            store.begin(Actor::System).await?.commit().await?;
            Ok::<_, StoreError>(Some("before".to_owned()))
        };
        assert_eq!(store.recall("key", read).await.unwrap().as_deref(), Some("before"));
        let read = async { Ok::<_, StoreError>(Some("after".to_owned())) };
        assert_eq!(store.recall("key", read).await.unwrap().as_deref(), Some("after"));
    }

    async fn what_is_not_there_is_asked_for_each_time(store: TestStore) {
        let nothing = async { Ok::<_, StoreError>(None::<i64>) };
        assert_eq!(store.recall("key", nothing).await.unwrap(), None);
        assert_eq!(recall(&store, &Cell::new(0)).await, 1);
        let text = async { Ok::<_, StoreError>(Some("text".to_owned())) };
        assert_eq!(store.recall("key", text).await.unwrap().as_deref(), Some("text"), "another kind of value");
    }
}

/// Counts how often it is read.
async fn recall(store: &Store, reads: &Cell<i64>) -> i64 {
    let read = async {
        reads.set(reads.get() + 1);
        Ok::<_, StoreError>(Some(reads.get()))
    };
    store.recall("key", read).await.unwrap().unwrap()
}
