//! The look: everything that goes on is held against every rule; what begins is announced, what is over ended.

use std::collections::BTreeSet;

use jiff::ToSpan;
use otklik_backlog::alarms::list_open_alarms;
use otklik_backlog::verdicts::list_open_verdicts;
use otklik_metrics::watch::{Anomaly, AnomalyFilter, AnomalyState, list_anomalies};
use otklik_metrics::{AlertRule, Condition, day_number, list_alert_rules};
use otklik_platform::notifications::{Episode, EpisodeKind, list_open_episodes};
use otklik_stats::anomaly::{AlarmKind, Grain as Step};
use otklik_store::ids::{PersonId, UnitId};
use otklik_store::jobs::{self, Job};
use otklik_store::{Actor, Millis, StoreError};

use super::LOOK_FOR_ALERTS;
use super::audience::{Audience, News};
use super::told::Told;
use crate::{App, AppError};

/// Anomalies are looked at that were found so long ago at most; nobody is told of older ones.
const RECENT_MS: Millis = 14 * 24 * 3_600_000;
const ANOMALIES: u32 = 500;

impl App {
    /// Looks for alerts soon, unless a look waits already.
    pub async fn enqueue_look_for_alerts(&self) -> Result<(), AppError> {
        let mut tx = self.store.begin(Actor::System).await?;
        jobs::enqueue_job(&mut tx, LOOK_FOR_ALERTS, &(), Some(LOOK_FOR_ALERTS)).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn make_look_for_alerts(&self, job: &Job) -> Result<(), AppError> {
        self.catch_up().await?;
        let begun = self.look_for_alerts().await?;
        let mut tx = self.store.begin(Actor::System).await?;
        jobs::finish_job(&mut tx, &job.id, &begun).await?;
        Ok(tx.commit().await?)
    }

    /// Announces what has begun and ends what is over; how many episodes are new.
    pub async fn look_for_alerts(&self) -> Result<usize, AppError> {
        let rules: Vec<AlertRule> = list_alert_rules(&self.store)
            .await?
            .into_iter()
            .filter(|rule| rule.disabled_at.is_none())
            .collect();
        let look = Look { app: self, audience: self.load_audience().await?, rules };
        Ok(look.anomalies().await? + look.limits().await? + look.problems().await? + look.verdicts().await?)
    }
}

struct Look<'a> {
    app: &'a App,
    audience: Audience,
    rules: Vec<AlertRule>,
}

impl Look<'_> {
    async fn anomalies(&self) -> Result<usize, AppError> {
        let filter = AnomalyFilter { limit: ANOMALIES, ..AnomalyFilter::default() };
        let found = list_anomalies(&self.app.store, &filter).await?.items;
        let since = self.app.store.now_ms() - RECENT_MS;
        let mut begun = 0;
        for anomaly in found.iter().filter(|anomaly| anomaly.found_at >= since && is_believed(anomaly)) {
            let readers = self.readers(anomaly.unit_id.as_ref(), |rule| wants_anomaly(rule, anomaly));
            let news = News {
                kind: EpisodeKind::Anomaly,
                subject: anomaly.id.0.clone(),
                unit: anomaly.unit_id.as_ref(),
                rule: None,
                told: Told::anomaly(anomaly),
                readers,
            };
            begun += usize::from(self.app.announce(&self.audience, news).await?);
        }
        self.end_anomalies(&found).await?;
        Ok(begun)
    }

    /// A spike is over when a whole step has passed without it; a shift, when somebody has said what it is.
    async fn end_anomalies(&self, found: &[Anomaly]) -> Result<(), AppError> {
        let today = day_number(self.app.today().await?);
        let known = crate::watch::watchable(&self.app.facts(), today)?;
        for episode in list_open_episodes(&self.app.store, EpisodeKind::Anomaly).await? {
            let Some(anomaly) = found.iter().find(|anomaly| anomaly.id.0 == episode.subject) else {
                continue;
            };
            let step = if anomaly.grain == Step::Day { 1 } else { 7 };
            let last: Option<jiff::civil::Date> = anomaly.to_on.parse().ok();
            let has_passed = last.zip(known).is_some_and(|(last, known)| {
                day_number(last.saturating_add(i64::from(step).days())) < known.to
            });
            let is_over = match anomaly.kind {
                AlarmKind::Spike => has_passed,
                AlarmKind::Shift => matches!(anomaly.state, AnomalyState::Explained | AnomalyState::False),
            };
            if is_over {
                let readers = self.readers(anomaly.unit_id.as_ref(), |rule| wants_anomaly(rule, anomaly));
                self.end(&episode, &Told::anomaly(anomaly), &readers).await?;
            }
        }
        Ok(())
    }

    async fn limits(&self) -> Result<usize, AppError> {
        let open = list_open_episodes(&self.app.store, EpisodeKind::Metric).await?;
        let mut begun = 0;
        for rule in self.rules.iter().filter(|rule| matches!(rule.condition, Condition::Metric { .. })) {
            let standing = match self.app.measure_limit(rule).await {
                Ok(standing) => standing,
                Err(error) if error.store().is_some_and(StoreError::is_transient) => return Err(error),
                Err(error) => {
                    tracing::error!(%error, rule = %rule.id, "an alert rule could not be measured");
                    continue;
                }
            };
            let Some(standing) = standing else { continue };
            let unit = rule.condition.unit();
            let readers = self.audience.of(rule, unit);
            let episode = open.iter().find(|episode| episode.rule.as_ref() == Some(&rule.id));
            match (standing.since, episode) {
                (Some(since), None) => {
                    let news = News {
                        kind: EpisodeKind::Metric,
                        subject: format!("{}:{since}", rule.id),
                        unit,
                        rule: Some(rule),
                        told: standing.told,
                        readers,
                    };
                    begun += usize::from(self.app.announce(&self.audience, news).await?);
                }
                (None, Some(episode)) => self.end(episode, &standing.told, &readers).await?,
                _ => {}
            }
        }
        // Whose rule is gone ends without a word.
        let is_orphan =
            |episode: &&Episode| !self.rules.iter().any(|rule| episode.rule.as_ref() == Some(&rule.id));
        for episode in open.iter().filter(is_orphan) {
            let mut tx = self.app.store.begin(Actor::System).await?;
            otklik_platform::notifications::end_episode(&mut tx, &episode.id).await?;
            tx.commit().await?;
        }
        Ok(begun)
    }

    async fn problems(&self) -> Result<usize, AppError> {
        let (mut begun, mut open) = (0, BTreeSet::new());
        for alarm in list_open_alarms(&self.app.store).await? {
            let unit = alarm.problem.unit_id.clone();
            open.insert(alarm.alarm.id.0.clone());
            let told = Told::Problem {
                id: alarm.problem.id,
                number: alarm.problem.number,
                title: alarm.problem.title,
                since: alarm.alarm.since.to_string(),
            };
            begun += self.backlog(EpisodeKind::Problem, alarm.alarm.id.0, unit, told).await?;
        }
        self.end_missing(EpisodeKind::Problem, &open).await?;
        Ok(begun)
    }

    async fn verdicts(&self) -> Result<usize, AppError> {
        let (mut begun, mut open) = (0, BTreeSet::new());
        for waiting in list_open_verdicts(&self.app.store).await? {
            let unit = waiting.problem.unit_id.clone();
            open.insert(waiting.verdict.id.0.clone());
            let told = Told::Verdict {
                id: waiting.problem.id,
                solution: waiting.verdict.solution_id,
                number: waiting.problem.number,
                title: waiting.problem.title,
                solution_title: waiting.solution_title,
                outcome: waiting.verdict.proposed,
            };
            begun += self.backlog(EpisodeKind::Verdict, waiting.verdict.id.0, unit, told).await?;
        }
        self.end_missing(EpisodeKind::Verdict, &open).await?;
        Ok(begun)
    }

    async fn backlog(
        &self,
        kind: EpisodeKind,
        subject: String,
        unit: Option<UnitId>,
        told: Told,
    ) -> Result<usize, AppError> {
        let readers = self.readers(unit.as_ref(), |rule| self.wants_backlog(rule, kind, unit.as_ref()));
        let news = News { kind, subject, unit: unit.as_ref(), rule: None, told, readers };
        Ok(usize::from(self.app.announce(&self.audience, news).await?))
    }

    /// Ends what is no longer among the open ones: somebody has answered.
    async fn end_missing(&self, kind: EpisodeKind, open: &BTreeSet<String>) -> Result<(), AppError> {
        for episode in list_open_episodes(&self.app.store, kind).await? {
            if open.contains(&episode.subject) {
                continue;
            }
            let told: Told = serde_json::from_value(episode.detail.clone())
                .map_err(|error| StoreError::unreadable("episode.detail", error))?;
            let unit = episode.unit.as_ref();
            let readers = self.readers(unit, |rule| self.wants_backlog(rule, kind, unit));
            self.end(&episode, &told, &readers).await?;
        }
        Ok(())
    }

    async fn end(&self, episode: &Episode, told: &Told, readers: &[PersonId]) -> Result<(), AppError> {
        self.app.conclude(&self.audience, (episode.kind, &episode.id), told, readers).await
    }

    /// Everybody whom a rule that wants it tells.
    fn readers(&self, unit: Option<&UnitId>, wants: impl Fn(&AlertRule) -> bool) -> Vec<PersonId> {
        self.rules.iter().filter(|rule| wants(rule)).flat_map(|rule| self.audience.of(rule, unit)).collect()
    }

    fn wants_backlog(&self, rule: &AlertRule, kind: EpisodeKind, unit: Option<&UnitId>) -> bool {
        let asked = match &rule.condition {
            Condition::Problem { unit_id } if kind == EpisodeKind::Problem => unit_id,
            Condition::Verdict { unit_id } if kind == EpisodeKind::Verdict => unit_id,
            _ => return false,
        };
        asked.as_ref().is_none_or(|asked| unit.is_some_and(|unit| self.app.is_in_branch(unit, asked)))
    }
}

fn is_believed(anomaly: &Anomaly) -> bool {
    anomaly.state != AnomalyState::False
}

fn wants_anomaly(rule: &AlertRule, anomaly: &Anomaly) -> bool {
    let Condition::Anomaly { metric, unit_id, topic_id, least } = &rule.condition else { return false };
    let value_of = |dimension: &str| {
        anomaly.value.as_deref().filter(|_| anomaly.dimension.as_deref() == Some(dimension))
    };
    // Of what lay there before somebody asked, they have not asked to be told.
    anomaly.found_at >= rule.created_at
        && anomaly.deviation.abs() >= *least
        && metric.as_ref().is_none_or(|metric| *metric == anomaly.metric)
        && unit_id.as_ref().is_none_or(|unit| value_of("unit") == Some(unit.as_str()))
        && topic_id.as_ref().is_none_or(|topic| value_of("topic") == Some(topic.as_str()))
}
