//! Brings the tables up to this version; refuses a database of a newer one.

use sqlx::AnyPool;
use sqlx::migrate::{MigrateError, Migrator};

use crate::{Engine, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The newest version of the tables that this program knows.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Brings the tables up to an earlier version, as rows written by an earlier program need them.
pub async fn run_to(pool: &AnyPool, version: i64) -> Result<(), StoreError> {
    MIGRATIONS.run_to(version, pool).await.map_err(read_error)
}

pub async fn run(pool: &AnyPool, engine: Engine) -> Result<(), StoreError> {
    MIGRATIONS.run(pool).await.map_err(read_error)?;
    for statement in engine.search_schema() {
        sqlx::query(*statement).execute(pool).await?;
    }
    Ok(())
}

fn read_error(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(migration) => StoreError::Newer { migration },
        MigrateError::Execute(error) => error.into(),
        other => StoreError::Migrate(other.to_string()),
    }
}
