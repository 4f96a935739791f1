//! File imports: a preview, then a job that reads, prepares and stores batch by batch, and resumes where it stopped.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use otklik_store::ids::{ImportId, JobId};
use otklik_store::jobs::{self, Job};
use otklik_store::{Actor, Millis};
use otklik_voice::files::{self, Applier, Entry, Format, Issue, Limits, Mapping, Preview, Reader};
use otklik_voice::imports::{self, Counts, Import, NewImport};
use otklik_voice::{Channel, feedback, sources};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::alerts::LOOK_FOR_ALERTS;
use crate::data::failed;
use crate::jobs::Progress;
use crate::prepare::{Preparer, mask_issue};
use crate::{App, AppError, DataFolder};

/// The job that imports one file.
pub const IMPORT_FILE: &str = "import_file";

/// In front of the id of an import: the name of its file among the uploads.
pub(crate) const IMPORT_PREFIX: &str = "import-";

/// Rows read, prepared and stored in one transaction.
const BATCH_ROWS: usize = 2_000;

/// A file and how to read it.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The name of the source; made with this channel when it is not there.
    pub source: String,
    pub channel: Channel,
    pub format: Format,
    pub mapping: Mapping,
}

#[derive(Debug, Serialize, Deserialize)]
struct ImportFile {
    import: ImportId,
}

/// What one batch of rows has become.
struct Batch {
    /// The rows of the file that are behind us with this batch.
    rows_done: u64,
    incoming: Vec<feedback::Incoming>,
    /// The lines of `incoming`, for what turns out only while storing.
    refusals: Vec<Issue>,
    refused_rows: u64,
}

/// Reads the beginning of a file: the format found, the first rows masked, a mapping to correct. A mapping that is
/// given is tried on the first rows; `now_ms` is the present.
pub fn preview_file(
    path: &Path,
    format: Option<Format>,
    mapping: Option<Mapping>,
    now_ms: Millis,
) -> Result<Preview, AppError> {
    let file = File::open(path).map_err(|e| failed(path, e))?;
    let mut preview = files::preview(Box::new(file), format, &Limits::default())?;
    if let Some(mapping) = mapping {
        preview.try_mapping(mapping, now_ms)?;
    }
    for row in &mut preview.rows {
        for cell in &mut row.cells {
            *cell = otklik_text::mask(cell).text;
        }
    }
    preview.issues = preview.issues.into_iter().map(mask_issue).collect();
    Ok(preview)
}

impl App {
    /// Enqueues the import of a file that lies in the uploads folder under `upload`; the import takes the file over.
    pub async fn start_import(
        &self,
        actor: Actor,
        upload: &Path,
        file_name: &str,
        request: ImportRequest,
    ) -> Result<(ImportId, JobId), AppError> {
        let file = File::open(upload).map_err(|_| AppError::UploadGone)?;
        let file_bytes = file.metadata().map_err(|e| failed(upload, e))?.len();
        // A mapping that does not fit is told now, not by a job that fails later.
        let reader = Reader::open(Box::new(file), &request.format, &Limits::default())?;
        Applier::new(&request.mapping, reader.columns(), self.store.now_ms())?;
        let mut tx = self.store.begin(actor).await?;
        let source_id = sources::ensure_source(&mut tx, &request.source, request.channel).await?;
        let ImportRequest { format, mapping, .. } = request;
        let new = NewImport { source_id, file_name: file_name.to_owned(), file_bytes, format, mapping };
        let import = imports::create_import(&mut tx, &new).await?;
        let job =
            jobs::enqueue_job(&mut tx, IMPORT_FILE, &ImportFile { import: import.clone() }, None).await?;
        imports::set_import_job(&mut tx, &import, &job).await?;
        let home = import_path(&self.data, &import);
        fs::rename(upload, &home).map_err(|e| failed(&home, e))?;
        tx.commit().await?;
        Ok((import, job))
    }

    /// Reads and prepares a whole file and says what an import would do, storing nothing.
    pub async fn try_import(
        &self,
        path: &Path,
        request: ImportRequest,
    ) -> Result<(Counts, Vec<Issue>), AppError> {
        let now = self.store.now_ms();
        let source = sources::find_source(&self.store, &request.source).await?;
        let reading = Reading::start(self, path, &request.format, &request.mapping, request.channel, now, 0)?;
        let (mut counts, mut refusals) = (Counts::default(), Vec::new());
        let mut batches = reading.batches;
        while let Some(batch) = batches.recv().await {
            let batch = batch?;
            let mut tx = self.store.begin(Actor::System).await?;
            let source_id = match &source {
                Some(source) => source.id.clone(),
                None => sources::ensure_source(&mut tx, &request.source, request.channel).await?,
            };
            for put in feedback::put_feedback(&mut tx, &source_id, &batch.incoming).await? {
                counts.add_put(put);
            }
            counts.read += batch.refused_rows;
            counts.refused += batch.refused_rows;
            refusals.extend(batch.refusals);
            // Not committed: the transaction takes everything back.
        }
        Ok((counts, refusals))
    }

    /// The job: goes on from the first row that is not behind it.
    pub(crate) async fn import_file(&self, job: &Job, progress: &mut Progress) -> Result<(), AppError> {
        let ImportFile { import } = job.payload()?;
        let mut run = imports::load_import(&self.store, &import).await?;
        let channel = sources::load_source(&self.store, &run.source_id).await?.channel;
        self.refresh_directory().await?;
        let path = import_path(&self.data, &import);
        if !path.exists() {
            return Err(AppError::UploadGone);
        }
        let Reading { mut batches, position } =
            Reading::start(self, &path, &run.format, &run.mapping, channel, run.created_at, run.rows_done)?;
        while let Some(batch) = batches.recv().await {
            self.store_batch(&mut run, batch?).await?;
            if !progress.report(position.load(Ordering::Relaxed).min(run.file_bytes), run.file_bytes).await? {
                return Ok(());
            }
        }
        let mut tx = self.store.begin(Actor::System).await?;
        imports::finish_import(&mut tx, &import, run.counts).await?;
        jobs::finish_job(&mut tx, &job.id, &run.counts).await?;
        jobs::enqueue_job(&mut tx, LOOK_FOR_ALERTS, &(), Some(LOOK_FOR_ALERTS)).await?;
        tx.commit().await?;
        fs::remove_file(&path).map_err(|e| failed(&path, e))
    }

    /// Items, counts, refusals and the place in the file go into one transaction: a crash loses and doubles nothing.
    async fn store_batch(&self, run: &mut Import, batch: Batch) -> Result<(), AppError> {
        let mut tx = self.store.begin(Actor::System).await?;
        let mut counts = run.counts;
        for put in feedback::put_feedback(&mut tx, &run.source_id, &batch.incoming).await? {
            counts.add_put(put);
        }
        counts.read += batch.refused_rows;
        counts.refused += batch.refused_rows;
        imports::advance_import(&mut tx, run, batch.rows_done, counts, &batch.refusals).await?;
        tx.commit().await?;
        (run.rows_done, run.counts) = (batch.rows_done, counts);
        Ok(())
    }
}

/// Where the file of an import lies until the import is finished.
pub(crate) fn import_path(data: &DataFolder, import: &ImportId) -> PathBuf {
    data.uploads().join(format!("{IMPORT_PREFIX}{import}"))
}

/// A thread that reads and prepares batches ahead of the database.
struct Reading {
    batches: mpsc::Receiver<Result<Batch, AppError>>,
    /// Bytes of the file read so far.
    position: Arc<AtomicU64>,
}

impl Reading {
    fn start(
        app: &App,
        path: &Path,
        format: &Format,
        mapping: &Mapping,
        channel: Channel,
        now_ms: Millis,
        rows_done: u64,
    ) -> Result<Self, AppError> {
        let file = File::open(path).map_err(|e| failed(path, e))?;
        let position = Arc::new(AtomicU64::new(0));
        let input = Counted { file, position: Arc::clone(&position) };
        let reader = Reader::open(Box::new(input), format, &Limits::default())?;
        let applier = Applier::new(mapping, reader.columns(), now_ms)?;
        let preparer = Preparer::new(app, channel, now_ms);
        let (sender, batches) = mpsc::channel(2);
        tokio::task::spawn_blocking(move || read_batches(reader, applier, &preparer, rows_done, &sender));
        Ok(Self { batches, position })
    }
}

/// Reads to the end of the file, or until nobody listens any more. Rows that are behind an earlier run are applied
/// again, for the applier knows doubles by what it has seen, but not handed on.
fn read_batches(
    reader: Reader,
    mut applier: Applier,
    preparer: &Preparer,
    rows_done: u64,
    sender: &mpsc::Sender<Result<Batch, AppError>>,
) {
    let (mut row, mut records, mut refusals, mut refused_rows) = (0, Vec::new(), Vec::new(), 0);
    let send = |rows_done: u64, records: &mut Vec<_>, refusals: &mut Vec<Issue>, refused_rows: &mut u64| {
        let batch = Batch {
            rows_done,
            incoming: preparer.prepare_all(std::mem::take(records)),
            refusals: std::mem::take(refusals).into_iter().map(mask_issue).collect(),
            refused_rows: std::mem::take(refused_rows),
        };
        sender.blocking_send(Ok(batch)).is_ok()
    };
    for entry in reader {
        let applied = match entry {
            Ok(Entry::Row(cells)) => {
                let applied = applier.apply(&cells);
                (applied.record, applied.issues)
            }
            Ok(Entry::Broken(issue)) => (None, vec![issue]),
            Err(error) => {
                if send(row, &mut records, &mut refusals, &mut refused_rows) {
                    // A closed channel means that nobody wants to know.
                    let _ = sender.blocking_send(Err(error.into()));
                }
                return;
            }
        };
        row += 1;
        if row <= rows_done {
            continue;
        }
        let (record, issues) = applied;
        refused_rows += u64::from(record.is_none());
        records.extend(record);
        refusals.extend(issues);
        if records.len() + refusals.len() >= BATCH_ROWS
            && !send(row, &mut records, &mut refusals, &mut refused_rows)
        {
            return;
        }
    }
    if row > rows_done {
        send(row, &mut records, &mut refusals, &mut refused_rows);
    }
}

/// A file that tells how far it was read.
struct Counted {
    file: File,
    position: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.file.read(buffer)?;
        self.position.fetch_add(bytes as u64, Ordering::Relaxed);
        Ok(bytes)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = self.file.seek(to)?;
        self.position.store(position, Ordering::Relaxed);
        Ok(position)
    }
}
