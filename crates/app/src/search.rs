//! A person's search words as a set of items that a filter can hold.

use std::sync::Arc;

use otklik_facts::{Filter, ItemSet};
use otklik_store::search::{self, Matches};
use otklik_text::search::SearchQuery;

use crate::{App, AppError};

impl App {
    /// The filter «what people searched for»; words that say nothing filter nothing.
    pub async fn search_filter(&self, words: &str) -> Result<Filter, AppError> {
        let Some(query) = SearchQuery::parse(words) else { return Ok(Filter::All) };
        let items = |numbers: Vec<i64>| -> Filter {
            let set: ItemSet = numbers.into_iter().filter_map(|n| u32::try_from(n).ok()).collect();
            Filter::Items(Arc::new(set))
        };
        Ok(match search::match_feedback(&self.store, &query).await? {
            Matches::Only(numbers) => items(numbers),
            Matches::AllBut(numbers) => items(numbers).negate(),
        })
    }
}
