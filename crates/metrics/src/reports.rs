//! Reports: boards that are sent by themselves, what was sent, and the files of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use otklik_store::column::{from_json, to_i64, to_json, to_u64};
use otklik_store::ids::{BoardId, PersonId, ReportId, new_id};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use crate::{MetricError, Rhythm};

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "report" };
const NO_FILE: StoreError = StoreError::NotFound { entity: "report file" };
const CONTENT: &str = "report.content";
const PEOPLE: &str = "report.people";
/// More people than one letter is written to.
const MOST_RECIPIENTS: usize = 100;
/// So many of the latest runs of a report keep their files.
const KEPT_RUNS: i64 = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    Pdf,
    Xlsx,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportPaper {
    #[default]
    Landscape,
    Portrait,
}

/// What of a report somebody writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportContent {
    pub rhythm: Rhythm,
    /// In the company's time zone: `09:00`.
    pub time: String,
    pub formats: Vec<ReportFormat>,
    #[serde(default)]
    pub paper: ReportPaper,
    pub recipients: Vec<PersonId>,
    #[serde(default)]
    pub paused: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Report {
    pub id: ReportId,
    pub board_id: BoardId,
    pub owner_id: PersonId,
    pub version: i64,
    pub content: ReportContent,
    /// Absent while it is paused.
    pub next_at: Option<Millis>,
}

/// One time that a report was made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportRun {
    pub id: String,
    /// When it was due, which is earlier than when it was made where the server was down.
    pub due_at: Millis,
    pub made_at: Millis,
    /// Who asked for it out of turn.
    pub requested_by: Option<PersonId>,
    pub sent_to: Vec<PersonId>,
    /// Recipients who may not see the board any more, or cannot sign in.
    pub left_out: Vec<PersonId>,
    pub files: Vec<ReportFileName>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportFileName {
    pub id: String,
    pub name: String,
    pub format: ReportFormat,
    pub size_bytes: u64,
    /// Who may take it: those whose numbers it shows.
    pub people: Vec<PersonId>,
}

/// A file as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportFile {
    pub name: String,
    pub format: ReportFormat,
    pub people: Vec<PersonId>,
    pub bytes: Vec<u8>,
}

/// What a run leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRun {
    pub due_at: Millis,
    pub requested_by: Option<PersonId>,
    pub sent_to: Vec<PersonId>,
    pub left_out: Vec<PersonId>,
}

impl ReportContent {
    /// The same content as it is kept, and when it is due next.
    fn checked(mut self, zone: &TimeZone, now: Millis) -> Result<(Self, Option<Millis>), MetricError> {
        self.formats.sort_unstable();
        self.formats.dedup();
        self.recipients.sort_unstable();
        self.recipients.dedup();
        let time = self.time.parse::<Time>();
        for (holds, what) in [
            (self.rhythm.is_possible(), "rhythm"),
            (time.is_ok() && self.time.len() == 5, "time"),
            (!self.formats.is_empty(), "formats"),
            ((1..=MOST_RECIPIENTS).contains(&self.recipients.len()), "recipients"),
        ] {
            if !holds {
                return Err(MetricError::BadReport(what));
            }
        }
        let next = self.next(zone, now);
        Ok((self, next))
    }

    /// When it is due after a moment; `None` while it is paused.
    pub fn next(&self, zone: &TimeZone, after: Millis) -> Option<Millis> {
        let time = self.time.parse().ok().filter(|_| !self.paused)?;
        self.rhythm.next(time, zone, after)
    }
}

/// Adds a report of a board, the actor's own.
///
/// # Errors
/// `BadReport` with what is wrong.
pub async fn create_report(
    tx: &mut Tx,
    board: &BoardId,
    content: ReportContent,
    zone: &TimeZone,
) -> Result<Report, MetricError> {
    let now = tx.now_ms();
    let (content, next_at) = content.checked(zone, now)?;
    let (id, owner) = (ReportId::new(now), tx.actor().id().to_owned());
    sqlx::query(
        "insert into report (id, board_id, owner_id, content, next_at, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(id.as_str())
    .bind(board.as_str())
    .bind(&owner)
    .bind(to_json(&content, CONTENT)?)
    .bind(next_at)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("report_created", "report", id.as_str(), &content).await?;
    Ok(Report { id, board_id: board.clone(), owner_id: PersonId(owner), version: 1, content, next_at })
}

/// Rewrites a report that was on the screen in `version`.
///
/// # Errors
/// `BadReport`; `Stale` where somebody else has changed or deleted it since.
pub async fn update_report(
    tx: &mut Tx,
    report: Report,
    version: i64,
    content: ReportContent,
    zone: &TimeZone,
) -> Result<Report, MetricError> {
    let now = tx.now_ms();
    let (content, next_at) = content.checked(zone, now)?;
    let changed = sqlx::query(
        "update report set content = $3, next_at = $4, version = version + 1, updated_at = $5 \
         where id = $1 and version = $2",
    )
    .bind(report.id.as_str())
    .bind(version)
    .bind(to_json(&content, CONTENT)?)
    .bind(next_at)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::Stale { entity: "report" }.into());
    }
    tx.audit("report_changed", "report", report.id.as_str(), &content).await?;
    Ok(Report { version: version + 1, content, next_at, ..report })
}

/// Deletes a report with its runs and files.
pub async fn delete_report(tx: &mut Tx, report: &Report) -> Result<(), MetricError> {
    forget(tx, "id", report.id.as_str()).await?;
    Ok(tx.audit("report_deleted", "report", report.id.as_str(), &report.content).await?)
}

/// Deletes the reports of a board that goes.
pub(crate) async fn delete_reports_of(tx: &mut Tx, board: &BoardId) -> Result<(), StoreError> {
    forget(tx, "board_id", board.as_str()).await
}

async fn forget(tx: &mut Tx, column: &'static str, value: &str) -> Result<(), StoreError> {
    let reports = format!("select id from report where {column} = $1");
    let runs = format!("select id from report_run where report_id in ({reports})");
    for sql in [
        format!("delete from report_file where run_id in ({runs})"),
        format!("delete from report_run where report_id in ({reports})"),
        format!("delete from report where {column} = $1"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(value).execute(tx.conn()).await?;
    }
    Ok(())
}

/// # Errors
/// `NotFound`.
pub async fn load_report(store: &Store, id: &ReportId) -> Result<Report, MetricError> {
    let row: Option<ReportRow> = sqlx::query_as("select * from report where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await
        .map_err(StoreError::from)?;
    Ok(row.ok_or(NOT_FOUND)?.try_into()?)
}

/// The reports of a board, the oldest first.
pub async fn list_reports(store: &Store, board: &BoardId) -> Result<Vec<Report>, MetricError> {
    let rows: Vec<ReportRow> = sqlx::query_as("select * from report where board_id = $1 order by id")
        .bind(board.as_str())
        .fetch_all(store.reader())
        .await
        .map_err(StoreError::from)?;
    Ok(rows.into_iter().map(Report::try_from).collect::<Result<_, _>>()?)
}

/// The reports that are due.
pub async fn list_due_reports(store: &Store) -> Result<Vec<Report>, MetricError> {
    let rows: Vec<ReportRow> =
        sqlx::query_as("select * from report where next_at <= $1 order by next_at, id")
            .bind(store.now_ms())
            .fetch_all(store.reader())
            .await
            .map_err(StoreError::from)?;
    Ok(rows.into_iter().map(Report::try_from).collect::<Result<_, _>>()?)
}

/// Takes the turn that a report is due for and moves it to the next one after now: what was missed meanwhile is made
/// once. False where somebody else took it.
pub async fn take_turn(tx: &mut Tx, report: &Report, zone: &TimeZone) -> Result<bool, StoreError> {
    let next = report.content.next(zone, tx.now_ms());
    let taken = sqlx::query("update report set next_at = $3 where id = $1 and next_at = $2")
        .bind(report.id.as_str())
        .bind(report.next_at)
        .bind(next)
        .execute(tx.conn())
        .await?;
    Ok(taken.rows_affected() > 0)
}

/// Keeps what a run has made; of older runs the files go, what was sent to whom stays.
pub async fn add_run(
    tx: &mut Tx,
    report: &ReportId,
    run: &NewRun,
    files: &[ReportFile],
) -> Result<String, StoreError> {
    let now = tx.now_ms();
    let id = new_id(now);
    sqlx::query(
        "insert into report_run (id, report_id, due_at, made_at, requested_by, sent_to, left_out) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&id)
    .bind(report.as_str())
    .bind(run.due_at)
    .bind(now)
    .bind(run.requested_by.as_ref().map_or("", PersonId::as_str))
    .bind(to_json(&run.sent_to, PEOPLE)?)
    .bind(to_json(&run.left_out, PEOPLE)?)
    .execute(tx.conn())
    .await?;
    for file in files {
        sqlx::query(
            "insert into report_file (id, run_id, people, name, format, size_bytes, bytes) \
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(new_id(now))
        .bind(&id)
        .bind(to_json(&file.people, PEOPLE)?)
        .bind(&file.name)
        .bind(word(file.format))
        .bind(to_i64(file.bytes.len() as u64))
        .bind(STANDARD.encode(&file.bytes))
        .execute(tx.conn())
        .await?;
    }
    sqlx::query(
        "delete from report_file where run_id in (select id from report_run where report_id = $1) \
         and run_id not in (select id from report_run where report_id = $1 order by made_at desc, id desc limit $2)",
    )
    .bind(report.as_str())
    .bind(KEPT_RUNS)
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The latest runs of a report, the newest first, with the names of those files that are still kept.
pub async fn list_runs(store: &Store, report: &ReportId) -> Result<Vec<ReportRun>, MetricError> {
    let read = async {
        let runs: Vec<RunRow> = sqlx::query_as(
            "select * from report_run where report_id = $1 order by made_at desc, id desc limit $2",
        )
        .bind(report.as_str())
        .bind(KEPT_RUNS)
        .fetch_all(store.reader())
        .await?;
        let files: Vec<FileRow> = sqlx::query_as(
            "select report_file.id, run_id, people, name, format, size_bytes from report_file \
             join report_run on report_run.id = run_id where report_id = $1 order by name, report_file.id",
        )
        .bind(report.as_str())
        .fetch_all(store.reader())
        .await?;
        runs.into_iter().map(|run| run.with_files(&files)).collect::<Result<_, StoreError>>()
    };
    Ok(read.await?)
}

/// A file for somebody whose numbers it shows.
///
/// # Errors
/// `NotFound`, also where it is somebody else's.
pub async fn load_report_file(store: &Store, id: &str, reader: &PersonId) -> Result<ReportFile, MetricError> {
    let row: Option<(String, String, String, String)> =
        sqlx::query_as("select people, name, format, bytes from report_file where id = $1")
            .bind(id)
            .fetch_optional(store.reader())
            .await
            .map_err(StoreError::from)?;
    let (people, name, format, bytes) = row.ok_or(NO_FILE)?;
    let people: Vec<PersonId> = from_json(&people, PEOPLE)?;
    if !people.contains(reader) {
        return Err(NO_FILE.into());
    }
    let bytes =
        STANDARD.decode(&bytes).map_err(|error| StoreError::unreadable("report_file.bytes", error))?;
    Ok(ReportFile { name, format: read_format(&format)?, people, bytes })
}

fn word(format: ReportFormat) -> &'static str {
    match format {
        ReportFormat::Pdf => "pdf",
        ReportFormat::Xlsx => "xlsx",
    }
}

fn read_format(word: &str) -> Result<ReportFormat, StoreError> {
    match word {
        "pdf" => Ok(ReportFormat::Pdf),
        "xlsx" => Ok(ReportFormat::Xlsx),
        other => Err(StoreError::unreadable("report_file.format", other)),
    }
}

#[derive(FromRow)]
struct ReportRow {
    id: String,
    board_id: String,
    owner_id: String,
    content: String,
    next_at: Option<i64>,
    version: i64,
}

impl TryFrom<ReportRow> for Report {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let content = from_json(&row.content, CONTENT)?;
        let (id, board_id, owner_id) = (ReportId(row.id), BoardId(row.board_id), PersonId(row.owner_id));
        Ok(Self { id, board_id, owner_id, version: row.version, content, next_at: row.next_at })
    }
}

#[derive(FromRow)]
struct RunRow {
    id: String,
    due_at: i64,
    made_at: i64,
    requested_by: String,
    sent_to: String,
    left_out: String,
}

#[derive(FromRow)]
struct FileRow {
    id: String,
    run_id: String,
    people: String,
    name: String,
    format: String,
    size_bytes: i64,
}

impl RunRow {
    fn with_files(self, files: &[FileRow]) -> Result<ReportRun, StoreError> {
        let own = files.iter().filter(|file| file.run_id == self.id);
        let named = own.map(|file| {
            Ok(ReportFileName {
                id: file.id.clone(),
                name: file.name.clone(),
                format: read_format(&file.format)?,
                size_bytes: to_u64(file.size_bytes),
                people: from_json(&file.people, PEOPLE)?,
            })
        });
        Ok(ReportRun {
            files: named.collect::<Result<_, StoreError>>()?,
            id: self.id,
            due_at: self.due_at,
            made_at: self.made_at,
            requested_by: Some(self.requested_by).filter(|person| !person.is_empty()).map(PersonId),
            sent_to: from_json(&self.sent_to, PEOPLE)?,
            left_out: from_json(&self.left_out, PEOPLE)?,
        })
    }
}
