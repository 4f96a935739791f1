//! One-time links: the first creates the administrator, the others let an invited colleague set a password.

use otklik_store::ids::PersonId;
use otklik_store::{Millis, StoreError, Tx};

use crate::access::Role;
use crate::passwords::HashedPassword;
use crate::people::{Grant, NewPerson, create_person, set_password};
use crate::secrets::{hash_secret, new_secret};
use crate::{PlatformError, people};

/// A link is good for three days.
pub const VALID_MS: Millis = 3 * 24 * 3_600_000;

/// Makes the link's secret; without a person it is the first administrator's, and it replaces any earlier such link.
pub async fn create_invitation(tx: &mut Tx, person: Option<&PersonId>) -> Result<String, PlatformError> {
    let secret = new_secret("oi_")?;
    let now = tx.now_ms();
    if person.is_none() {
        sqlx::query("delete from invitation where person_id is null")
            .execute(tx.conn())
            .await
            .map_err(StoreError::from)?;
    }
    sqlx::query(
        "insert into invitation (token_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4)",
    )
    .bind(hash_secret(&secret))
    .bind(person.map(PersonId::as_str))
    .bind(now)
    .bind(now + VALID_MS)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    Ok(secret)
}

/// Uses the first administrator's link. It works while the company has nobody.
pub async fn accept_first(tx: &mut Tx, secret: &str, new: NewPerson) -> Result<PersonId, PlatformError> {
    if use_link(tx, secret).await?.is_some() {
        return Err(PlatformError::LinkExpired);
    }
    let people: i64 = sqlx::query_scalar("select count(*) from person")
        .fetch_one(tx.conn())
        .await
        .map_err(StoreError::from)?;
    if people > 0 {
        return Err(PlatformError::LinkExpired);
    }
    let grants = vec![Grant { unit: None, role: Role::Admin }];
    create_person(tx, NewPerson { grants, ..new }).await
}

/// Uses a colleague's link: sets their password.
pub async fn accept_invitation(
    tx: &mut Tx,
    secret: &str,
    password: &HashedPassword,
) -> Result<PersonId, PlatformError> {
    let person = use_link(tx, secret).await?.ok_or(PlatformError::LinkExpired)?;
    set_password(tx, &person, password).await?;
    Ok(person)
}

/// Whether the link still works, and whether it is the first administrator's.
pub async fn find_invitation(
    store: &otklik_store::Store,
    secret: &str,
) -> Result<Option<Option<people::Person>>, StoreError> {
    let row: Option<(Option<String>,)> = sqlx::query_as(
        "select person_id from invitation where token_hash = $1 and used_at is null and expires_at > $2",
    )
    .bind(hash_secret(secret))
    .bind(store.now_ms())
    .fetch_optional(store.reader())
    .await?;
    match row {
        None => Ok(None),
        Some((None,)) => Ok(Some(None)),
        Some((Some(id),)) => Ok(Some(Some(people::load_person(store, &PersonId(id)).await?))),
    }
}

/// Marks the link as used and tells whose it was.
async fn use_link(tx: &mut Tx, secret: &str) -> Result<Option<PersonId>, PlatformError> {
    let now = tx.now_ms();
    let row: Option<(Option<String>,)> = sqlx::query_as(
        "update invitation set used_at = $1 where token_hash = $2 and used_at is null and expires_at > $1 \
         returning person_id",
    )
    .bind(now)
    .bind(hash_secret(secret))
    .fetch_optional(tx.conn())
    .await
    .map_err(StoreError::from)?;
    Ok(row.ok_or(PlatformError::LinkExpired)?.0.map(PersonId))
}
