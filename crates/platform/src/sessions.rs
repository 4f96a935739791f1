//! Sessions of the screen: a cookie's secret, one row each, listed and ended by their owner.

use otklik_store::ids::PersonId;
use otklik_store::{Millis, Store, StoreError, Tx};
use sqlx::FromRow;

use crate::PlatformError;
use crate::secrets::{hash_secret, new_secret};

/// A session ends when it was not used for so long.
pub const IDLE_MS: Millis = 14 * 24 * 3_600_000;

/// «Last seen» is written at most once in so long, so that reading a page does not write a row.
const SEEN_EVERY_MS: Millis = 10 * 60_000;

/// A place where somebody is signed in. `id` is safe to show: it opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Session {
    #[sqlx(rename = "id_hash")]
    pub id: String,
    pub created_at: Millis,
    pub seen_at: Millis,
    pub agent: String,
    pub address: String,
}

/// Signs a person in and returns the secret for the cookie.
pub async fn create_session(
    tx: &mut Tx,
    person: &PersonId,
    agent: &str,
    address: &str,
) -> Result<String, PlatformError> {
    let secret = new_secret("os_")?;
    let now = tx.now_ms();
    let agent: String = agent.chars().take(200).collect();
    sqlx::query(
        "insert into session (id_hash, person_id, created_at, seen_at, expires_at, agent, address) \
         values ($1, $2, $3, $3, $4, $5, $6)",
    )
    .bind(hash_secret(&secret))
    .bind(person.as_str())
    .bind(now)
    .bind(now + IDLE_MS)
    .bind(agent)
    .bind(address)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("signed_in", "person", person.as_str(), &()).await?;
    Ok(secret)
}

/// The person behind a cookie, while the session lives; also says whether it is time for [`touch_session`].
pub async fn find_session(store: &Store, secret: &str) -> Result<Option<(PersonId, bool)>, StoreError> {
    let hash = hash_secret(secret);
    let read = async {
        let row: Option<(String, Millis, Millis)> =
            sqlx::query_as("select person_id, seen_at, expires_at from session where id_hash = $1")
                .bind(&hash)
                .fetch_optional(store.reader())
                .await?;
        let living = |(person, seen_at, expires_at)| Living { person: PersonId(person), seen_at, expires_at };
        Ok::<_, StoreError>(row.map(living))
    };
    let (living, now) = (store.recall(&hash, read).await?, store.now_ms());
    let living = living.filter(|session| session.expires_at > now);
    Ok(living.map(|session| (session.person, now - session.seen_at > SEEN_EVERY_MS)))
}

/// Whose a session is, and its times.
#[derive(Clone)]
struct Living {
    person: PersonId,
    seen_at: Millis,
    expires_at: Millis,
}

/// Notes that the session is in use, which also prolongs it.
pub async fn touch_session(tx: &mut Tx, secret: &str) -> Result<(), StoreError> {
    let now = tx.now_ms();
    sqlx::query("update session set seen_at = $1, expires_at = $2 where id_hash = $3")
        .bind(now)
        .bind(now + IDLE_MS)
        .bind(hash_secret(secret))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The living sessions of a person, the latest used first.
pub async fn list_sessions(store: &Store, person: &PersonId) -> Result<Vec<Session>, StoreError> {
    let sessions = sqlx::query_as(
        "select id_hash, created_at, seen_at, agent, address from session \
         where person_id = $1 and expires_at > $2 order by seen_at desc",
    )
    .bind(person.as_str())
    .bind(store.now_ms())
    .fetch_all(store.reader())
    .await?;
    Ok(sessions)
}

/// Ends one session of a person, by the id that [`list_sessions`] shows.
pub async fn end_session(tx: &mut Tx, person: &PersonId, id: &str) -> Result<(), StoreError> {
    let ended = sqlx::query("delete from session where id_hash = $1 and person_id = $2")
        .bind(id)
        .bind(person.as_str())
        .execute(tx.conn())
        .await?
        .rows_affected();
    if ended == 0 {
        return Err(StoreError::NotFound { entity: "session" });
    }
    tx.audit("session_ended", "person", person.as_str(), &()).await
}

pub(crate) async fn end_all_sessions(tx: &mut Tx, person: &PersonId) -> Result<(), StoreError> {
    sqlx::query("delete from session where person_id = $1").bind(person.as_str()).execute(tx.conn()).await?;
    Ok(())
}
