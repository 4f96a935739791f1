//! Replays the story: each deed by the ordinary operation, in the name of who did it, at its moment.
//!
//! Verdicts and alarms are measured on the voices, never told. Where the data propose something else than the story (a
//! small demo has too few for most verdicts), people sign what the data propose: «cannot tell» is looked at again every
//! three months, and what the story builds on such a verdict does not happen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use otklik_backlog::evidence::Evidence;
use otklik_backlog::hypothesis::{self, Direction, EffectUnit, Hypothesis};
use otklik_backlog::problems::{self, NewProblem, ProblemKind, ProblemPatch};
use otklik_backlog::solutions::{self, Estimates, NewSolution};
use otklik_backlog::verdicts::{self, Outcome, Signature, Verdict};
use otklik_backlog::{Criticality, gates, history, release};
use otklik_demo::{self as demo, Metric, Slice, VerdictResult};
use otklik_facts::{Dimension, Filter};
use otklik_store::ids::{PersonId, ProblemId, SolutionId};
use otklik_store::{Actor, StoreError, Tx};

use super::Directory;
use super::story::{self, Act, Deed};
use crate::{App, AppError};

/// The first deed of a day happens at nine, the next ones some minutes later.
const FIRST_HOUR: i8 = 9;
const MINUTES_BETWEEN: i64 = 4;

/// «Cannot tell» asks for another look after so many days.
const NEXT_LOOK_DAYS: i64 = 90;

pub(super) struct Player<'a> {
    app: &'a App,
    directory: &'a Directory,
    zone: TimeZone,
    problems: BTreeMap<&'a str, ProblemId>,
    /// By the codes of problem and plan.
    plans: BTreeMap<(&'a str, &'a str), SolutionId>,
    /// Plans to which nothing more happens, because the data led elsewhere than the story.
    held: BTreeSet<SolutionId>,
    /// What the story tells of the verdicts that were signed.
    signed: BTreeMap<SolutionId, (&'a demo::Problem, &'a demo::Solution, &'a demo::Verdict)>,
}

impl<'a> Player<'a> {
    pub fn new(app: &'a App, directory: &'a Directory, zone: TimeZone) -> Self {
        Self {
            app,
            directory,
            zone,
            problems: BTreeMap::new(),
            plans: BTreeMap::new(),
            held: BTreeSet::new(),
            signed: BTreeMap::new(),
        }
    }

    /// Does all deeds in order, and the rounds between them up to `today`. The facts must know all items by then.
    pub async fn play(&mut self, acts: &[Act<'a>], today: Date) -> Result<(), AppError> {
        let mut day = (Date::MIN, 0);
        for act in acts {
            if day.0 < act.on {
                self.make_rounds(day.0, act.on).await?;
            }
            day = if day.0 == act.on { (act.on, day.1 + 1) } else { (act.on, 0) };
            self.set_clock(act.on, day.1);
            if let Deed::Check = act.deed {
                self.check(act.on).await?;
            } else {
                let mut tx = self.app.store.begin(Actor::Person(self.person(act.by)?)).await?;
                self.perform(&mut tx, act).await?;
                tx.commit().await?;
            }
        }
        self.make_rounds(day.0, today).await
    }

    /// The rounds after one day and up to another. Otklik makes one a day; only whole weeks count in what it looks for,
    /// so that one a week finds the same.
    async fn make_rounds(&mut self, after: Date, to: Date) -> Result<(), AppError> {
        if after == Date::MIN {
            return Ok(());
        }
        let mondays = after.series(1.day()).skip(1).take_while(|day| *day <= to);
        for monday in mondays.filter(|day| day.weekday() == Weekday::Monday) {
            self.set_clock(monday, -1);
            self.check(monday).await?;
            self.app.raise_alarms().await?;
        }
        Ok(())
    }

    /// Measures what is due. A first look is signed when the story says; a later one at once, by the same person.
    async fn check(&self, today: Date) -> Result<(), AppError> {
        for verdict in self.app.propose_due_verdicts().await?.made {
            let plan = solutions::load_solution(&self.app.store, &verdict.solution_id).await?;
            let is_first = plan.hypothesis.is_none_or(|fixed| fixed.check_on >= verdict.check_on);
            let signed = self.signed.get(&verdict.solution_id).filter(|_| !is_first);
            let Some((story, solution, told)) = signed else { continue };
            let signer = Actor::Person(self.person(&told.by)?);
            let mut tx = self.app.store.begin(signer.clone()).await?;
            self.sign(&mut tx, &verdict.solution_id, told, today).await?;
            tx.commit().await?;
            let mut tx = self.app.store.begin(signer).await?;
            let goes_on = story::goes_on(story, solution);
            self.decide(&mut tx, &plan.problem_id, &verdict.solution_id, told, goes_on).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    fn set_clock(&self, on: Date, deed: i64) {
        let morning = on.at(FIRST_HOUR, 0, 0, 0).to_zoned(self.zone.clone());
        if let Ok(morning) = morning {
            self.app
                .store
                .clock()
                .set(morning.timestamp().as_millisecond() + deed * MINUTES_BETWEEN * 60_000);
        }
    }

    async fn perform(&mut self, tx: &mut Tx, act: &Act<'a>) -> Result<(), AppError> {
        if let Deed::Create = act.deed {
            let problem = problems::create_problem(tx, self.new_problem(act.problem)?).await?;
            self.problems.insert(&act.problem.code, problem.id.clone());
            return self.write_stakes(tx, act.problem, &problem).await;
        }
        let id = self.problems.get(act.problem.code.as_str()).ok_or(missing("problem"))?.clone();
        match act.deed {
            Deed::Plan(plan) => {
                let created = solutions::create_solution(tx, &id, self.new_solution(plan)?).await?;
                self.plans.insert((&act.problem.code, &plan.plan), created.id);
            }
            Deed::Note(text) => history::add_note(tx, &id, self.directory.say(text)).await?,
            Deed::Idea(plan) => {
                let (title, words) = (self.directory.say(&plan.title), self.directory.say(&plan.description));
                history::add_note(tx, &id, &format!("{title}. {words}")).await?;
            }
            Deed::Analyse | Deed::Rate(..) | Deed::Reopen(_) | Deed::Reject(_) => {
                self.change_problem(tx, &id, act.deed).await?;
            }
            Deed::StartGate(plan)
            | Deed::Fix(plan)
            | Deed::Release(plan)
            | Deed::Confirm(plan, _)
            | Deed::Sign(plan, _)
            | Deed::Decide(plan, _) => {
                let key = (act.problem.code.as_str(), plan.plan.as_str());
                let plan_id = self.plans.get(&key).ok_or(missing("solution"))?.clone();
                if self.is_held(&id, &plan_id, act.deed).await? {
                    self.held.insert(plan_id);
                    return Ok(());
                }
                if let Deed::Sign(_, told) = act.deed {
                    self.signed.insert(plan_id.clone(), (act.problem, plan, told));
                }
                self.move_plan(tx, &id, &plan_id, act).await?;
            }
            Deed::Create | Deed::Check => {}
        }
        Ok(())
    }

    /// Whether the data have not led as far as the story: its problem is closed, or the plan before it still looked at.
    /// Nothing more happens to such a plan.
    async fn is_held(
        &self,
        problem: &ProblemId,
        plan: &SolutionId,
        deed: Deed<'_>,
    ) -> Result<bool, AppError> {
        let is_closed = problems::load_problem(&self.app.store, problem).await?.state.is_closed();
        let plans = solutions::list_solutions(&self.app.store, problem).await?;
        let is_current = solutions::current_plan(&plans).is_some_and(|current| current.id == *plan);
        Ok(self.held.contains(plan)
            || match deed {
                Deed::Decide(..) => false,
                Deed::Release(_) => is_closed || !is_current,
                _ => is_closed,
            })
    }

    async fn change_problem(&self, tx: &mut Tx, id: &ProblemId, deed: Deed<'_>) -> Result<(), AppError> {
        let otklik_backlog::Problem { version, state, .. } =
            problems::load_problem(&self.app.store, id).await?;
        match deed {
            Deed::Analyse => problems::start_analysis(tx, id, version).await?,
            Deed::Rate(level, reason) => {
                let patch = ProblemPatch {
                    version,
                    criticality: Some(Criticality::from_level(level.into())),
                    criticality_reason: Some(self.directory.say(reason).to_owned()),
                    ..ProblemPatch::default()
                };
                problems::update_problem(tx, id, patch).await?
            }
            Deed::Reject(words) if state.is_closed() => {
                return Ok(history::add_note(tx, id, self.directory.say(words)).await?);
            }
            // Without a verdict that it was solved, or where it is open again, people only note what they see.
            Deed::Reopen(words) if !state.is_closed() => {
                return Ok(history::add_note(tx, id, self.directory.say(words)).await?);
            }
            Deed::Reopen(reason) => {
                problems::reopen_problem(tx, id, version, self.directory.say(reason)).await?
            }
            Deed::Reject(reason) => {
                problems::reject_problem(tx, id, version, self.directory.say(reason)).await?
            }
            _ => return Ok(()),
        };
        Ok(())
    }

    async fn move_plan(
        &self,
        tx: &mut Tx,
        problem: &ProblemId,
        id: &SolutionId,
        act: &Act<'_>,
    ) -> Result<(), AppError> {
        let solutions::Solution { version, .. } = solutions::load_solution(&self.app.store, id).await?;
        match act.deed {
            Deed::StartGate(plan) => self.start_gate(tx, id, plan).await?,
            Deed::Fix(plan) => {
                if let Some(hypothesis) = &plan.hypothesis {
                    let hypothesis = self.hypothesis(act.problem, hypothesis)?;
                    let drafted = hypothesis::set_hypothesis(tx, id, version, hypothesis).await?;
                    hypothesis::fix_hypothesis(tx, id, drafted.version, act.on).await?;
                }
            }
            Deed::Confirm(plan, line) => self.confirm(tx, id, plan, line).await?,
            Deed::Release(_) => {
                release::release_solution(tx, id, version, act.on).await?;
            }
            Deed::Sign(_, told) => self.sign(tx, id, told, act.on).await?,
            Deed::Decide(plan, told) => {
                self.decide(tx, problem, id, told, story::goes_on(act.problem, plan)).await?;
            }
            _ => {}
        }
        Ok(())
    }

    fn new_problem(&self, problem: &demo::Problem) -> Result<NewProblem, AppError> {
        let say = |text| self.directory.say(text).to_owned();
        let topics =
            problem.topics.iter().filter_map(|code| self.directory.topics.get(code)).cloned().collect();
        Ok(NewProblem {
            kind: match problem.kind {
                demo::ProblemKind::Problem => ProblemKind::Problem,
                demo::ProblemKind::Wow => ProblemKind::Wow,
            },
            title: say(&problem.title),
            statement: say(&problem.description),
            unit_id: self.directory.units.get(&problem.unit).cloned(),
            owner_id: Some(self.person(&problem.owner)?),
            evidence: Evidence { topics, filter: self.filter(&problem.filter), ..Evidence::default() },
        })
    }

    /// What the problem costs, and which metric tells that it is solved.
    async fn write_stakes(
        &self,
        tx: &mut Tx,
        story: &demo::Problem,
        problem: &otklik_backlog::Problem,
    ) -> Result<(), AppError> {
        let patch = ProblemPatch {
            version: problem.version,
            churn_share: Some(story.churn_pct.map(|percent| percent / 100.0)),
            customer_value: Some(story.customer_value),
            claim_cost: Some(story.claim_cost),
            metric_code: Some(success(story)),
            ..ProblemPatch::default()
        };
        problems::update_problem(tx, &problem.id, patch).await?;
        Ok(())
    }

    fn new_solution(&self, plan: &demo::Solution) -> Result<NewSolution, AppError> {
        Ok(NewSolution {
            title: self.directory.say(&plan.title).to_owned(),
            description: self.directory.say(&plan.description).to_owned(),
            owner_id: Some(self.person(&plan.owner)?),
            estimates: Estimates {
                effect: Some(plan.effect),
                speed: Some(plan.speed),
                cost: None,
                people: Some(plan.people),
                money: Some(plan.money),
                days: Some(plan.days),
            },
        })
    }

    fn hypothesis(&self, problem: &demo::Problem, told: &demo::Hypothesis) -> Result<Hypothesis, AppError> {
        let subject = (!told.filter.is_empty()).then(|| {
            let evidence = self.new_problem(problem).map(|new| new.evidence)?;
            Ok::<_, AppError>(Evidence {
                filter: evidence.filter.clone().and(self.filter(&told.filter)),
                ..evidence
            })
        });
        let (metric_code, unit) = metric(told.metric);
        Ok(Hypothesis {
            change: self.directory.say(&told.statement).to_owned(),
            metric_code: metric_code.to_owned(),
            metric_version: 1,
            subject: subject.transpose()?,
            control: (!told.control.is_empty()).then(|| self.filter(&told.control)),
            direction: match told.direction {
                demo::Direction::Up => Direction::Up,
                demo::Direction::Down => Direction::Down,
            },
            smallest_effect: told.smallest_effect,
            unit,
            settle_days: told.settle_days,
            before_days: told.window_days,
            after_days: told.window_days,
            check_on: told.check_on,
        })
    }

    /// All of these slices; several values of one dimension mean any of them.
    fn filter(&self, slices: &[Slice]) -> Filter {
        let mut by_dimension = BTreeMap::<&str, Vec<String>>::new();
        for slice in slices {
            let value = self.directory.value(&slice.dimension, &slice.value);
            by_dimension.entry(&slice.dimension).or_default().push(value);
        }
        by_dimension.into_iter().fold(Filter::All, |all, (dimension, values)| {
            let dimension: Result<Dimension, _> = dimension.parse();
            dimension.map_or(all.clone(), |dimension| all.and(Filter::any_of(dimension, values)))
        })
    }

    /// Starts the gate from the template that has all the plan's lines; what is open yet waits for the plan's owner.
    async fn start_gate(&self, tx: &mut Tx, id: &SolutionId, plan: &demo::Solution) -> Result<(), AppError> {
        let (template, codes) = self.template(plan)?;
        let owner = self.person(&plan.owner)?;
        let items = gates::start_gate(tx, id, template).await?;
        for (item, code) in items.iter().zip(codes) {
            if let Some(open) = plan.gate.iter().find(|line| line.item == *code && line.on.is_none()) {
                let by = open.by.as_ref().map(|by| self.person(by)).transpose()?;
                gates::assign_gate_item(tx, &item.id, Some(by.as_ref().unwrap_or(&owner))).await?;
            }
        }
        Ok(())
    }

    async fn confirm(
        &self,
        tx: &mut Tx,
        id: &SolutionId,
        plan: &demo::Solution,
        line: &str,
    ) -> Result<(), AppError> {
        let (_, codes) = self.template(plan)?;
        let place = codes.iter().position(|code| code == line).ok_or(missing("gate_item"))?;
        let items = gates::list_gate_items(&self.app.store, id).await?;
        let item = items.get(place).ok_or(missing("gate_item"))?;
        gates::confirm_gate_item(tx, &item.id, "").await?;
        Ok(())
    }

    fn template(
        &self,
        plan: &demo::Solution,
    ) -> Result<&(otklik_store::ids::GateTemplateId, Vec<String>), AppError> {
        let has_all = |codes: &[String]| plan.gate.iter().all(|line| codes.contains(&line.item));
        let template = self.directory.gates.iter().find(|(_, codes)| has_all(codes));
        Ok(template.ok_or(missing("gate_template"))?)
    }

    /// Signs what was measured, whatever the story tells. Where the data cannot tell, another look is agreed on.
    async fn sign(
        &self,
        tx: &mut Tx,
        id: &SolutionId,
        told: &demo::Verdict,
        today: Date,
    ) -> Result<(), AppError> {
        let verdict = self.last_verdict(id).await?;
        let outcome = verdict.proposed;
        let signature = Signature {
            outcome,
            comment: self.words(told, outcome).to_owned(),
            next_check_on: (outcome == Outcome::CannotTell)
                .then(|| today.saturating_add(jiff::Span::new().days(NEXT_LOOK_DAYS))),
        };
        verdicts::sign_verdict(tx, &verdict.id, signature, today).await?;
        Ok(())
    }

    /// Closes a problem that the story ends although its data will never tell, and opens a solved one that the story
    /// leads on: what worked in a part is carried to the whole.
    async fn decide(
        &self,
        tx: &mut Tx,
        id: &ProblemId,
        plan: &SolutionId,
        told: &demo::Verdict,
        goes_on: bool,
    ) -> Result<(), AppError> {
        let proposed = self.last_verdict(plan).await?.proposed;
        let reason = self.words(told, proposed);
        let problem = problems::load_problem(&self.app.store, id).await?;
        let never_told = told.result == VerdictResult::CannotTell && proposed == Outcome::CannotTell;
        match problem.state.is_closed() {
            false if never_told => {
                problems::close_problem(tx, id, problem.version, reason).await?;
            }
            true if goes_on => {
                problems::reopen_problem(tx, id, problem.version, reason).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// What the signer says: the story's words where the data propose what the story tells.
    fn words<'b>(&self, told: &'b demo::Verdict, proposed: Outcome) -> &'b str {
        self.directory.say(if proposed == outcome(told.result) { &told.comment } else { &told.otherwise })
    }

    async fn last_verdict(&self, id: &SolutionId) -> Result<Verdict, StoreError> {
        verdicts::list_verdicts(&self.app.store, id).await?.pop().ok_or(missing("verdict"))
    }

    fn person(&self, email: &str) -> Result<PersonId, StoreError> {
        self.directory.people.get(email).cloned().ok_or(missing("person"))
    }
}

/// What the story names and does not have.
fn missing(entity: &'static str) -> StoreError {
    StoreError::NotFound { entity }
}

fn outcome(result: VerdictResult) -> Outcome {
    match result {
        VerdictResult::Worked => Outcome::Worked,
        VerdictResult::Partly => Outcome::Partly,
        VerdictResult::NoEffect => Outcome::NoEffect,
        VerdictResult::Worse => Outcome::Worse,
        VerdictResult::CannotTell => Outcome::CannotTell,
    }
}

/// The metric that the first plan is to move.
fn success(story: &demo::Problem) -> Option<String> {
    let hypothesis = story.solutions.iter().find_map(|plan| plan.hypothesis.as_ref())?;
    Some(metric(hypothesis.metric).0.to_owned())
}

/// The code of the metric, and in what its effect is counted.
fn metric(metric: Metric) -> (&'static str, EffectUnit) {
    match metric {
        Metric::Count => ("count", EffectUnit::Percent),
        Metric::ContactRate => ("contact_rate", EffectUnit::Percent),
        Metric::ClaimRate => ("claim_rate", EffectUnit::Percent),
        Metric::Nps => ("nps", EffectUnit::Points),
        Metric::Csat => ("csat", EffectUnit::Points),
        Metric::ComplaintShare => ("complaint_share", EffectUnit::Points),
    }
}
