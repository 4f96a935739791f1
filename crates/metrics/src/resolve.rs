//! From a definition to everything that it stands on.

use std::collections::BTreeMap;

use otklik_store::Store;

use crate::error::MAX_DEPTH;
use crate::{Definition, Formula, Metric, MetricDraft, MetricError, expression, load_metric};

/// A draft as a metric that can answer queries and be stored: checked, its formula holding the newest version of every
/// metric that it names.
///
/// # Errors
/// `BadDefinition`, `BadExpression`; `UnknownMetric` where the formula names one that is not there; `Circular` where it
/// leads back to the metric itself; `TooDeep`.
pub async fn prepare_metric(store: &Store, draft: MetricDraft) -> Result<Metric, MetricError> {
    let mut definition = Definition::from(draft);
    definition.check()?;
    if let Formula::Expression { text, parts } = &mut definition.formula {
        parts.clear();
        for code in expression::parse(text)?.variables() {
            let part = load_metric(store, &code, None).await?;
            parts.insert(code, part.version);
        }
    }
    let metric = resolve_metric(store, definition).await?;
    match metric.parts.values().any(|part| part.names(&metric.definition.code)) {
        true => Err(MetricError::Circular(metric.definition.code)),
        false => Ok(metric),
    }
}

/// A stored definition with those that its formula names.
///
/// # Errors
/// `UnknownMetric`, `TooDeep`.
pub async fn resolve_metric(store: &Store, definition: Definition) -> Result<Metric, MetricError> {
    resolve(store, definition, MAX_DEPTH).await
}

async fn resolve(store: &Store, definition: Definition, depth: usize) -> Result<Metric, MetricError> {
    let depth = depth.checked_sub(1).ok_or(MetricError::TooDeep)?;
    let mut parts = BTreeMap::new();
    if let Formula::Expression { parts: named, .. } = &definition.formula {
        for (code, version) in named {
            let part = load_metric(store, code, Some(*version)).await?;
            parts.insert(code.clone(), Box::pin(resolve(store, part, depth)).await?);
        }
    }
    Ok(Metric { definition, parts })
}

impl Metric {
    /// Whether it is this metric or stands on it, in whatever version.
    fn names(&self, code: &str) -> bool {
        self.definition.code == code || self.parts.values().any(|part| part.names(code))
    }
}
