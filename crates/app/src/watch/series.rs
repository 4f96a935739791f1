//! Which series are watched: each metric over all items; the main ones by unit; the count of items by topic, channel
//! and product.

use otklik_facts::{Dimension, Facts, Filter, Period};
use otklik_metrics::watch::{Series, read_series};
use otklik_metrics::{Denominators, Metric, list_metrics};
use otklik_platform::{Scope, units};
use otklik_stats::Tally;
use otklik_stats::anomaly::Grain;
use otklik_store::ids::UnitId;
use otklik_voice::topics;

use crate::{App, AppError};

/// Metrics that are watched for every unit.
const BY_UNIT: [&str; 4] = ["count", "nps", "csat", "complaint_share"];
/// The metric whose parts are watched by topic, channel and product.
const COUNT: &str = "count";
/// Answers that a step must usually have before a score is watched in it.
const ANSWERS: f64 = 20.0;
/// Events that a step must usually have before their level is watched in it; fewer are watched for spikes alone.
const EVENTS: f64 = 2.0;
/// Steps that say what is usual.
const USUAL_STEPS: usize = 56;

/// A metric and the items that it is watched for, everything expanded and ready to be counted.
#[derive(Debug, Clone)]
pub(super) struct Watched {
    pub metric: Metric,
    /// Empty with an empty value: all items.
    pub dimension: String,
    pub value: String,
    pub unit_id: Option<UnitId>,
    pub filter: Filter,
}

impl App {
    /// Everything that is watched today.
    pub(super) async fn list_watched(&self) -> Result<Vec<Watched>, AppError> {
        let mut metrics = Vec::new();
        for definition in list_metrics(&self.store).await? {
            metrics.push(self.prepare_definition(definition).await?);
        }
        let mut watched = Vec::new();
        for metric in &metrics {
            watched.push(self.watch(metric, None).await?);
        }
        let units = units::list_units(&self.store).await?;
        for metric in metrics.iter().filter(|metric| BY_UNIT.contains(&metric.definition.code.as_str())) {
            for unit in units.iter().filter(|unit| unit.archived_at.is_none()) {
                watched.push(self.watch(metric, Some((Dimension::Unit, unit.id.0.clone()))).await?);
            }
        }
        let Some(count) = metrics.iter().find(|metric| metric.definition.code == COUNT) else {
            return Ok(watched);
        };
        let topics = topics::list_topics(&self.store).await?;
        let topics = topics.into_iter().filter(|topic| topic.archived_at.is_none());
        let mut values: Vec<(Dimension, String)> =
            topics.map(|topic| (Dimension::Topic, topic.id.0)).collect();
        for dimension in [Dimension::Channel, Dimension::Product] {
            let there = self.list_values(&Scope::Company, dimension.clone()).await?;
            values.extend(there.into_iter().map(|(value, _)| (dimension.clone(), value)));
        }
        for of in values {
            watched.push(self.watch(count, Some(of)).await?);
        }
        Ok(watched)
    }

    /// One series by its name.
    pub(super) async fn find_watched(
        &self,
        metric: &str,
        version: i64,
        of: Option<(&str, &str)>,
    ) -> Result<Watched, AppError> {
        let metric = self.load_metric(metric, Some(version)).await?;
        let of = match of {
            Some((dimension, value)) => Some((dimension.parse::<Dimension>()?, value.to_owned())),
            None => None,
        };
        self.watch(&metric, of).await
    }

    async fn watch(&self, metric: &Metric, of: Option<(Dimension, String)>) -> Result<Watched, AppError> {
        let Some((dimension, value)) = of else {
            return Ok(Watched {
                metric: metric.clone(),
                dimension: String::new(),
                value: String::new(),
                unit_id: None,
                filter: Filter::All,
            });
        };
        let filter = Filter::any_of(dimension.clone(), [value.clone()]);
        Ok(Watched {
            metric: metric.clone(),
            dimension: dimension.to_string(),
            unit_id: (dimension == Dimension::Unit).then(|| UnitId(value.clone())),
            filter: self.resolve_filter(filter, None).await?,
            value,
        })
    }
}

/// A series at a step of time in which it says something, and whether its level can be watched there.
pub(super) struct Readable {
    pub series: Series,
    pub spikes_only: bool,
}

impl Watched {
    /// The series by days, or by whole weeks where days have too few answers. Rare events are read twice: by days,
    /// where a spike shows on its day, and by weeks, where a shift shows at all.
    pub(super) fn read(
        &self,
        facts: &Facts,
        period: Period,
        denominators: &Denominators,
    ) -> Result<Vec<Readable>, AppError> {
        let read =
            |grain, period| read_series(facts, &self.metric, &self.filter, (period, grain), denominators);
        let Some(days) = read(Grain::Day, period)? else { return Ok(Vec::new()) };
        let a_day = usual(&days);
        if !days.counts {
            if a_day >= ANSWERS {
                return Ok(vec![Readable { series: days, spikes_only: false }]);
            }
            let weeks = read(Grain::Week, whole_weeks(period))?.filter(|weeks| usual(weeks) >= ANSWERS);
            return Ok(weeks.into_iter().map(|series| Readable { series, spikes_only: false }).collect());
        }
        if a_day >= EVENTS {
            return Ok(vec![Readable { series: days, spikes_only: false }]);
        }
        let weeks = read(Grain::Week, whole_weeks(period))?.filter(|weeks| usual(weeks) >= EVENTS);
        let weeks = weeks.into_iter().map(|series| Readable { series, spikes_only: false });
        Ok([Readable { series: days, spikes_only: true }].into_iter().chain(weeks).collect())
    }

    /// The same at one step of time.
    pub(super) fn read_at(
        &self,
        facts: &Facts,
        (period, grain): (Period, Grain),
        denominators: &Denominators,
    ) -> Result<Option<Series>, AppError> {
        let period = if grain == Grain::Week { whole_weeks(period) } else { period };
        Ok(read_series(facts, &self.metric, &self.filter, (period, grain), denominators)?)
    }
}

/// Answers or events of a step, on average over the last ones.
fn usual(series: &Series) -> f64 {
    let last = &series.tallies[series.tallies.len().saturating_sub(USUAL_STEPS)..];
    last.iter().map(Tally::n).sum::<u64>() as f64 / last.len().max(1) as f64
}

/// The ISO weeks that lie wholly in a period; day 0 was a Thursday.
fn whole_weeks(period: Period) -> Period {
    let monday = |day: i32| day - (day + 3).rem_euclid(7);
    Period { from: monday(period.from + 6), to: monday(period.to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_mondays() {
        // 1970-01-05 was a Monday.
        assert_eq!(whole_weeks(Period { from: 0, to: 20 }), Period { from: 4, to: 18 });
        assert_eq!(whole_weeks(Period { from: 4, to: 18 }), Period { from: 4, to: 18 });
    }
}
