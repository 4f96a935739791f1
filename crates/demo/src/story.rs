//! The backlog's two years: problems, plans, gates, verdicts and how it all came about.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Bilingual, DemoError, plan::Span};

/// A pain to remove or a place to delight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    Problem,
    Wow,
}

/// Where a row of the backlog stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemState {
    New,
    Analysing,
    Solving,
    /// A solution is out; its check date is still ahead.
    Watching,
    Solved,
    Rejected,
}

/// One value of one dimension, `region` = `siberia`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    pub dimension: String,
    pub value: String,
}

/// A row of the backlog.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    pub code: String,
    pub kind: ProblemKind,
    /// In the customer's words.
    pub title: Bilingual,
    pub description: Bilingual,
    pub unit: String,
    /// E-mail of the owner.
    pub owner: String,
    pub state: ProblemState,
    pub created_on: Date,
    /// Evidence: items of any of these topics …
    pub topics: Vec<String>,
    /// … in all of these slices.
    #[serde(default)]
    pub filter: Vec<Slice>,
    /// From 1, can be lived with, to 5, churn is certain.
    pub criticality: u8,
    pub criticality_reason: Bilingual,
    /// Of the customers touched, those who leave because of it, percent, where known.
    pub churn_pct: Option<f64>,
    /// What a customer would have brought in the years still expected of them, roubles, where known.
    pub customer_value: Option<f64>,
    /// What one claim costs to handle, roubles, where known.
    pub claim_cost: Option<f64>,
    pub rejected_because: Option<Bilingual>,
    /// In order A, B, C.
    #[serde(default)]
    pub solutions: Vec<Solution>,
    /// In order of time; those that follow from the plans are added to the story's own.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// How far a solution has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SolutionState {
    /// Waits for its turn.
    Planned,
    /// The current plan, being built.
    Building,
    /// Out, not yet checked.
    Released,
    /// Checked; the verdict says how.
    Checked,
}

/// One ordered way to solve a problem.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// `A`, `B`, `C`.
    pub plan: String,
    pub title: Bilingual,
    pub description: Bilingual,
    pub owner: String,
    pub state: SolutionState,
    /// Expected effect, 1 to 5.
    pub effect: u8,
    /// How soon it helps, 1 to 5.
    pub speed: u8,
    pub people: f64,
    pub money: f64,
    pub days: u32,
    pub released_on: Option<Date>,
    pub hypothesis: Option<Hypothesis>,
    #[serde(default)]
    pub gate: Vec<GateItem>,
    pub verdict: Option<Verdict>,
    /// What the measurement is to propose, where it is due and nobody has signed yet.
    pub expected: Option<VerdictResult>,
}

impl Solution {
    /// What the measurement is to propose.
    #[must_use]
    pub fn expected(&self) -> Option<VerdictResult> {
        self.verdict.as_ref().map(|verdict| verdict.result).or(self.expected)
    }
}

/// What a hypothesis moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    Count,
    ContactRate,
    ClaimRate,
    Nps,
    Csat,
    ComplaintShare,
}

/// Where it should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
}

/// Change → metric → size → by when; fixed before the release.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hypothesis {
    pub statement: Bilingual,
    pub metric: Metric,
    pub direction: Direction,
    /// The smallest effect worth having: percent of the value before for counts and rates, points for NPS, percentage
    /// points for CSAT and complaint share.
    pub smallest_effect: f64,
    /// Days compared on each side of the release.
    pub window_days: u32,
    /// Days after the release that are left out while the change spreads.
    pub settle_days: u32,
    pub fixed_on: Date,
    pub check_on: Date,
    /// Where the metric is read besides the problem's topics.
    #[serde(default)]
    pub filter: Vec<Slice>,
    /// The group without the change, where there is one.
    #[serde(default)]
    pub control: Vec<Slice>,
}

/// One line of a gate, confirmed or not.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateItem {
    /// Code of the line in its template.
    pub item: String,
    /// E-mail of who confirmed it, or is to; nobody named: the owner of the plan.
    pub by: Option<String>,
    /// Absent while it is open.
    pub on: Option<Date>,
}

/// What the effect turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictResult {
    Worked,
    Partly,
    NoEffect,
    Worse,
    CannotTell,
}

/// The signed result of a solution.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    pub result: VerdictResult,
    pub by: String,
    pub on: Date,
    pub comment: Bilingual,
    /// What is said instead where the data propose another result: a small demo has too few for most of them.
    pub otherwise: Bilingual,
}

/// What happened to a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Created,
    StateChanged,
    CriticalityChanged,
    SolutionAdded,
    Released,
    VerdictSigned,
    PlanPromoted,
    Returned,
    Rejected,
    Comment,
}

/// One line of a problem's history.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub on: Date,
    pub by: String,
    pub kind: EventKind,
    /// The plan that was released, judged or promoted.
    pub plan: Option<String>,
    pub note: Option<Bilingual>,
}

const FILES: [(&str, &str); 6] = [
    ("story/planted.toml", include_str!("../data/story/planted.toml")),
    ("story/solved.toml", include_str!("../data/story/solved.toml")),
    ("story/solving.toml", include_str!("../data/story/solving.toml")),
    ("story/early.toml", include_str!("../data/story/early.toml")),
    ("story/rejected.toml", include_str!("../data/story/rejected.toml")),
    ("story/wow.toml", include_str!("../data/story/wow.toml")),
];

/// Reads the story, its days counted from today.
pub(crate) fn read(span: &Span) -> Result<Vec<Problem>, DemoError> {
    #[derive(Deserialize)]
    struct File {
        problem: Vec<Problem>,
    }
    let mut problems = Vec::new();
    for (file, text) in FILES {
        let dated = span.dated(text, weekday).map_err(|why| DemoError::data(file, why))?;
        let read: File = toml::from_str(&dated).map_err(|why| DemoError::data(file, why.to_string()))?;
        problems.extend(read.problem);
    }
    problems.iter_mut().for_each(add_events);
    Ok(problems)
}

/// Writes the history that the dates of a problem and its plans imply.
fn add_events(problem: &mut Problem) {
    let event = |on: Date, by: &str, kind: EventKind, plan: Option<&Solution>| Event {
        on,
        by: by.to_owned(),
        kind,
        plan: plan.map(|solution| solution.plan.clone()),
        note: None,
    };
    let mut events = vec![event(problem.created_on, &problem.owner, EventKind::Created, None)];
    for (at, solution) in problem.solutions.iter().enumerate() {
        if let Some(on) = solution.released_on {
            events.push(event(on, &solution.owner, EventKind::Released, Some(solution)));
        }
        let Some(verdict) = &solution.verdict else { continue };
        events.push(event(verdict.on, &verdict.by, EventKind::VerdictSigned, Some(solution)));
        if let (false, Some(next)) = (verdict.result == VerdictResult::Worked, problem.solutions.get(at + 1))
        {
            events.push(event(verdict.on, &verdict.by, EventKind::PlanPromoted, Some(next)));
        }
    }
    events.append(&mut problem.events);
    problem.events = events;
    problem.events.sort_by_key(|event| event.on);
}

/// Work is done on weekdays: the Friday before a weekend.
fn weekday(date: Date) -> Date {
    let weekend = i64::from((date.weekday().to_monday_zero_offset() - 4).max(0));
    date.saturating_sub(weekend.days())
}
