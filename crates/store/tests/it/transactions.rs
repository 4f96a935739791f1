//! Transactions: all or nothing, audit, numbers in commit order.

use otklik_store::ids::PersonId;
use otklik_store::{Actor, Clock, Sequence, Store, StoreError};
use otklik_testkit::both;

both! {
    async fn a_dropped_transaction_leaves_nothing(store: TestStore) {
        let mut tx = store.begin(Actor::System).await.unwrap();
        tx.audit("thing_created", "thing", "1", &"x").await.unwrap();
        assert_eq!(tx.take_numbers(Sequence::FeedbackNumber, 3).await.unwrap(), 1);
        drop(tx);
        let mut tx = store.begin(Actor::System).await.unwrap();
        assert_eq!(tx.take_numbers(Sequence::FeedbackNumber, 2).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(audit_rows(&store).await, []);
    }

    async fn the_audit_row_names_the_actor(store: TestStore) {
        let person = PersonId::new(store.now_ms());
        let mut tx = store.begin(Actor::Person(person.clone())).await.unwrap();
        tx.audit("thing_created", "thing", "1", &serde_json::json!({"name": "ё"})).await.unwrap();
        tx.commit().await.unwrap();
        let expected = ("person".to_owned(), person.0, r#"{"name":"ё"}"#.to_owned());
        assert_eq!(audit_rows(&store).await, [expected]);
    }

    async fn numbers_are_given_once_and_in_commit_order(store: TestStore) {
        let takers: Vec<_> = (0..8)
            .map(|_| {
                let store = Store::clone(&store);
                tokio::spawn(async move {
                    let mut firsts = Vec::new();
                    for _ in 0..5 {
                        let mut tx = store.begin(Actor::System).await.unwrap();
                        firsts.push(tx.take_numbers(Sequence::FeedbackChange, 2).await.unwrap());
                        tx.commit().await.unwrap();
                    }
                    firsts
                })
            })
            .collect();
        let mut all = Vec::new();
        for taker in takers {
            let firsts = taker.await.unwrap();
            assert!(firsts.is_sorted());
            all.extend(firsts);
        }
        all.sort_unstable();
        assert_eq!(all, (0..40).map(|n| 2 * n + 1).collect::<Vec<_>>());
    }

    async fn a_database_of_a_newer_version_is_refused(store: TestStore) {
        let mut tx = store.begin(Actor::System).await.unwrap();
        sqlx::query(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
             select 9999, 'from the future', success, checksum, 0 from _sqlx_migrations where version = 1",
        )
        .execute(tx.conn())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let again = Store::open(store.url(), Clock::System).await;
        assert!(matches!(again, Err(StoreError::Newer { migration: 9999 })), "{again:?}");
    }

    async fn a_second_row_with_the_same_key_is_a_conflict(store: TestStore) {
        let mut tx = store.begin(Actor::System).await.unwrap();
        let insert = "insert into setting (key, value, updated_at) values ('a', 'b', 0)";
        sqlx::query(insert).execute(tx.conn()).await.unwrap();
        let error = StoreError::from(sqlx::query(insert).execute(tx.conn()).await.unwrap_err());
        assert!(matches!(error, StoreError::Conflict { .. }), "{error:?}");
    }
}

async fn audit_rows(store: &Store) -> Vec<(String, String, String)> {
    sqlx::query_as("select actor_kind, actor_id, detail from audit").fetch_all(store.reader()).await.unwrap()
}
