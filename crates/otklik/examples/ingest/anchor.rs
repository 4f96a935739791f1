//! What the database alone can do on this disk: the same rows in one bare table, just as durable, in the same two ways.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use crate::data::Row;
use crate::processor::{Share, seconds_of};
use crate::push::Pushed;
use crate::{CONNECTIONS, Result};

/// Rows of a statement and of a transaction.
const BATCH: usize = 1_000;

const TABLE: &str = "create table bare (number integer primary key, external_id text not null unique, \
     occurred_at text not null, customer text, nps integer, text text not null)";

const INSERT: &str = "insert into bare (external_id, occurred_at, customer, nps, text) values ";

const ROW: &str = "(?, ?, ?, ?, ?)";

async fn open(path: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = options.connect().await?;
    sqlx::query(TABLE).execute(&mut connection).await?;
    Ok(connection)
}

/// All rows, a statement and a transaction for every thousand.
pub async fn insert(path: &Path, rows: &[Row]) -> Result<Share> {
    let mut connection = open(path).await?;
    let (begun, before) = (Instant::now(), seconds_of(std::process::id()));
    for batch in rows.chunks(BATCH) {
        let values = vec![ROW; batch.len()].join(", ");
        let mut query = sqlx::query(AssertSqlSafe(format!("{INSERT}{values}")));
        for row in batch {
            query = query.bind(&row.id).bind(&row.at).bind(&row.customer).bind(row.nps).bind(&row.text);
        }
        query.execute(&mut connection).await?;
    }
    let wall_s = begun.elapsed().as_secs_f64();
    let processor_s = seconds_of(std::process::id()).zip(before).map(|(now, before)| now - before);
    connection.close().await?;
    Ok(Share { items: rows.len(), wall_s, processor_s })
}

/// Writers that each wait for their row to be on disk; whatever waits is committed together.
pub async fn commit_together(path: &Path, rows: &[Row]) -> Result<Pushed> {
    let mut connection = open(path).await?;
    let (sender, mut waiting) = mpsc::channel::<(Row, oneshot::Sender<()>)>(CONNECTIONS);
    let writer = tokio::spawn(async move {
        let mut together = Vec::new();
        while waiting.recv_many(&mut together, CONNECTIONS).await > 0 {
            let mut tx = connection.begin().await?;
            for (row, _) in &together {
                sqlx::query(AssertSqlSafe(format!("{INSERT}{ROW}")))
                    .bind(format!("{}-{}", row.id, row.at))
                    .bind(&row.at)
                    .bind(&row.customer)
                    .bind(row.nps)
                    .bind(&row.text)
                    .execute(&mut *tx)
                    .await?;
            }
            tx.commit().await?;
            for (_, answer) in together.drain(..) {
                // A writer that has gone away needs no answer.
                let _ = answer.send(());
            }
        }
        Ok::<_, sqlx::Error>(())
    });
    let rows: Arc<[Row]> = rows.into();
    let (begun, before) = (Instant::now(), seconds_of(std::process::id()));
    let writers = (0..CONNECTIONS).map(|first| {
        let (sender, rows) = (sender.clone(), Arc::clone(&rows));
        tokio::spawn(async move {
            let mut times_ms = Vec::new();
            for row in rows.iter().skip(first).step_by(CONNECTIONS) {
                let asked = Instant::now();
                let (answer, answered) = oneshot::channel();
                sender.send((row.clone(), answer)).await?;
                answered.await?;
                times_ms.push(asked.elapsed().as_secs_f64() * 1e3);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times_ms)
        })
    });
    let mut times_ms = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        times_ms.extend(writer.await??);
    }
    let wall_s = begun.elapsed().as_secs_f64();
    let processor_s = seconds_of(std::process::id()).zip(before).map(|(now, before)| now - before);
    drop(sender);
    writer.await??;
    Ok(Pushed { share: Share { items: rows.len(), wall_s, processor_s }, times_ms })
}
