//! Did a change move a metric? Weeks before and after it, with or without a control group, for `stats` to judge.

use otklik_facts::{Facts, Filter, Period};
use otklik_stats::effect::{self, Effect, Hypothesis, Looks, Phases, Trial, Unit};
use otklik_stats::{Confidence, RateTally, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calendar::{length, weeks};
use crate::count::{Counter, Counts};
use crate::denominators::Denominator;
use crate::slice::Slices;
use crate::{DatePeriod, Denominators, Formula, Metric, MetricError};

/// Totals and rates are told for as many days, so that periods of different length can be held against each other.
const RATE_DAYS: f64 = 30.0;

/// What was fixed before release, and where to look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectQuestion {
    /// The items that the change was meant for.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    /// Items like them that it did not touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub control: Option<Filter>,
    pub before: DatePeriod,
    pub after: DatePeriod,
    pub hypothesis: Hypothesis,
    /// Whether this is the look on the day fixed before, or one of many.
    #[serde(default)]
    pub looks: Looks,
}

/// The measured effect: everything that a verdict shows and a person signs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EffectMeasure {
    pub metric: String,
    pub version: i64,
    pub exposure: Exposure,
    /// Treated before and after, then control before and after where there is one.
    pub arms: Vec<EffectArm>,
    pub hypothesis: Hypothesis,
    /// In the unit of the metric, or in per cent, as the hypothesis has it.
    pub result: Effect,
}

/// What the counts of a period were divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectExposure)]
pub enum Exposure {
    /// The answers given in it.
    Answers,
    /// Its days: values are for 30 days.
    Days,
    /// Its days and the customer base: values are for 30 days and as many customers as the metric says.
    CustomerBase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArmRole {
    TreatedBefore,
    TreatedAfter,
    ControlBefore,
    ControlAfter,
}

/// One group in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EffectArm {
    pub role: ArmRole,
    pub period: DatePeriod,
    pub value: Option<f64>,
    /// Answers; events for totals and rates.
    pub n: u64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub weeks: Vec<WeekPoint>,
}

/// Seven days of an arm, counted from its first day; the last week takes the days that are left over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EffectWeek)]
pub struct WeekPoint {
    pub period: DatePeriod,
    pub value: Option<f64>,
    pub n: u64,
}

/// Measures whether the metric moved between two periods as the hypothesis says.
///
/// Every period is cut into weeks, so that the scatter of the weeks widens the interval. Scores and shares of answers
/// are measured as they are. Totals are measured as events a day. Rates are divided by the customer base too, where it
/// has a row for the group in every month of both periods, and by days alone where it has not: either way the effect
/// in per cent means the same. Distinct customers, and shares and rates of them, are counted anew each week. A window of
/// the metric says nothing here: every week stands by itself.
///
/// # Errors
/// `BadPeriod` when a period cannot be read or the one after begins before the one before ends; `NoEffect` for a metric
/// made of others.
pub fn measure_effect(
    facts: &Facts,
    metric: &Metric,
    question: &EffectQuestion,
    denominators: &Denominators,
) -> Result<EffectMeasure, MetricError> {
    let (before, after) = (question.before.days()?, question.after.days()?);
    if after.from < before.to {
        return Err(MetricError::BadPeriod(format!(
            "{} is not after {}",
            question.after.from, question.before.to
        )));
    }
    let seen = observe(facts, metric, question, before, after, denominators)?;
    let factor = metric.definition.formula.factor_of(seen.exposure);
    let result = judge(&seen.trial, question, factor);
    Ok(seen.measure(metric, question.hypothesis, result))
}

/// What was counted, for `stats` to judge.
pub(crate) struct Seen {
    pub(crate) trial: Trial,
    pub(crate) exposure: Exposure,
    pub(crate) before: Period,
    pub(crate) after: Period,
}

/// Counts both groups in both periods, week by week.
pub(crate) fn observe(
    facts: &Facts,
    metric: &Metric,
    question: &EffectQuestion,
    before: Period,
    after: Period,
    denominators: &Denominators,
) -> Result<Seen, MetricError> {
    metric.check_effect()?;
    let (definition, formula) = (&metric.definition, &metric.definition.formula);
    let narrowed = |filter: &Filter| filter.clone().and(definition.filter.clone());
    let (treated, control) = (narrowed(&question.filter), question.control.as_ref().map(narrowed));
    let based = [Some(&treated), control.as_ref()].into_iter().flatten().all(|filter| {
        let known = |week| base_of(formula, filter, week, denominators).is_some();
        weeks(before).into_iter().chain(weeks(after)).all(known)
    });
    let exposure = match (formula.grows_with_time(), based) {
        (false, _) => Exposure::Answers,
        (true, true) => Exposure::CustomerBase,
        (true, false) => Exposure::Days,
    };
    let evidence = metric.evidence();
    let counter = Counter { facts, formula, evidence: &evidence };
    let observer = Observer { counter, denominators, exposure };
    let phases = |filter: &Filter| -> Result<Phases, MetricError> {
        Ok(Phases { before: observer.observe(filter, before)?, after: observer.observe(filter, after)? })
    };
    let trial = Trial { treated: phases(&treated)?, control: control.as_ref().map(phases).transpose()? };
    Ok(Seen { trial, exposure, before, after })
}

impl Seen {
    /// What the reader is shown: both groups in both periods, and what was found.
    pub(crate) fn measure(&self, metric: &Metric, hypothesis: Hypothesis, result: Effect) -> EffectMeasure {
        let definition = &metric.definition;
        let factor = definition.formula.factor_of(self.exposure);
        EffectMeasure {
            metric: definition.code.clone(),
            version: definition.version,
            exposure: self.exposure,
            arms: arms(&self.trial, self.before, self.after, factor),
            hypothesis,
            result,
        }
    }
}

fn judge(trial: &Trial, question: &EffectQuestion, factor: f64) -> Effect {
    let hypothesis = in_stats(&question.hypothesis, factor);
    let found = match question.looks {
        Looks::Once => effect::measure(trial, &hypothesis, Confidence::DEFAULT),
        Looks::Any => effect::measure_running(trial, None, &hypothesis, Confidence::DEFAULT),
    };
    in_metric(found, factor)
}

/// The hypothesis in the unit that `stats` counts in.
pub(crate) fn in_stats(hypothesis: &Hypothesis, factor: f64) -> Hypothesis {
    let factor = if hypothesis.unit == Unit::Percent { 1.0 } else { factor };
    Hypothesis { smallest: hypothesis.smallest / factor, ..*hypothesis }
}

/// What `stats` found in the unit of the metric; per cent are the same in both.
pub(crate) fn in_metric(found: Effect, factor: f64) -> Effect {
    let factor = if found.unit == Unit::Percent { 1.0 } else { factor };
    Effect { effect: found.effect.map(|effect| effect.scaled(factor)), ..found }
}

struct Observer<'a> {
    counter: Counter<'a>,
    denominators: &'a Denominators,
    exposure: Exposure,
}

impl Observer<'_> {
    fn observe(&self, filter: &Filter, period: Period) -> Result<Vec<Tally>, MetricError> {
        let mut tallies = Vec::new();
        for week in weeks(period) {
            let counts = self.counter.count(filter, Some(week), &[])?.into_values().next();
            tallies.extend(self.tally(&counts.unwrap_or_default(), filter, week));
        }
        Ok(tallies)
    }

    fn tally(&self, counts: &Counts, filter: &Filter, week: Period) -> Option<Tally> {
        let formula = self.counter.formula;
        let time = f64::from(length(week)) / RATE_DAYS;
        let exposure = match (self.exposure, formula) {
            (Exposure::Answers, _) => return formula.tally(counts, 0.0),
            (Exposure::CustomerBase, Formula::Rate { per, .. }) => {
                let base = base_of(formula, filter, week, self.denominators);
                time * base.map_or(0.0, |base| base.value) / f64::from(*per)
            }
            (Exposure::CustomerBase | Exposure::Days, _) => time,
        };
        let events = if formula.counts_customers() { counts.customers } else { counts.items };
        Some(Tally::Rate(RateTally { events, exposure }))
    }
}

impl Metric {
    /// # Errors
    /// `NoEffect` for a metric made of others: no hypothesis can be checked on it.
    pub fn check_effect(&self) -> Result<(), MetricError> {
        match self.definition.formula.is_derived() {
            true => Err(MetricError::NoEffect(self.definition.code.clone())),
            false => Ok(()),
        }
    }
}

impl Formula {
    /// From the unit of `stats` to that of an effect: rates carry it in their exposure already.
    pub(crate) fn factor_of(&self, exposure: Exposure) -> f64 {
        if exposure == Exposure::Answers { self.factor() } else { 1.0 }
    }
}

fn base_of(
    formula: &Formula,
    filter: &Filter,
    week: Period,
    denominators: &Denominators,
) -> Option<Denominator> {
    denominators.mean(&Slices::of(filter), formula.base()?, week)
}

fn arms(trial: &Trial, before: Period, after: Period, factor: f64) -> Vec<EffectArm> {
    let control = trial.control.iter().flat_map(|group| {
        [(ArmRole::ControlBefore, before, &group.before), (ArmRole::ControlAfter, after, &group.after)]
    });
    [
        (ArmRole::TreatedBefore, before, &trial.treated.before),
        (ArmRole::TreatedAfter, after, &trial.treated.after),
    ]
    .into_iter()
    .chain(control)
    .map(|(role, period, tallies)| arm(role, period, tallies, factor))
    .collect()
}

fn arm(role: ArmRole, period: Period, tallies: &[Tally], factor: f64) -> EffectArm {
    let whole = tallies.iter().copied().map(Some).reduce(|sum, week| sum?.merge(week?)).flatten();
    let estimate =
        whole.and_then(|whole| whole.estimate(Confidence::DEFAULT)).map(|estimate| estimate.scaled(factor));
    let week = |(tally, period): (&Tally, Period)| WeekPoint {
        period: DatePeriod::of(period),
        value: tally.value().map(|value| value * factor),
        n: tally.n(),
    };
    EffectArm {
        role,
        period: DatePeriod::of(period),
        value: estimate.map(|estimate| estimate.value),
        n: whole.map_or(0, |whole| whole.n()),
        low: estimate.map(|estimate| estimate.low),
        high: estimate.map(|estimate| estimate.high),
        weeks: tallies.iter().zip(weeks(period)).map(week).collect(),
    }
}
