//! One group's value: from its counts and denominator to a number with an interval, or a refusal.

use std::collections::BTreeMap;

use otklik_stats::interval::weighted;
use otklik_stats::{Confidence, RateTally, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Formula;
use crate::count::Counts;
use crate::denominators::Denominator;
use crate::expression::{Expression, derive};

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
    /// More customers were heard than the customer base has, or more answers than invitations: its numbers cannot be
    /// right.
    DenominatorTooSmall,
    /// A formula over other metrics has no value here: it divides by zero.
    Undefined,
    /// A group of the customer base did not answer here: no weight can speak for it.
    NoWeights,
}

/// A value, or why there is none, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) value: Option<f64>,
    pub(crate) interval: Option<(f64, f64)>,
    /// Standard error of the value, in its unit; a total's is that of a count of events.
    pub(crate) se: f64,
    pub(crate) n: u64,
    pub(crate) customers: u64,
    pub(crate) denominator: Option<Denominator>,
    pub(crate) refusal: Option<Refusal>,
    /// Days in which it was counted.
    pub(crate) days: i32,
    /// Of weighted answers, as many of equal weight would tell as much.
    pub(crate) n_eff: Option<f64>,
    /// A covariance within it stands at its upper bound.
    pub(crate) bounded: bool,
    /// Of a formula over other metrics there is none.
    tally: Option<Tally>,
}

impl Reading {
    /// `denominator` is what the customer base has for the slice, looked up where the formula asks for it.
    pub(crate) fn new(
        formula: &Formula,
        counts: &Counts,
        denominator: Option<Denominator>,
        days: i32,
    ) -> Self {
        let tally = formula.tally(counts, denominator.map_or(0.0, |denominator| denominator.value));
        let n = match tally {
            Some(_) if formula.is_share_of_base() => formula.events(counts),
            Some(tally) => tally.n(),
            None => counts.items,
        };
        let refusal = refuse(formula, counts, denominator, n);
        let estimate = tally
            .filter(|_| refusal.is_none())
            .and_then(|tally| Some(tally.estimate(Confidence::DEFAULT)?.scaled(formula.factor())));
        Self {
            value: estimate.map(|estimate| estimate.value),
            interval: estimate.filter(|_| !formula.is_total()).map(|estimate| (estimate.low, estimate.high)),
            se: estimate.map_or(0.0, |estimate| estimate.se),
            n,
            customers: counts.customers,
            denominator,
            refusal,
            days,
            n_eff: None,
            bounded: counts.moments.is_some_and(|moments| moments.bounded),
            tally,
        }
    }

    /// The value of a formula over other metrics; it rests on as many answers as the part with the fewest.
    pub(crate) fn derived(
        expression: &Expression,
        counts: &Counts,
        parts: &BTreeMap<String, &Reading>,
        days: i32,
    ) -> Self {
        let derived = derive(expression, parts);
        let interval = |se: f64| Confidence::DEFAULT.z() * se;
        Self {
            value: derived.ok().map(|derived| derived.value),
            interval: derived
                .ok()
                .map(|found| (found.value - interval(found.se), found.value + interval(found.se))),
            se: derived.map_or(0.0, |derived| derived.se),
            n: parts.values().map(|part| part.n).min().unwrap_or_default(),
            customers: counts.customers,
            denominator: None,
            refusal: derived.err(),
            days,
            n_eff: None,
            bounded: parts.values().any(|part| part.bounded),
            tally: None,
        }
    }

    /// Puts the weighted value of these groups in place of the plain one; without groups, that there is none.
    pub(crate) fn weigh(&mut self, formula: &Formula, groups: Option<&[(Tally, f64)]>) {
        if self.refusal.is_some() {
            return;
        }
        let found = groups.and_then(|groups| weighted(groups, Confidence::DEFAULT));
        let estimate = found.map(|found| found.estimate.scaled(formula.factor()));
        self.value = estimate.map(|estimate| estimate.value);
        self.interval = estimate.map(|estimate| (estimate.low, estimate.high));
        self.se = estimate.map_or(0.0, |estimate| estimate.se);
        self.n_eff = found.map(|found| found.n_eff);
        self.refusal = found.is_none().then_some(Refusal::NoWeights);
        // What is compared is the weighted value with its error, not the counts.
        self.tally = None;
    }

    /// The counts to compare by; `None` where the value was refused or is not counted. Events are counted by the day,
    /// so that a month can be held against a longer one.
    pub(crate) fn tally_by_day(&self) -> Option<Tally> {
        self.value?;
        Some(match self.tally? {
            Tally::Rate(rate) => {
                Tally::Rate(RateTally { exposure: rate.exposure * f64::from(self.days), ..rate })
            }
            other => other,
        })
    }
}

fn refuse(formula: &Formula, counts: &Counts, denominator: Option<Denominator>, n: u64) -> Option<Refusal> {
    match (formula.base(), denominator) {
        (Some(_), None) => Some(Refusal::NoDenominator),
        (Some(_), Some(base)) if formula.is_share_of_base() && formula.events(counts) as f64 > base.value => {
            Some(Refusal::DenominatorTooSmall)
        }
        (Some(_), Some(_)) => None,
        (None, _) if formula.is_total() => None,
        (None, _) if n == 0 => Some(Refusal::NoData),
        (None, _) if n < MINIMUM_ANSWERS => Some(Refusal::TooFew),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use otklik_facts::{Filter, Score};

    use super::*;
    use crate::{Answers, Base, Counted};

    fn base(value: f64) -> Option<Denominator> {
        Some(Denominator { value, carried: false })
    }

    fn rate(of: Counted, per: u32) -> Formula {
        Formula::Rate { of, matching: Filter::All, base: Base::Customers, per }
    }

    #[test]
    fn a_total_has_no_interval_and_may_be_zero() {
        let reading = Reading::new(&Formula::Items, &Counts::default(), None, 30);
        assert_eq!((reading.value, reading.interval, reading.refusal), (Some(0.0), None, None));
    }

    #[test]
    fn few_answers_are_refused_and_five_are_not() {
        let answers = |n| Counts { answers: vec![0, 0, 0, 0, n], ..Counts::default() };
        let share = Formula::ScoreShare { score: Answers::Score(Score::Csat), from: 4 };
        let refusal = |n| Reading::new(&share, &answers(n), None, 30).refusal;
        assert_eq!(
            [refusal(0), refusal(4), refusal(5)],
            [Some(Refusal::NoData), Some(Refusal::TooFew), None]
        );
        let five = Reading::new(&share, &answers(5), None, 30);
        assert_eq!((five.value, five.n), (Some(100.0), 5));
    }

    #[test]
    fn a_rate_needs_its_denominator() {
        let counts = Counts { items: 30, customers: 25, ..Counts::default() };
        let rate = rate(Counted::Items, 1_000);
        assert_eq!(Reading::new(&rate, &counts, None, 30).refusal, Some(Refusal::NoDenominator));
        let known = Reading::new(&rate, &counts, base(12_000.0), 30);
        assert_eq!((known.value, known.n, known.customers), (Some(2.5), 30, 25));
        assert!(Reading::new(&rate, &Counts::default(), base(12_000.0), 30).interval.unwrap().1 > 0.0);
    }

    #[test]
    fn more_customers_heard_than_there_are_is_refused() {
        let counts = Counts { items: 30, customers: 25, ..Counts::default() };
        let reading = |known| Reading::new(&rate(Counted::Customers, 100), &counts, base(known), 30);
        assert_eq!(reading(20.0).refusal, Some(Refusal::DenominatorTooSmall));
        assert_eq!((reading(100.0).value, reading(100.0).n), (Some(25.0), 25));
    }
}
