//! People: who can sign in, and with which roles in which units.

use std::collections::BTreeMap;

use otklik_store::ids::{PersonId, UnitId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::access::{Access, Role};
use crate::{PlatformError, passwords};

/// Somebody with an account. `language` is `None` while the browser decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub language: Option<String>,
    pub grants: Vec<Grant>,
    pub has_password: bool,
    pub created_at: Millis,
    pub disabled_at: Option<Millis>,
}

/// A role in a unit, or in the whole company when there is no unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Grant {
    pub unit: Option<UnitId>,
    pub role: Role,
}

/// A new person; without a password they come in by an invitation.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub email: String,
    pub name: String,
    pub language: Option<String>,
    pub grants: Vec<Grant>,
    pub password: Option<String>,
}

/// Adds a person.
pub async fn create_person(tx: &mut Tx, new: NewPerson) -> Result<PersonId, PlatformError> {
    let email = read_email(&new.email)?;
    let name = read_name(&new.name)?;
    let hash = match &new.password {
        Some(password) => Some(passwords::hash_password(password).await?),
        None => None,
    };
    let (id, now) = (PersonId::new(tx.now_ms()), tx.now_ms());
    let insert = sqlx::query(
        "insert into person (id, email, name, language, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.as_str())
    .bind(&email)
    .bind(&name)
    .bind(new.language)
    .bind(hash)
    .bind(now)
    .execute(tx.conn())
    .await;
    match insert.map_err(StoreError::from) {
        Err(StoreError::Conflict { .. }) => return Err(PlatformError::EmailTaken),
        other => other?,
    };
    write_grants(tx, &id, &new.grants).await?;
    tx.audit("person_created", "person", id.as_str(), &new.grants).await?;
    Ok(id)
}

/// Replaces the roles of a person. The company keeps at least one administrator.
pub async fn set_grants(tx: &mut Tx, person: &PersonId, grants: &[Grant]) -> Result<(), PlatformError> {
    sqlx::query("delete from role_grant where person_id = $1")
        .bind(person.as_str())
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    require_person(tx, person).await?;
    write_grants(tx, person, grants).await?;
    require_administrator(tx).await?;
    tx.audit("roles_changed", "person", person.as_str(), &grants).await?;
    Ok(())
}

/// Locks a person out, or lets them in again. Their sessions end; their tokens stop working.
pub async fn set_disabled(tx: &mut Tx, person: &PersonId, disabled: bool) -> Result<(), PlatformError> {
    let at = disabled.then_some(tx.now_ms());
    require_person(tx, person).await?;
    sqlx::query("update person set disabled_at = $1 where id = $2")
        .bind(at)
        .bind(person.as_str())
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    require_administrator(tx).await?;
    if disabled {
        crate::sessions::end_all_sessions(tx, person).await?;
    }
    let event = if disabled { "person_disabled" } else { "person_enabled" };
    tx.audit(event, "person", person.as_str(), &()).await?;
    Ok(())
}

/// Changes what a person may change about themselves.
pub async fn update_profile(
    tx: &mut Tx,
    person: &PersonId,
    name: &str,
    language: Option<&str>,
) -> Result<(), PlatformError> {
    let name = read_name(name)?;
    require_person(tx, person).await?;
    sqlx::query("update person set name = $1, language = $2 where id = $3")
        .bind(name)
        .bind(language)
        .bind(person.as_str())
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    tx.audit("profile_changed", "person", person.as_str(), &()).await?;
    Ok(())
}

/// Sets a new password and ends all sessions of the person.
pub async fn set_password(tx: &mut Tx, person: &PersonId, password: &str) -> Result<(), PlatformError> {
    let hash = passwords::hash_password(password).await?;
    sqlx::query("update person set password_hash = $1 where id = $2")
        .bind(hash)
        .bind(person.as_str())
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    crate::sessions::end_all_sessions(tx, person).await?;
    tx.audit("password_changed", "person", person.as_str(), &()).await?;
    Ok(())
}

/// The id of an enabled person with this address and password.
pub async fn check_credentials(
    store: &Store,
    email: &str,
    password: &str,
) -> Result<PersonId, PlatformError> {
    let row: Option<(String, Option<String>)> =
        sqlx::query_as("select id, password_hash from person where email = $1 and disabled_at is null")
            .bind(email.trim().to_lowercase())
            .fetch_optional(store.reader())
            .await
            .map_err(StoreError::from)?;
    let (id, hash) = row.map_or((None, None), |(id, hash)| (Some(id), hash));
    let right = passwords::verify_password(password, hash).await;
    id.filter(|_| right).map(PersonId).ok_or(PlatformError::WrongCredentials)
}

pub async fn load_person(store: &Store, id: &PersonId) -> Result<Person, StoreError> {
    let row: Option<PersonRow> = sqlx::query_as("select * from person where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    let grants = list_grants(store).await?;
    Ok(row.ok_or(StoreError::NotFound { entity: "person" })?.with_grants(&grants))
}

/// Everybody, by name.
pub async fn list_people(store: &Store) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<PersonRow> =
        sqlx::query_as("select * from person order by name, email").fetch_all(store.reader()).await?;
    let grants = list_grants(store).await?;
    Ok(rows.into_iter().map(|row| row.with_grants(&grants)).collect())
}

/// The rights of an enabled person, spelled out over the unit trees.
pub async fn load_access(store: &Store, person: &PersonId) -> Result<Access, StoreError> {
    let read = async { read_access(store, person).await.map(Some) };
    store.recall(person.as_str(), read).await?.ok_or(StoreError::NotFound { entity: "person" })
}

async fn read_access(store: &Store, person: &PersonId) -> Result<Access, StoreError> {
    let enabled: Option<i64> =
        sqlx::query_scalar("select 1 from person where id = $1 and disabled_at is null")
            .bind(person.as_str())
            .fetch_optional(store.reader())
            .await?;
    enabled.ok_or(StoreError::NotFound { entity: "person" })?;
    let grants: Vec<(Option<UnitId>, Role)> = list_grants(store)
        .await?
        .remove(person)
        .unwrap_or_default()
        .into_iter()
        .map(|g| (g.unit, g.role))
        .collect();
    let parents = crate::units::load_parents(store).await?;
    Ok(Access::new(person.clone(), &grants, &parents))
}

/// True before the first administrator was made.
pub async fn is_empty(store: &Store) -> Result<bool, StoreError> {
    let people: i64 = sqlx::query_scalar("select count(*) from person").fetch_one(store.reader()).await?;
    Ok(people == 0)
}

async fn write_grants(tx: &mut Tx, person: &PersonId, grants: &[Grant]) -> Result<(), StoreError> {
    for grant in grants {
        sqlx::query(
            "insert into role_grant (person_id, unit_id, role) values ($1, $2, $3) \
             on conflict (person_id, unit_id) do update set role = excluded.role",
        )
        .bind(person.as_str())
        .bind(grant.unit.as_ref().map_or("", UnitId::as_str))
        .bind(grant.role.word())
        .execute(tx.conn())
        .await?;
    }
    Ok(())
}

async fn require_person(tx: &mut Tx, person: &PersonId) -> Result<(), StoreError> {
    let found: Option<i64> = sqlx::query_scalar("select 1 from person where id = $1")
        .bind(person.as_str())
        .fetch_optional(tx.conn())
        .await?;
    found.map(|_| ()).ok_or(StoreError::NotFound { entity: "person" })
}

async fn require_administrator(tx: &mut Tx) -> Result<(), PlatformError> {
    let administrators: i64 = sqlx::query_scalar(
        "select count(*) from role_grant join person on person.id = person_id \
         where role = 'admin' and unit_id = '' and disabled_at is null",
    )
    .fetch_one(tx.conn())
    .await
    .map_err(StoreError::from)?;
    if administrators == 0 { Err(PlatformError::LastAdministrator) } else { Ok(()) }
}

async fn list_grants(store: &Store) -> Result<BTreeMap<PersonId, Vec<Grant>>, StoreError> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("select person_id, unit_id, role from role_grant order by person_id, unit_id")
            .fetch_all(store.reader())
            .await?;
    let mut grants: BTreeMap<PersonId, Vec<Grant>> = BTreeMap::new();
    for (person, unit, word) in rows {
        let role = Role::parse(&word).ok_or_else(|| StoreError::unreadable("role_grant.role", word))?;
        let unit = (!unit.is_empty()).then_some(UnitId(unit));
        grants.entry(PersonId(person)).or_default().push(Grant { unit, role });
    }
    Ok(grants)
}

/// Lower case without blanks around; the only rule is what mail itself demands: something, an `@`, something.
pub(crate) fn read_email(raw: &str) -> Result<String, PlatformError> {
    let email = raw.trim().to_lowercase();
    let parts = email.split_once('@');
    let fine = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    if fine && email.len() <= 254 && !email.contains(char::is_whitespace) {
        Ok(email)
    } else {
        Err(PlatformError::EmailInvalid)
    }
}

fn read_name(raw: &str) -> Result<String, PlatformError> {
    let name = raw.trim();
    if name.is_empty() { Err(PlatformError::NameMissing) } else { Ok(name.to_owned()) }
}

#[derive(FromRow)]
struct PersonRow {
    id: String,
    email: String,
    name: String,
    language: Option<String>,
    password_hash: Option<String>,
    created_at: i64,
    disabled_at: Option<i64>,
}

impl PersonRow {
    fn with_grants(self, grants: &BTreeMap<PersonId, Vec<Grant>>) -> Person {
        let id = PersonId(self.id);
        Person {
            grants: grants.get(&id).cloned().unwrap_or_default(),
            id,
            email: self.email,
            name: self.name,
            language: self.language,
            has_password: self.password_hash.is_some(),
            created_at: self.created_at,
            disabled_at: self.disabled_at,
        }
    }
}
