//! Accounts and roles.

use otklik_platform::people::{
    Grant, check_credentials, load_access, load_person, set_disabled, set_grants, update_profile,
};
use otklik_platform::{Right, Role, Scope, people};
use otklik_store::StoreError;
use otklik_store::ids::{PersonId, UnitId};
use otklik_testkit::both;

use crate::{PASSWORD, add, change, company, hashed, somebody};

both! {
    async fn an_address_is_one_account_whatever_its_case(store: TestStore) {
        add(&store, somebody(" Anna@Example.com ", Vec::new())).await.unwrap();
        let again = add(&store, somebody("anna@example.COM", Vec::new())).await.unwrap_err();
        assert_eq!(again.code(), "email_taken");
        for wrong in ["anna", "@example.com", "anna@", "an na@example.com", "a@b@c"] {
            let refused = add(&store, somebody(wrong, Vec::new())).await.unwrap_err();
            assert_eq!(refused.code(), "email_invalid", "{wrong}");
        }
        let nameless = people::NewPerson { name: " ".to_owned(), ..somebody("b@example.com", Vec::new()) };
        assert_eq!(add(&store, nameless).await.unwrap_err().code(), "name_missing");
        assert_eq!(people::list_people(&store).await.unwrap().len(), 1);
    }

    async fn the_password_opens_to_those_who_are_not_locked_out(store: TestStore) {
        let chief = add(&store, somebody("chief@example.com", company(Role::Admin))).await.unwrap();
        let new = people::NewPerson { password: Some(hashed(PASSWORD).await), ..somebody("a@example.com", Vec::new()) };
        let id = add(&store, new).await.unwrap();
        assert_eq!(check_credentials(&store, "A@example.com ", PASSWORD).await.unwrap(), id);
        for (email, password) in [("a@example.com", "another one"), ("chief@example.com", PASSWORD), ("x@y", PASSWORD)] {
            let refused = check_credentials(&store, email, password).await.unwrap_err();
            assert_eq!(refused.code(), "wrong_credentials", "{email}");
        }
        change!(store, set_disabled, &id, true).unwrap();
        assert!(check_credentials(&store, "a@example.com", PASSWORD).await.is_err());
        assert!(matches!(load_access(&store, &id).await, Err(StoreError::NotFound { .. })));
        change!(store, set_disabled, &id, false).unwrap();
        assert!(check_credentials(&store, "a@example.com", PASSWORD).await.is_ok());
        assert!(load_access(&store, &chief).await.is_ok());
    }

    async fn the_last_administrator_stays(store: TestStore) {
        let one = add(&store, somebody("one@example.com", company(Role::Admin))).await.unwrap();
        let other = add(&store, somebody("other@example.com", company(Role::Viewer))).await.unwrap();
        let refused = change!(store, set_grants, &one, &company(Role::Manager)).unwrap_err();
        assert_eq!(refused.code(), "last_administrator");
        let refused = change!(store, set_disabled, &one, true).unwrap_err();
        assert_eq!(refused.code(), "last_administrator");
        assert_eq!(load_person(&store, &one).await.unwrap().grants, company(Role::Admin), "nothing has changed");
        change!(store, set_grants, &other, &company(Role::Admin)).unwrap();
        change!(store, set_disabled, &one, true).unwrap();
        let refused = change!(store, set_grants, &other, &[]).unwrap_err();
        assert_eq!(refused.code(), "last_administrator", "one who is locked out does not count");
    }

    async fn an_administrator_of_a_unit_is_none_of_the_company(store: TestStore) {
        let one = add(&store, somebody("one@example.com", company(Role::Admin))).await.unwrap();
        let of_unit = vec![Grant { unit: Some(UnitId("cards".to_owned())), role: Role::Admin }];
        assert_eq!(change!(store, set_grants, &one, &of_unit).unwrap_err().code(), "last_administrator");
    }

    async fn rights_follow_the_grants(store: TestStore) {
        add(&store, somebody("chief@example.com", company(Role::Admin))).await.unwrap();
        let id = add(&store, somebody("a@example.com", company(Role::Viewer))).await.unwrap();
        assert_eq!(load_access(&store, &id).await.unwrap().scope(Right::View), Some(Scope::Company));
        change!(store, set_grants, &id, &[]).unwrap();
        assert_eq!(load_access(&store, &id).await.unwrap().scope(Right::View), None);
    }

    async fn what_is_done_to_nobody_is_refused(store: TestStore) {
        add(&store, somebody("chief@example.com", company(Role::Admin))).await.unwrap();
        let nobody = PersonId("nobody".to_owned());
        assert_eq!(change!(store, set_grants, &nobody, &company(Role::Viewer)).unwrap_err().code(), "not_found");
        assert_eq!(change!(store, set_grants, &nobody, &[]).unwrap_err().code(), "not_found");
        assert_eq!(change!(store, set_disabled, &nobody, true).unwrap_err().code(), "not_found");
        assert_eq!(change!(store, update_profile, &nobody, "Анна", None).unwrap_err().code(), "not_found");
    }
}
