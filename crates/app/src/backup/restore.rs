//! Restoring an archive into an empty folder and an empty database, of either kind.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use otklik_store::tables::{Column, TABLES, Table};
use otklik_store::{Actor, Store, Tx, search};
use otklik_voice::feedback::{self, TextRow};
use rayon::prelude::*;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::manifest::FORMAT;
use super::{ArchiveError, KEY, MANIFEST, Manifest, SETTINGS, file_path, table_path};
use crate::data::failed as folder_failed;
use crate::reading::Readable;
use crate::{App, AppError, DataFolder, Options, vacancy};

/// Rows read and inserted at a time.
const BATCH: usize = 2_000;

/// Texts indexed at a time.
const INDEX_BATCH: u32 = 20_000;

/// What came back, and the settings as the archive has them: whether they fit here is the operator's to say.
pub struct Restored {
    pub app: App,
    pub manifest: Manifest,
    pub settings: Option<String>,
}

pub(super) type Zip = ZipArchive<BufReader<File>>;

/// Checks the whole archive first, then fills folder and database, search index and facts; `progress` hears of rows
/// done and rows in all.
///
/// # Errors
/// [`ArchiveError`] where the archive cannot be trusted, [`AppError::NotEmpty`] where there is something already. Either
/// way nothing is changed.
pub async fn restore(
    options: Options,
    path: &Path,
    progress: &dyn Fn(u64, u64),
) -> Result<Restored, AppError> {
    let mut zip = open(path)?;
    let manifest = check(&mut zip)?;
    let data = DataFolder::open(&options.data)?;
    let key = read_file(&mut zip, &manifest, KEY)?.ok_or_else(|| ArchiveError::damaged(KEY))?;
    vacancy::require_free_key(&data, KEY, &key)?;
    let url = options.database.unwrap_or_else(|| data.sqlite_url());
    let store = Store::connect(&url, options.clock).await?;
    store.migrate_to(manifest.schema).await?;
    vacancy::require_empty(&store, &data).await?;
    restore_rows(&store, &mut zip, &manifest, progress).await?;
    store.migrate().await?;
    let settings = read_file(&mut zip, &manifest, SETTINGS)?;
    data.write_customer_key(&key)?;
    let secret = data.customer_secret()?;
    let app = App::assemble(store, data, secret).await?;
    app.restore_waiting(&manifest, &mut zip).await?;
    app.rebuild_words().await?;
    app.store.analyze().await?;
    app.rebuild_facts().await?;
    app.save_facts()?;
    Ok(Restored { app, manifest, settings })
}

fn open(path: &Path) -> Result<Zip, ArchiveError> {
    let file =
        File::open(path).map_err(|reason| ArchiveError::File { path: path.display().to_string(), reason })?;
    ZipArchive::new(BufReader::new(file)).map_err(|_| ArchiveError::damaged(path.display()))
}

/// Reads everything once: each part must be what the manifest says.
fn check(zip: &mut Zip) -> Result<Manifest, ArchiveError> {
    let mut json = Vec::new();
    let mut entry = zip.by_name(MANIFEST).map_err(|_| ArchiveError::damaged(MANIFEST))?;
    entry.read_to_end(&mut json).map_err(|_| ArchiveError::damaged(MANIFEST))?;
    drop(entry);
    let manifest: Manifest = serde_json::from_slice(&json).map_err(|_| ArchiveError::damaged(MANIFEST))?;
    if manifest.format > FORMAT || manifest.schema > Store::newest_version() {
        return Err(ArchiveError::Newer { otklik: manifest.otklik });
    }
    let tables = manifest.tables.iter().map(|table| (table_path(&table.name), &table.sha256));
    let files = manifest.files.iter().map(|file| (file_path(&file.name), &file.sha256));
    for (name, sha256) in tables.chain(files) {
        if hash(zip, &name).as_ref() != Some(sha256) {
            return Err(ArchiveError::damaged(name));
        }
    }
    Ok(manifest)
}

fn hash(zip: &mut Zip, name: &str) -> Option<String> {
    let mut entry = zip.by_name(name).ok()?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match entry.read(&mut buffer).ok()? {
            0 => return Some(hex::encode(hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn read_file(zip: &mut Zip, manifest: &Manifest, name: &str) -> Result<Option<String>, ArchiveError> {
    if !manifest.files.iter().any(|file| file.name == name) {
        return Ok(None);
    }
    let mut text = String::new();
    let mut entry = zip.by_name(&file_path(name)).map_err(|_| ArchiveError::damaged(name))?;
    entry.read_to_string(&mut text).map_err(|_| ArchiveError::damaged(name))?;
    Ok(Some(text))
}

/// All rows in one transaction.
async fn restore_rows(
    store: &Store,
    zip: &mut Zip,
    manifest: &Manifest,
    progress: &dyn Fn(u64, u64),
) -> Result<(), AppError> {
    let mut tx = store.begin(Actor::Operator).await?;
    let mut done = 0;
    for table in TABLES {
        let Some(entry) = manifest.tables.iter().find(|entry| entry.name == table.name) else { continue };
        let rows =
            restore_table(&mut tx, zip, table, &mut |rows| progress(done + rows, manifest.rows())).await?;
        if rows != entry.rows {
            return Err(ArchiveError::damaged(table.name).into());
        }
        done += rows;
    }
    Ok(tx.commit().await?)
}

async fn restore_table(
    tx: &mut Tx,
    zip: &mut Zip,
    table: &Table,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, AppError> {
    let columns = tx.columns(table.name).await?;
    tx.clear_table(table).await?;
    let damaged = || ArchiveError::damaged(table.name);
    let entry = zip.by_name(&table_path(table.name)).map_err(|_| damaged())?;
    let mut lines = BufReader::new(entry).lines();
    let mut done = 0;
    loop {
        // Rows of a tree are few, and must come parents first.
        let most = if table.parent.is_some() { usize::MAX } else { BATCH };
        let mut rows = Vec::new();
        for line in lines.by_ref().take(most) {
            let line = line.map_err(|_| damaged())?;
            rows.push(serde_json::from_str::<Map<String, Value>>(&line).map_err(|_| damaged())?);
        }
        if rows.is_empty() {
            return Ok(done);
        }
        done += rows.len() as u64;
        insert(tx, table, &columns, rows).await?;
        progress(done);
    }
}

async fn insert(
    tx: &mut Tx,
    table: &Table,
    columns: &[Column],
    mut rows: Vec<Map<String, Value>>,
) -> Result<(), AppError> {
    let Some(parent) = table.parent else { return Ok(tx.insert_rows(table, columns, &rows).await?) };
    let mut inserted = std::collections::BTreeSet::from([Value::Null.to_string()]);
    while !rows.is_empty() {
        let known = |row: &Map<String, Value>| {
            inserted.contains(&row.get(parent).unwrap_or(&Value::Null).to_string())
        };
        let (ready, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(known);
        if ready.is_empty() {
            return Err(ArchiveError::damaged(table.name).into());
        }
        tx.insert_rows(table, columns, &ready).await?;
        inserted.extend(ready.iter().filter_map(|row| Some(row.get(table.key)?.to_string())));
        rows = later;
    }
    Ok(())
}

impl App {
    /// Builds the search index anew from the texts.
    pub(crate) async fn rebuild_words(&self) -> Result<(), AppError> {
        let mut after = 0;
        loop {
            let texts = feedback::load_texts(&self.store, after, INDEX_BATCH).await?;
            let Some(last) = texts.last() else { return Ok(()) };
            after = last.number;
            let stems = |row: &TextRow| {
                let readable = Readable::new(row.title.as_deref(), row.text.as_deref());
                (row.number, readable.tokens.stems().to_owned())
            };
            let words = tokio::task::spawn_blocking(move || {
                texts.par_iter().map(stems).filter(|(_, stems)| !stems.is_empty()).collect::<Vec<_>>()
            });
            let words = words.await?;
            let mut tx = self.store.begin(Actor::System).await?;
            search::index_words(&mut tx, &words).await?;
            tx.commit().await?;
        }
    }
}

impl DataFolder {
    fn write_customer_key(&self, key: &str) -> Result<(), AppError> {
        let path = self.root().join(KEY);
        let mut options = fs::OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(|e| folder_failed(&path, e))?;
        std::io::Write::write_all(&mut file, key.as_bytes()).map_err(|e| folder_failed(&path, e))
    }
}
