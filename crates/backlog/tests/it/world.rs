//! A company in small: people, days, and a problem brought to any point of its life.

use std::ops::Deref;

use jiff::civil::{Date, date};
use otklik_backlog::evidence::Evidence;
use otklik_backlog::gates::{self, GateTemplate};
use otklik_backlog::hypothesis::{self, Direction, EffectUnit, Hypothesis};
use otklik_backlog::problems::{self, NewProblem};
use otklik_backlog::release::release_solution;
use otklik_backlog::solutions::{self, NewSolution, Solution};
use otklik_backlog::verdicts::{self, Outcome, Proposal, Signature, Verdict};
use otklik_backlog::{BacklogError, Problem};
use otklik_store::ids::{PersonId, ProblemId, SolutionId, TopicId};
use otklik_store::{Actor, Tx};
use otklik_testkit::TestStore;

/// The day on which the clocks of tests begin.
pub const START: Date = date(2026, 3, 2);

pub struct World {
    pub store: TestStore,
    pub anna: PersonId,
    pub boris: PersonId,
    pub template: GateTemplate,
}

impl World {
    pub async fn new(store: TestStore) -> Self {
        let now = store.now_ms();
        let mut tx = store.begin(Actor::System).await.unwrap();
        let template = gates::install_default_templates(&mut tx).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        Self { store, anna: PersonId::new(now), boris: PersonId::new(now), template }
    }

    /// A transaction in Anna's name.
    pub async fn tx(&self) -> Tx {
        self.tx_of(&self.anna).await
    }

    pub async fn tx_of(&self, person: &PersonId) -> Tx {
        self.store.begin(Actor::Person(person.clone())).await.unwrap()
    }

    /// Moves the clock to nine in the morning of a day.
    pub fn set_day(&self, day: Date) {
        self.store.clock().set(date_ms(day));
    }

    pub async fn problem(&self, title: &str) -> Problem {
        let mut tx = self.tx().await;
        let evidence = Evidence { topics: vec![TopicId("transfers".into())], ..Evidence::default() };
        let new = NewProblem { evidence, ..NewProblem::titled(title) };
        let problem = problems::create_problem(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        problem
    }

    pub async fn plan(&self, problem: &ProblemId, title: &str) -> Solution {
        let mut tx = self.tx().await;
        let new = NewSolution { title: title.into(), ..NewSolution::default() };
        let solution = solutions::create_solution(&mut tx, problem, new).await.unwrap();
        tx.commit().await.unwrap();
        solution
    }

    /// A problem with so many plans, titled by their letters.
    pub async fn problem_with_plans(&self, count: usize) -> (Problem, Vec<SolutionId>) {
        let problem = self.problem("Переводы зависают на сутки").await;
        let mut plans = Vec::new();
        for letter in ["A", "B", "C", "D"].into_iter().take(count) {
            plans.push(self.plan(&problem.id, letter).await.id);
        }
        (problem, plans)
    }

    /// Sets and fixes the hypothesis of a plan.
    pub async fn fix(&self, id: &SolutionId, today: Date, check_on: Date) -> Solution {
        let mut tx = self.tx().await;
        let version = self.version(id).await;
        let set = hypothesis::set_hypothesis(&mut tx, id, version, hypothesis(check_on)).await.unwrap();
        let fixed = hypothesis::fix_hypothesis(&mut tx, id, set.version, today).await.unwrap();
        tx.commit().await.unwrap();
        fixed
    }

    /// Starts the gate of a plan and confirms every line.
    pub async fn pass_gate(&self, id: &SolutionId) {
        let mut tx = self.tx().await;
        for item in gates::start_gate(&mut tx, id, &self.template.id).await.unwrap() {
            gates::confirm_gate_item(&mut tx, &item.id, "https://wiki/42").await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub async fn release(&self, id: &SolutionId, today: Date) -> Result<Solution, BacklogError> {
        let version = self.version(id).await;
        let mut tx = self.tx().await;
        let released = release_solution(&mut tx, id, version, today).await?;
        tx.commit().await.unwrap();
        Ok(released)
    }

    /// Takes a fresh plan all the way to its release on `today`, to be looked at on `check_on`.
    pub async fn put_to_work(&self, id: &SolutionId, today: Date, check_on: Date) {
        self.set_day(today);
        self.fix(id, today, check_on).await;
        self.pass_gate(id).await;
        self.release(id, today).await.unwrap();
    }

    pub async fn propose(
        &self,
        id: &SolutionId,
        outcome: Outcome,
        today: Date,
    ) -> Result<Verdict, BacklogError> {
        self.set_day(today);
        let mut tx = self.store.begin(Actor::System).await.unwrap();
        let measure = serde_json::json!({ "effect": -1.5, "low": -4.0, "high": 1.0 });
        let verdict = verdicts::propose_verdict(&mut tx, id, Proposal { measure, outcome }, today).await?;
        tx.commit().await.unwrap();
        Ok(verdict)
    }

    /// Proposes and signs the same outcome.
    pub async fn judge(&self, id: &SolutionId, outcome: Outcome, today: Date) {
        let verdict = self.propose(id, outcome, today).await.unwrap();
        let mut tx = self.tx_of(&self.boris).await;
        let signature = Signature { outcome, comment: String::new(), next_check_on: None };
        verdicts::sign_verdict(&mut tx, &verdict.id, signature, today).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn load(&self, id: &ProblemId) -> Problem {
        problems::load_problem(&self.store, id).await.unwrap()
    }

    pub async fn plans(&self, id: &ProblemId) -> Vec<Solution> {
        solutions::list_solutions(&self.store, id).await.unwrap()
    }

    /// The title of the current plan.
    pub async fn current(&self, id: &ProblemId) -> Option<String> {
        solutions::current_plan(&self.plans(id).await).map(|plan| plan.title.clone())
    }

    pub async fn version(&self, id: &SolutionId) -> u64 {
        solutions::load_solution(&self.store, id).await.unwrap().version
    }

    pub async fn count(&self, table: &'static str) -> i64 {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        sqlx::query_scalar(sql).fetch_one(self.store.reader()).await.unwrap()
    }
}

impl Deref for World {
    type Target = TestStore;

    fn deref(&self) -> &TestStore {
        &self.store
    }
}

/// Nine in the morning of a day.
pub fn date_ms(day: Date) -> i64 {
    day.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp().as_millisecond()
}

pub fn hypothesis(check_on: Date) -> Hypothesis {
    Hypothesis {
        change: "Показываем срок зачисления до отправки".into(),
        metric_code: "claim_rate".into(),
        metric_version: 1,
        subject: None,
        control: None,
        direction: Direction::Down,
        smallest_effect: 20.0,
        unit: EffectUnit::Percent,
        settle_days: 0,
        before_days: 28,
        after_days: 28,
        check_on,
    }
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, BacklogError>) -> &'static str {
    result.expect_err("must be refused").code()
}
