//! What trends are marked with: releases of plans and incidents.

use otklik_backlog::release::{Release, list_releases};
use otklik_metrics::{Incident, list_incidents};
use otklik_platform::Scope;
use otklik_store::Millis;
use otklik_store::ids::UnitId;

use crate::{App, AppError};

/// Releases and incidents of a part of the company.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    /// Each with the company's day on which it happened.
    pub releases: Vec<(String, Release)>,
    pub incidents: Vec<Incident>,
}

impl App {
    /// What happened in a scope; an incident of no unit touched everybody.
    pub async fn list_marks(&self, scope: &Scope) -> Result<Marks, AppError> {
        let zone = self.time_zone().await?;
        let day = |at: Millis| {
            let moment = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
            moment.to_zoned(zone.clone()).date().to_string()
        };
        let covered = |release: &Release| scope.covers(release.unit_id.clone().map(UnitId).as_ref());
        let releases = list_releases(&self.store).await?.into_iter().filter(covered);
        Ok(Marks {
            releases: releases.map(|release| (day(release.released_at), release)).collect(),
            incidents: self.list_incidents(scope).await?,
        })
    }

    /// The incidents of a scope and those of the whole company, the latest first.
    pub async fn list_incidents(&self, scope: &Scope) -> Result<Vec<Incident>, AppError> {
        let mut incidents = list_incidents(&self.store).await?;
        incidents.retain(|incident| {
            incident.content.unit_id.is_none() || scope.covers(incident.content.unit_id.as_ref())
        });
        Ok(incidents)
    }
}
