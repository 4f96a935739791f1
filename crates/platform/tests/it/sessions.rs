//! Sessions: idle end, listing, ending.

use otklik_platform::people::{set_disabled, set_password};
use otklik_platform::sessions::{
    IDLE_MS, create_session, end_session, find_session, list_sessions, touch_session,
};
use otklik_platform::{PlatformError, Role};
use otklik_store::Store;
use otklik_store::ids::PersonId;
use otklik_testkit::both;

use crate::{DAY_MS, PASSWORD, add, change, company, hashed, somebody, wait};

async fn sign_in(store: &Store, person: &PersonId, agent: &str) -> String {
    change!(store, create_session, person, agent, "127.0.0.1").unwrap()
}

async fn is_alive(store: &Store, secret: &str) -> bool {
    find_session(store, secret).await.unwrap().is_some()
}

both! {
    async fn a_session_ends_when_it_is_not_used(store: TestStore) {
        let person = add(&store, somebody("a@example.com", Vec::new())).await.unwrap();
        let secret = sign_in(&store, &person, "Firefox").await;
        assert_eq!(find_session(&store, &secret).await.unwrap(), Some((person.clone(), false)));
        assert_eq!(find_session(&store, "os_guessed").await.unwrap(), None);
        wait(&store, 10 * DAY_MS);
        assert_eq!(find_session(&store, &secret).await.unwrap(), Some((person.clone(), true)), "time to note it");
        change!(store, touch_session, &secret).unwrap();
        wait(&store, 10 * DAY_MS);
        assert!(is_alive(&store, &secret).await, "use has prolonged it");
        wait(&store, IDLE_MS - 10 * DAY_MS);
        assert!(!is_alive(&store, &secret).await);
        assert_eq!(list_sessions(&store, &person).await.unwrap(), []);
    }

    async fn one_sees_and_ends_ones_own_sessions_only(store: TestStore) {
        let anna = add(&store, somebody("anna@example.com", Vec::new())).await.unwrap();
        let boris = add(&store, somebody("boris@example.com", Vec::new())).await.unwrap();
        let first = sign_in(&store, &anna, "Firefox").await;
        wait(&store, 1);
        let second = sign_in(&store, &anna, "Chrome").await;
        let foreign = sign_in(&store, &boris, "Safari").await;
        let listed = list_sessions(&store, &anna).await.unwrap();
        assert_eq!(listed.iter().map(|s| s.agent.as_str()).collect::<Vec<_>>(), ["Chrome", "Firefox"]);
        assert!(listed.iter().all(|s| s.id != first && s.id != second), "what is listed opens nothing");
        change!(store, end_session, &anna, &listed[0].id).unwrap();
        assert!(!is_alive(&store, &second).await && is_alive(&store, &first).await);
        let id = &list_sessions(&store, &boris).await.unwrap()[0].id;
        let refused: PlatformError = change!(store, end_session, &anna, id).unwrap_err().into();
        assert_eq!(refused.code(), "not_found");
        assert!(is_alive(&store, &foreign).await);
    }

    async fn locking_out_and_a_new_password_end_all_sessions(store: TestStore) {
        add(&store, somebody("chief@example.com", company(Role::Admin))).await.unwrap();
        let person = add(&store, somebody("a@example.com", Vec::new())).await.unwrap();
        let before = sign_in(&store, &person, "Firefox").await;
        change!(store, set_password, &person, &hashed(PASSWORD).await).unwrap();
        assert!(!is_alive(&store, &before).await);
        let after = sign_in(&store, &person, "Firefox").await;
        change!(store, set_disabled, &person, true).unwrap();
        assert!(!is_alive(&store, &after).await);
    }
}
