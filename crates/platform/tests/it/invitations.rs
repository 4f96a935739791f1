//! One-time links: used once, for three days, the first administrator's while there is nobody.

use otklik_platform::invitations::{
    VALID_MS, accept_first, accept_invitation, create_invitation, find_invitation,
};
use otklik_platform::people::{check_credentials, is_empty, load_person};
use otklik_platform::{Role, people::NewPerson};
use otklik_testkit::both;

use crate::{PASSWORD, add, change, company, hashed, somebody, wait};

async fn administrator() -> NewPerson {
    NewPerson {
        password: Some(hashed(PASSWORD).await),
        ..somebody("chief@example.com", company(Role::Viewer))
    }
}

both! {
    async fn an_invitation_sets_a_password_once(store: TestStore) {
        let person = add(&store, somebody("a@example.com", Vec::new())).await.unwrap();
        let secret = change!(store, create_invitation, Some(&person)).unwrap();
        let invited = find_invitation(&store, &secret).await.unwrap().flatten().unwrap();
        assert_eq!(invited.id, person);
        assert_eq!(change!(store, accept_invitation, &secret, &hashed(PASSWORD).await).unwrap(), person);
        assert!(check_credentials(&store, "a@example.com", PASSWORD).await.is_ok());
        let again = change!(store, accept_invitation, &secret, &hashed("another password").await).unwrap_err();
        assert_eq!(again.code(), "link_expired");
        assert_eq!(find_invitation(&store, &secret).await.unwrap(), None);
        assert!(check_credentials(&store, "a@example.com", PASSWORD).await.is_ok());
    }

    async fn an_invitation_is_too_old_after_three_days(store: TestStore) {
        let person = add(&store, somebody("a@example.com", Vec::new())).await.unwrap();
        let secret = change!(store, create_invitation, Some(&person)).unwrap();
        wait(&store, VALID_MS);
        assert_eq!(find_invitation(&store, &secret).await.unwrap(), None);
        assert_eq!(change!(store, accept_invitation, &secret, &hashed(PASSWORD).await).unwrap_err().code(), "link_expired");
    }

    async fn the_first_start_makes_one_administrator(store: TestStore) {
        assert!(is_empty(&store).await.unwrap());
        let older = change!(store, create_invitation, None).unwrap();
        let link = change!(store, create_invitation, None).unwrap();
        let refused = change!(store, accept_first, &older, administrator().await).unwrap_err();
        assert_eq!(refused.code(), "link_expired", "a new first link replaces the one before");
        let id = change!(store, accept_first, &link, administrator().await).unwrap();
        assert_eq!(load_person(&store, &id).await.unwrap().grants, company(Role::Admin));
        assert!(!is_empty(&store).await.unwrap());
        let second = change!(store, create_invitation, None).unwrap();
        let refused = change!(store, accept_first, &second, somebody("b@example.com", Vec::new())).unwrap_err();
        assert_eq!(refused.code(), "link_expired", "the company has somebody");
    }

    async fn a_colleagues_link_makes_no_administrator_and_the_other_way_round(store: TestStore) {
        let first = change!(store, create_invitation, None).unwrap();
        assert_eq!(change!(store, accept_invitation, &first, &hashed(PASSWORD).await).unwrap_err().code(), "link_expired");
        let person = add(&store, somebody("a@example.com", Vec::new())).await.unwrap();
        let link = change!(store, create_invitation, Some(&person)).unwrap();
        assert_eq!(change!(store, accept_first, &link, administrator().await).unwrap_err().code(), "link_expired");
    }
}
