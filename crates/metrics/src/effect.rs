//! Did a change move a metric? Weeks before and after it, with or without a control group, for `stats` to judge.

use otklik_facts::{Facts, Filter, Period, date_of};
use otklik_stats::effect::{self, Effect, Hypothesis, Method, Phases, Trial, Unit};
use otklik_stats::{Confidence, Estimate, RateTally, Tally};
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
    #[serde(default)]
    pub look: Look,
}

/// How often one will look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectLook)]
pub enum Look {
    /// On the day fixed before.
    #[default]
    Once,
    /// Whenever one likes; where an end is planned, the interval is narrowest when so many weeks have come in.
    Running {
        #[serde(default)]
        planned_weeks: Option<u64>,
    },
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
    /// Why it was measured so; measures of long ago do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<MethodReason>,
    /// What the weeks after would have been without the change.
    #[serde(default)]
    pub expected: Vec<ExpectedWeek>,
    /// The day by which, at the pace so far, the answers suffice to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enough_on: Option<String>,
}

/// Why an effect was measured the way it was. It follows from the time before the change alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectMethodReason)]
pub enum MethodReason {
    /// There is a group that the change did not touch.
    Control,
    /// The metric was moving before the change already.
    TrendBefore,
    /// It stood still, as far as the weeks before can tell.
    NoTrend,
    /// Too few weeks to see whether it was moving.
    FewWeeks,
    /// It was moving, but a trend cannot be looked at again and again.
    LooksAgain,
}

/// A week after the change as it would have been without it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EffectExpectedWeek)]
pub struct ExpectedWeek {
    pub period: DatePeriod,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
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
/// are measured as they are. The method is the one that the time before the change allows ([`effect::choose`]). Totals
/// are measured as events a day. Rates are divided by the customer base too, where it has a row for the group in every
/// month of both periods, and by days alone where it has not: either way the effect in per cent means the same. Distinct customers, and shares and rates of them, are counted anew each week. A window of
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
    let (result, reason) = judge(&seen.trial, question, factor);
    Ok(EffectMeasure {
        reason: Some(reason),
        expected: expected(&seen.trial, &result, question, after, factor),
        enough_on: enough_on(&result, after),
        ..seen.measure(metric, question.hypothesis, result)
    })
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
            reason: None,
            expected: Vec::new(),
            enough_on: None,
        }
    }
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

fn judge(trial: &Trial, question: &EffectQuestion, factor: f64) -> (Effect, MethodReason) {
    let (level, hypothesis) = (Confidence::DEFAULT, in_stats(&question.hypothesis, factor));
    let chosen = effect::choose(trial, level);
    let found = match (question.look, chosen) {
        (Look::Running { planned_weeks }, _) => {
            effect::measure_running(trial, planned_weeks, &hypothesis, level)
        }
        (Look::Once, Method::Segmented) => effect::segmented(&trial.treated, &hypothesis, level).effect,
        (Look::Once, _) => effect::measure(trial, &hypothesis, level),
    };
    let reason = match (chosen, question.look) {
        (Method::DifferenceInDifferences, _) => MethodReason::Control,
        (Method::Segmented, Look::Once) => MethodReason::TrendBefore,
        (Method::Segmented, Look::Running { .. }) => MethodReason::LooksAgain,
        (Method::BeforeAfter, _) if trial.treated.before.len() < effect::MINIMUM_POINTS => {
            MethodReason::FewWeeks
        }
        (Method::BeforeAfter, _) => MethodReason::NoTrend,
    };
    (in_metric(found, factor), reason)
}

fn expected(
    trial: &Trial,
    result: &Effect,
    question: &EffectQuestion,
    after: Period,
    factor: f64,
) -> Vec<ExpectedWeek> {
    let hypothesis = in_stats(&question.hypothesis, factor);
    let found = effect::expected(trial, result.method, &hypothesis, Confidence::DEFAULT);
    let week = |(estimate, period): (Option<Estimate>, Period)| {
        let estimate = estimate.map(|estimate| estimate.scaled(factor));
        ExpectedWeek {
            period: DatePeriod::of(period),
            value: estimate.map(|estimate| estimate.value),
            low: estimate.map(|estimate| estimate.low),
            high: estimate.map(|estimate| estimate.high),
        }
    };
    found.into_iter().zip(weeks(after)).map(week).collect()
}

fn enough_on(result: &Effect, after: Period) -> Option<String> {
    let weeks = i32::try_from(result.more_needed?.weeks?).ok()?;
    let day = weeks.checked_mul(7).and_then(|days| after.to.checked_add(days - 1))?;
    Some(date_of(day).to_string())
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
                let time = if formula.is_of_flow() { 1.0 } else { time };
                time * base.map_or(0.0, |base| base.value) / f64::from(*per)
            }
            (Exposure::CustomerBase | Exposure::Days, _) => time,
        };
        let events = formula.events(counts);
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
