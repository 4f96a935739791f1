//! The backlog's two years as deeds in order of time: what somebody would have done on the screen, and when.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use otklik_demo::{Bilingual, Event, EventKind, Problem, ProblemState, Solution, SolutionState, Verdict};

/// One thing done to one problem by one person on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Act<'a> {
    pub on: Date,
    pub problem: &'a Problem,
    /// E-mail of who did it.
    pub by: &'a str,
    pub deed: Deed<'a>,
}

/// What was done. Of one day, in this order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed<'a> {
    Create,
    Analyse,
    /// The level from here on, and why.
    Rate(u8, &'a Bilingual),
    Note(&'a Bilingual),
    /// A thought that is no plan yet.
    Idea(&'a Solution),
    Plan(&'a Solution),
    StartGate(&'a Solution),
    Fix(&'a Solution),
    /// A line of the gate by its code.
    Confirm(&'a Solution, &'a str),
    Release(&'a Solution),
    /// Measured by Otklik itself.
    Check,
    Sign(&'a Solution, &'a Verdict),
    /// What people decide where the verdict alone does not lead the problem on.
    Decide(&'a Solution, &'a Verdict),
    Reopen(&'a Bilingual),
    Reject(&'a Bilingual),
}

impl Deed<'_> {
    fn rank(&self) -> u8 {
        match self {
            Self::Create => 0,
            Self::Analyse => 1,
            Self::Rate(..) => 2,
            Self::Note(_) => 3,
            Self::Idea(_) => 4,
            Self::Check => 5,
            Self::Sign(..) => 6,
            Self::Decide(..) => 7,
            Self::Reopen(_) => 8,
            Self::Plan(_) => 9,
            Self::StartGate(_) => 10,
            Self::Fix(_) => 11,
            Self::Confirm(..) => 12,
            Self::Release(_) => 13,
            Self::Reject(_) => 14,
        }
    }
}

/// All deeds up to the day before `today`, in the order in which they happened.
pub(super) fn acts(problems: &[Problem], today: Date) -> Vec<Act<'_>> {
    let mut acts: Vec<Act<'_>> = problems.iter().flat_map(acts_of).filter(|act| act.on < today).collect();
    // Stable: what has equal day and rank stays in the order of the story.
    acts.sort_by_key(|act| (act.on, act.deed.rank()));
    acts
}

fn acts_of(problem: &Problem) -> Vec<Act<'_>> {
    let act = |on, by, deed| Act { on, problem, by, deed };
    let mut acts = vec![act(problem.created_on, problem.owner.as_str(), Deed::Create)];
    acts.push(act(problem.created_on, &problem.owner, first_rating(problem)));
    let planned_on = planned_on(problem);
    if problem.state != ProblemState::New {
        let told = problem.events.iter().find(|event| event.kind != EventKind::Created);
        let on = told.map_or(planned_on, |event| event.on.min(planned_on));
        acts.push(act(on, &problem.owner, Deed::Analyse));
    }
    let events =
        problem.events.iter().filter_map(|event| Some(act(event.on, &event.by, of_event(problem, event)?)));
    acts.extend(events);
    for solution in &problem.solutions {
        // What is only being analysed has ideas, but no plans yet.
        let is_idea = matches!(problem.state, ProblemState::New | ProblemState::Analysing);
        let deed = if is_idea { Deed::Idea(solution) } else { Deed::Plan(solution) };
        acts.push(act(planned_on, &solution.owner, deed));
        acts.extend(acts_of_plan(problem, solution));
    }
    acts.extend(rejection(problem));
    acts
}

/// A level that was raised later began one lower, where it was not set only then.
fn first_rating(problem: &Problem) -> Deed<'_> {
    let raised = problem
        .events
        .iter()
        .any(|event| event.kind == EventKind::CriticalityChanged && event.on > after(problem.created_on, 14));
    Deed::Rate(problem.criticality - u8::from(raised), &problem.criticality_reason)
}

fn of_event<'a>(problem: &'a Problem, event: &'a Event) -> Option<Deed<'a>> {
    let note = event.note.as_ref()?;
    match event.kind {
        EventKind::CriticalityChanged => Some(Deed::Rate(problem.criticality, note)),
        EventKind::Returned => Some(Deed::Reopen(note)),
        _ => Some(Deed::Note(note)),
    }
}

/// Plans are written down when the analysis ends: at the last change of state before their preparation begins.
fn planned_on(problem: &Problem) -> Date {
    let begun = problem.solutions.iter().filter_map(prepared_from).min();
    let is_before =
        |event: &&Event| event.kind == EventKind::StateChanged && begun.is_none_or(|begun| event.on < begun);
    let told = problem.events.iter().filter(is_before).map(|event| event.on).max();
    let (earliest, begun) = (problem.created_on, begun.unwrap_or(after(problem.created_on, 20)));
    let half = earliest.until(begun).map_or(0, |gap| gap.get_days()) / 2;
    told.unwrap_or(after(earliest, half.into()))
}

/// The first day on which something was prepared for a plan.
fn prepared_from(solution: &Solution) -> Option<Date> {
    let fixed = solution.hypothesis.as_ref().map(|hypothesis| hypothesis.fixed_on);
    solution.gate.iter().filter_map(|line| line.on).chain(fixed).min()
}

fn acts_of_plan<'a>(problem: &'a Problem, solution: &'a Solution) -> Vec<Act<'a>> {
    let act = |on, by, deed| Act { on, problem, by, deed };
    let owner = solution.owner.as_str();
    let mut acts = Vec::new();
    let Some(hypothesis) = &solution.hypothesis else { return acts };
    acts.push(act(hypothesis.fixed_on, owner, Deed::Fix(solution)));
    if let (Some(from), false) = (prepared_from(solution), solution.gate.is_empty()) {
        acts.push(act(from, owner, Deed::StartGate(solution)));
    }
    for line in &solution.gate {
        if let (Some(on), Some(by)) = (line.on, &line.by) {
            acts.push(act(on, by, Deed::Confirm(solution, &line.item)));
        }
    }
    if let Some(on) = solution.released_on {
        acts.push(act(on, owner, Deed::Release(solution)));
    }
    if solution.expected().is_some() {
        acts.push(act(hypothesis.check_on, owner, Deed::Check));
    }
    if let Some(verdict) = &solution.verdict {
        acts.push(act(verdict.on, &verdict.by, Deed::Sign(solution, verdict)));
        acts.push(act(verdict.on, &verdict.by, Deed::Decide(solution, verdict)));
    }
    acts
}

/// Whether the story goes on after this plan's verdict: the next plan is prepared, and not because the problem returned.
pub(super) fn goes_on(problem: &Problem, judged: &Solution) -> bool {
    let mut next = problem.solutions.iter().filter(|next| next.plan > judged.plan);
    next.any(|next| next.state != SolutionState::Planned)
        && !problem.events.iter().any(|event| event.kind == EventKind::Returned)
}

/// «Rejected, because …», some days after what happened last.
fn rejection(problem: &Problem) -> Option<Act<'_>> {
    let reason = problem.rejected_because.as_ref()?;
    let last = problem.events.iter().map(|event| event.on).max().unwrap_or(problem.created_on);
    Some(Act { on: after(last, 5), problem, by: &problem.owner, deed: Deed::Reject(reason) })
}

fn after(date: Date, days: i64) -> Date {
    let days: Span = days.days();
    date.saturating_add(days)
}
