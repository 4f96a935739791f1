//! Numbers: a question of the screen, the API or the command line, answered within what the reader may see.

use std::sync::Arc;

use otklik_facts::{Dimension, FactQuery, Filter, Measures};
use otklik_metrics::{BaseRow, Denominators, MetricAnswer, MetricQuery, evaluate, load_metric};
use otklik_platform::Scope;
use otklik_store::Store;
use otklik_voice::base;

use crate::{App, AppError};

impl App {
    /// Answers a question over the items of a scope; `search` narrows it to what people typed into the search box.
    pub async fn answer(
        &self,
        scope: &Scope,
        query: MetricQuery,
        search: Option<&str>,
    ) -> Result<MetricAnswer, AppError> {
        let definition = load_metric(&self.store, &query.metric, None).await?;
        let filter = self.resolve_filter(query.filter, search).await?.and(scope_filter(scope));
        let query = MetricQuery { filter, ..query };
        let denominators = self.denominators().await?;
        let facts = self.facts();
        Ok(tokio::task::spawn_blocking(move || evaluate(&facts, &definition, &query, &denominators))
            .await??)
    }

    /// The values of a dimension that occur among the items of a scope, the most frequent first.
    pub fn list_values(&self, scope: &Scope, dimension: Dimension) -> Result<Vec<(String, u64)>, AppError> {
        let query = FactQuery {
            filter: scope_filter(scope),
            dimensions: vec![dimension],
            top: Some(usize::MAX),
            measures: Measures::NONE,
            ..FactQuery::default()
        };
        let rows = self.facts().with_group_limit(usize::MAX).query(&query)?;
        Ok(rows.into_iter().filter_map(|row| Some((row.key.into_iter().next()??, row.cell.count))).collect())
    }

    /// The customer base as denominators; read again when it has changed, by whichever process.
    pub async fn denominators(&self) -> Result<Arc<Denominators>, AppError> {
        let change = base::load_base_change(&self.store).await?;
        let known = self.base.load_full();
        if known.change == Some(change) {
            return Ok(known.denominators.clone());
        }
        let denominators = Arc::new(read_denominators(&self.store).await?);
        self.base.store(Arc::new(KnownBase { change: Some(change), denominators: denominators.clone() }));
        Ok(denominators)
    }
}

/// The customer base as it was at a change of it.
#[derive(Debug, Default)]
pub(crate) struct KnownBase {
    change: Option<i64>,
    denominators: Arc<Denominators>,
}

async fn read_denominators(store: &Store) -> Result<Denominators, AppError> {
    let count = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
    let rows = base::list_base(store).await?.into_iter().map(|row| BaseRow {
        month: row.month,
        unit: Some(row.unit_id),
        product: Some(row.product),
        segment: Some(row.segment),
        region: Some(row.region),
        customers: count(row.customers),
        transactions: count(row.transactions),
        contracts: count(row.contracts),
    });
    Ok(Denominators::new(rows))
}

/// What lies in the scope. Its units already include everything below them.
pub fn scope_filter(scope: &Scope) -> Filter {
    match scope {
        Scope::Company => Filter::All,
        Scope::Units(units) => Filter::any_of(Dimension::Unit, units.iter().map(|unit| unit.0.clone())),
    }
}
