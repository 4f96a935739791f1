//! Verdicts: on the check date the effect of a released plan is measured, and an outcome proposed.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_backlog::evidence::{self, Marks};
use otklik_backlog::hypothesis::{Direction, EffectUnit, Hypothesis};
use otklik_backlog::problems::Problem;
use otklik_backlog::solutions::Solution;
use otklik_backlog::verdicts::{DueCheck, Outcome, Proposal, Verdict, list_due_checks, propose_verdict};
use otklik_metrics::{EffectMeasure, EffectQuestion, Look, Metric};
use otklik_stats::effect;
use otklik_store::ids::{ProblemId, SolutionId};
use otklik_store::{Actor, Millis, StoreError};

use crate::effects::Spans;
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
        let (metric, question) = self.ask_plan(&problem.id, plan).await?;
        self.measure(metric, question).await
    }

    /// What a released plan promised, asked on its check date.
    pub(crate) async fn ask_plan(
        &self,
        problem: &ProblemId,
        plan: &Solution,
    ) -> Result<(Metric, EffectQuestion), AppError> {
        let (hypothesis, release) = self.released_hypothesis(plan).await?;
        let mut question = self.plan_question(problem, hypothesis, release).await?;
        // The data could not tell on the day fixed before: the next look counts all that has come in since.
        if let Some(check_on) = plan.check_on.filter(|check| *check > hypothesis.check_on) {
            question.after.to = check_on.saturating_sub(1.days()).to_string();
            question.look = Look::Running { planned_weeks: None };
        }
        Ok((self.metric_of(hypothesis).await?, question))
    }

    /// The effect of a change on the given day, by a hypothesis that is fixed or still a draft.
    pub async fn measure_hypothesis(
        &self,
        problem: &ProblemId,
        hypothesis: &Hypothesis,
        release: Date,
    ) -> Result<EffectMeasure, AppError> {
        let question = self.plan_question(problem, hypothesis, release).await?;
        self.measure(self.metric_of(hypothesis).await?, question).await
    }

    /// What a plan promised, and the day of its release.
    pub(crate) async fn released_hypothesis<'a>(
        &self,
        plan: &'a Solution,
    ) -> Result<(&'a Hypothesis, Date), AppError> {
        let missing = otklik_backlog::BacklogError::HypothesisMissing;
        let hypothesis = plan.hypothesis.as_ref().ok_or(missing)?;
        let released = plan.released_at.ok_or(otklik_backlog::BacklogError::NotReleased)?;
        Ok((hypothesis, date_of(released, &self.time_zone().await?)))
    }

    /// The metric of a hypothesis in the version that it was fixed with.
    pub(crate) async fn metric_of(&self, hypothesis: &Hypothesis) -> Result<Metric, AppError> {
        self.load_metric(&hypothesis.metric_code, Some(i64::from(hypothesis.metric_version))).await
    }

    /// What a hypothesis asks the data.
    pub(crate) async fn plan_question(
        &self,
        problem: &ProblemId,
        hypothesis: &Hypothesis,
        release: Date,
    ) -> Result<EffectQuestion, AppError> {
        let marks = evidence::load_marks(&self.store, problem).await?;
        let subject = match &hypothesis.subject {
            Some(subject) => subject.clone(),
            None => otklik_backlog::problems::load_problem(&self.store, problem).await?.evidence,
        };
        let control = match &hypothesis.control {
            Some(control) => Some(self.control_filter(&subject, control.clone()).await?),
            None => None,
        };
        let (before, after) = Spans::of(hypothesis).around(release);
        Ok(EffectQuestion {
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
            look: Look::Once,
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
