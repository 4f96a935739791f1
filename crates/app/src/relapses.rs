//! Relapses: what a plan had solved is measured again, and an alarm raised when it is back.

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_backlog::alarms::{Alarm, Relapse, WatchedPlan, list_watched_plans, raise_alarm};
use otklik_metrics::{DatePeriod, EffectQuestion, find_relapse};
use otklik_store::{Actor, StoreError};

use crate::verdicts::{Made, date_of};
use crate::{App, AppError};

impl App {
    /// Looks at every plan that worked, and raises an alarm where its problem is back. A look that fails is logged,
    /// counted and tried again with the next round; the others go on.
    pub async fn raise_alarms(&self) -> Result<Made<Alarm>, AppError> {
        let today = self.today().await?;
        let mut raised = Made::default();
        for watched in list_watched_plans(&self.store).await? {
            let plan = watched.solution.id.clone();
            raised.note(self.watch_plan(watched, today).await, &plan, "a look at a solved problem failed")?;
        }
        Ok(raised)
    }

    async fn watch_plan(&self, watched: WatchedPlan, today: Date) -> Result<Option<Alarm>, AppError> {
        let Some(found) = self.look_back(&watched, today).await? else { return Ok(None) };
        let since = found.since.parse().map_err(|e| StoreError::unreadable("problem_alarm.since", e))?;
        let measure = serde_json::to_value(found.measure)
            .map_err(|e| StoreError::unreadable("problem_alarm.measure", e))?;
        let mut tx = self.store.begin(Actor::System).await?;
        let alarm = raise_alarm(&mut tx, &watched.solution.id, Relapse { since, measure }).await?;
        tx.commit().await?;
        Ok(alarm)
    }

    /// The weeks on which the verdict rests against those since, up to yesterday.
    async fn look_back(
        &self,
        watched: &WatchedPlan,
        today: Date,
    ) -> Result<Option<otklik_metrics::Relapse>, AppError> {
        let plan = &watched.solution;
        let (Some(hypothesis), Some(released)) = (&plan.hypothesis, plan.released_at) else {
            return Ok(None);
        };
        let zone = self.time_zone().await?;
        let anew = watched.anew_from.map(|at| date_of(at, &zone));
        let from = anew.map_or(watched.checked_on, |anew| anew.max(watched.checked_on));
        let yesterday = today.saturating_sub(1.days());
        if yesterday < from {
            return Ok(None);
        }
        let since = DatePeriod { from: from.to_string(), to: yesterday.to_string() };
        let plan = self.plan_question(&watched.problem.id, hypothesis, date_of(released, &zone)).await?;
        let question = EffectQuestion { before: plan.after, after: since, ..plan };
        let (metric, denominators) = (self.metric_of(hypothesis).await?, self.denominators().await?);
        self.ask(move |facts| find_relapse(facts, &metric, &question, &denominators)).await
    }
}
