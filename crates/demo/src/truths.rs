//! The truths planted in the voices: what a right measurement must find.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    DemoError, Plan, Problem, VerdictResult,
    plan::Span,
    story::{Slice, Solution},
};

const FILE: &str = "truths.toml";

/// What kind of thing was planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TruthKind {
    /// A problem whose share of customers doubles over the last half year.
    Growing,
    /// Plan A worked.
    SolvedByPlanA,
    /// Plan A did nothing, plan B worked.
    SolvedByPlanB,
    /// Solved, then back.
    Returned,
    /// An incident of a few days.
    Spike,
    /// A wave of every year.
    Seasonal,
    /// One segment suffers far more than the others.
    Segment,
    /// Praise that grows after a decision.
    Wow,
    /// A pilot in one region, others its control group.
    Pilot,
    /// A plan that worked; its verdict waits for a signature.
    Waiting,
    /// A plan that did nothing.
    Idle,
    /// A plan that nobody can judge: hardly anybody answered.
    FewAnswers,
}

/// Days from `from` to the day before `to`, and how strong the topic is then.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Window {
    pub name: String,
    pub from: Date,
    pub to: Date,
    /// Mean intensity against an undisturbed day: 1 is as usual, 0.4 is a drop by 60 %. Growth and season of the
    /// whole bank are not in it: compare shares of all items, or rates by the customer base.
    pub level: f64,
}

/// One planted truth.
#[derive(Debug, Clone, Serialize)]
pub struct Truth {
    pub id: String,
    pub kind: TruthKind,
    /// Code of the topic.
    pub topic: String,
    /// Code of the problem in the backlog.
    pub problem: Option<String>,
    /// Where it holds; empty: in the whole bank.
    pub filter: Vec<Slice>,
    /// The control group: what its windows show instead is level 1 throughout.
    pub control: Vec<Slice>,
    /// In order of time.
    pub windows: Vec<Window>,
    /// For a segment: how many times more often its customers speak of the topic than the others.
    pub times: Option<f64>,
    /// The solutions measured, in order.
    pub plans: Vec<PlanTruth>,
}

/// What became of one plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanTruth {
    pub plan: String,
    pub released_on: Date,
    pub check_on: Date,
    pub expected: VerdictResult,
}

/// Everything planted in one company; written as `truths.json` for tests.
#[derive(Debug, Clone, Serialize)]
pub struct Truths {
    pub seed: u64,
    pub items: u32,
    pub from: Date,
    /// The day after the last.
    pub to: Date,
    pub truths: Vec<Truth>,
}

/// A truth as it is planted: how its topic's intensity runs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Effect {
    id: String,
    kind: TruthKind,
    pub topic: String,
    problem: Option<String>,
    /// Days from today and the intensity then; straight lines between, the ends hold on.
    #[serde(default)]
    curve: Vec<(i32, f64)>,
    /// Intensity by calendar month, over the curve.
    #[serde(default)]
    months: BTreeMap<String, f64>,
    #[serde(default)]
    pub filter: Vec<Slice>,
    #[serde(default)]
    control: Vec<Slice>,
    /// Name, first day, day after the last: days from today.
    #[serde(default)]
    windows: Vec<(String, i32, i32)>,
    /// Name and calendar month: the last whole one of the history's first eighteen months and after.
    #[serde(default)]
    month_windows: Vec<(String, i8)>,
    times: Option<f64>,
    #[serde(skip)]
    plans: Vec<PlanTruth>,
}

impl Effect {
    /// Intensity of the topic on a day.
    pub fn level(&self, span: &Span, date: Date) -> f64 {
        let offset = span.today.until(date).map_or(0, |gap| gap.get_days());
        let month = self.months.get(&date.month().to_string()).copied().unwrap_or(1.0);
        month * along(&self.curve, offset)
    }

    fn windows(&self, span: &Span) -> Vec<Window> {
        let days = self.windows.iter().map(|(name, from, to)| (name, span.date(*from), span.date(*to)));
        let months = self.month_windows.iter().map(|(name, month)| {
            let from = last_whole_month(span, *month);
            (name, from, from.saturating_add(1.month()))
        });
        let mut windows: Vec<Window> = days
            .chain(months)
            .map(|(name, from, to)| Window {
                name: name.clone(),
                from,
                to,
                level: self.mean_level(span, from, to),
            })
            .collect();
        windows.sort_by_key(|window| window.from);
        windows
    }

    fn mean_level(&self, span: &Span, from: Date, to: Date) -> f64 {
        let days = from.until(to).map_or(0, |gap| gap.get_days());
        let sum: f64 = (0..days).map(|day| self.level(span, from.saturating_add(day.days()))).sum();
        let mean = sum / f64::from(days.max(1));
        (mean * 1000.0).round() / 1000.0
    }
}

/// The value of a broken line at `offset`; 1 of an empty one.
fn along(curve: &[(i32, f64)], offset: i32) -> f64 {
    let after = curve.partition_point(|(day, _)| *day <= offset);
    match (after.checked_sub(1).and_then(|before| curve.get(before)), curve.get(after)) {
        (Some(&(from, low)), Some(&(to, high))) => {
            low + (high - low) * f64::from(offset - from) / f64::from((to - from).max(1))
        }
        (Some(&(_, level)), None) | (None, Some(&(_, level))) => level,
        (None, None) => 1.0,
    }
}

/// The first day of the last calendar month of that number that ended before today.
fn last_whole_month(span: &Span, month: i8) -> Date {
    let mut from = span.today.first_of_month().saturating_sub(1.month());
    while from.month() != month && from > span.start {
        from = from.saturating_sub(1.month());
    }
    from
}

/// Reads the planted truths; releases and verdicts come from the story.
pub(crate) fn read(span: &Span, problems: &[Problem]) -> Result<Vec<Effect>, DemoError> {
    #[derive(Deserialize)]
    struct File {
        truth: Vec<Effect>,
    }
    let file: File = toml::from_str(include_str!("../data/truths.toml"))
        .map_err(|why| DemoError::data(FILE, format!("{why} at {}", span.start)))?;
    let mut effects = file.truth;
    for effect in &mut effects {
        let Some(code) = &effect.problem else { continue };
        let problem = problems.iter().find(|problem| problem.code == *code);
        let problem = problem.ok_or_else(|| DemoError::data(FILE, format!("no problem {code}")))?;
        effect.plans = problem.solutions.iter().filter_map(plan_truth).collect();
    }
    Ok(effects)
}

fn plan_truth(solution: &Solution) -> Option<PlanTruth> {
    Some(PlanTruth {
        plan: solution.plan.clone(),
        released_on: solution.released_on?,
        check_on: solution.hypothesis.as_ref()?.check_on,
        expected: solution.expected()?,
    })
}

/// The truths as tests read them.
pub(crate) fn publish(plan: &Plan, span: &Span, effects: Vec<Effect>) -> Truths {
    let truth = |effect: Effect| Truth {
        windows: effect.windows(span),
        id: effect.id,
        kind: effect.kind,
        topic: effect.topic,
        problem: effect.problem,
        filter: effect.filter,
        control: effect.control,
        times: effect.times,
        plans: effect.plans,
    };
    Truths {
        seed: plan.seed,
        items: plan.items,
        from: span.start,
        to: span.today,
        truths: effects.into_iter().map(truth).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::along;

    #[test]
    fn broken_line() {
        let curve = [(-10, 1.0), (0, 2.0)];
        assert_eq!([-20, -10, -5, 0, 7].map(|day| along(&curve, day)), [1.0, 1.0, 1.5, 2.0, 2.0]);
        assert_eq!(along(&[], 3), 1.0);
    }
}
