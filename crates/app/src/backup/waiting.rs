//! Files whose import is not finished: an archive keeps them, so that a restored company goes on with it.

use std::fs::{self, File};
use std::io;

use otklik_store::StoreError;
use otklik_store::ids::ImportId;
use otklik_voice::VoiceError;
use otklik_voice::imports::load_import;

use super::restore::Zip;
use super::{ArchiveError, Manifest, file_path};
use crate::data::failed;
use crate::imports::{IMPORT_PREFIX, import_path};
use crate::{App, AppError, DataFolder};

/// In front of the names of such files in the archive.
const FOLDER: &str = "uploads/";

/// A file as it was when it was opened: it can be read to its end even if its import ends meanwhile.
pub(super) struct WaitingFile {
    /// Its name in the archive.
    pub name: String,
    pub file: File,
}

/// Opens the files of all imports that are not finished.
pub(super) fn open_waiting(data: &DataFolder) -> Result<Vec<WaitingFile>, AppError> {
    let folder = data.uploads();
    let mut waiting = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|e| failed(&folder, e))? {
        let entry = entry.map_err(|e| failed(&folder, e))?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        if !name.starts_with(IMPORT_PREFIX) {
            continue;
        }
        match File::open(entry.path()) {
            Ok(file) => waiting.push(WaitingFile { name: format!("{FOLDER}{name}"), file }),
            // Its import ended between the two calls.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(&entry.path(), error)),
        }
    }
    waiting.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(waiting)
}

impl App {
    /// Lays the files of an archive where their imports look for them.
    pub(super) async fn restore_waiting(&self, manifest: &Manifest, zip: &mut Zip) -> Result<(), AppError> {
        for entry in &manifest.files {
            let Some(import) = import_of(&entry.name) else { continue };
            match load_import(&self.store, &import).await {
                Ok(run) if run.finished_at.is_none() => {
                    let path = import_path(&self.data, &import);
                    let mut file = File::create(&path).map_err(|e| failed(&path, e))?;
                    let part = zip.by_name(&file_path(&entry.name));
                    let mut part = part.map_err(|_| ArchiveError::damaged(&entry.name))?;
                    io::copy(&mut part, &mut file).map_err(|e| failed(&path, e))?;
                    file.sync_all().map_err(|e| failed(&path, e))?;
                }
                // It came or was finished while the archive was written.
                Ok(_) | Err(VoiceError::Store(StoreError::NotFound { .. })) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// The import that a file of an archive belongs to. Only an id becomes a path.
fn import_of(name: &str) -> Option<ImportId> {
    let id = name.strip_prefix(FOLDER)?.strip_prefix(IMPORT_PREFIX)?;
    let is_id = id.len() == 36 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    is_id.then(|| ImportId(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_become_paths() {
        let id = "0198c0de-0000-7000-8000-000000000000";
        assert_eq!(import_of(&format!("uploads/import-{id}")), Some(ImportId(id.to_owned())));
        for name in ["customer.key", "uploads/import-../../../etc/passwd", "uploads/x", "uploads/import-"] {
            assert_eq!(import_of(name), None, "{name}");
        }
    }
}
