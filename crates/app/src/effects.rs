//! The effect of any change: the same measuring as a plan's verdict, asked for a release, an incident, or any day.

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_backlog::hypothesis::Hypothesis;
use otklik_backlog::problems::{ProblemFilter, list_problems};
use otklik_backlog::solutions::{Solution, list_solutions_of};
use otklik_facts::Filter;
use otklik_metrics::{DatePeriod, EffectMeasure, EffectQuestion, Look, Metric, MetricError, measure_effect};
use otklik_platform::Scope;
use otklik_stats::effect;
use otklik_store::ids::ProblemId;

use crate::questions::scope_filter;
use crate::{App, AppError};

/// Days before a release and after it, of which neither side counts those in which the change settles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spans {
    pub before_days: u32,
    pub settle_days: u32,
    pub after_days: u32,
}

/// A change of which nobody fixed anything beforehand.
#[derive(Debug, Clone)]
pub struct Change {
    pub metric: String,
    /// Whom it concerned, and others like them whom it did not.
    pub filter: Filter,
    pub control: Option<Filter>,
    pub on: Date,
    pub spans: Spans,
    pub hypothesis: effect::Hypothesis,
}

/// A released plan, to be looked at.
#[derive(Debug, Clone)]
pub struct ReleasedPlan {
    pub problem_id: ProblemId,
    pub problem: String,
    pub plan: Solution,
    pub released_on: Date,
}

impl App {
    /// The effect of a change as the data show it today; before the time after it is over, a running look.
    pub async fn measure_change(&self, scope: &Scope, change: Change) -> Result<EffectMeasure, AppError> {
        let metric = self.load_metric(&change.metric, None).await?;
        let within = async |filter: Filter| -> Result<Filter, AppError> {
            Ok(self.resolve_filter(filter, None).await?.and(scope_filter(scope)))
        };
        let control = match change.control {
            Some(control) => Some(within(control).await?),
            None => None,
        };
        let (before, after) = change.spans.around(change.on);
        let (after, look) = running(after, self.today().await?)?;
        let filter = within(change.filter).await?;
        let hypothesis = change.hypothesis;
        self.measure(metric, EffectQuestion { filter, control, before, after, hypothesis, look }).await
    }

    /// A released plan as the data show it today, by its own hypothesis: the verdict's measure once its time is over, a
    /// running look that one may repeat until then.
    pub async fn look_at_plan(&self, plan: &Solution) -> Result<EffectMeasure, AppError> {
        let (metric, question) = self.ask_plan(&plan.problem_id, plan).await?;
        let (after, look) = running(question.after, self.today().await?)?;
        let look = if question.look == Look::Once { look } else { question.look };
        self.measure(metric, EffectQuestion { after, look, ..question }).await
    }

    /// Released plans with a hypothesis, the latest first.
    pub async fn list_released_plans(&self, scope: &Scope) -> Result<Vec<ReleasedPlan>, AppError> {
        let filter = ProblemFilter { units: scope.units(), limit: MOST_PROBLEMS, ..ProblemFilter::default() };
        let problems = list_problems(&self.store, &filter).await?.items;
        let ids: Vec<ProblemId> = problems.iter().map(|problem| problem.id.clone()).collect();
        let mut plans = list_solutions_of(&self.store, &ids).await?;
        let zone = self.time_zone().await?;
        let mut released: Vec<ReleasedPlan> = Vec::new();
        for problem in problems {
            for plan in plans.remove(&problem.id).unwrap_or_default() {
                let (Some(at), Some(_)) = (plan.released_at, &plan.hypothesis) else { continue };
                let released_on = crate::verdicts::date_of(at, &zone);
                let (problem_id, problem) = (problem.id.clone(), problem.title.clone());
                released.push(ReleasedPlan { problem_id, problem, plan, released_on });
            }
        }
        released.sort_by_key(|one| std::cmp::Reverse(one.released_on));
        Ok(released)
    }

    /// The one way in which effects are measured.
    pub(crate) async fn measure(
        &self,
        metric: Metric,
        question: EffectQuestion,
    ) -> Result<EffectMeasure, AppError> {
        let denominators = self.denominators().await?;
        self.ask(move |facts| measure_effect(facts, &metric, &question, &denominators)).await
    }
}

/// More problems than one backlog can hold.
const MOST_PROBLEMS: u32 = 100_000;

impl Spans {
    /// Those of a hypothesis.
    pub fn of(hypothesis: &Hypothesis) -> Self {
        Self {
            before_days: hypothesis.before_days,
            settle_days: hypothesis.settle_days,
            after_days: hypothesis.after_days,
        }
    }

    /// The days before the release, and the days after it has settled.
    pub fn around(self, release: Date) -> (DatePeriod, DatePeriod) {
        let day = |days: i64| release.saturating_add(days.days()).to_string();
        let (settle, after) = (i64::from(self.settle_days), i64::from(self.after_days));
        (
            DatePeriod { from: day(-i64::from(self.before_days)), to: day(-1) },
            DatePeriod { from: day(settle), to: day(settle + after - 1) },
        )
    }
}

/// The whole weeks of a period that are over, and how it may be looked at.
fn running(after: DatePeriod, today: Date) -> Result<(DatePeriod, Look), MetricError> {
    let bad = |_| MetricError::BadPeriod(after.from.clone());
    let (first, last): (Date, Date) = (after.from.parse().map_err(bad)?, after.to.parse().map_err(bad)?);
    if last < today {
        return Ok((after, Look::Once));
    }
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    let weeks = days(first, today) / 7;
    if weeks < 1 {
        return Err(MetricError::TooEarly(first.saturating_add(7.days()).to_string()));
    }
    let planned_weeks = u64::try_from((days(first, last) + 1) / 7).unwrap_or(1).max(1);
    let seen = DatePeriod { to: first.saturating_add((weeks * 7 - 1).days()).to_string(), ..after };
    Ok((seen, Look::Running { planned_weeks: Some(planned_weeks) }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const SPANS: Spans = Spans { before_days: 28, settle_days: 7, after_days: 28 };

    #[test]
    fn the_days_of_settling_belong_to_neither_side() {
        let (before, after) = SPANS.around(date(2026, 3, 1));
        assert_eq!((before.from.as_str(), before.to.as_str()), ("2026-02-01", "2026-02-28"));
        assert_eq!((after.from.as_str(), after.to.as_str()), ("2026-03-08", "2026-04-04"));
    }

    #[test]
    fn whole_weeks_that_are_over_may_be_looked_at() {
        let look = |today| running(SPANS.around(date(2026, 3, 1)).1, today);
        assert!(matches!(look(date(2026, 3, 14)), Err(MetricError::TooEarly(day)) if day == "2026-03-15"));
        let (seen, running) = look(date(2026, 3, 24)).unwrap();
        assert_eq!((seen.to.as_str(), running), ("2026-03-21", Look::Running { planned_weeks: Some(4) }));
        assert_eq!(look(date(2026, 4, 4)).unwrap().1, Look::Running { planned_weeks: Some(4) });
        let (all, once) = look(date(2026, 4, 5)).unwrap();
        assert_eq!((all.to.as_str(), once), ("2026-04-04", Look::Once));
    }
}
