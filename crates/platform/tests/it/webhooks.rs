//! Addresses of other programs: added with a secret of their own, disabled and enabled again.

use otklik_platform::webhooks::{
    create_webhook, disable_webhook, enable_webhook, find_webhook_secret, list_webhooks,
};
use otklik_testkit::both;

use crate::change;

both! {
    async fn an_address_is_added_disabled_and_enabled(store: TestStore) {
        let (id, secret) = change!(store, create_webhook, " Jira ", "https://jira.example/hook").unwrap();
        assert!(secret.starts_with("whsec_") && secret.len() > 40);
        assert_eq!(find_webhook_secret(&store, &id).await.unwrap(), Some(secret));
        let listed = list_webhooks(&store).await.unwrap();
        assert_eq!((listed[0].name.as_str(), listed[0].disabled_at), ("Jira", None));

        change!(store, disable_webhook, &id, "gone").unwrap();
        assert_eq!(find_webhook_secret(&store, &id).await.unwrap(), None);
        assert_eq!(list_webhooks(&store).await.unwrap()[0].disabled_reason.as_deref(), Some("gone"));
        assert_eq!(change!(store, disable_webhook, &id, "gone").unwrap_err().code(), "not_found");
        change!(store, enable_webhook, &id).unwrap();
        assert!(find_webhook_secret(&store, &id).await.unwrap().is_some());

        assert_eq!(change!(store, create_webhook, "", "https://a.example").unwrap_err().code(), "name_missing");
        let refused = change!(store, create_webhook, "A", "mailto:a@example").unwrap_err();
        assert_eq!(refused.code(), "webhook_url_invalid");
    }
}
