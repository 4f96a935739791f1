//! New signals: what a reader has to see who was away.

use std::sync::Arc;

use otklik_facts::{Dimension, FactQuery, Filter, ItemSet, Measures, Period, Selection};
use otklik_metrics::day_number;
use otklik_platform::Scope;
use otklik_store::ids::PersonId;
use otklik_store::{Actor, Millis};
use otklik_voice::feedback::{self, Feedback};
use otklik_voice::signals::{self, Kind};
use serde::Serialize;

use crate::questions::scope_filter;
use crate::{App, AppError};

/// Who has never looked begins with the signals of so many days.
const FIRST_DAYS: i32 = 14;

/// Of more new signals than this nobody counts the rest.
const MOST: u32 = 10_000;

/// Items shown.
const SHOWN: usize = 4;

/// The signals of items that arrived since the last visit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NewSignals {
    /// When that was; absent before the first visit: then they are those of the last two weeks.
    pub since: Option<Millis>,
    /// The newest item there is: what to mark as seen.
    pub until: i64,
    pub total: u64,
    pub kinds: Vec<KindCount>,
    /// The newest of them.
    pub items: Vec<Feedback>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KindCount {
    pub kind: Kind,
    pub count: u64,
}

impl App {
    /// What has signals in a scope and arrived since a person looked last.
    pub async fn list_new_signals(&self, scope: &Scope, person: &PersonId) -> Result<NewSignals, AppError> {
        let visit = signals::find_visit(&self.store, person).await?;
        let until = signals::load_last_number(&self.store).await?;
        let mut filter = Filter::Missing { dimension: Dimension::Signal }.negate().and(scope_filter(scope));
        let mut period = None;
        match visit {
            Some((number, _)) => {
                let new = signals::list_signalling(&self.store, number, MOST).await?;
                let new: ItemSet = new.into_iter().filter_map(|number| u32::try_from(number).ok()).collect();
                filter = filter.and(Filter::Items(Arc::new(new)));
            }
            None => {
                let to = day_number(self.today().await?) + 1;
                period = Some(Period { from: to - FIRST_DAYS, to });
            }
        }
        let facts = self.facts();
        let counted = tokio::task::spawn_blocking(move || {
            let page = Selection { limit: SHOWN, ..Selection::default() };
            let selected = facts.select(&filter, period, page)?;
            let by_kind = FactQuery {
                filter,
                period,
                dimensions: vec![Dimension::Signal],
                measures: Measures::NONE,
                ..FactQuery::default()
            };
            Ok::<_, AppError>((selected, facts.query(&by_kind)?))
        });
        let (selected, rows) = counted.await??;
        let count = |kind: &Kind| {
            let row = rows.iter().find(|row| row.key == [Some(kind.code().to_owned())]);
            KindCount { kind: *kind, count: row.map_or(0, |row| row.cell.count) }
        };
        let numbers: Vec<i64> = selected.numbers.into_iter().map(i64::from).collect();
        Ok(NewSignals {
            since: visit.map(|(_, at)| at),
            until,
            total: selected.total,
            kinds: Kind::ALL.iter().map(count).filter(|kind| kind.count > 0).collect(),
            items: feedback::load_feedback(&self.store, &numbers).await?,
        })
    }

    /// Notes that a person has seen the signals up to an item.
    pub async fn note_signals_seen(&self, person: &PersonId, number: i64) -> Result<(), AppError> {
        let last = signals::load_last_number(&self.store).await?;
        let mut tx = self.store.begin(Actor::Person(person.clone())).await?;
        signals::note_visit(&mut tx, person, number.clamp(0, last)).await?;
        Ok(tx.commit().await?)
    }
}
