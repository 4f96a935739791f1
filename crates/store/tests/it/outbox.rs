//! The way of a message: after its commit, once at a time, again after a failure or a death, given up in the end.

use otklik_store::outbox::{
    self, HELD_MS, Message, MessageState, claim_message, confirm_message, list_messages, refuse_message,
    resend_message, retry_message,
};
use otklik_store::{Actor, Store};
use otklik_testkit::both;

const KIND: &str = "webhook";
const HOUR_MS: i64 = 3_600_000;

async fn post(store: &Store, payload: i64) -> String {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let id = outbox::post_message(&mut tx, KIND, &payload).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn claim(store: &Store) -> Option<Message> {
    claim_message(store, &[KIND]).await.unwrap()
}

fn wait(store: &Store, ms: i64) {
    store.clock().set(store.now_ms() + ms);
}

async fn states(store: &Store) -> Vec<MessageState> {
    list_messages(store, 10, 0).await.unwrap().items.into_iter().map(|message| message.state).collect()
}

both! {
    async fn a_message_is_there_after_its_commit_and_taken_once(store: TestStore) {
        let mut tx = store.begin(Actor::System).await.unwrap();
        outbox::post_message(&mut tx, KIND, &1).await.unwrap();
        drop(tx);
        assert_eq!(claim(&store).await, None);
        let id = post(&store, 7).await;
        assert_eq!(claim_message(&store, &["mail"]).await.unwrap(), None, "of another kind");
        let senders: Vec<_> = (0..4)
            .map(|_| {
                let store = Store::clone(&store);
                tokio::spawn(async move { claim(&store).await })
            })
            .collect();
        let mut taken = Vec::new();
        for sender in senders {
            taken.extend(sender.await.unwrap());
        }
        let [message] = &taken[..] else { panic!("{taken:?}") };
        assert_eq!((&message.id, message.payload::<i64>().unwrap(), message.attempts), (&id, 7, 1));
        confirm_message(&store, message).await.unwrap();
        wait(&store, 48 * HOUR_MS);
        assert_eq!(claim(&store).await, None);
        let log = list_messages(&store, 10, 0).await.unwrap();
        assert_eq!((log.total, log.items[0].state), (1, MessageState::Sent));
        assert!(log.items[0].sent_at.is_some());
    }

    async fn what_a_dead_sender_held_is_sent_again(store: TestStore) {
        let id = post(&store, 1).await;
        claim(&store).await.unwrap();
        wait(&store, HELD_MS - 1);
        assert_eq!(claim(&store).await, None);
        wait(&store, 1);
        let again = claim(&store).await.unwrap();
        assert_eq!((again.id, again.attempts), (id, 2));
    }

    async fn tries_become_rarer_until_the_message_is_given_up(store: TestStore) {
        let id = post(&store, 1).await;
        let mut waits = Vec::new();
        loop {
            let message = claim(&store).await.unwrap();
            if retry_message(&store, &message, "503", 0.0, None).await.unwrap() == MessageState::Failed {
                break;
            }
            let log = list_messages(&store, 1, 0).await.unwrap().items.remove(0);
            assert_eq!(log.error.as_deref(), Some("503"));
            let wait_ms = log.due_at - store.now_ms();
            wait(&store, wait_ms - 1);
            assert_eq!(claim(&store).await, None);
            wait(&store, 1);
            waits.push(wait_ms / 1_000);
        }
        assert_eq!(waits, [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
        assert_eq!(states(&store).await, [MessageState::Failed]);

        let mut tx = store.begin(Actor::System).await.unwrap();
        resend_message(&mut tx, &id).await.unwrap();
        assert_eq!(resend_message(&mut tx, &id).await.unwrap_err().code(), "not_found");
        tx.commit().await.unwrap();
        assert_eq!(claim(&store).await.unwrap().attempts, 1);
    }

    async fn the_receiver_may_ask_for_time_or_refuse(store: TestStore) {
        post(&store, 1).await;
        let message = claim(&store).await.unwrap();
        retry_message(&store, &message, "429", 1.0, Some(store.now_ms() + HOUR_MS)).await.unwrap();
        wait(&store, HOUR_MS - 1);
        assert_eq!(claim(&store).await, None);
        wait(&store, 1);
        let message = claim(&store).await.unwrap();
        refuse_message(&store, &message, "410").await.unwrap();
        wait(&store, 48 * HOUR_MS);
        assert_eq!((claim(&store).await, states(&store).await), (None, vec![MessageState::Failed]));
    }
}
