//! An empty, migrated database for one test, on either engine; gone when the test ends.

use std::ops::Deref;

use otklik_store::{Clock, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

/// 2026-03-02 09:00 UTC, a Monday: where the clocks of tests begin.
pub const START_MS: i64 = 1_772_442_000_000;

/// A store with a clock that stands still until the test moves it.
pub struct TestStore {
    store: Store,
    url: String,
    _folder: Option<TempDir>,
}

impl TestStore {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("otklik.db").display());
        Self::open(url, Some(folder)).await
    }

    pub async fn postgres() -> Self {
        let cluster = crate::postgres::url();
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        let mut connection = PgConnection::connect(&cluster).await.expect("the test cluster answers");
        let create = AssertSqlSafe(format!("create database {name}"));
        sqlx::query(create).execute(&mut connection).await.expect("a new database");
        let mut url = url::Url::parse(&cluster).expect("the cluster's address");
        url.set_path(&name);
        Self::open(url.into(), None).await
    }

    async fn open(url: String, folder: Option<TempDir>) -> Self {
        let store = Store::open(&url, Clock::fixed(START_MS)).await.expect("an empty database opens");
        Self { store, url, _folder: folder }
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}
