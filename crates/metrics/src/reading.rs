//! One group's value: from its counts and denominator to a number with an interval, or a refusal.

use otklik_facts::Cell;
use otklik_stats::{Confidence, RateTally, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Formula;
use crate::denominators::Denominator;

/// Answers below which a mean, a share or an NPS is not shown.
pub(crate) const MINIMUM_ANSWERS: u64 = 5;

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricRefusal)]
pub enum Refusal {
    /// Nobody answered.
    NoData,
    /// Fewer than five answers.
    TooFew,
    /// The customer base has no row for exactly this slice in every month of the period.
    NoDenominator,
    /// More customers were heard than the customer base has: its numbers cannot be right.
    DenominatorTooSmall,
}

/// A value, or why there is none, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) value: Option<f64>,
    pub(crate) interval: Option<(f64, f64)>,
    pub(crate) n: u64,
    pub(crate) customers: u64,
    pub(crate) denominator: Option<Denominator>,
    pub(crate) refusal: Option<Refusal>,
    /// Days in which it was counted.
    pub(crate) days: i32,
    tally: Tally,
}

impl Reading {
    /// `denominator` is what the customer base has for the slice, looked up where the formula asks for it.
    pub(crate) fn new(formula: Formula, cell: &Cell, denominator: Option<Denominator>, days: i32) -> Self {
        let tally = formula.tally(cell, denominator.map_or(0.0, |denominator| denominator.value));
        let refusal = refuse(formula, cell, denominator, &tally);
        let estimate = match refusal {
            None => tally.estimate(Confidence::DEFAULT).map(|estimate| estimate.scaled(formula.factor())),
            Some(_) => None,
        };
        Self {
            value: estimate.map(|estimate| estimate.value),
            interval: estimate.filter(|_| !formula.is_total()).map(|estimate| (estimate.low, estimate.high)),
            n: if formula == Formula::ContactShare { cell.customers } else { tally.n() },
            customers: cell.customers,
            denominator,
            refusal,
            days,
            tally,
        }
    }

    /// The counts to compare by; `None` where the value was refused. Events are counted by the day, so that a month
    /// can be held against a longer one.
    pub(crate) fn tally_by_day(&self) -> Option<Tally> {
        self.value?;
        Some(match self.tally {
            Tally::Rate(rate) => {
                Tally::Rate(RateTally { exposure: rate.exposure * f64::from(self.days), ..rate })
            }
            other => other,
        })
    }
}

fn refuse(formula: Formula, cell: &Cell, denominator: Option<Denominator>, tally: &Tally) -> Option<Refusal> {
    match (formula.base(), denominator) {
        (Some(_), None) => Some(Refusal::NoDenominator),
        (Some(_), Some(base)) if formula == Formula::ContactShare && cell.customers as f64 > base.value => {
            Some(Refusal::DenominatorTooSmall)
        }
        (Some(_), Some(_)) => None,
        (None, _) if formula.is_total() => None,
        (None, _) if tally.n() == 0 => Some(Refusal::NoData),
        (None, _) if tally.n() < MINIMUM_ANSWERS => Some(Refusal::TooFew),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Base;

    fn base(value: f64) -> Option<Denominator> {
        Some(Denominator { value, carried: false })
    }

    #[test]
    fn a_total_has_no_interval_and_may_be_zero() {
        let reading = Reading::new(Formula::Items, &Cell::default(), None, 30);
        assert_eq!((reading.value, reading.interval, reading.refusal), (Some(0.0), None, None));
    }

    #[test]
    fn few_answers_are_refused_and_five_are_not() {
        let answers = |n| Cell { csat: [0, 0, 0, 0, n], ..Cell::default() };
        let share = Formula::ScoreShare { score: otklik_facts::Score::Csat, from: 4 };
        let refusal = |n| Reading::new(share, &answers(n), None, 30).refusal;
        assert_eq!(
            [refusal(0), refusal(4), refusal(5)],
            [Some(Refusal::NoData), Some(Refusal::TooFew), None]
        );
        let five = Reading::new(share, &answers(5), None, 30);
        assert_eq!((five.value, five.n), (Some(100.0), 5));
    }

    #[test]
    fn a_rate_needs_its_denominator() {
        let cell = Cell { count: 30, customers: 25, ..Cell::default() };
        let rate = Formula::ComplaintRate { base: Base::Customers, per: 1_000 };
        assert_eq!(Reading::new(rate, &cell, None, 30).refusal, Some(Refusal::NoDenominator));
        let known = Reading::new(rate, &cell, base(12_000.0), 30);
        assert_eq!((known.value, known.n, known.customers), (Some(2.5), 30, 25));
        assert!(Reading::new(rate, &Cell::default(), base(12_000.0), 30).interval.unwrap().1 > 0.0);
    }

    #[test]
    fn more_customers_heard_than_there_are_is_refused() {
        let cell = Cell { count: 30, customers: 25, ..Cell::default() };
        let reading = |known| Reading::new(Formula::ContactShare, &cell, base(known), 30);
        assert_eq!(reading(20.0).refusal, Some(Refusal::DenominatorTooSmall));
        assert_eq!((reading(100.0).value, reading(100.0).n), (Some(25.0), 25));
    }
}
