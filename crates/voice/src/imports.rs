//! Runs of file imports: what was read, what came in, what was refused and why.

use otklik_store::column::{from_json, from_word, to_i64, to_json, to_u64};
use otklik_store::ids::{ImportId, JobId, SourceId};
use otklik_store::{Millis, Page, Store, StoreError, Tx, bulk};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

use crate::VoiceError;
use crate::feedback::Put;
use crate::files::{Format, Issue, Mapping};

/// What came of the rows of a file so far. `read` is the sum of the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Counts {
    pub read: u64,
    pub new: u64,
    pub unchanged: u64,
    pub updated: u64,
    pub refused: u64,
}

impl Counts {
    pub fn add_put(&mut self, put: Put) {
        self.read += 1;
        match put {
            Put::New(_) => self.new += 1,
            Put::Unchanged(_) => self.unchanged += 1,
            Put::Updated(_) => self.updated += 1,
            Put::Erased => self.refused += 1,
        }
    }

    pub fn add_refused(&mut self) {
        self.read += 1;
        self.refused += 1;
    }
}

/// One import. `rows_done` says from where it goes on after an interruption.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub id: ImportId,
    pub job_id: Option<JobId>,
    pub source_id: SourceId,
    pub file_name: String,
    pub file_bytes: u64,
    pub format: Format,
    pub mapping: Mapping,
    pub rows_done: u64,
    pub counts: Counts,
    pub created_at: Millis,
    pub created_by: String,
    pub finished_at: Option<Millis>,
}

/// A file about to be imported.
#[derive(Debug, Clone, PartialEq)]
pub struct NewImport {
    pub source_id: SourceId,
    pub file_name: String,
    pub file_bytes: u64,
    pub format: Format,
    pub mapping: Mapping,
}

pub async fn create_import(tx: &mut Tx, new: &NewImport) -> Result<ImportId, VoiceError> {
    let (id, now, by) = (ImportId::new(tx.now_ms()), tx.now_ms(), tx.actor().id().to_owned());
    sqlx::query(
        "insert into import_run (id, source_id, file_name, file_bytes, format, mapping, state, created_at, created_by) \
         values ($1, $2, $3, $4, $5, $6, 'running', $7, $8)",
    )
    .bind(id.as_str())
    .bind(new.source_id.as_str())
    .bind(&new.file_name)
    .bind(to_i64(new.file_bytes))
    .bind(to_json(&new.format, "import_run.format")?)
    .bind(to_json(&new.mapping, "import_run.mapping")?)
    .bind(now)
    .bind(by)
    .execute(tx.conn())
    .await?;
    tx.audit("import_started", "import", id.as_str(), &new.file_name).await?;
    Ok(id)
}

/// Ties the import to the job that does it.
pub async fn set_import_job(tx: &mut Tx, id: &ImportId, job: &JobId) -> Result<(), VoiceError> {
    sqlx::query("update import_run set job_id = $1 where id = $2")
        .bind(job.as_str())
        .bind(id.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Records how far the import is, in the transaction that stored the items: that is what makes it resume exactly. When
/// the import is not where `before` knew it, another worker has taken it over, and nothing of this may be kept.
pub async fn advance_import(
    tx: &mut Tx,
    before: &Import,
    rows_done: u64,
    counts: Counts,
    refusals: &[Issue],
) -> Result<(), VoiceError> {
    let advanced = sqlx::query(
        "update import_run set row_count = $1, read_count = $2, new_count = $3, unchanged_count = $4, \
             updated_count = $5, refused_count = $6 where id = $7 and row_count = $8",
    )
    .bind(to_i64(rows_done))
    .bind(to_i64(counts.read))
    .bind(to_i64(counts.new))
    .bind(to_i64(counts.unchanged))
    .bind(to_i64(counts.updated))
    .bind(to_i64(counts.refused))
    .bind(before.id.as_str())
    .bind(to_i64(before.rows_done))
    .execute(tx.conn())
    .await?
    .rows_affected();
    if advanced == 0 {
        return Err(StoreError::Stale { entity: "import" }.into());
    }
    insert_refusals(tx, &before.id, refusals).await
}

pub async fn finish_import(tx: &mut Tx, id: &ImportId, counts: Counts) -> Result<(), VoiceError> {
    let now = tx.now_ms();
    sqlx::query("update import_run set state = 'done', finished_at = $1 where id = $2")
        .bind(now)
        .bind(id.as_str())
        .execute(tx.conn())
        .await?;
    tx.audit("import_finished", "import", id.as_str(), &counts).await?;
    Ok(())
}

pub async fn load_import(store: &Store, id: &ImportId) -> Result<Import, VoiceError> {
    let row: Option<ImportRow> = sqlx::query_as("select * from import_run where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    Ok(row.ok_or(StoreError::NotFound { entity: "import" })?.try_into()?)
}

/// The newest imports first.
pub async fn list_imports(store: &Store, limit: u32, offset: u32) -> Result<Page<Import>, VoiceError> {
    let rows: Vec<ImportRow> =
        sqlx::query_as("select * from import_run order by created_at desc, id desc limit $1 offset $2")
            .bind(i64::from(limit))
            .bind(i64::from(offset))
            .fetch_all(store.reader())
            .await?;
    let total: i64 = sqlx::query_scalar("select count(*) from import_run").fetch_one(store.reader()).await?;
    let items = rows.into_iter().map(Import::try_from).collect::<Result<_, _>>()?;
    Ok(Page { items, total: to_u64(total) })
}

/// Why rows were refused, in the order of the file.
pub async fn list_refusals(
    store: &Store,
    id: &ImportId,
    limit: u32,
    offset: u32,
) -> Result<Vec<Issue>, VoiceError> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "select line, column_name, code, params from import_refusal where import_id = $1 \
         order by line, position limit $2 offset $3",
    )
    .bind(id.as_str())
    .bind(i64::from(limit))
    .bind(i64::from(offset))
    .fetch_all(store.reader())
    .await?;
    rows.into_iter()
        .map(|(line, column, code, params)| {
            Ok(Issue {
                line: to_u64(line),
                column: (!column.is_empty()).then_some(column),
                code: from_word(&code, "import_refusal.code")?,
                params: from_json(&params, "import_refusal.params")?,
            })
        })
        .collect()
}

async fn insert_refusals(tx: &mut Tx, id: &ImportId, refusals: &[Issue]) -> Result<(), VoiceError> {
    for chunk in refusals.chunks(bulk::rows_per_statement(6)) {
        let sql = format!(
            "insert into import_refusal (import_id, line, position, column_name, code, params) values {} \
             on conflict (import_id, line, position) do nothing",
            bulk::values_list(tx.engine(), chunk.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        let (mut line, mut position) = (0, 0);
        for issue in chunk {
            position = if issue.line == line { position + 1 } else { 0 };
            line = issue.line;
            query = query
                .bind(id.as_str())
                .bind(to_i64(issue.line))
                .bind(position)
                .bind(issue.column.clone().unwrap_or_default())
                .bind(issue.code.as_str())
                .bind(to_json(&issue.params, "import_refusal.params")?);
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct ImportRow {
    id: String,
    job_id: Option<String>,
    source_id: String,
    file_name: String,
    file_bytes: i64,
    format: String,
    mapping: String,
    row_count: i64,
    read_count: i64,
    new_count: i64,
    unchanged_count: i64,
    updated_count: i64,
    refused_count: i64,
    created_at: i64,
    created_by: String,
    finished_at: Option<i64>,
}

impl TryFrom<ImportRow> for Import {
    type Error = StoreError;

    fn try_from(row: ImportRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ImportId(row.id),
            job_id: row.job_id.map(JobId),
            source_id: SourceId(row.source_id),
            file_name: row.file_name,
            file_bytes: to_u64(row.file_bytes),
            format: from_json(&row.format, "import_run.format")?,
            mapping: from_json(&row.mapping, "import_run.mapping")?,
            rows_done: to_u64(row.row_count),
            counts: Counts {
                read: to_u64(row.read_count),
                new: to_u64(row.new_count),
                unchanged: to_u64(row.unchanged_count),
                updated: to_u64(row.updated_count),
                refused: to_u64(row.refused_count),
            },
            created_at: row.created_at,
            created_by: row.created_by,
            finished_at: row.finished_at,
        })
    }
}
