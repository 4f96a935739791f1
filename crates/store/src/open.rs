//! Opening the database: pools, settings, migrations, and the signals that wake the workers.

use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, Executor};
use tokio::sync::Notify;

use crate::memo::Memo;
use crate::{Actor, Clock, Engine, Millis, StoreError, Tx, migrate};

/// The database, shared by everything; cloning is cheap.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    writer: AnyPool,
    reader: AnyPool,
    clock: Clock,
    woken: Arc<Woken>,
    memo: Arc<Memo>,
}

/// Who waits for commits of this process.
#[derive(Debug, Default)]
pub struct Woken {
    /// Feedback has changed: the facts have something to read.
    pub feedback: Notify,
    /// A job was enqueued.
    pub jobs: Notify,
}

impl Store {
    /// Opens `sqlite:///path/otklik.db` or `postgres://…`, making and migrating the tables.
    pub async fn open(url: &str, clock: Clock) -> Result<Self, StoreError> {
        let store = Self::connect(url, clock).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a database that is known to be migrated.
    pub async fn connect(url: &str, clock: Clock) -> Result<Self, StoreError> {
        install_default_drivers();
        let engine = engine_of(url)?;
        // SQLite knows one writer at a time: a queue before one connection is fairer than retries.
        let writers = if engine == Engine::Sqlite { 1 } else { 8 };
        let writer = pool(url, engine, writers).await?;
        let reader = pool(url, engine, 8).await?;
        Ok(Self { engine, writer, reader, clock, woken: Arc::default(), memo: Arc::default() })
    }

    /// The version of the tables that this program works with.
    pub fn newest_version() -> i64 {
        migrate::newest()
    }

    /// Brings the tables of a new database up to an earlier version: rows of that time go in before [`Store::migrate`].
    pub async fn migrate_to(&self, version: i64) -> Result<(), StoreError> {
        migrate::run_to(&self.writer, version).await
    }

    /// Brings the tables up to this program's version.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrate::run(&self.writer, self.engine).await
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// For statements that only read.
    pub fn reader(&self) -> &AnyPool {
        &self.reader
    }

    pub(crate) fn memo(&self) -> &Memo {
        &self.memo
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn now_ms(&self) -> Millis {
        self.clock.now_ms()
    }

    pub fn woken(&self) -> &Arc<Woken> {
        &self.woken
    }

    /// Begins a writing transaction in somebody's name. It rolls back unless [`Tx::commit`] is called.
    pub async fn begin(&self, actor: Actor) -> Result<Tx, StoreError> {
        let inner = self.writer.begin_with(self.engine.begin()).await?;
        Ok(Tx::new(inner, self.engine, actor, self.now_ms(), self.woken.clone(), self.memo.clone()))
    }

    /// Refreshes the planner's statistics, after a bulk load.
    pub async fn analyze(&self) -> Result<(), StoreError> {
        sqlx::query(self.engine.analyze()).execute(&self.writer).await?;
        Ok(())
    }

    /// Lets commits not wait for the disk until [`Store::end_risk`]: only for filling a database that is thrown away
    /// and filled anew when the filling is interrupted. Where it has no effect everything is durable as ever.
    pub async fn risk(&self) -> Result<(), StoreError> {
        self.run_on_writer(self.engine.risk()).await
    }

    /// Brings everything to disk; from here on every commit is there.
    pub async fn end_risk(&self) -> Result<(), StoreError> {
        self.run_on_writer(self.engine.end_risk()).await
    }

    async fn run_on_writer(&self, statements: &[&'static str]) -> Result<(), StoreError> {
        for statement in statements {
            sqlx::query(*statement).execute(&self.writer).await?;
        }
        Ok(())
    }

    /// Closes all connections, so that the files can be copied or removed.
    pub async fn close(&self) {
        self.writer.close().await;
        self.reader.close().await;
    }
}

fn engine_of(url: &str) -> Result<Engine, StoreError> {
    Engine::of_url(url)
        .ok_or_else(|| StoreError::Unavailable("not a sqlite: or postgres: address".to_owned()))
}

async fn pool(url: &str, engine: Engine, connections: u32) -> Result<AnyPool, StoreError> {
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statement in engine.on_connect() {
                    connection.execute(*statement).await?;
                }
                Ok(())
            })
        })
        .connect(url)
        .await?;
    Ok(pool)
}
