//! The stream of voices: items behind any filter, newest first, with the words that were searched for.

use otklik_facts::{Filter, Period, Selection};
use otklik_platform::Scope;
use otklik_store::Page;
use otklik_voice::feedback::{self, Feedback};

use crate::questions::scope_filter;
use crate::{App, AppError};

/// What to list.
#[derive(Debug, Clone)]
pub struct StreamQuery {
    /// What the reader may see.
    pub scope: Scope,
    pub filter: Filter,
    pub search: Option<String>,
    pub period: Option<Period>,
    pub limit: usize,
    pub offset: usize,
}

impl App {
    /// The whole filter of a question: units and topics as branches, search words as items.
    pub async fn resolve_filter(&self, filter: Filter, search: Option<&str>) -> Result<Filter, AppError> {
        let filter = self.directory.load().expand(filter);
        match search {
            Some(words) => Ok(filter.and(self.search_filter(words).await?)),
            None => Ok(filter),
        }
    }

    /// A page of the items that match. The total is the same number that a count over the filter gives.
    pub async fn list_feedback(&self, query: StreamQuery) -> Result<Page<Feedback>, AppError> {
        let filter =
            self.resolve_filter(query.filter, query.search.as_deref()).await?.and(scope_filter(&query.scope));
        let page = Selection { limit: query.limit, offset: query.offset, ..Selection::default() };
        let selected = self.facts().select(&filter, query.period, page)?;
        let numbers: Vec<i64> = selected.numbers.into_iter().map(i64::from).collect();
        let items = feedback::load_feedback(&self.store, &numbers).await?;
        Ok(Page { items, total: selected.total })
    }
}
