//! Brings the tables up to this version; refuses a database of a newer one.

use sqlx::AnyPool;
use sqlx::migrate::{MigrateError, Migrator};

use crate::{Engine, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!();

pub async fn run(pool: &AnyPool, engine: Engine) -> Result<(), StoreError> {
    MIGRATIONS.run(pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(migration) => StoreError::Newer { migration },
        MigrateError::Execute(error) => error.into(),
        other => StoreError::Migrate(other.to_string()),
    })?;
    for statement in engine.search_schema() {
        sqlx::query(*statement).execute(pool).await?;
    }
    Ok(())
}
