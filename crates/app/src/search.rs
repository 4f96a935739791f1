//! A person's search words as a set of items that a filter can hold.

use otklik_backlog::evidence;
use otklik_facts::Filter;
use otklik_store::search;
use otklik_text::search::SearchQuery;

use crate::{App, AppError};

impl App {
    /// The filter «what people searched for»; words that say nothing filter nothing.
    pub async fn search_filter(&self, words: &str) -> Result<Filter, AppError> {
        let Some(query) = SearchQuery::parse(words) else { return Ok(Filter::All) };
        Ok(evidence::search_filter(&search::match_feedback(&self.store, &query).await?))
    }
}
