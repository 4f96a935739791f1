//! Targets with the way that is left to them.

use otklik_facts::{Dimension, Facts, Filter, day_number};
use otklik_metrics::{Target, TargetProgress, list_targets, measure_progress};
use otklik_platform::Scope;

use crate::questions::scope_filter;
use crate::{App, AppError};

/// A target, and how far the metric is from it.
#[derive(Debug)]
pub struct Aim {
    pub target: Target,
    pub progress: Result<TargetProgress, AppError>,
}

impl App {
    /// The targets of a scope and those of the whole company, each measured over the items that the reader may see.
    pub async fn list_aims(&self, scope: &Scope) -> Result<Vec<Aim>, AppError> {
        let mut targets = list_targets(&self.store).await?;
        targets.retain(|target| {
            target.content.unit_id.is_none() || scope.covers(target.content.unit_id.as_ref())
        });
        let today = day_number(self.today().await?);
        let denominators = self.denominators().await?;
        let mut asked = Vec::with_capacity(targets.len());
        for target in targets {
            let metric = self.load_metric(&target.content.metric, None).await;
            let unit = target.content.unit_id.iter().map(|unit| unit.0.clone());
            let of_unit = match &target.content.unit_id {
                Some(_) => Filter::any_of(Dimension::Unit, unit),
                None => Filter::All,
            };
            let filter = of_unit.and(target.content.filter.clone());
            asked.push((target, metric, self.resolve_filter(filter, None).await?.and(scope_filter(scope))));
        }
        let measure = move |facts: &Facts| {
            let aim = |(target, metric, filter): (Target, _, _)| {
                let measured = |metric| {
                    let content = &target.content;
                    Ok(measure_progress(facts, &metric, &denominators, content, filter, today)?)
                };
                let progress = Result::and_then(metric, measured);
                Aim { target, progress }
            };
            Ok::<_, AppError>(asked.into_iter().map(aim).collect())
        };
        self.ask(measure).await
    }
}
