//! API tokens: keys for programs, with the rights of the person who made them.

use otklik_store::ids::{PersonId, TokenId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::Serialize;
use sqlx::FromRow;

use crate::PlatformError;
use crate::secrets::{hash_secret, new_secret};

/// A token as its owner sees it afterwards; the secret is shown once, on creation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromRow, utoipa::ToSchema)]
pub struct ApiToken {
    pub id: String,
    pub name: String,
    pub created_at: Millis,
    pub used_at: Option<Millis>,
    pub expires_at: Option<Millis>,
}

/// Makes a token and returns its secret.
pub async fn create_token(
    tx: &mut Tx,
    person: &PersonId,
    name: &str,
    expires_at: Option<Millis>,
) -> Result<(TokenId, String), PlatformError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(PlatformError::NameMissing);
    }
    let (id, secret, now) = (TokenId::new(tx.now_ms()), new_secret("ot_")?, tx.now_ms());
    sqlx::query(
        "insert into api_token (id, person_id, name, token_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.as_str())
    .bind(person.as_str())
    .bind(name)
    .bind(hash_secret(&secret))
    .bind(now)
    .bind(expires_at)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("token_created", "api_token", id.as_str(), &name).await?;
    Ok((id, secret))
}

/// The person behind a token that is neither revoked nor too old.
pub async fn find_token(store: &Store, secret: &str) -> Result<Option<PersonId>, StoreError> {
    let hash = hash_secret(secret);
    let read = async {
        let row: Option<(String, Option<Millis>)> =
            sqlx::query_as("select person_id, expires_at from api_token where token_hash = $1")
                .bind(&hash)
                .fetch_optional(store.reader())
                .await?;
        Ok::<_, StoreError>(row.map(|(person, expires_at)| Owner { person: PersonId(person), expires_at }))
    };
    let owner = store.recall(&hash, read).await?;
    Ok(owner.filter(|owner| owner.expires_at.is_none_or(|at| at > store.now_ms())).map(|owner| owner.person))
}

/// Whose a token is, and until when.
#[derive(Clone)]
struct Owner {
    person: PersonId,
    expires_at: Option<Millis>,
}

pub async fn list_tokens(store: &Store, person: &PersonId) -> Result<Vec<ApiToken>, StoreError> {
    let tokens = sqlx::query_as(
        "select id, name, created_at, used_at, expires_at from api_token where person_id = $1 order by created_at desc",
    )
    .bind(person.as_str())
    .fetch_all(store.reader())
    .await?;
    Ok(tokens)
}

pub async fn revoke_token(tx: &mut Tx, person: &PersonId, id: &TokenId) -> Result<(), StoreError> {
    let revoked = sqlx::query("delete from api_token where id = $1 and person_id = $2")
        .bind(id.as_str())
        .bind(person.as_str())
        .execute(tx.conn())
        .await?
        .rows_affected();
    if revoked == 0 {
        return Err(StoreError::NotFound { entity: "api_token" });
    }
    tx.audit("token_revoked", "api_token", id.as_str(), &()).await
}
