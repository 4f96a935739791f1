//! What the reader must be told of the answers behind a value.

use otklik_facts::{Dimension, Filter, Period};
use otklik_stats::validity::{Group, Sample, Warning, composition, warnings};

use crate::calendar::{length, previous};
use crate::plan::{Plan, Side};
use crate::weighting::{answers, margin};
use crate::{Formula, MetricError};

/// Channels in which nobody is asked: people come with a grievance or a wish.
const UNPROMPTED: [&str; 8] = ["review", "social", "complaint", "call", "chat", "chatbot", "branch", "email"];

/// Channels of the company's own people.
const INSIDERS: [&str; 1] = ["employee"];

/// Part of the answers from which they count as given unasked.
const MOSTLY: f64 = 0.5;

/// Days from which one day may be told from the others.
const DAYS_TO_COMPARE: i32 = 7;

/// The warnings that the answers behind the overall value deserve. Totals and rates are counted, not sampled, and have
/// none; of a share of items only their number is judged.
pub(crate) fn sample_warnings(
    plan: &Plan<'_>,
    filter: &Filter,
    side: &Side,
    was_asked: bool,
) -> Result<Vec<Warning>, MetricError> {
    let formula = plan.formula();
    if formula.is_derived() || formula.grows_with_time() {
        return Ok(Vec::new());
    }
    let mut sample = Sample { answers: side.overall.n, ..Sample::default() };
    let is_asked = formula.answers().is_some() || matches!(formula, Formula::Index { .. });
    if let Some(period) = side.period.filter(|_| is_asked && sample.answers > 0) {
        look_closer(plan, filter, period, was_asked, &mut sample)?;
    }
    Ok(warnings(&sample))
}

fn look_closer(
    plan: &Plan<'_>,
    filter: &Filter,
    period: Period,
    was_asked: bool,
    sample: &mut Sample,
) -> Result<(), MetricError> {
    let of = |dimension| answers(plan, filter, Some(period), &[dimension]);
    let channels = of(Dimension::Channel)?;
    let from = |names: &[&str]| -> u64 {
        let known = |key: &Vec<Option<String>>| {
            key.first().and_then(Option::as_deref).is_some_and(|channel| names.contains(&channel))
        };
        channels.iter().filter(|(key, _)| known(key)).map(|(_, n)| n).sum()
    };
    sample.unprompted = from(&UNPROMPTED) as f64 >= MOSTLY * sample.answers as f64;
    sample.insiders = Some(from(&INSIDERS));
    if length(period) >= DAYS_TO_COMPARE {
        let days = of(Dimension::Day)?;
        sample.largest_burst = days.values().max().copied().filter(|_| days.len() > 1);
    }
    if was_asked {
        let before = answers(plan, filter, Some(previous(period)), &[])?;
        sample.before = Some(before.values().sum());
    }
    let narrowed = filter.clone().and(plan.definition.filter.clone());
    if let Some(margin) = margin(plan, &Dimension::Segment, &narrowed, period)
        && let Some((groups, _)) = margin.seen(&of(Dimension::Segment)?)
    {
        let groups: Vec<Group> = groups.into_iter().map(|(answers, base)| Group { answers, base }).collect();
        sample.composition = composition(&groups);
    }
    Ok(())
}
