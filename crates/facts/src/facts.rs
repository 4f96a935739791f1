//! The handle: one writer at a time, any number of readers, none waiting for another.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;

use crate::limits::Limits;
use crate::state::State;
use crate::writer::Writer;
use crate::{
    Cancel, Change, Dimension, FactQuery, FactRow, FactsError, Filter, Measures, Period, Selected, Selection,
};
use crate::{MomentQuery, Moments, execute, moments, select, snapshot};

/// All facts of the company. Clones are handles to the same facts, with the same limits for questions.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    shared: Arc<Shared>,
    limits: Limits,
}

#[derive(Debug, Default)]
struct Shared {
    state: ArcSwap<State>,
    writer: Mutex<Writer>,
    /// Held while a snapshot is written: two would clear each other away.
    saving: Mutex<()>,
}

impl Facts {
    /// No items, sequence number 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// A handle to the same facts that refuses answers of more groups than this.
    #[must_use]
    pub fn with_group_limit(&self, groups: usize) -> Self {
        Self { limits: Limits { groups, ..self.limits.clone() }, ..self.clone() }
    }

    /// A handle to the same facts that refuses questions which need more memory than this; 1 GB unless told otherwise.
    ///
    /// What a question needs is known before it starts, but for groups of very many possible keys, which are refused as
    /// soon as there are too many.
    #[must_use]
    pub fn with_memory_limit(&self, memory_bytes: usize) -> Self {
        Self { limits: Limits { memory_bytes, ..self.limits.clone() }, ..self.clone() }
    }

    /// A handle to the same facts whose questions this token stops, within a few milliseconds.
    #[must_use]
    pub fn with_cancel(&self, cancel: &Cancel) -> Self {
        Self { limits: Limits { cancel: cancel.clone(), ..self.limits.clone() }, ..self.clone() }
    }

    /// Nobody waits any more for the answers to this handle's questions.
    pub fn is_cancelled(&self) -> bool {
        self.limits.cancel.is_cancelled()
    }

    /// Applies changes in order and publishes the state after all of them under this sequence number. A query sees all
    /// of them or none.
    ///
    /// One item takes well under a millisecond whatever the size of the whole; large batches cost about a microsecond
    /// an item.
    pub fn apply(&self, changes: Vec<Change>, sequence: u64) {
        let mut writer = self.writer();
        let state = self.shared.state.load_full();
        self.shared.state.store(Arc::new(writer.apply(&state, changes, sequence)));
    }

    /// The sequence number of the published state.
    pub fn sequence(&self) -> u64 {
        self.shared.state.load().sequence
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.shared.state.load().items()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Groups the items that match and counts each group: a row for every key that occurs, by key (missing first, time
    /// rising), or the `top` ones in falling order. Without dimensions: one row, or none if nothing matches.
    ///
    /// An item of several topics counts once in each of them when the query groups by topic, and once elsewhere.
    ///
    /// # Errors
    /// `TooManyDimensions`, `RepeatedDimension`, `BadValue` (a date that cannot be read), `TooManyGroups`,
    /// `TooMuchMemory`, `Cancelled`.
    pub fn query(&self, query: &FactQuery) -> Result<Vec<FactRow>, FactsError> {
        self.limits.go_on()?;
        execute::run(&self.shared.state.load_full(), query, &self.limits)
    }

    /// Sums, and products of each with each, of several variables over the items that match and have them all: one for
    /// each block of customers, added up the sums of all.
    ///
    /// # Errors
    /// `BadValue`, `TooMuchMemory`, `Cancelled`.
    pub fn moments(&self, query: &MomentQuery) -> Result<Vec<Moments>, FactsError> {
        self.limits.go_on()?;
        moments::run(&self.shared.state.load_full(), query, &self.limits)
    }

    /// The numbers of the items that match, newest first, a page of them, and how many there are in all.
    ///
    /// # Errors
    /// `BadValue`; `UnknownItem` if `page.before` is not there; `Cancelled`.
    pub fn select(
        &self,
        filter: &Filter,
        period: Option<Period>,
        page: Selection,
    ) -> Result<Selected, FactsError> {
        self.limits.go_on()?;
        select::select(&self.shared.state.load_full(), filter, period, page, &self.limits)
    }

    /// The values of a dimension that occur among the items that match, with their items, most frequent first; however
    /// many there are.
    ///
    /// # Errors
    /// `BadValue`, `TooMuchMemory`, `Cancelled`.
    pub fn values(&self, filter: &Filter, dimension: &Dimension) -> Result<Vec<(String, u64)>, FactsError> {
        let query = FactQuery {
            filter: filter.clone(),
            dimensions: vec![dimension.clone()],
            top: Some(usize::MAX),
            measures: Measures::NONE,
            ..FactQuery::default()
        };
        let rows = self.with_group_limit(usize::MAX).query(&query)?;
        Ok(rows.into_iter().filter_map(|row| Some((row.key.into_iter().next()??, row.cell.count))).collect())
    }

    /// The names of all attributes ever seen, in alphabetical order.
    pub fn attributes(&self) -> Vec<String> {
        let state = self.shared.state.load();
        let mut names: Vec<_> =
            state.vocabulary.attributes.iter().map(|(name, _)| name.to_string()).collect();
        names.sort_unstable();
        names
    }

    /// Keeps the published state in a folder of its own, in place of the snapshot that was there. Readers and the writer
    /// go on meanwhile. A crash leaves the old snapshot or the new one, never half of one.
    ///
    /// # Errors
    /// `Io`; the old snapshot is still good then.
    pub fn save(&self, dir: &Path) -> Result<(), FactsError> {
        let _saving = self.shared.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, customers) = {
            let writer = self.writer();
            (self.shared.state.load_full(), snapshot::customer_table(&writer.customers))
        };
        snapshot::save(&state, customers, dir)
    }

    /// The facts as they were saved; changes after [`Self::sequence`] are to be applied.
    ///
    /// # Errors
    /// `NoSnapshot` if nothing was saved there, `DamagedSnapshot` if it cannot be trusted (then rebuild), `Io`.
    pub fn load(dir: &Path) -> Result<Self, FactsError> {
        let (state, writer) = snapshot::load(dir)?;
        let shared =
            Shared { state: ArcSwap::from_pointee(state), writer: Mutex::new(writer), ..Shared::default() };
        Ok(Self { shared: Arc::new(shared), ..Self::default() })
    }

    /// Bytes of memory the facts take, the writer's indexes included.
    pub fn memory_bytes(&self) -> usize {
        let writer = self.writer();
        self.shared.state.load().memory_bytes() + writer.memory_bytes()
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.shared.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
