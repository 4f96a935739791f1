//! Limits: a metric over whole weeks or months against what a rule allows.

use otklik_facts::{Dimension, Filter, Period};
use otklik_metrics::{
    AlertRule, Condition, DatePeriod, Grain, Limit, MetricQuery, MetricRow, Preference, day_number,
    list_targets,
};
use otklik_platform::Scope;
use otklik_stats::threshold::{Crossing, Look, Side, find_crossings};

use super::told::Told;
use crate::{App, AppError};

/// Whole periods that are looked back on.
const WEEKS: i32 = 26;
const MONTHS: i64 = 18;

/// How a metric stands to the limit of a rule.
pub(super) struct Standing {
    /// The first day of the period in which it went beyond; absent while it is not beyond.
    pub since: Option<String>,
    /// The period that decided it, or the last one with a value.
    pub told: Told,
}

impl App {
    /// `None` where the rule is none of a metric, there is no target, or the metric has no value yet.
    pub(super) async fn measure_limit(&self, rule: &AlertRule) -> Result<Option<Standing>, AppError> {
        let Condition::Metric { metric, unit_id, topic_id, grain, limit } = &rule.condition else {
            return Ok(None);
        };
        let Some((limit, side)) = self.find_limit(rule, *limit, metric).await? else { return Ok(None) };
        let Some(period) = self.whole_periods(*grain).await? else { return Ok(None) };
        let unit = unit_id.iter().map(|unit| Filter::any_of(Dimension::Unit, [unit.0.clone()]));
        let topic = topic_id.iter().map(|topic| Filter::any_of(Dimension::Topic, [topic.0.clone()]));
        let filter = unit.chain(topic).fold(Filter::All, Filter::and);
        let query = MetricQuery {
            metric: metric.clone(),
            filter,
            period: Some(DatePeriod::of(period)),
            grain: Some(*grain),
            ..MetricQuery::default()
        };
        let answer = self.answer(&Scope::Company, query, None).await?;
        let looks: Vec<Option<Look>> = answer.rows.iter().map(look).collect();
        let last = find_crossings(&looks, limit, side).last().copied();
        let open = last.filter(|crossing| crossing.ended.is_none());
        // What ended is told by the period that ended it; what never began, by the last one.
        let decisive = match (open, last) {
            (Some(Crossing { began, .. }), _) => Some(began),
            (None, Some(Crossing { ended, .. })) => ended,
            (None, None) => looks.iter().rposition(Option::is_some),
        };
        let Some(row) = decisive.and_then(|at| answer.rows.get(at)) else { return Ok(None) };
        let Some((look, days)) = look(row).zip(row_days(row, *grain)) else { return Ok(None) };
        let days = DatePeriod::of(days);
        Ok(Some(Standing {
            since: open.map(|_| days.from.clone()),
            told: Told::Metric {
                metric: metric.clone(),
                unit_id: unit_id.clone(),
                topic_id: topic_id.clone(),
                grain: *grain,
                from_on: days.from,
                to_on: days.to,
                value: look.value,
                low: look.low,
                high: look.high,
                n: row.n,
                limit,
                is_below: side == Side::Below,
            },
        }))
    }

    async fn find_limit(
        &self,
        rule: &AlertRule,
        limit: Limit,
        metric: &str,
    ) -> Result<Option<(f64, Side)>, AppError> {
        Ok(match limit {
            Limit::Below(value) => Some((value, Side::Below)),
            Limit::Above(value) => Some((value, Side::Above)),
            Limit::OffTarget => {
                let unit = rule.condition.unit();
                let targets = list_targets(&self.store).await?;
                let is_meant = |content: &otklik_metrics::TargetContent| {
                    content.metric == metric
                        && content.unit_id.as_ref() == unit
                        && content.filter == Filter::All
                };
                let target = targets.into_iter().find(|target| is_meant(&target.content));
                let Some(target) = target else { return Ok(None) };
                let direction = self.load_metric(metric, None).await?.definition.direction;
                let side = if direction == Preference::LessIsBetter { Side::Above } else { Side::Below };
                Some((target.content.value, side))
            }
        })
    }

    /// The last whole weeks or months that are over and for which items have come in.
    async fn whole_periods(&self, grain: Grain) -> Result<Option<Period>, AppError> {
        let today = day_number(self.today().await?);
        let facts = self.facts();
        let Some(known) = crate::watch::watchable(&facts, today)? else { return Ok(None) };
        Ok(Some(whole_before(known.to, grain)).filter(|period| period.to > known.from))
    }
}

/// Whole steps before a day.
fn whole_before(end: i32, grain: Grain) -> Period {
    if grain == Grain::Month {
        let first = otklik_facts::date_of(end).first_of_month();
        let from = first.saturating_sub(jiff::Span::new().months(MONTHS));
        return Period { from: day_number(from), to: day_number(first) };
    }
    // Day 0 was a Thursday.
    let monday = end - (end + 3).rem_euclid(7);
    Period { from: monday - 7 * WEEKS, to: monday }
}

/// A value with its interval; what is counted and not estimated is certain.
fn look(row: &MetricRow) -> Option<Look> {
    let value = row.value?;
    Some(Look { value, low: row.low.unwrap_or(value), high: row.high.unwrap_or(value) })
}

/// The days of a row that is named by its step: a Monday, or a month.
fn row_days(row: &MetricRow, grain: Grain) -> Option<Period> {
    let name = row.key.first()?.as_deref()?;
    let first = if grain == Grain::Month { format!("{name}-01") } else { name.to_owned() };
    let first: jiff::civil::Date = first.parse().ok()?;
    let next = if grain == Grain::Month {
        first.saturating_add(jiff::Span::new().months(1))
    } else {
        first.saturating_add(jiff::Span::new().days(7))
    };
    Some(Period { from: day_number(first), to: day_number(next) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_steps_are_judged() {
        // 2026-11-18 is a Wednesday.
        let end = day_number(jiff::civil::date(2026, 11, 18));
        let weeks = DatePeriod::of(whole_before(end, Grain::Week));
        assert_eq!((weeks.from.as_str(), weeks.to.as_str()), ("2026-05-18", "2026-11-15"));
        let months = DatePeriod::of(whole_before(end, Grain::Month));
        assert_eq!((months.from.as_str(), months.to.as_str()), ("2025-05-01", "2026-10-31"));
    }
}
