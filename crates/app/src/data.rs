//! The data folder: database, customer key, snapshots of the facts, files waiting for import.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use otklik_voice::CustomerSecret;
use rand::TryRng;
use rand::rngs::SysRng;

use crate::AppError;

/// A folder that holds everything of one company, or, with PostgreSQL, everything but the rows.
#[derive(Debug, Clone)]
pub struct DataFolder {
    root: PathBuf,
}

/// Held while a server works in the folder; the operating system lets go of it when the process ends.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

impl DataFolder {
    /// Opens the folder, making it and its parts when they are not there.
    pub fn open(root: &Path) -> Result<Self, AppError> {
        let folder = Self { root: root.to_owned() };
        for path in [folder.root.clone(), folder.uploads(), folder.facts_parent()] {
            fs::create_dir_all(&path).map_err(|e| failed(&path, e))?;
        }
        Ok(folder)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The address of the embedded database.
    pub fn sqlite_url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.root.join("otklik.db").display())
    }

    /// Removes the embedded database and the snapshot of the facts; the customer key stays.
    pub fn remove_database(&self) -> Result<(), AppError> {
        for name in ["otklik.db", "otklik.db-wal", "otklik.db-shm"] {
            let path = self.root.join(name);
            match fs::remove_file(&path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(&path, e)),
                _ => {}
            }
        }
        let path = self.facts();
        match fs::remove_dir_all(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(failed(&path, e)),
            _ => Ok(()),
        }
    }

    /// Files that were uploaded and wait for their import.
    pub fn uploads(&self) -> PathBuf {
        self.root.join("uploads")
    }

    /// The snapshot of the facts.
    pub fn facts(&self) -> PathBuf {
        self.facts_parent().join("snapshot")
    }

    fn facts_parent(&self) -> PathBuf {
        self.root.join("facts")
    }

    /// Takes the folder for one server.
    pub fn lock(&self) -> Result<FolderLock, AppError> {
        let path = self.root.join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| failed(&path, e))?;
        file.try_lock().map_err(|_| AppError::FolderInUse)?;
        Ok(FolderLock(file))
    }

    /// The key of the customers' pseudonyms, made on the first call. Without it, customers of old and new items would
    /// no longer be the same: it belongs into every backup.
    pub fn customer_secret(&self) -> Result<CustomerSecret, AppError> {
        let path = self.root.join("customer.key");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(CustomerSecret::parse(&text)?),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => new_secret(&path),
            Err(e) => Err(failed(&path, e)),
        }
    }
}

fn new_secret(path: &Path) -> Result<CustomerSecret, AppError> {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|e| failed(path, std::io::Error::other(e)))?;
    let secret = CustomerSecret::new(bytes);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| failed(path, e))?;
    writeln!(file, "{}", secret.to_hex()).and_then(|()| file.sync_all()).map_err(|e| failed(path, e))?;
    Ok(secret)
}

pub(crate) fn failed(path: &Path, reason: std::io::Error) -> AppError {
    AppError::Folder { path: path.display().to_string(), reason }
}
