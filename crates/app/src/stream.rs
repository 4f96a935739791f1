//! The stream of voices: items behind any filter, newest first, with the words that were searched for.

use std::cmp::Reverse;

use otklik_facts::{Filter, Period, Selected, Selection};
use otklik_platform::Scope;
use otklik_store::Page;
use otklik_voice::feedback::{self, Feedback};

use crate::questions::scope_filter;
use crate::{App, AppError};

/// A day of more items than this keeps the order of their arrival: nobody reads it to its end, and every page of it
/// would ask the database for all its moments.
const MOST_OF_A_DAY: usize = 50_000;

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

    /// A page of the items that match, the newest moment first. The total is the same number that a count over the
    /// filter gives.
    pub async fn list_feedback(&self, query: StreamQuery) -> Result<Page<Feedback>, AppError> {
        let filter =
            self.resolve_filter(query.filter, query.search.as_deref()).await?.and(scope_filter(&query.scope));
        let page = Selection { limit: query.limit, offset: query.offset, ..Selection::default() };
        let selected = self.select(&filter, query.period, page).await?;
        let total = selected.total;
        let numbers = self.by_moment(&filter, selected).await?;
        Ok(Page { items: feedback::load_feedback(&self.store, &numbers).await?, total })
    }

    /// The same page by the moment. The facts know the day of an item and give the items of a day by number: each day
    /// is put in order here, a day that the page cuts as a whole, so that pages follow each other without a gap.
    async fn by_moment(&self, filter: &Filter, page: Selected) -> Result<Vec<i64>, AppError> {
        let mut ordered = Vec::with_capacity(page.numbers.len());
        let mut rest = page.numbers.as_slice();
        for run in page.days.chunk_by(|day, next| day == next) {
            let (part, later) = rest.split_at(run.len());
            let is_cut = rest.len() == page.numbers.len() || later.is_empty();
            let whole = if is_cut { self.select_day(filter, run[0]).await? } else { part.to_vec() };
            ordered.extend(self.order_part(part, whole).await?);
            rest = later;
        }
        Ok(ordered)
    }

    async fn select_day(&self, filter: &Filter, day: i32) -> Result<Vec<u32>, AppError> {
        let period = Period { from: day, to: day + 1 };
        let all = Selection { limit: MOST_OF_A_DAY + 1, ..Selection::default() };
        Ok(self.select(filter, Some(period), all).await?.numbers)
    }

    async fn select(
        &self,
        filter: &Filter,
        period: Option<Period>,
        page: Selection,
    ) -> Result<Selected, AppError> {
        let filter = filter.clone();
        self.ask(move |facts| facts.select(&filter, period, page)).await
    }

    /// The places that a part of a day takes, filled with the day's items by moment.
    async fn order_part(&self, part: &[u32], whole: Vec<u32>) -> Result<Vec<i64>, AppError> {
        let start = whole.iter().position(|number| Some(number) == part.first());
        let Some(start) = start.filter(|_| whole.len() <= MOST_OF_A_DAY) else {
            // The day is too long, or has changed since the page was selected.
            return Ok(part.iter().map(|number| i64::from(*number)).collect());
        };
        let mut day: Vec<i64> = whole.into_iter().map(i64::from).collect();
        let moments = feedback::load_moments(&self.store, &day).await?;
        day.sort_by_key(|number| Reverse((moments.get(number).copied(), *number)));
        Ok(day.into_iter().skip(start).take(part.len()).collect())
    }
}
