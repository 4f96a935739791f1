//! Writing an archive while others go on working.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use otklik_store::Store;
use otklik_store::tables::{Column, Snapshot, TABLES, Table};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::manifest::FORMAT;
use super::waiting::open_waiting;
use super::{ArchiveError, FileEntry, KEY, MANIFEST, Manifest, SETTINGS, TableEntry, file_path, table_path};
use crate::{App, AppError};

impl App {
    /// Writes everything of one moment into a new archive; `progress` hears of rows done and rows in all.
    ///
    /// The archive holds the customer key and password hashes: on Unix only its owner can read it.
    ///
    /// # Errors
    /// [`ArchiveError::File`] when the file is there already or cannot be written.
    pub async fn back_up(&self, path: &Path, progress: &dyn Fn(u64, u64)) -> Result<Manifest, AppError> {
        let mut archive = Archive::create(path)?;
        let manifest = self.fill(&mut archive, progress).await;
        match manifest.and_then(|manifest| archive.finish(&manifest).map(|()| manifest)) {
            Ok(manifest) => Ok(manifest),
            Err(error) => {
                // Half an archive helps nobody; the error tells more than a failed removal would.
                let _ = fs::remove_file(path);
                Err(error)
            }
        }
    }

    async fn fill(&self, archive: &mut Archive, progress: &dyn Fn(u64, u64)) -> Result<Manifest, AppError> {
        let mut snapshot = self.store.begin_snapshot().await?;
        let mut total = 0;
        for table in TABLES {
            total += snapshot.count(table).await?;
        }
        // From here on the moment is fixed. A file is gone when its import ends: opened now, it can be read later.
        let waiting = open_waiting(&self.data)?;
        let mut manifest = Manifest {
            format: FORMAT,
            otklik: env!("CARGO_PKG_VERSION").to_owned(),
            schema: Store::newest_version(),
            created_at: self.store.now_ms(),
            change: 0,
            tables: Vec::new(),
            files: Vec::new(),
        };
        let mut done = 0;
        for table in TABLES {
            let entry =
                archive.add_table(&mut snapshot, table, &mut |rows| progress(done + rows, total)).await?;
            done += entry.rows;
            manifest.tables.push(entry);
        }
        manifest.change = snapshot.last_change().await?;
        for name in [KEY, SETTINGS] {
            let file = self.data.root().join(name);
            if file.exists() {
                let bytes = fs::read(&file).map_err(|reason| failed(&file, reason))?;
                manifest.files.push(archive.add_file(name, &mut bytes.as_slice())?);
            }
        }
        for mut upload in waiting {
            manifest.files.push(archive.add_file(&upload.name, &mut upload.file)?);
        }
        Ok(manifest)
    }
}

struct Archive {
    zip: ZipWriter<BufWriter<File>>,
    path: std::path::PathBuf,
}

impl Archive {
    fn create(path: &Path) -> Result<Self, AppError> {
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|reason| failed(path, reason))?;
        Ok(Self { zip: ZipWriter::new(BufWriter::new(file)), path: path.to_owned() })
    }

    async fn add_table(
        &mut self,
        snapshot: &mut Snapshot,
        table: &Table,
        progress: &mut dyn FnMut(u64),
    ) -> Result<TableEntry, AppError> {
        let columns = snapshot.columns(table.name).await?;
        self.start(&table_path(table.name))?;
        let (mut rows, mut hash, mut line) = (0, Sha256::new(), Vec::new());
        let (zip, path) = (&mut self.zip, &self.path);
        snapshot
            .read_rows(table, &columns, |values| {
                line.clear();
                write_line(&mut line, &columns, values)?;
                hash.update(&line);
                rows += 1;
                if rows % 1_000 == 0 {
                    progress(rows);
                }
                zip.write_all(&line).map_err(|reason| failed(path, reason))
            })
            .await?;
        Ok(TableEntry { name: table.name.to_owned(), rows, sha256: hex::encode(hash.finalize()) })
    }

    fn add_file(&mut self, name: &str, content: &mut dyn Read) -> Result<FileEntry, AppError> {
        self.start(&file_path(name))?;
        let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            let read = content.read(&mut buffer).map_err(|reason| failed(&self.path, reason))?;
            if read == 0 {
                return Ok(FileEntry { name: name.to_owned(), sha256: hex::encode(hash.finalize()) });
            }
            hash.update(&buffer[..read]);
            self.zip.write_all(&buffer[..read]).map_err(|reason| failed(&self.path, reason))?;
        }
    }

    fn start(&mut self, name: &str) -> Result<(), AppError> {
        let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
        self.zip.start_file(name, options).map_err(|reason| failed(&self.path, reason.into()))
    }

    fn finish(mut self, manifest: &Manifest) -> Result<(), AppError> {
        let json = serde_json::to_vec_pretty(manifest).map_err(|e| AppError::Worker(e.to_string()))?;
        self.start(MANIFEST)?;
        let written = self.zip.write_all(&json);
        let finished = written.and_then(|()| self.zip.finish().map_err(std::io::Error::from));
        let file = finished.and_then(|buffer| buffer.into_inner().map_err(std::io::Error::from));
        file.and_then(|file| file.sync_all()).map_err(|reason| failed(&self.path, reason))
    }
}

/// One row as a line: an object by the names of the columns.
pub(crate) fn write_line(line: &mut Vec<u8>, columns: &[Column], values: Vec<Value>) -> Result<(), AppError> {
    let row: serde_json::Map<String, Value> =
        columns.iter().map(|column| column.name.clone()).zip(values).collect();
    serde_json::to_writer(&mut *line, &row).map_err(|e| AppError::Worker(e.to_string()))?;
    line.push(b'\n');
    Ok(())
}

fn failed(path: &Path, reason: std::io::Error) -> AppError {
    ArchiveError::File { path: path.display().to_string(), reason }.into()
}
