//! The search: every series is read, scanned among all others, its seasons left out, and what stands out explained.

use otklik_facts::{Facts, Period};
use otklik_metrics::watch::{FoundAnomaly, Series, extent, find_causes, record_anomalies};
use otklik_metrics::{DatePeriod, Denominators, day_number};
use otklik_stats::Tally;
use otklik_stats::anomaly::{Alarm, AlarmKind, Grain, Scan, recurs};
use otklik_store::Actor;
use otklik_store::ids::AnomalyId;

use super::group;
use super::series::{Readable, Watched};
use crate::{App, AppError};

/// How far back anomalies are kept when they are found: late imports show them weeks after their day.
pub(super) const LOOK_BACK_DAYS: i32 = 92;
/// The days before an anomaly that it is explained against.
const BEFORE_DAYS: i32 = 56;
/// A rare event is no spike below so many.
const LEAST_EVENTS: f64 = 5.0;

/// One alarm with the series that raised it.
pub(super) struct Candidate<'a> {
    pub watched: &'a Watched,
    pub series: &'a Series,
    pub alarm: Alarm,
    pub days: Period,
    pub found: FoundAnomaly,
}

impl App {
    /// Looks through everything that is watched, up to yesterday, and keeps what stands out; returns what is new.
    pub async fn find_anomalies(&self) -> Result<Vec<AnomalyId>, AppError> {
        let watched = self.list_watched().await?;
        let denominators = self.denominators().await?;
        let today = day_number(self.today().await?);
        let found = self.ask(move |facts| search(facts, &watched, today, &denominators)).await?;
        let mut tx = self.store.begin(Actor::System).await?;
        let new = record_anomalies(&mut tx, &found).await?;
        tx.commit().await?;
        Ok(new)
    }
}

fn search(
    facts: &Facts,
    watched: &[Watched],
    today: i32,
    denominators: &Denominators,
) -> Result<Vec<FoundAnomaly>, AppError> {
    let Some(period) = watchable(facts, today)? else { return Ok(Vec::new()) };
    let mut read = Vec::new();
    for one in watched {
        read.extend(one.read(facts, period, denominators)?.into_iter().map(|series| (one, series)));
    }
    let mut candidates = Vec::new();
    for (one, readable) in &read {
        candidates.extend(scan(one, readable, read.len(), period.to));
    }
    drop_repeated(&mut candidates);
    for candidate in &mut candidates {
        let days = candidate.days;
        let before = Period { from: (days.from - BEFORE_DAYS).max(period.from), to: days.from };
        let Watched { metric, filter, .. } = candidate.watched;
        candidate.found.causes = find_causes(facts, metric, filter, before, days)?;
    }
    group::find_leads(facts, &mut candidates)?;
    Ok(candidates.into_iter().map(|candidate| candidate.found).collect())
}

/// All days that are over, up to the last one on which anything came in: where an import is late, nothing has fallen.
pub(crate) fn watchable(facts: &Facts, today: i32) -> Result<Option<Period>, AppError> {
    let known = extent(facts)?.map(|known| Period { from: known.from, to: known.to.min(today) });
    Ok(known.filter(|known| known.from < known.to))
}

fn scan<'a>(watched: &'a Watched, readable: &'a Readable, among: usize, end: i32) -> Vec<Candidate<'a>> {
    let series = &readable.series;
    let found = series.scan(among);
    let is_wanted = |alarm: &&Alarm| {
        let recent = series.points.get(alarm.to).is_some_and(|point| point.to > end - LOOK_BACK_DAYS);
        recent && !recurs(&series.tallies, alarm, series.grain) && !is_rare(readable, alarm)
    };
    let candidate = |alarm: &Alarm| {
        let days = series.days(alarm.from, alarm.to)?;
        let found = found_anomaly(watched, series, &found, (alarm, days), among)?;
        Some(Candidate { watched, series, alarm: *alarm, days, found })
    };
    found.alarms.iter().filter(is_wanted).filter_map(candidate).collect()
}

fn is_rare(readable: &Readable, alarm: &Alarm) -> bool {
    readable.spikes_only
        && (alarm.kind == AlarmKind::Shift || alarm.deviation < 0.0 || alarm.value < LEAST_EVENTS)
}

fn found_anomaly(
    watched: &Watched,
    series: &Series,
    scan: &Scan,
    (alarm, days): (&Alarm, Period),
    among: usize,
) -> Option<FoundAnomaly> {
    let is_farthest = |point: &usize| series.value(*point) == Some(alarm.value);
    let at = (alarm.from..=alarm.to).find(is_farthest).unwrap_or(alarm.to);
    let band = scan.expected.get(at).copied().flatten()?;
    let DatePeriod { from, to } = DatePeriod::of(days);
    Some(FoundAnomaly {
        metric: watched.metric.definition.code.clone(),
        version: watched.metric.definition.version,
        dimension: watched.dimension.clone(),
        value: watched.value.clone(),
        unit_id: watched.unit_id.clone(),
        grain: series.grain,
        kind: alarm.kind,
        from_on: from,
        to_on: to,
        actual: alarm.value,
        expected: alarm.expected,
        low: band.low,
        high: band.high,
        deviation: alarm.deviation,
        watched: among as u64,
        causes: otklik_metrics::watch::Causes::default(),
        lead: None,
    })
}

/// A rare series is read by days and by weeks: what the days show is not told again by their week.
fn drop_repeated(candidates: &mut Vec<Candidate<'_>>) {
    let days: Vec<(*const Watched, Period)> = candidates
        .iter()
        .filter(|candidate| candidate.series.grain == Grain::Day)
        .map(|candidate| (std::ptr::from_ref(candidate.watched), candidate.days))
        .collect();
    candidates.retain(|candidate| {
        let same = |(watched, period): &(*const Watched, Period)| {
            std::ptr::eq(*watched, candidate.watched) && overlap(*period, candidate.days)
        };
        candidate.series.grain == Grain::Day || !days.iter().any(same)
    });
}

pub(super) fn overlap(one: Period, other: Period) -> bool {
    one.from < other.to && other.from < one.to
}

/// Events of a candidate more (or fewer) than usual; of scores nothing.
pub(super) fn excess(candidate: &Candidate<'_>) -> f64 {
    let Candidate { series, alarm, .. } = candidate;
    let tallies = series.tallies.get(alarm.from..=alarm.to).unwrap_or_default();
    let expected = alarm.expected / series.factor;
    tallies
        .iter()
        .map(|tally| match tally {
            Tally::Rate(rate) => rate.events as f64 - expected * rate.exposure,
            _ => 0.0,
        })
        .sum()
}
