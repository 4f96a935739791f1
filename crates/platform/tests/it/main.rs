//! People and what they may, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod invitations;
mod letters;
mod people;
mod sessions;
mod tokens;
mod units;
mod webhooks;

use otklik_platform::people::{Grant, NewPerson, create_person};
use otklik_platform::{PlatformError, Role};
use otklik_store::ids::PersonId;
use otklik_store::{Actor, Store};

const PASSWORD: &str = "верный пароль";
const DAY_MS: i64 = 24 * 3_600_000;

fn somebody(email: &str, grants: Vec<Grant>) -> NewPerson {
    NewPerson { email: email.to_owned(), name: "Анна".to_owned(), language: None, grants, password: None }
}

fn company(role: Role) -> Vec<Grant> {
    vec![Grant { unit: None, role }]
}

async fn add(store: &Store, new: NewPerson) -> Result<PersonId, PlatformError> {
    let mut tx = store.begin(Actor::System).await?;
    let id = create_person(&mut tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

fn wait(store: &Store, ms: i64) {
    store.clock().set(store.now_ms() + ms);
}

/// Commits one change.
macro_rules! change {
    ($store:expr, $call:path $(, $argument:expr)*) => {{
        let mut tx = $store.begin(otklik_store::Actor::System).await.unwrap();
        let outcome = $call(&mut tx $(, $argument)*).await;
        if outcome.is_ok() {
            tx.commit().await.unwrap();
        }
        outcome
    }};
}
pub(crate) use change;
