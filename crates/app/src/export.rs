//! Everything in open formats: each table as CSV and JSON Lines, the feedback as Parquet, and a description of columns.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use otklik_store::tables::{Column, ColumnKind, Snapshot, TABLES, Table};
use serde_json::Value;

use crate::backup::write_line;
use crate::data::failed;
use crate::{App, AppError};

/// Tables that open doors: who holds a row could sign in with it or with what it was made from.
const SECRET_TABLES: [&str; 3] = ["session", "api_token", "invitation"];

/// Columns that open doors, in other tables.
const SECRET_COLUMNS: [&str; 2] = ["password_hash", "secret"];

/// A table that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub table: &'static str,
    pub rows: u64,
    pub columns: Vec<Column>,
}

impl App {
    /// Writes all tables of one moment into a new or empty folder, and the snapshot of the facts beside them;
    /// `progress` hears of rows done and rows in all. No secrets: neither password hashes nor sessions, tokens, links
    /// or the customer key.
    ///
    /// # Errors
    /// [`AppError::NotEmpty`] when the folder holds something already.
    pub async fn export(
        &self,
        folder: &Path,
        progress: &dyn Fn(u64, u64),
    ) -> Result<Vec<Exported>, AppError> {
        make_empty(folder)?;
        let mut snapshot = self.store.begin_snapshot().await?;
        let tables: Vec<&Table> =
            TABLES.iter().filter(|table| !SECRET_TABLES.contains(&table.name)).collect();
        let mut total = 0;
        for table in &tables {
            total += snapshot.count(table).await?;
        }
        let (mut exported, mut done) = (Vec::with_capacity(tables.len()), 0);
        for table in tables {
            let table =
                export_table(&mut snapshot, folder, table, &mut |rows| progress(done + rows, total)).await?;
            done += table.rows;
            exported.push(table);
        }
        self.catch_up().await?;
        self.facts().save(&folder.join("feedback.parquet"))?;
        write_readme(folder, &exported)?;
        Ok(exported)
    }
}

fn make_empty(folder: &Path) -> Result<(), AppError> {
    fs::create_dir_all(folder).map_err(|e| failed(folder, e))?;
    let mut found = fs::read_dir(folder).map_err(|e| failed(folder, e))?;
    if found.next().is_some() {
        return Err(AppError::NotEmpty { path: folder.display().to_string() });
    }
    Ok(())
}

/// A table in both formats, side by side.
struct Files {
    csv: (PathBuf, BufWriter<File>),
    json: (PathBuf, BufWriter<File>),
    line: Vec<u8>,
}

impl Files {
    fn create(folder: &Path, table: &str) -> Result<Self, AppError> {
        let create = |ending: &str| {
            let path = folder.join(format!("{table}.{ending}"));
            let file = File::create_new(&path).map_err(|e| failed(&path, e))?;
            Ok::<_, AppError>((path, BufWriter::new(file)))
        };
        Ok(Self { csv: create("csv")?, json: create("jsonl")?, line: Vec::new() })
    }

    fn write_header(&mut self, columns: &[Column]) -> Result<(), AppError> {
        let header: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        writeln!(self.csv.1, "{}", header.join(",")).map_err(|e| failed(&self.csv.0, e))
    }

    fn write_row(&mut self, columns: &[Column], values: Vec<Value>) -> Result<(), AppError> {
        let cells: Vec<String> = values.iter().map(csv_cell).collect();
        writeln!(self.csv.1, "{}", cells.join(",")).map_err(|e| failed(&self.csv.0, e))?;
        self.line.clear();
        write_line(&mut self.line, columns, values)?;
        self.json.1.write_all(&self.line).map_err(|e| failed(&self.json.0, e))
    }

    fn finish(mut self) -> Result<(), AppError> {
        self.csv.1.flush().map_err(|e| failed(&self.csv.0, e))?;
        self.json.1.flush().map_err(|e| failed(&self.json.0, e))
    }
}

async fn export_table(
    snapshot: &mut Snapshot,
    folder: &Path,
    table: &Table,
    progress: &mut dyn FnMut(u64),
) -> Result<Exported, AppError> {
    let mut columns = snapshot.columns(table.name).await?;
    columns.retain(|column| !SECRET_COLUMNS.contains(&column.name.as_str()));
    let mut files = Files::create(folder, table.name)?;
    files.write_header(&columns)?;
    let mut rows = 0;
    let read = snapshot.read_rows(table, &columns, |values| {
        rows += 1;
        if rows % 1_000 == 0 {
            progress(rows);
        }
        files.write_row(&columns, values)
    });
    read.await?;
    files.finish()?;
    progress(rows);
    Ok(Exported { table: table.name, rows, columns })
}

/// RFC 4180: an empty cell is «no value», an empty text is `""`.
fn csv_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if !text.is_empty() && !text.contains([',', '"', '\n', '\r']) => text.clone(),
        Value::String(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        other => other.to_string(),
    }
}

const README: &str = "\
# Export of Otklik

Each table as `NAME.csv` (UTF-8, RFC 4180; an empty cell is no value, `\"\"` an empty text) and as `NAME.jsonl` (one JSON
object a line). `feedback.parquet/` has the feedback once more in columns, as Parquet files, with its days, topics and
scores ready to count.

Names that end in `_at` are moments in UTC milliseconds since 1970-01-01. Columns `id` are UUIDs; `NAME_id` refers to
`id` of table NAME. `feedback_number` refers to `number` of `feedback`, whose `customer_key` is a pseudonym. Columns
`attributes`, `evidence`, `hypothesis`, `measure`, `detail`, `spans`, `mapping`, `definition`, `items`, `params`,
`causes`, `condition` and `audience` hold JSON. Left out: password hashes, sessions, tokens, invitations, secrets of webhooks, and the key of the pseudonyms.

";

fn write_readme(folder: &Path, exported: &[Exported]) -> Result<(), AppError> {
    let mut text = README.to_owned();
    for Exported { table, rows, columns } in exported {
        let kind = |column: &Column| match column.kind {
            ColumnKind::Text => "text",
            ColumnKind::Integer => "integer",
            ColumnKind::Real => "number",
        };
        text.push_str(&format!("## {table}: {rows}\n\n| column | type |\n|---|---|\n"));
        for column in columns {
            text.push_str(&format!("| {} | {} |\n", column.name, kind(column)));
        }
        text.push('\n');
    }
    let path = folder.join("README.md");
    fs::write(&path, text).map_err(|e| failed(&path, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back_as_what_they_were() {
        let cells =
            [Value::Null, "".into(), "карта".into(), "a,b".into(), "«\"»\n".into(), 7.into(), 0.5.into()];
        let written = cells.each_ref().map(csv_cell);
        assert_eq!(written, ["", "\"\"", "карта", "\"a,b\"", "\"«\"\"»\n\"", "7", "0.5"]);
    }
}
