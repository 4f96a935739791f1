//! The items behind a number: the list's filter is the number's filter.

use std::collections::BTreeMap;

use otklik_facts::{Dimension, Filter, Period};

use crate::calendar::steps;
use crate::{DatePeriod, Grain, Metric, MetricError, Window, day_number};

/// What to select the items by.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub filter: Filter,
    pub period: Option<Period>,
}

/// The items that a row's value was made of: those of the query's filter that the metric looks at, with the row's
/// value of each dimension; where the metric has a window, those of the window that ends with the row's step of time.
/// An empty `key` asks for the items of the overall value.
///
/// # Errors
/// `BadPeriod`, `UnknownDimension`.
pub fn find_evidence(
    metric: &Metric,
    filter: &Filter,
    period: Option<&DatePeriod>,
    key: &BTreeMap<String, Option<String>>,
) -> Result<Evidence, MetricError> {
    let mut items = filter.clone().and(metric.evidence());
    let mut period = period.map(DatePeriod::days).transpose()?;
    for (name, value) in key {
        let dimension: Dimension = name.parse().map_err(|_| MetricError::UnknownDimension(name.clone()))?;
        let window = metric.definition.window.zip(Grain::of(&dimension)).zip(value.as_ref());
        if let Some(((window, grain), step)) = window {
            period = Some(window_at(window, grain, step, period)?);
            continue;
        }
        items = items.and(match value {
            Some(value) => Filter::any_of(dimension, [value]),
            None => Filter::Missing { dimension },
        });
    }
    Ok(Evidence { filter: items, period })
}

/// The window that ends with the step of that name.
fn window_at(
    window: Window,
    grain: Grain,
    name: &str,
    period: Option<Period>,
) -> Result<Period, MetricError> {
    let ever = || {
        let first_of = |year| day_number(jiff::civil::date(year, 1, 1));
        Period { from: first_of(1950), to: first_of(2129) }
    };
    let mut steps = steps(grain, period.unwrap_or_else(ever)).into_iter();
    let step = steps.find_map(|(step, days)| (step == name).then_some(days));
    step.map(|step| window.of(step)).ok_or_else(|| MetricError::BadPeriod(name.to_owned()))
}
