//! Numbers: a question of the screen, the API or the command line, answered within what the reader may see.

use std::collections::BTreeMap;
use std::sync::Arc;

use otklik_facts::{Dimension, Facts, Filter};
use otklik_metrics::{
    BaseRow, Definition, Denominators, Metric, MetricAnswer, MetricDraft, MetricQuery, evaluate, load_metric,
    prepare_metric, resolve_metric,
};
use otklik_platform::Scope;
use otklik_store::Store;
use otklik_voice::base;

use crate::{App, AppError};

/// Most questions of one batch: more cards than a board has, twice over.
const MOST_QUESTIONS: usize = 100;

impl App {
    /// Answers a question over the items of a scope; `search` narrows it to what people typed into the search box.
    pub async fn answer(
        &self,
        scope: &Scope,
        query: MetricQuery,
        search: Option<&str>,
    ) -> Result<MetricAnswer, AppError> {
        let metric = self.load_metric(&query.metric, None).await?;
        self.answer_with(metric, scope, query, search).await
    }

    /// Answers many questions at once, each in its place; one that cannot be answered does not stop the others.
    ///
    /// # Errors
    /// What concerns all of them: too many, or no database.
    pub async fn answer_each(
        &self,
        scope: &Scope,
        questions: Vec<(MetricQuery, Option<String>)>,
    ) -> Result<Vec<Result<MetricAnswer, AppError>>, AppError> {
        if questions.len() > MOST_QUESTIONS {
            return Err(AppError::TooManyQuestions { given: questions.len(), limit: MOST_QUESTIONS });
        }
        let denominators = self.denominators().await?;
        let mut asked = Vec::with_capacity(questions.len());
        let mut known = Known::default();
        for (query, search) in questions {
            asked.push(self.ready(&mut known, scope, query, search).await);
        }
        let answers = move |facts: &Facts| {
            let answer = |ready: Result<(Arc<Metric>, MetricQuery), AppError>| {
                let (metric, query) = ready?;
                Ok(evaluate(facts, &metric, &query, &denominators)?)
            };
            Ok::<_, AppError>(asked.into_iter().map(answer).collect())
        };
        self.ask(answers).await
    }

    /// A question with its metric and its whole filter; both are looked up once for all questions of a batch.
    async fn ready(
        &self,
        known: &mut Known,
        scope: &Scope,
        query: MetricQuery,
        search: Option<String>,
    ) -> Result<(Arc<Metric>, MetricQuery), AppError> {
        let metric = match known.metrics.get(&query.metric) {
            Some(metric) => metric.clone(),
            None => Arc::new(self.load_metric(&query.metric, None).await?),
        };
        known.metrics.insert(query.metric.clone(), metric.clone());
        let words = search.unwrap_or_default();
        let found = match known.words.get(&words) {
            Some(found) => found.clone(),
            None => self.search_filter(&words).await?,
        };
        known.words.insert(words, found.clone());
        let filter = self.resolve_filter(query.filter, None).await?.and(found).and(scope_filter(scope));
        Ok((metric, MetricQuery { filter, ..query }))
    }

    /// Answers a question with a definition that is not stored; whatever metric the question names.
    pub async fn preview_metric(
        &self,
        scope: &Scope,
        draft: MetricDraft,
        query: MetricQuery,
        search: Option<&str>,
    ) -> Result<MetricAnswer, AppError> {
        let query = MetricQuery { metric: draft.code.clone(), ..query };
        let metric = self.branch_out(prepare_metric(&self.store, draft).await?);
        self.answer_with(metric, scope, query, search).await
    }

    /// A metric ready to be counted with, by default in its newest version.
    pub async fn load_metric(&self, code: &str, version: Option<i64>) -> Result<Metric, AppError> {
        self.prepare_definition(load_metric(&self.store, code, version).await?).await
    }

    /// A stored definition with those that its formula names, units and topics standing for their branches.
    pub async fn prepare_definition(&self, definition: Definition) -> Result<Metric, AppError> {
        Ok(self.branch_out(resolve_metric(&self.store, definition).await?))
    }

    fn branch_out(&self, metric: Metric) -> Metric {
        let directory = self.directory.load();
        metric.with_filters(&|filter| directory.expand(filter))
    }

    async fn answer_with(
        &self,
        metric: Metric,
        scope: &Scope,
        query: MetricQuery,
        search: Option<&str>,
    ) -> Result<MetricAnswer, AppError> {
        let filter = self.resolve_filter(query.filter, search).await?.and(scope_filter(scope));
        let query = MetricQuery { filter, ..query };
        let denominators = self.denominators().await?;
        self.ask(move |facts| evaluate(facts, &metric, &query, &denominators)).await
    }

    /// The values of a dimension that occur among the items of a scope, the most frequent first.
    pub async fn list_values(
        &self,
        scope: &Scope,
        dimension: Dimension,
    ) -> Result<Vec<(String, u64)>, AppError> {
        let filter = scope_filter(scope);
        self.ask(move |facts| facts.values(&filter, &dimension)).await
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

/// What the questions of one batch have in common.
#[derive(Default)]
struct Known {
    metrics: BTreeMap<String, Arc<Metric>>,
    /// What search words found.
    words: BTreeMap<String, Filter>,
}

/// The customer base as it was at a change of it.
#[derive(Debug, Default)]
pub(crate) struct KnownBase {
    change: Option<i64>,
    denominators: Arc<Denominators>,
}

async fn read_denominators(store: &Store) -> Result<Denominators, AppError> {
    let count = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
    let rows = base::load_base(store).await?.into_iter().map(|row| BaseRow {
        month: row.month,
        unit: Some(row.unit_id),
        product: Some(row.product),
        segment: Some(row.segment),
        region: Some(row.region),
        customers: count(row.customers),
        transactions: count(row.transactions),
        contracts: count(row.contracts),
        invitations: count(row.invitations),
        starts: count(row.starts),
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
