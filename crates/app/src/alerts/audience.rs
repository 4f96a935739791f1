//! Who is told: the owner of a rule or the people of its unit, each by the ways they chose, and only what they may see.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use otklik_metrics::AlertRule;
use otklik_platform::notifications::{
    EpisodeKind, NewEpisode, NewNotification, NotificationSettings, Phase, begin_episode, end_episode,
    load_settings, mail_due_at, notify,
};
use otklik_platform::people::{Person, list_people, load_access};
use otklik_platform::webhooks::{EventKind, post_event};
use otklik_platform::{Right, Scope};
use otklik_store::ids::{EpisodeId, PersonId, UnitId};
use otklik_store::{Actor, Tx};
use serde_json::{Value, json};

use super::told::Told;
use crate::{App, AppError};

/// Everybody who can sign in, with what they may see and how they want to be told.
pub(super) struct Audience {
    people: Vec<Reader>,
    zone: TimeZone,
    has_mail: bool,
}

struct Reader {
    person: Person,
    scope: Option<Scope>,
    settings: NotificationSettings,
}

impl Audience {
    /// Whoever a rule tells of something of this unit (`None`: of the whole company).
    pub(super) fn of(&self, rule: &AlertRule, unit: Option<&UnitId>) -> Vec<PersonId> {
        let is_asked = |person: &Person| {
            let of_unit =
                |asked: &UnitId| person.grants.iter().any(|grant| grant.unit.as_ref() == Some(asked));
            person.id == rule.owner || rule.unit_id.as_ref().is_some_and(of_unit)
        };
        let may_see = |reader: &Reader| reader.scope.as_ref().is_some_and(|scope| scope.covers(unit));
        let told = self.people.iter().filter(|reader| is_asked(&reader.person) && may_see(reader));
        told.map(|reader| reader.person.id.clone()).collect()
    }

    fn find(&self, person: &PersonId) -> Option<&Reader> {
        self.people.iter().find(|reader| reader.person.id == *person)
    }
}

/// What began or ended, and who is told.
pub(super) struct News<'a> {
    pub kind: EpisodeKind,
    pub subject: String,
    pub unit: Option<&'a UnitId>,
    pub rule: Option<&'a AlertRule>,
    pub told: Told,
    pub readers: Vec<PersonId>,
}

impl App {
    pub(super) async fn load_audience(&self) -> Result<Audience, AppError> {
        let mut people = Vec::new();
        for person in
            list_people(&self.store).await?.into_iter().filter(|person| person.disabled_at.is_none())
        {
            let access = load_access(&self.store, &person.id).await?;
            let settings = load_settings(&self.store, &person.id).await?;
            people.push(Reader { scope: access.scope(Right::View), person, settings });
        }
        Ok(Audience { people, zone: self.time_zone().await?, has_mail: self.has_mail() })
    }

    /// Begins an episode unless it is known, tells other programs of it, and every reader once; true where it is new.
    pub(super) async fn announce(&self, audience: &Audience, news: News<'_>) -> Result<bool, AppError> {
        let detail = to_value(&news.told)?;
        let known =
            otklik_platform::notifications::load_episode_of(&self.store, news.kind, &news.subject).await?;
        if let Some(known) = &known
            && (known.ended_at.is_some() || news.readers.is_empty())
        {
            return Ok(false);
        }
        let mut tx = self.store.begin(Actor::System).await?;
        let new = NewEpisode {
            kind: news.kind,
            subject: news.subject,
            rule: news.rule.map(|rule| rule.id.clone()),
            unit: news.unit.cloned(),
            detail: detail.clone(),
        };
        let begun = begin_episode(&mut tx, &new).await?;
        let is_new = begun.is_some();
        if is_new {
            let event = match news.kind {
                EpisodeKind::Anomaly => EventKind::AnomalyBegan,
                EpisodeKind::Metric => EventKind::MetricCrossed,
                EpisodeKind::Problem => EventKind::ProblemReturned,
                EpisodeKind::Verdict => EventKind::VerdictProposed,
            };
            post_event(&mut tx, event, &self.event_data(&news.told, &detail)).await?;
        }
        let Some(episode) = begun.or(known.map(|known| known.id)) else { return Ok(false) };
        tell(&mut tx, audience, &news.readers, (news.kind, &episode, Phase::Began), &detail).await?;
        tx.commit().await?;
        Ok(is_new)
    }

    /// Ends an episode and tells those who were told of its beginning, once.
    pub(super) async fn conclude(
        &self,
        audience: &Audience,
        (kind, episode): (EpisodeKind, &EpisodeId),
        told: &Told,
        readers: &[PersonId],
    ) -> Result<(), AppError> {
        let detail = to_value(told)?;
        let mut tx = self.store.begin(Actor::System).await?;
        if end_episode(&mut tx, episode).await? {
            let event = match kind {
                EpisodeKind::Anomaly => EventKind::AnomalyEnded,
                EpisodeKind::Metric => EventKind::MetricRecovered,
                EpisodeKind::Problem => EventKind::ProblemSettled,
                EpisodeKind::Verdict => EventKind::VerdictSigned,
            };
            post_event(&mut tx, event, &self.event_data(told, &detail)).await?;
            tell(&mut tx, audience, readers, (kind, episode, Phase::Ended), &detail).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What another program reads: the data, and the page for a person.
    fn event_data(&self, told: &Told, detail: &Value) -> Value {
        let mut data = detail.clone();
        if let Value::Object(fields) = &mut data {
            fields.insert("link".to_owned(), json!(self.link(&told.path())));
        }
        data
    }
}

async fn tell(
    tx: &mut Tx,
    audience: &Audience,
    readers: &[PersonId],
    (kind, episode, phase): (EpisodeKind, &EpisodeId, Phase),
    detail: &Value,
) -> Result<(), AppError> {
    let now = tx.now_ms();
    // One who is asked by two rules is told once.
    let readers: BTreeMap<&PersonId, &Reader> =
        readers.iter().filter_map(|person| Some((person, audience.find(person)?))).collect();
    for (person, reader) in readers {
        let ways = reader.settings.ways(kind);
        // That somebody has signed or settled something is worth a line on the screen, not a letter.
        let is_worth_mail =
            phase == Phase::Began || matches!(kind, EpisodeKind::Anomaly | EpisodeKind::Metric);
        let by_mail = ways.mail && audience.has_mail && is_worth_mail;
        if !ways.screen && !by_mail {
            continue;
        }
        let mail_due_at = by_mail.then(|| mail_due_at(&reader.settings, now, &audience.zone));
        let new = NewNotification { person, episode, phase, detail, on_screen: ways.screen, mail_due_at };
        notify(tx, new).await?;
    }
    Ok(())
}

fn to_value(told: &Told) -> Result<Value, AppError> {
    Ok(serde_json::to_value(told)
        .map_err(|error| otklik_store::StoreError::unreadable("episode.detail", error))?)
}
