//! The customer base: how many active customers, transactions or contracts a slice had in a month.

use std::collections::{BTreeMap, BTreeSet};

use otklik_facts::{Dimension, Period};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calendar::{length, months};
use crate::slice::{Slice, Slices};

/// Months for which the last known number may stand in: the month that has just begun is rarely imported yet.
const CARRIED_MONTHS: usize = 2;

/// Which number of the customer base divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricBase)]
pub enum Base {
    /// Active customers.
    Customers,
    Transactions,
    Contracts,
    /// Invitations that arrived: sent, less those that were not delivered or skipped by rules.
    Invitations,
    /// Questionnaires that were begun.
    Starts,
}

impl Base {
    /// What is counted in a month and adds up over months; of the others a period has the mean.
    pub(crate) fn is_flow(self) -> bool {
        matches!(self, Self::Invitations | Self::Starts)
    }
}

/// One row of the customer base. A slice is named by all its dimensions: `None` or an empty text means «all
/// together», so that the company's total is the row with none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseRow {
    /// `2026-11`.
    pub month: String,
    pub unit: Option<String>,
    pub product: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    pub customers: Option<u64>,
    pub transactions: Option<u64>,
    pub contracts: Option<u64>,
    pub invitations: Option<u64>,
    pub starts: Option<u64>,
}

/// All rows, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Denominators {
    slices: BTreeMap<Slice, BTreeMap<String, [Option<u64>; 5]>>,
}

/// A denominator, and whether a month borrowed the number of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Denominator {
    pub(crate) value: f64,
    pub(crate) carried: bool,
}

impl Denominators {
    /// From the rows of the customer base; of two rows of one slice and month the later one counts.
    pub fn new(rows: impl IntoIterator<Item = BaseRow>) -> Self {
        let mut slices: BTreeMap<Slice, BTreeMap<String, [Option<u64>; 5]>> = BTreeMap::new();
        for row in rows {
            let slice = [row.unit, row.product, row.segment, row.region];
            let slice = Slice(slice.map(|name| name.filter(|name| !name.is_empty())));
            let counts = [row.customers, row.transactions, row.contracts, row.invitations, row.starts];
            slices.entry(slice).or_default().insert(row.month, counts);
        }
        Self { slices }
    }

    pub fn is_empty(&self) -> bool {
        self.slices.is_empty()
    }

    /// The values of a dimension that have a row of their own, all else together.
    pub(crate) fn levels(&self, dimension: &Dimension) -> Vec<String> {
        let mut levels = BTreeSet::new();
        for slice in self.slices.keys() {
            let named: Vec<_> = slice.named().collect();
            if let [(only, value)] = named[..]
                && only == dimension
            {
                levels.insert(value.clone());
            }
        }
        levels.into_iter().collect()
    }

    /// The mean of the monthly numbers over a period, each month weighted by its days in the period, summed over the
    /// slices. With 1,000 customers in January and 2,000 in February, 15 January to 14 February (17 and 14 days) has
    /// (17 · 1,000 + 14 · 2,000) / 31 = 1,451.6. Of what adds up over months each month gives the part of its days:
    /// with 1,000 invitations in January and 2,000 in February that is 17/31 · 1,000 + 14/28 · 2,000 = 1,548.4.
    ///
    /// `None` unless every slice has its own row in every month of the period; a month without one takes the number
    /// of up to two months before, and says so. Nothing is added up from finer rows or divided from coarser ones.
    pub(crate) fn mean(&self, slices: &Slices, base: Base, period: Period) -> Option<Denominator> {
        let mut sum = Denominator { value: 0.0, carried: false };
        for slice in slices.each()? {
            let known = self.slices.get(&slice)?;
            for (month, days) in months(period) {
                let (count, carried) = number(known, base, &month)?;
                let whole = if base.is_flow() { crate::calendar::month(&month)? } else { period };
                sum.value += count as f64 * f64::from(length(days)) / f64::from(length(whole));
                sum.carried |= carried;
            }
        }
        (sum.value > 0.0).then_some(sum)
    }
}

/// The number of a month, or of the nearest of the months just before, and whether it was borrowed.
fn number(known: &BTreeMap<String, [Option<u64>; 5]>, base: Base, month: &str) -> Option<(u64, bool)> {
    let count = |counts: &[Option<u64>; 5]| counts[base as usize];
    if let Some(number) = known.get(month).and_then(count) {
        return Some((number, false));
    }
    let (last, number) =
        known.range(..month.to_owned()).rev().find_map(|(m, counts)| Some((m, count(counts)?)))?;
    (months_between(last, month)? <= CARRIED_MONTHS).then_some((number, true))
}

fn months_between(earlier: &str, later: &str) -> Option<usize> {
    let (first, last) = (crate::calendar::month(earlier)?, crate::calendar::month(later)?);
    Some(months(Period { from: first.from, to: last.from }).len())
}

#[cfg(test)]
mod tests {
    use otklik_facts::Filter;

    use super::*;
    use crate::DatePeriod;

    fn row(month: &str, segment: Option<&str>, customers: u64) -> BaseRow {
        let segment = segment.map(str::to_owned);
        BaseRow { month: month.into(), segment, customers: Some(customers), ..BaseRow::default() }
    }

    fn mean(rows: &[BaseRow], filter: &Filter, from: &str, to: &str) -> Option<(f64, bool)> {
        let period = DatePeriod { from: from.into(), to: to.into() }.days().unwrap();
        let found = Denominators::new(rows.to_vec()).mean(&Slices::of(filter), Base::Customers, period)?;
        Some(((found.value * 10.0).round() / 10.0, found.carried))
    }

    #[test]
    fn months_are_weighted_by_their_days() {
        let rows = [row("2026-01", None, 1_000), row("2026-02", None, 2_000)];
        assert_eq!(mean(&rows, &Filter::All, "2026-01-15", "2026-02-14"), Some((1_451.6, false)));
        assert_eq!(mean(&rows, &Filter::All, "2026-02-01", "2026-02-28"), Some((2_000.0, false)));
    }

    #[test]
    fn what_adds_up_is_divided_by_the_days_of_its_month() {
        let row = |month: &str, invitations| BaseRow {
            month: month.into(),
            invitations: Some(invitations),
            ..BaseRow::default()
        };
        let known = Denominators::new([row("2026-01", 1_000), row("2026-02", 2_000)]);
        let sum = |from: &str, to: &str| {
            let period = DatePeriod { from: from.into(), to: to.into() }.days().unwrap();
            known.mean(&Slices::of(&Filter::All), Base::Invitations, period).map(|found| found.value.round())
        };
        assert_eq!(sum("2026-01-15", "2026-02-14"), Some(1_548.0));
        assert_eq!(sum("2026-01-01", "2026-02-28"), Some(3_000.0));
    }

    #[test]
    fn a_month_that_is_not_imported_yet_borrows_for_two_months() {
        let rows = [row("2026-01", None, 1_000)];
        assert_eq!(mean(&rows, &Filter::All, "2026-03-01", "2026-03-31"), Some((1_000.0, true)));
        assert_eq!(mean(&rows, &Filter::All, "2026-04-01", "2026-04-30"), None);
        assert_eq!(mean(&rows, &Filter::All, "2025-12-01", "2025-12-31"), None);
    }

    #[test]
    fn a_slice_needs_rows_of_its_own() {
        let rows =
            [row("2026-01", None, 1_000), row("2026-01", Some("mass"), 700), row("2026-01", Some("vip"), 20)];
        let segments = |values: &[&str]| Filter::any_of(Dimension::Segment, values.iter().copied());
        let january =
            |filter: Filter| mean(&rows, &filter, "2026-01-01", "2026-01-31").map(|(value, _)| value);
        assert_eq!(january(segments(&["mass"])), Some(700.0));
        assert_eq!(january(segments(&["mass", "vip"])), Some(720.0));
        assert_eq!(january(segments(&["mass", "private"])), None);
        assert_eq!(january(Filter::any_of(Dimension::Region, ["Урал"])), None);
    }
}
