//! Addresses of other programs: added with a secret of their own, told of what they asked for, disabled and enabled.

use otklik_platform::webhooks::{
    Event, EventKind, WEBHOOK, WebhookIn, create_webhook, disable_webhook, enable_webhook,
    find_webhook_target, list_webhooks, post_event, post_trial, rotate_webhook_secret, update_webhook,
};
use otklik_store::outbox::claim_message;
use otklik_testkit::both;
use serde_json::{Value, json};

use crate::change;

fn webhook(name: &str, url: &str, events: &[EventKind]) -> WebhookIn {
    WebhookIn { name: name.to_owned(), url: url.to_owned(), events: events.to_vec() }
}

both! {
    async fn an_address_is_added_changed_disabled_and_enabled(store: TestStore) {
        let new = webhook(" Jira ", "https://jira.example/hook", &[EventKind::ProblemReturned]);
        let (id, secret) = change!(store, create_webhook, &new).unwrap();
        assert!(secret.starts_with("whsec_") && secret.len() > 40);
        let target = find_webhook_target(&store, &id).await.unwrap();
        assert_eq!(target, Some(("https://jira.example/hook".to_owned(), secret.clone())));
        let listed = list_webhooks(&store).await.unwrap();
        assert_eq!((listed[0].name.as_str(), listed[0].disabled_at), ("Jira", None));

        let rotated = change!(store, rotate_webhook_secret, &id).unwrap();
        assert_ne!(rotated, secret);
        let other = webhook("Jira", "https://jira.example/two", &[]);
        change!(store, update_webhook, &id, &other).unwrap();
        let target = find_webhook_target(&store, &id).await.unwrap();
        assert_eq!(target, Some(("https://jira.example/two".to_owned(), rotated)));

        change!(store, disable_webhook, &id, "gone").unwrap();
        assert_eq!(find_webhook_target(&store, &id).await.unwrap(), None);
        assert_eq!(list_webhooks(&store).await.unwrap()[0].disabled_reason.as_deref(), Some("gone"));
        assert_eq!(change!(store, disable_webhook, &id, "gone").unwrap_err().code(), "not_found");
        assert_eq!(change!(store, post_trial, &id).unwrap_err().code(), "not_found");
        change!(store, enable_webhook, &id).unwrap();
        assert!(find_webhook_target(&store, &id).await.unwrap().is_some());

        let nameless = webhook("", "https://a.example", &[]);
        assert_eq!(change!(store, create_webhook, &nameless).unwrap_err().code(), "name_missing");
        let refused = change!(store, create_webhook, &webhook("A", "mailto:a@example", &[])).unwrap_err();
        assert_eq!(refused.code(), "webhook_url_invalid");
    }

    async fn an_address_is_told_of_what_it_asked_for(store: TestStore) {
        let asks = webhook("A", "https://a.example", &[EventKind::ProblemReturned, EventKind::VerdictSigned]);
        let (id, _) = change!(store, create_webhook, &asks).unwrap();
        let (off, _) = change!(store, create_webhook, &webhook("B", "https://b.example", &asks.events)).unwrap();
        change!(store, disable_webhook, &off, "by hand").unwrap();
        change!(store, post_event, EventKind::AnomalyBegan, &json!({})).unwrap();
        change!(store, post_event, EventKind::ProblemReturned, &json!({ "number": 7 })).unwrap();

        let message = claim_message(&store, &[WEBHOOK]).await.unwrap().unwrap();
        let event: Event = message.payload().unwrap();
        assert_eq!((event.webhook, event.kind), (id, EventKind::ProblemReturned));
        let body: Value = serde_json::from_str(&event.body).unwrap();
        assert_eq!((&body["type"], &body["data"]), (&json!("problem.returned"), &json!({ "number": 7 })));
        assert!(body["timestamp"].as_str().unwrap().ends_with('Z'));
        assert_eq!(claim_message(&store, &[WEBHOOK]).await.unwrap(), None, "no other event, no other address");
    }
}
