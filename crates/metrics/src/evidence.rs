//! The items behind a number: the list's filter is the number's filter.

use std::collections::BTreeMap;

use otklik_facts::{Dimension, Filter, Period};

use crate::{DatePeriod, Definition, MetricError};

/// What to select the items by.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub filter: Filter,
    pub period: Option<Period>,
}

/// The items that a row's value was made of: those of the query's filter that the formula looks at, with the row's
/// value of each dimension. An empty `key` asks for the items of the overall value.
///
/// # Errors
/// `BadPeriod`, `UnknownDimension`.
pub fn find_evidence(
    definition: &Definition,
    filter: &Filter,
    period: Option<&DatePeriod>,
    key: &BTreeMap<String, Option<String>>,
) -> Result<Evidence, MetricError> {
    let mut items = filter.clone().and(definition.formula.evidence());
    for (name, value) in key {
        let dimension: Dimension = name.parse().map_err(|_| MetricError::UnknownDimension(name.clone()))?;
        items = items.and(match value {
            Some(value) => Filter::any_of(dimension, [value]),
            None => Filter::Missing { dimension },
        });
    }
    Ok(Evidence { filter: items, period: period.map(DatePeriod::days).transpose()? })
}
