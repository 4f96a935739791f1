//! Random walks through a problem's life: whatever people do in whatever order, the laws of plans hold.

use jiff::ToSpan;
use otklik_backlog::problems::{self, ProblemState};
use otklik_backlog::solutions::{self, Solution, SolutionState, current_plan};
use otklik_backlog::verdicts::Outcome;
use otklik_store::ids::{ProblemId, SolutionId};
use otklik_testkit::TestStore;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::world::{START, World};

#[derive(Debug, Clone)]
enum Act {
    Add,
    /// Gives up the plan at this place, counted round.
    Drop(usize),
    /// Turns the plans that can still be moved by so many places.
    Turn(usize),
    /// Puts the current plan to work and judges it 28 days later.
    Try(Outcome),
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    let outcome =
        proptest::sample::select(vec![Outcome::Worked, Outcome::Partly, Outcome::NoEffect, Outcome::Worse]);
    prop_oneof![
        4 => Just(Act::Add),
        2 => (0_usize..9).prop_map(Act::Drop),
        2 => (0_usize..9).prop_map(Act::Turn),
        2 => outcome.prop_map(Act::Try),
        1 => Just(Act::Reopen),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_laws_of_plans_hold(acts in proptest::collection::vec(act(), 1..14)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(walk(acts))?;
    }
}

async fn walk(acts: Vec<Act>) -> Result<(), TestCaseError> {
    let world = World::new(TestStore::sqlite().await).await;
    let problem = world.problem("Переводы зависают на сутки").await.id;
    let mut tried: Vec<SolutionId> = Vec::new();
    for (month, act) in (0..).zip(acts) {
        let (before, plans) = (world.load(&problem).await, world.plans(&problem).await);
        match act {
            Act::Reopen if before.state.is_closed() => {
                let mut tx = world.tx().await;
                problems::reopen_problem(&mut tx, &problem, before.version, "Вернулось").await.unwrap();
                tx.commit().await.unwrap();
            }
            _ if before.state.is_closed() => {}
            Act::Add => drop(world.plan(&problem, "План").await),
            Act::Drop(place) => drop_plan(&world, &plans, place).await,
            Act::Turn(by) => turn(&world, &problem, before.version, &plans, by).await,
            Act::Try(outcome) => tried.extend(try_plan(&world, &plans, outcome, month).await),
            Act::Reopen => {}
        }
        check(&world.load(&problem).await.state, &world.plans(&problem).await, &tried)?;
    }
    Ok(())
}

async fn drop_plan(world: &World, plans: &[Solution], place: usize) {
    let Some(plan) = plans.get(place % plans.len().max(1)) else { return };
    let mut tx = world.tx().await;
    let dropped = solutions::drop_solution(&mut tx, &plan.id, plan.version, "Не нужно").await;
    assert_eq!(dropped.is_ok(), plan.state.is_open(), "{dropped:?}");
    tx.commit().await.unwrap();
}

async fn turn(world: &World, problem: &ProblemId, version: u64, plans: &[Solution], by: usize) {
    let ids = |wanted: fn(SolutionState) -> bool| {
        plans.iter().filter(move |p| wanted(p.state)).map(|p| p.id.clone())
    };
    let mut movable: Vec<SolutionId> = ids(SolutionState::is_open).collect();
    let by = by % movable.len().max(1);
    movable.rotate_left(by);
    let order: Vec<SolutionId> = ids(SolutionState::was_released).chain(movable).collect();
    let mut tx = world.tx().await;
    solutions::reorder_solutions(&mut tx, problem, version, &order).await.unwrap();
    tx.commit().await.unwrap();
}

async fn try_plan(world: &World, plans: &[Solution], outcome: Outcome, month: i64) -> Option<SolutionId> {
    let id = current_plan(plans)?.id.clone();
    let today = START.saturating_add((30 * month).days());
    let check_on = today.saturating_add(28.days());
    world.put_to_work(&id, today, check_on).await;
    world.judge(&id, outcome, check_on).await;
    Some(id)
}

fn check(state: &ProblemState, plans: &[Solution], tried: &[SolutionId]) -> Result<(), TestCaseError> {
    let places: Vec<u32> = plans.iter().map(|plan| plan.position).collect();
    prop_assert_eq!(places, (0..).take(plans.len()).collect::<Vec<u32>>(), "places are dense");
    let dropped = |plan: &Solution| plan.state == SolutionState::Dropped;
    prop_assert!(plans.is_sorted_by_key(dropped), "dropped plans are last");
    let judged: Vec<&SolutionId> =
        plans.iter().filter(|plan| plan.state == SolutionState::Judged).map(|plan| &plan.id).collect();
    prop_assert_eq!(
        judged,
        tried.iter().collect::<Vec<_>>(),
        "plans stand in the order in which they were tried"
    );
    let current = current_plan(plans).map(|plan| plan.position as usize);
    prop_assert!(current.is_none_or(|place| place == tried.len()), "the next plan is the current one");
    let expected = match (current, plans.is_empty()) {
        _ if state.is_closed() => *state,
        (Some(_), _) => ProblemState::Solving,
        (None, true) => ProblemState::New,
        (None, false) => ProblemState::Analysing,
    };
    prop_assert_eq!(*state, expected);
    Ok(())
}
