//! What people set and every request asks for (a token's owner, a source, the company's time zone), remembered until
//! somebody changes something.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Millis, Store, StoreError};

/// So long after it was read, a value is read again: another process may have changed it.
pub const REMEMBERED_MS: Millis = 1_000;

/// Entries at most; past that, all are forgotten.
const MOST_ENTRIES: usize = 10_000;

/// Values by their type and a key. All of them are void after the next commit of this process, except one that
/// declares that it [`crate::Tx::keeps_memo`].
#[derive(Debug, Default)]
pub(crate) struct Memo {
    commits: AtomicU64,
    entries: Mutex<HashMap<(TypeId, String), Entry>>,
}

#[derive(Debug)]
struct Entry {
    value: Arc<dyn Any + Send + Sync>,
    /// The number of commits when reading began.
    commits: u64,
    read_at: Millis,
}

impl Memo {
    /// Voids everything: called after a commit, before its caller hears of it.
    pub fn forget(&self) {
        self.commits.fetch_add(1, Ordering::SeqCst);
    }

    fn get<V: Any + Clone>(&self, key: &str, now_ms: Millis) -> Option<V> {
        let entries = self.entries();
        let entry = entries.get(&(TypeId::of::<V>(), key.to_owned()))?;
        let is_good = entry.commits == self.commits.load(Ordering::SeqCst)
            && (entry.read_at..entry.read_at + REMEMBERED_MS).contains(&now_ms);
        if is_good { entry.value.downcast_ref::<V>().cloned() } else { None }
    }

    fn put<V: Any + Send + Sync>(&self, key: &str, value: V, commits: u64, read_at: Millis) {
        let mut entries = self.entries();
        if entries.len() >= MOST_ENTRIES {
            entries.clear();
        }
        let entry = Entry { value: Arc::new(value), commits, read_at };
        entries.insert((TypeId::of::<V>(), key.to_owned()), entry);
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<(TypeId, String), Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// The value under this key, or what `read` finds in the database. What is not there is asked for again each time.
    pub async fn recall<V: Any + Clone + Send + Sync, E: From<StoreError>>(
        &self,
        key: &str,
        read: impl Future<Output = Result<Option<V>, E>>,
    ) -> Result<Option<V>, E> {
        let now_ms = self.now_ms();
        if let Some(value) = self.memo().get(key, now_ms) {
            return Ok(Some(value));
        }
        // Counted before reading: a commit in between makes the value old at once.
        let commits = self.memo().commits.load(Ordering::SeqCst);
        let value = read.await?;
        if let Some(value) = &value {
            self.memo().put(key, value.clone(), commits, now_ms);
        }
        Ok(value)
    }
}
