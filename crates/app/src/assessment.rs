//! What a problem weighs: its scale, debt, trend and score, counted from the facts at the moment of asking.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_backlog::alarms::{Alarm, list_alarms_of};
use otklik_backlog::criteria::{CriteriaSet, Ranked, ScoreInputs, Scored, load_criteria, rank_problems};
use otklik_backlog::debt::{Debt, DebtInputs, compute_debt};
use otklik_backlog::evidence::{self, Evidence, Marks, compose_filter};
use otklik_backlog::problems::{Problem, ProblemFilter, list_problems};
use otklik_backlog::scale::{Scale, ScaleInputs, Window, compute_scale};
use otklik_backlog::solutions::{Solution, current_plan, list_solutions_of};
use otklik_facts::{Cell, Dimension, FactQuery, Facts, Filter, Measures, Period};
use otklik_metrics::{DatePeriod, Denominators, Metric, MetricQuery, contact_share, day_number, evaluate};
use otklik_platform::Scope;
use otklik_store::ids::ProblemId;
use otklik_voice::Channel;
use serde::{Deserialize, Serialize};

use crate::{App, AppError};

/// More problems than one backlog can hold.
const ALL_PROBLEMS: u32 = 100_000;

/// A problem with everything that is computed for it.
#[derive(Debug, Clone)]
pub struct Assessed {
    pub problem: Problem,
    /// Its plans in their order, dropped ones last.
    pub plans: Vec<Solution>,
    /// What it waits for an answer to, where it was solved and is back.
    pub alarm: Option<Alarm>,
    /// `None` while the problem has no evidence.
    pub scale: Option<Scale>,
    pub debt: Debt,
    /// Complaints in the window.
    pub complaints: u64,
    /// Change of the customers seen against the window before, in per cent.
    pub trend_pct: Option<f64>,
    pub ranked: Ranked,
}

/// Which items behind a scale to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScaleItems {
    /// The evidence in its window.
    Seen,
    /// The evidence of all times.
    SeenEver,
    /// The items of the evidence in its window that name no customer.
    Anonymous,
    /// Everybody heard in the window.
    Heard,
    AnswersWith,
    AnswersAll,
}

impl App {
    /// Assesses all problems that a reader may see and that meet the filter, best rank first.
    pub async fn assess_problems(
        &self,
        scope: &Scope,
        filter: ProblemFilter,
    ) -> Result<Vec<Assessed>, AppError> {
        let units = match scope {
            Scope::Company => filter.units,
            Scope::Units(mine) => Some(match filter.units {
                Some(wanted) => wanted.into_iter().filter(|unit| mine.contains(unit)).collect(),
                None => mine.iter().cloned().collect(),
            }),
        };
        let filter = ProblemFilter { units, limit: ALL_PROBLEMS, offset: 0, ..filter };
        let problems = list_problems(&self.store, &filter).await?.items;
        let criteria = load_criteria(&self.store).await?;
        self.assess(problems, criteria).await
    }

    /// Assesses one problem; its rank is the one among those given.
    pub async fn assess_problem(&self, problem: Problem) -> Result<Assessed, AppError> {
        let id = problem.id.clone();
        let all = self.assess_problems(&Scope::Company, ProblemFilter::default()).await?;
        let assessed = all.into_iter().find(|assessed| assessed.problem.id == id);
        assessed.ok_or(otklik_store::StoreError::NotFound { entity: "problem" }.into())
    }

    /// The condition behind some items of a problem's scale, and the days it is asked for.
    pub async fn scale_items(
        &self,
        problem: &Problem,
        items: ScaleItems,
    ) -> Result<(Filter, Option<Period>), AppError> {
        let marks = evidence::load_marks(&self.store, &problem.id).await?;
        let seen = self.evidence_filter(&problem.evidence, &marks).await?;
        let slice = self.resolve_filter(slice_of(&problem.evidence.filter), None).await?;
        let survey = Filter::any_of(Dimension::Channel, [Channel::Survey.as_str()]);
        let period = window_of(&problem.evidence, self.today().await?).1;
        Ok(match items {
            ScaleItems::Seen => (seen, Some(period)),
            ScaleItems::SeenEver => (seen, None),
            ScaleItems::Anonymous => (seen.and(Filter::Anonymous), Some(period)),
            ScaleItems::Heard => (slice, Some(period)),
            ScaleItems::AnswersWith => (seen.and(survey), Some(period)),
            ScaleItems::AnswersAll => (slice.and(survey), Some(period)),
        })
    }

    /// The items of some evidence as one condition: branches for units and topics, hits for words.
    pub async fn evidence_filter(&self, evidence: &Evidence, marks: &Marks) -> Result<Filter, AppError> {
        let words = match &evidence.search {
            Some(words) => Some(self.search_filter(words).await?),
            None => None,
        };
        self.resolve_filter(compose_filter(evidence, words, marks), None).await
    }

    async fn assess(&self, problems: Vec<Problem>, criteria: CriteriaSet) -> Result<Vec<Assessed>, AppError> {
        let ids: Vec<ProblemId> = problems.iter().map(|p| p.id.clone()).collect();
        let mut plans = list_solutions_of(&self.store, &ids).await?;
        let mut marks = evidence::list_marks(&self.store).await?;
        let mut alarms = list_alarms_of(&self.store).await?;
        let mut questions = Vec::with_capacity(problems.len());
        for problem in problems {
            let plans = plans.remove(&problem.id).unwrap_or_default();
            let alarm = alarms.remove(&problem.id);
            let marks = marks.remove(&problem.id).unwrap_or_default();
            let counts = self.counts_of(&problem, &marks).await?;
            questions.push(Question { of: Rows { problem, plans, alarm }, counts });
        }
        let counter = self.counter().await?;
        self.ask(move |facts| Counter { facts: facts.clone(), ..counter }.assess(questions, &criteria)).await
    }

    /// `None` for a problem without evidence.
    async fn counts_of(&self, problem: &Problem, marks: &Marks) -> Result<Option<CountsOf>, AppError> {
        if problem.evidence.is_empty() && marks.pinned.is_empty() {
            return Ok(None);
        }
        let evidence = self.evidence_filter(&problem.evidence, marks).await?;
        let slice = self.resolve_filter(slice_of(&problem.evidence.filter), None).await?;
        Ok(Some(CountsOf { evidence, slice }))
    }

    async fn counter(&self) -> Result<Counter, AppError> {
        Ok(Counter {
            facts: self.facts(),
            today: self.today().await?,
            heard: contact_share().into(),
            denominators: self.denominators().await?,
            slices: Vec::new(),
        })
    }
}

/// A problem, and what is to be counted for it.
struct Question {
    of: Rows,
    counts: Option<CountsOf>,
}

/// What is stored of a problem.
struct Rows {
    problem: Problem,
    plans: Vec<Solution>,
    alarm: Option<Alarm>,
}

/// The items of a problem's evidence, and the part of the company that they are a share of.
struct CountsOf {
    evidence: Filter,
    slice: Filter,
}

/// What was counted for one problem.
struct Counted {
    scale: Scale,
    debt: Debt,
    complaints: u64,
    trend_pct: Option<f64>,
}

/// Counts for many problems at one moment; what belongs to a whole slice is counted once.
struct Counter {
    facts: Facts,
    today: Date,
    heard: Metric,
    denominators: Arc<Denominators>,
    slices: Vec<(Filter, Period, SliceCount)>,
}

#[derive(Debug, Clone, Copy)]
struct SliceCount {
    heard_customers: u64,
    heard_items: u64,
    answers: u64,
    base_customers: Option<u64>,
}

impl Counter {
    /// Counts, scores and ranks; takes as long as the facts take, so not for a request's own thread.
    fn assess(mut self, questions: Vec<Question>, criteria: &CriteriaSet) -> Result<Vec<Assessed>, AppError> {
        let mut scores = Vec::with_capacity(questions.len());
        let mut answers = BTreeMap::new();
        for Question { of, counts } in questions {
            let counted = counts.map(|counts| self.count(&of.problem, counts)).transpose()?;
            let inputs = score_inputs(&of.problem, counted.as_ref(), current_plan(&of.plans));
            let (id, number) = (of.problem.id.clone(), of.problem.number);
            scores.push(Scored { id: id.clone(), number, score: criteria.score(&inputs) });
            answers.insert(id, (of, counted));
        }
        let assessed = rank_problems(scores).into_iter().filter_map(|ranked| {
            let (of, counted) = answers.remove(&ranked.id)?;
            Some(assessed(of, counted, ranked))
        });
        Ok(assessed.collect())
    }

    fn count(&mut self, problem: &Problem, of: CountsOf) -> Result<Counted, AppError> {
        let (window, period) = window_of(&problem.evidence, self.today);
        let days = period.to - period.from;
        let before = Period { from: period.from - days, to: period.from };
        let seen = self.cell(of.evidence.clone(), period)?;
        let earlier = self.cell(of.evidence.clone(), before)?;
        let survey = Filter::any_of(Dimension::Channel, [Channel::Survey.as_str()]);
        let answers = self.cell(of.evidence.and(survey), period)?;
        let slice = self.slice(of.slice, period)?;
        let scale = compute_scale(&ScaleInputs {
            window,
            seen_customers: seen.customers,
            seen_items: seen.count,
            anonymous_items: seen.anonymous,
            heard_customers: slice.heard_customers,
            heard_items: slice.heard_items,
            answers_with: answers.count,
            answers_all: slice.answers,
            base_customers: slice.base_customers,
        });
        let debt = compute_debt(&DebtInputs::of(problem.money, &scale, Some(seen.complaints)));
        let trend_pct =
            (earlier.customers > 0).then(|| (seen.customers as f64 / earlier.customers as f64 - 1.0) * 100.0);
        Ok(Counted { scale, debt, complaints: seen.complaints, trend_pct })
    }

    fn slice(&mut self, filter: Filter, period: Period) -> Result<SliceCount, AppError> {
        let known = self.slices.iter().find(|(f, p, _)| *f == filter && *p == period);
        if let Some((.., count)) = known {
            return Ok(*count);
        }
        let query = MetricQuery {
            metric: self.heard.definition.code.clone(),
            filter: filter.clone(),
            period: Some(DatePeriod::of(period)),
            ..MetricQuery::default()
        };
        let heard = evaluate(&self.facts, &self.heard, &query, &self.denominators)?.overall;
        let survey = Filter::any_of(Dimension::Channel, [Channel::Survey.as_str()]);
        let count = SliceCount {
            heard_customers: heard.customers,
            heard_items: self.cell(filter.clone(), period)?.count,
            answers: self.cell(filter.clone().and(survey), period)?.count,
            base_customers: heard.denominator.map(|base| base.round() as u64),
        };
        self.slices.push((filter, period, count));
        Ok(count)
    }

    fn cell(&self, filter: Filter, period: Period) -> Result<Cell, AppError> {
        let query = FactQuery {
            filter,
            period: Some(period),
            customers: true,
            measures: Measures::ALL,
            ..FactQuery::default()
        };
        let row = self.facts.query(&query)?.into_iter().next();
        Ok(row.map(|row| row.cell).unwrap_or_default())
    }
}

/// The last days up to and with today.
fn window_of(evidence: &Evidence, today: Date) -> (Window, Period) {
    let days = evidence.window_days();
    let from = today.saturating_sub((i64::from(days) - 1).days());
    (Window { from, days }, Period { from: day_number(from), to: day_number(today) + 1 })
}

/// The part of the company that the evidence is confined to: its scale is a share of the customers there.
fn slice_of(filter: &Filter) -> Filter {
    let is_slice = |filter: &Filter| {
        let Filter::In { dimension, .. } = filter else { return false };
        matches!(dimension, Dimension::Unit | Dimension::Product | Dimension::Segment | Dimension::Region)
    };
    match filter {
        Filter::And(parts) => {
            parts.iter().filter(|part| is_slice(part)).cloned().fold(Filter::All, Filter::and)
        }
        one if is_slice(one) => one.clone(),
        _ => Filter::All,
    }
}

fn score_inputs(problem: &Problem, counted: Option<&Counted>, current: Option<&Solution>) -> ScoreInputs {
    let mut inputs = ScoreInputs { criticality: problem.criticality, ..ScoreInputs::default() };
    if let Some(counted) = counted {
        inputs.debt = counted.debt.amount_a_month;
        inputs.complaints = Some(counted.complaints as f64);
        inputs.trend_pct = counted.trend_pct;
        inputs = inputs.with_scale(&counted.scale);
    }
    match current {
        Some(plan) => inputs.with_plan(plan),
        None => inputs,
    }
}

fn assessed(Rows { problem, plans, alarm }: Rows, counted: Option<Counted>, ranked: Ranked) -> Assessed {
    match counted {
        Some(Counted { scale, debt, complaints, trend_pct }) => {
            Assessed { problem, plans, alarm, scale: Some(scale), debt, complaints, trend_pct, ranked }
        }
        None => {
            let debt = compute_debt(&DebtInputs::default());
            Assessed { problem, plans, alarm, scale: None, debt, complaints: 0, trend_pct: None, ranked }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slice_is_what_the_evidence_is_confined_to() {
        let segment = Filter::any_of(Dimension::Segment, ["pensioner"]);
        let calls = Filter::any_of(Dimension::Channel, ["call"]);
        assert_eq!(slice_of(&segment), segment);
        assert_eq!(slice_of(&segment.clone().and(calls.clone())), segment);
        assert_eq!(slice_of(&calls), Filter::All);
        assert_eq!(slice_of(&segment.negate()), Filter::All);
    }

    #[test]
    fn the_window_ends_today() {
        let evidence = Evidence { days: Some(7), ..Evidence::default() };
        let (window, period) = window_of(&evidence, jiff::civil::date(2026, 3, 8));
        assert_eq!(window.from, jiff::civil::date(2026, 3, 2));
        assert_eq!(period.to - period.from, 7);
    }
}
