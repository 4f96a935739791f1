//! Verdicts: on the check date the effect of a released plan is measured, and an outcome proposed.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_backlog::evidence::{self, Marks};
use otklik_backlog::hypothesis::{Direction, EffectUnit, Hypothesis};
use otklik_backlog::problems::Problem;
use otklik_backlog::solutions::Solution;
use otklik_backlog::verdicts::{DueCheck, Outcome, Proposal, Verdict, list_due_checks, propose_verdict};
use otklik_facts::Facts;
use otklik_metrics::{DatePeriod, Denominators, EffectMeasure, EffectQuestion, Metric, measure_effect};
use otklik_stats::effect::{self, Looks};
use otklik_store::ids::{ProblemId, SolutionId};
use otklik_store::{Actor, Millis, StoreError};

use crate::{App, AppError};

impl App {
    /// Measures and proposes for every plan whose check date has come. A check that fails is logged, counted and tried
    /// again with the next round; the others go on.
    pub async fn propose_due_verdicts(&self) -> Result<Made<Verdict>, AppError> {
        let today = self.today().await?;
        let mut made = Made::default();
        for due in list_due_checks(&self.store, today).await? {
            let plan = due.solution.id.clone();
            made.note(self.propose_due(due, today).await.map(Some), &plan, "a due check failed")?;
        }
        Ok(made)
    }

    async fn propose_due(&self, due: DueCheck, today: Date) -> Result<Verdict, AppError> {
        let measure = self.measure_plan(&due.problem, &due.solution).await?;
        let outcome = outcome_of(measure.result.outcome);
        let measure =
            serde_json::to_value(measure).map_err(|e| StoreError::unreadable("verdict.measure", e))?;
        let mut tx = self.store.begin(Actor::System).await?;
        let proposal = Proposal { measure, outcome };
        let verdict = propose_verdict(&mut tx, &due.solution.id, proposal, today).await?;
        tx.commit().await?;
        Ok(verdict)
    }

    /// The effect of a released plan as the data show it now.
    pub async fn measure_plan(&self, problem: &Problem, plan: &Solution) -> Result<EffectMeasure, AppError> {
        let missing = otklik_backlog::BacklogError::HypothesisMissing;
        let hypothesis = plan.hypothesis.as_ref().ok_or(missing)?;
        let zone = self.time_zone().await?;
        let released = plan.released_at.ok_or(otklik_backlog::BacklogError::NotReleased)?;
        let release = date_of(released, &zone);
        // The data could not tell on the day fixed before: the next look counts all that has come in since.
        match plan.check_on.filter(|check| *check > hypothesis.check_on) {
            None => self.measure_hypothesis(&problem.id, hypothesis, release).await,
            Some(check_on) => {
                let (before, after) = periods(hypothesis, release);
                let longer = DatePeriod { to: check_on.saturating_sub(1.days()).to_string(), ..after };
                self.measure_periods(&problem.id, hypothesis, (before, longer), Looks::Any).await
            }
        }
    }

    /// The effect of a change on the given day, by a hypothesis that is fixed or still a draft.
    pub async fn measure_hypothesis(
        &self,
        problem: &ProblemId,
        hypothesis: &Hypothesis,
        release: Date,
    ) -> Result<EffectMeasure, AppError> {
        self.measure_periods(problem, hypothesis, periods(hypothesis, release), Looks::Once).await
    }

    async fn measure_periods(
        &self,
        problem: &ProblemId,
        hypothesis: &Hypothesis,
        periods: (DatePeriod, DatePeriod),
        looks: Looks,
    ) -> Result<EffectMeasure, AppError> {
        let asked = self.ask_effect(problem, hypothesis, periods, looks).await?;
        let measured = tokio::task::spawn_blocking(move || {
            measure_effect(&asked.facts, &asked.metric, &asked.question, &asked.denominators)
        });
        Ok(measured.await??)
    }

    /// What it takes to hold two periods of a hypothesis against each other.
    pub(crate) async fn ask_effect(
        &self,
        problem: &ProblemId,
        hypothesis: &Hypothesis,
        (before, after): (DatePeriod, DatePeriod),
        looks: Looks,
    ) -> Result<Asked, AppError> {
        let marks = evidence::load_marks(&self.store, problem).await?;
        let subject = match &hypothesis.subject {
            Some(subject) => subject.clone(),
            None => otklik_backlog::problems::load_problem(&self.store, problem).await?.evidence,
        };
        let control = match &hypothesis.control {
            Some(control) => Some(self.control_filter(&subject, control.clone()).await?),
            None => None,
        };
        let question = EffectQuestion {
            filter: self.evidence_filter(&subject, &marks).await?,
            control,
            before,
            after,
            hypothesis: effect::Hypothesis {
                direction: match hypothesis.direction {
                    Direction::Up => effect::Direction::Up,
                    Direction::Down => effect::Direction::Down,
                },
                smallest: hypothesis.smallest_effect,
                unit: match hypothesis.unit {
                    EffectUnit::Points => effect::Unit::Points,
                    EffectUnit::Percent => effect::Unit::Percent,
                },
            },
            looks,
        };
        let version = Some(i64::from(hypothesis.metric_version));
        Ok(Asked {
            metric: self.load_metric(&hypothesis.metric_code, version).await?,
            denominators: self.denominators().await?,
            facts: self.facts(),
            question,
        })
    }

    /// Items like those of the subject (the same topics and words), elsewhere.
    async fn control_filter(
        &self,
        subject: &otklik_backlog::Evidence,
        control: otklik_facts::Filter,
    ) -> Result<otklik_facts::Filter, AppError> {
        let elsewhere = otklik_backlog::Evidence { filter: control, ..subject.clone() };
        self.evidence_filter(&elsewhere, &Marks::default()).await
    }
}

/// A question about an effect with all that answers it.
pub(crate) struct Asked {
    pub facts: Facts,
    pub metric: Metric,
    pub question: EffectQuestion,
    pub denominators: Arc<Denominators>,
}

/// What a round over many plans made, and how many of them failed.
#[derive(Debug)]
pub struct Made<T> {
    pub made: Vec<T>,
    pub failed: usize,
}

impl<T> Default for Made<T> {
    fn default() -> Self {
        Self { made: Vec::new(), failed: 0 }
    }
}

impl<T> Made<T> {
    /// Takes in what became of one plan. Only a database that does not answer ends the round: it ends every plan's.
    pub(crate) fn note(
        &mut self,
        one: Result<Option<T>, AppError>,
        plan: &SolutionId,
        what: &'static str,
    ) -> Result<(), AppError> {
        match one {
            Ok(made) => self.made.extend(made),
            Err(error) if error.store().is_some_and(StoreError::is_transient) => return Err(error),
            Err(error) => {
                tracing::error!(%error, %plan, what);
                self.failed += 1;
            }
        }
        Ok(())
    }
}

/// The days before the release, and the days after it has settled.
pub(crate) fn periods(hypothesis: &Hypothesis, release: Date) -> (DatePeriod, DatePeriod) {
    let day = |days: i64| release.saturating_add(days.days()).to_string();
    let (settle, after) = (i64::from(hypothesis.settle_days), i64::from(hypothesis.after_days));
    (
        DatePeriod { from: day(-i64::from(hypothesis.before_days)), to: day(-1) },
        DatePeriod { from: day(settle), to: day(settle + after - 1) },
    )
}

fn outcome_of(outcome: effect::Outcome) -> Outcome {
    match outcome {
        effect::Outcome::Worked => Outcome::Worked,
        effect::Outcome::Partly => Outcome::Partly,
        effect::Outcome::NoEffect => Outcome::NoEffect,
        effect::Outcome::Worse => Outcome::Worse,
        effect::Outcome::CannotTell => Outcome::CannotTell,
    }
}

pub(crate) fn date_of(at: Millis, zone: &TimeZone) -> Date {
    jiff::Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_settling_belong_to_neither_side() {
        let hypothesis = Hypothesis {
            change: "x".into(),
            metric_code: "count".into(),
            metric_version: 1,
            subject: None,
            control: None,
            direction: Direction::Down,
            smallest_effect: 10.0,
            unit: EffectUnit::Percent,
            settle_days: 7,
            before_days: 28,
            after_days: 28,
            check_on: jiff::civil::date(2026, 5, 1),
        };
        let (before, after) = periods(&hypothesis, jiff::civil::date(2026, 3, 1));
        assert_eq!((before.from.as_str(), before.to.as_str()), ("2026-02-01", "2026-02-28"));
        assert_eq!((after.from.as_str(), after.to.as_str()), ("2026-03-08", "2026-04-04"));
    }
}
