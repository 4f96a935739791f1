//! One event shows in many series: in its topic, its channel, its unit and the whole. The clearest of them leads.

use otklik_facts::{FactQuery, Facts, Filter, Measures, Period};

use super::find::{Candidate, excess, overlap};
use crate::AppError;

/// The part of a follower's change that must lie in the items of its lead.
const EXPLAINED: f64 = 0.5;
/// Days that make out the usual number of items.
const BEFORE_DAYS: i32 = 28;

/// Names for each candidate the one that shows the same event more clearly, if there is one.
pub(super) fn find_leads(facts: &Facts, candidates: &mut [Candidate<'_>]) -> Result<(), AppError> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let strength = |at: &usize| candidates[*at].found.deviation.abs();
    order.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.cmp(b)));
    let mut leads: Vec<usize> = Vec::new();
    for &at in &order {
        let mut lead = None;
        for &leading in &leads {
            if is_same_event(facts, &candidates[leading], &candidates[at])? {
                lead = Some(leading);
                break;
            }
        }
        match lead {
            Some(lead) => candidates[at].found.lead = Some(lead),
            None => leads.push(at),
        }
    }
    Ok(())
}

fn is_same_event(facts: &Facts, lead: &Candidate<'_>, other: &Candidate<'_>) -> Result<bool, AppError> {
    if !overlap(lead.days, other.days) || lead.series.counts != other.series.counts {
        return Ok(false);
    }
    let same_items =
        lead.watched.dimension == other.watched.dimension && lead.watched.value == other.watched.value;
    let same_way = lead.alarm.deviation * other.alarm.deviation > 0.0;
    if !lead.series.counts {
        // Two scores of the same answers: a mean and a share of them fall together.
        return Ok(same_items);
    }
    if !same_way {
        return Ok(false);
    }
    let both = lead.watched.filter.clone().and(other.watched.filter.clone());
    let both = both.and(lead.watched.metric.evidence()).and(other.watched.metric.evidence());
    let (days, before) = (other.days, Period { from: other.days.from - BEFORE_DAYS, to: other.days.from });
    let usual = items(facts, &both, before)? * f64::from(days.to - days.from) / f64::from(BEFORE_DAYS);
    let explained = items(facts, &both, days)? - usual;
    Ok(explained / excess(other) >= EXPLAINED)
}

fn items(facts: &Facts, filter: &Filter, period: Period) -> Result<f64, AppError> {
    let query = FactQuery {
        filter: filter.clone(),
        period: Some(period),
        measures: Measures::NONE,
        ..FactQuery::default()
    };
    Ok(facts.query(&query)?.first().map_or(0, |row| row.cell.count) as f64)
}
