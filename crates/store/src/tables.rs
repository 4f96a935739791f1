//! All tables as plain rows: what backup, restore and export read and write, on either database.

use futures::TryStreamExt;
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use crate::{Engine, Sequence, Store, StoreError, Tx, bulk};

/// A table with the columns of its key. A table stands behind those that its rows refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub key: &'static str,
    /// The column by which rows refer to other rows of the same table.
    pub parent: Option<&'static str>,
}

const fn table(name: &'static str, key: &'static str) -> Table {
    Table { name, key, parent: None }
}

const fn tree(name: &'static str, parent: &'static str) -> Table {
    Table { name, key: "id", parent: Some(parent) }
}

/// Every table that a migration makes. The search index is not among them: it follows from the texts.
pub const TABLES: &[Table] = &[
    table("person", "id"),
    tree("unit", "parent_id"),
    table("role_grant", "person_id, unit_id"),
    table("session", "id_hash"),
    table("api_token", "id"),
    table("invitation", "token_hash"),
    table("setting", "key"),
    table("audit", "id"),
    table("job", "id"),
    table("outbox", "id"),
    table("change_sequence", "name"),
    table("source", "id"),
    table("feedback", "number"),
    tree("topic", "parent_id"),
    table("feedback_topic", "feedback_number, topic_id"),
    table("feedback_signal", "feedback_number, kind"),
    table("signal_visit", "person_id"),
    table("topic_model", "version"),
    table("topic_answer", "id"),
    table("import_profile", "id"),
    table("import_run", "id"),
    table("import_refusal", "import_id, line, position"),
    table("customer_base", "month, unit_id, product, segment, region"),
    table("erasure_receipt", "id"),
    table("metric", "code, version"),
    table("board", "id"),
    table("metric_target", "id, version"),
    table("incident", "id"),
    table("problem", "id"),
    table("problem_item", "problem_id, feedback_number"),
    table("criteria_set", "id"),
    table("solution", "id"),
    table("gate_template", "id"),
    table("gate_item", "id"),
    table("verdict", "id"),
    table("problem_alarm", "id"),
    table("problem_event", "id"),
    table("anomaly", "id"),
    table("webhook", "id"),
    table("report", "id"),
    table("report_run", "id"),
    table("report_file", "id"),
    table("attachment", "id"),
    table("alert_rule", "id"),
    table("episode", "id"),
    table("notification", "id"),
    table("notification_setting", "person_id"),
];

/// A column and which of the portable types it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Integer,
    Real,
}

/// One state of the whole database, however long it is read, while others go on writing.
pub struct Snapshot {
    inner: Transaction<'static, Any>,
    engine: Engine,
}

impl Store {
    /// Begins to read one state of all tables.
    pub async fn begin_snapshot(&self) -> Result<Snapshot, StoreError> {
        let engine = self.engine();
        let inner = self.reader().begin_with(engine.begin_snapshot()).await?;
        Ok(Snapshot { inner, engine })
    }
}

impl Snapshot {
    /// The columns of a table, in their order.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<Column>, StoreError> {
        columns(&mut self.inner, self.engine, table).await
    }

    /// The last number given to a change of feedback.
    pub async fn last_change(&mut self) -> Result<u64, StoreError> {
        let last: i64 = sqlx::query_scalar("select value from change_sequence where name = $1")
            .bind(Sequence::FeedbackChange.name())
            .fetch_one(&mut *self.inner)
            .await?;
        Ok(crate::column::to_u64(last))
    }

    /// How many rows a table has.
    pub async fn count(&mut self, table: &Table) -> Result<u64, StoreError> {
        let sql = format!("select count(*) from {}", table.name);
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *self.inner).await?;
        Ok(crate::column::to_u64(rows))
    }

    /// Hands every row of a table to `each`, in the order of its key.
    pub async fn read_rows<E: From<StoreError>>(
        &mut self,
        table: &Table,
        columns: &[Column],
        mut each: impl FnMut(Vec<Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = format!("select {} from {} order by {}", names(columns), table.name, table.key);
        let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut *self.inner);
        while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
            each(read_values(&row, columns)?)?;
        }
        Ok(())
    }
}

impl Tx {
    /// The columns of a table, in their order.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<Column>, StoreError> {
        let engine = self.engine();
        columns(self.conn(), engine, table).await
    }

    /// Empties a table of what its migration has put there.
    pub async fn clear_table(&mut self, table: &Table) -> Result<(), StoreError> {
        let sql = format!("delete from {}", table.name);
        sqlx::query(AssertSqlSafe(sql)).execute(self.conn()).await?;
        Ok(())
    }

    /// Inserts rows by the names of their columns; a column that a row does not name is empty.
    pub async fn insert_rows(
        &mut self,
        table: &Table,
        columns: &[Column],
        rows: &[Map<String, Value>],
    ) -> Result<(), StoreError> {
        for chunk in rows.chunks(bulk::rows_per_statement(columns.len())) {
            let values = bulk::values_list(self.engine(), chunk.len(), columns.len());
            let sql = format!("insert into {} ({}) values {values}", table.name, names(columns));
            // sqlx sends an absent f64 to PostgreSQL as a float4, and a kept statement would hold on to that type.
            let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
            for row in chunk {
                for column in columns {
                    let value = row.get(&column.name).unwrap_or(&Value::Null);
                    query = match column.kind {
                        ColumnKind::Text => query.bind(value.as_str()),
                        ColumnKind::Integer => query.bind(value.as_i64()),
                        ColumnKind::Real => query.bind(value.as_f64()),
                    };
                }
            }
            query.execute(self.conn()).await?;
        }
        Ok(())
    }
}

async fn columns(
    connection: &mut sqlx::AnyConnection,
    engine: Engine,
    table: &str,
) -> Result<Vec<Column>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as(engine.list_columns()).bind(table).fetch_all(connection).await?;
    let read = |(name, kind): (String, String)| {
        let kind = match kind.as_str() {
            "text" => ColumnKind::Text,
            "bigint" => ColumnKind::Integer,
            "double precision" => ColumnKind::Real,
            other => return Err(StoreError::unreadable("column type", other)),
        };
        Ok(Column { name, kind })
    };
    rows.into_iter().map(read).collect()
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn read_values(row: &AnyRow, columns: &[Column]) -> Result<Vec<Value>, StoreError> {
    let read = |(index, column): (usize, &Column)| {
        Ok(match column.kind {
            ColumnKind::Text => Value::from(row.try_get::<Option<String>, _>(index)?),
            ColumnKind::Integer => Value::from(row.try_get::<Option<i64>, _>(index)?),
            ColumnKind::Real => Value::from(row.try_get::<Option<f64>, _>(index)?),
        })
    };
    columns.iter().enumerate().map(read).collect()
}
