//! API tokens: expiry, revocation.

use otklik_platform::tokens::{create_token, find_token, list_tokens, revoke_token};
use otklik_store::Store;
use otklik_store::memo::REMEMBERED_MS;
use otklik_testkit::both;

use crate::{DAY_MS, add, change, somebody, wait};

both! {
    async fn a_token_opens_until_it_expires_or_is_revoked(store: TestStore) {
        let anna = add(&store, somebody("anna@example.com", Vec::new())).await.unwrap();
        let boris = add(&store, somebody("boris@example.com", Vec::new())).await.unwrap();
        let until = store.now_ms() + DAY_MS;
        let (_, short) = change!(store, create_token, &anna, "loader", Some(until)).unwrap();
        let (id, long) = change!(store, create_token, &anna, " report ", None).unwrap();
        assert_eq!(find_token(&store, &short).await.unwrap(), Some(anna.clone()));
        assert_eq!(find_token(&store, "ot_guessed").await.unwrap(), None);
        wait(&store, DAY_MS);
        assert_eq!(find_token(&store, &short).await.unwrap(), None, "too old");
        assert_eq!(find_token(&store, &long).await.unwrap(), Some(anna.clone()));
        let names: Vec<String> = list_tokens(&store, &anna).await.unwrap().into_iter().map(|t| t.name).collect();
        assert!(names.contains(&"report".to_owned()), "{names:?}");
        let foreign = change!(store, revoke_token, &boris, &id).unwrap_err();
        assert_eq!(foreign.code(), "not_found");
        change!(store, revoke_token, &anna, &id).unwrap();
        assert_eq!(find_token(&store, &long).await.unwrap(), None);
        assert_eq!(change!(store, create_token, &anna, " ", None).unwrap_err().code(), "name_missing");
    }

    async fn a_revoked_token_is_dead_at_once_here_and_within_a_second_elsewhere(store: TestStore) {
        let elsewhere = Store::connect(store.url(), store.clock().clone()).await.unwrap();
        let anna = add(&store, somebody("anna@example.com", Vec::new())).await.unwrap();
        let (id, token) = change!(store, create_token, &anna, "loader", None).unwrap();
        for process in [&store, &elsewhere] {
            assert_eq!(find_token(process, &token).await.unwrap(), Some(anna.clone()));
        }
        change!(store, revoke_token, &anna, &id).unwrap();
        assert_eq!(find_token(&store, &token).await.unwrap(), None);
        wait(&store, REMEMBERED_MS);
        assert_eq!(find_token(&elsewhere, &token).await.unwrap(), None);
    }
}
