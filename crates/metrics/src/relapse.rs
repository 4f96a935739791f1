//! Has a metric gone back to where it was before the change? The weeks of a verdict against the weeks since.

use otklik_facts::{Facts, Period, date_of};
use otklik_stats::effect::{self, Phases, RELAPSE_WEEKS, Trial};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::effect::{Seen, in_metric, in_stats, observe};
use crate::{Denominators, EffectMeasure, EffectQuestion, Metric, MetricError};

const WEEK: i32 = 7;

/// A relapse with everything that an alarm shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Relapse {
    /// The first day of the week in which it began: `2026-03-30`.
    pub since: String,
    /// From the weeks that the verdict rests on to those since the relapse.
    pub measure: EffectMeasure,
}

/// Looks whether what the hypothesis won was lost again: `before` are the days that the verdict rests on, `after` the
/// days since. Only whole weeks of these count, from their first day on, and only so many as can hold a relapse; a week
/// that is running comes in when it is over, so that looking every day is looking every week.
///
/// # Errors
/// As [`measure_effect`](crate::measure_effect).
pub fn find_relapse(
    facts: &Facts,
    metric: &Metric,
    question: &EffectQuestion,
    denominators: &Denominators,
) -> Result<Option<Relapse>, MetricError> {
    let (won, since) = (question.before.days()?, question.after.days()?);
    let whole = (since.to - since.from) / WEEK;
    let looked_at = whole.min(RELAPSE_WEEKS as i32);
    let to = since.from + whole * WEEK;
    let after = Period { from: to - looked_at * WEEK, to };
    if looked_at == 0 {
        return Ok(None);
    }
    let seen = observe(facts, metric, question, won, after, denominators)?;
    let factor = metric.definition.formula.factor_of(seen.exposure);
    let Some(found) = effect::relapse(&seen.trial, &in_stats(&question.hypothesis, factor)) else {
        return Ok(None);
    };
    let from = after.from + found.from_week as i32 * WEEK;
    let seen = seen.since(found.from_week, from);
    Ok(Some(Relapse {
        since: date_of(from).to_string(),
        measure: seen.measure(metric, question.hypothesis, in_metric(found.effect, factor)),
    }))
}

impl Seen {
    /// The same with the period after cut to its weeks from one on.
    fn since(mut self, week: usize, from: i32) -> Self {
        let cut = |group: Phases| Phases { after: group.after[week..].to_vec(), ..group };
        self.trial = Trial { treated: cut(self.trial.treated), control: self.trial.control.map(cut) };
        self.after.from = from;
        self
    }
}
