//! The series around an anomaly: what was, what was expected, and the band between.

use otklik_facts::Facts;
use otklik_metrics::watch::Anomaly;
use otklik_metrics::{DatePeriod, day_number};
use serde::Serialize;
use utoipa::ToSchema;

use super::find::watchable;
use crate::{App, AppError};

/// Days shown before an anomaly and after it.
const AROUND_DAYS: i32 = 84;

/// Point by point, in the unit of the metric.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AnomalyChart {
    pub points: Vec<AnomalyPoint>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AnomalyPoint {
    /// A day, or a week from Monday to Sunday.
    pub period: DatePeriod,
    pub value: Option<f64>,
    pub n: u64,
    /// What was expected of it; absent where the series had not yet shown what is usual.
    pub expected: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Lies within the anomaly.
    pub marked: bool,
}

impl App {
    /// Reads the series of an anomaly again, as it was scanned when it was found.
    pub async fn chart_anomaly(&self, anomaly: &Anomaly) -> Result<AnomalyChart, AppError> {
        let of = anomaly.dimension.as_deref().zip(anomaly.value.as_deref());
        let watched = self.find_watched(&anomaly.metric, anomaly.metric_version, of).await?;
        let days = DatePeriod { from: anomaly.from_on.clone(), to: anomaly.to_on.clone() }.days()?;
        let (grain, among) = (anomaly.grain, usize::try_from(anomaly.watched).unwrap_or(usize::MAX));
        let denominators = self.denominators().await?;
        let today = day_number(self.today().await?);
        let read = move |facts: &Facts| -> Result<Vec<AnomalyPoint>, AppError> {
            let Some(period) = watchable(facts, today)? else { return Ok(Vec::new()) };
            let Some(series) = watched.read_at(facts, (period, grain), &denominators)? else {
                return Ok(Vec::new());
            };
            let scan = series.scan(among);
            let near = |at: &usize| {
                series.points.get(*at).is_some_and(|point| {
                    point.from >= days.from - AROUND_DAYS && point.to <= days.to + AROUND_DAYS
                })
            };
            let point = |at: usize| {
                let expected = scan.expected.get(at).copied().flatten();
                AnomalyPoint {
                    period: DatePeriod::of(series.points[at]),
                    value: series.value(at),
                    n: series.tallies[at].n(),
                    expected: expected.map(|expected| expected.value),
                    low: expected.map(|expected| expected.low),
                    high: expected.map(|expected| expected.high),
                    marked: series.points[at].from < days.to && days.from < series.points[at].to,
                }
            };
            Ok((0..series.points.len()).filter(near).map(point).collect())
        };
        Ok(AnomalyChart { points: self.ask(read).await? })
    }
}
