//! The order of plans: letters, the current plan, moving, dropping.

use jiff::civil::date;
use otklik_backlog::history::{self, ProblemEvent};
use otklik_backlog::problems::{self, ProblemState};
use otklik_backlog::solutions::{self, Estimates, NewSolution, SolutionPatch, SolutionState};
use otklik_backlog::verdicts::Outcome;
use otklik_store::ids::SolutionId;
use otklik_testkit::both;

use crate::world::{START, World, code, date_ms};

both! {
    async fn plans_are_moved_until_they_are_released(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(3).await;
        let [a, b, c] = [&plans[0], &plans[1], &plans[2]].map(SolutionId::clone);
        let version = world.load(&problem.id).await.version;

        let mut tx = world.tx().await;
        for wrong in [vec![], vec![a.clone(), b.clone()], vec![a.clone(), b.clone(), b.clone()]] {
            let refused = solutions::reorder_solutions(&mut tx, &problem.id, version, &wrong).await;
            assert_eq!(code(refused), "order_incomplete");
        }
        let order = [c.clone(), a.clone(), b.clone()];
        solutions::reorder_solutions(&mut tx, &problem.id, version, &order).await.unwrap();
        let stale = solutions::reorder_solutions(&mut tx, &problem.id, version, &plans).await;
        assert_eq!(code(stale), "stale");
        tx.commit().await.unwrap();
        assert_eq!(world.current(&problem.id).await.as_deref(), Some("C"));

        world.put_to_work(&c, START, date(2026, 4, 1)).await;
        let version = world.load(&problem.id).await.version;
        let mut tx = world.tx().await;
        let moved = solutions::reorder_solutions(&mut tx, &problem.id, version, &plans).await;
        assert_eq!(code(moved), "plan_released");
        let behind = [c, b, a];
        solutions::reorder_solutions(&mut tx, &problem.id, version, &behind).await.unwrap();
        tx.commit().await.unwrap();
        let titles: Vec<_> = world.plans(&problem.id).await.into_iter().map(|plan| plan.title).collect();
        assert_eq!(titles, ["C", "B", "A"]);
    }

    async fn a_dropped_plan_loses_its_letter_and_hands_on(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(2).await;
        let mut tx = world.tx().await;
        assert_eq!(code(solutions::drop_solution(&mut tx, &plans[0], 1, "  ").await), "reason_missing");
        let dropped = solutions::drop_solution(&mut tx, &plans[0], 1, "Слишком дорого").await.unwrap();
        assert_eq!((dropped.state, dropped.position), (SolutionState::Dropped, 1));
        tx.commit().await.unwrap();
        let standing = world.plans(&problem.id).await;
        assert_eq!(standing.iter().map(|plan| plan.title.as_str()).collect::<Vec<_>>(), ["B", "A"]);
        assert_eq!(solutions::place_of(&standing, &plans[1]), Some(0));
        assert_eq!(solutions::place_of(&standing, &plans[0]), None);

        let new = world.plan(&problem.id, "C").await;
        assert_eq!(new.position, 1, "before the dropped one");
        let mut tx = world.tx().await;
        for id in [&plans[1], &new.id] {
            solutions::drop_solution(&mut tx, id, 1, "Не нужно").await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(world.load(&problem.id).await.state, ProblemState::Analysing, "no plan is left");
        let mut tx = world.tx().await;
        let again = solutions::drop_solution(&mut tx, &new.id, 2, "Ещё раз").await;
        assert_eq!(code(again), "solution_state");
    }

    async fn when_the_last_plan_fails_the_problem_is_analysed_again(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        world.put_to_work(&plans[0], START, date(2026, 4, 1)).await;
        world.judge(&plans[0], Outcome::Worse, date(2026, 4, 1)).await;
        assert_eq!(world.load(&problem.id).await.state, ProblemState::Analysing);
        assert_eq!(world.current(&problem.id).await, None);
        assert_eq!(world.plans(&problem.id).await[0].outcome, Some(Outcome::Worse));
        let next = world.plan(&problem.id, "B").await;
        assert_eq!((next.position, world.load(&problem.id).await.state), (1, ProblemState::Solving));
    }

    async fn a_solved_problem_that_returns_is_handed_to_the_next_plan(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(2).await;
        world.put_to_work(&plans[0], START, date(2026, 4, 1)).await;
        world.judge(&plans[0], Outcome::Worked, date(2026, 4, 1)).await;
        let solved = world.load(&problem.id).await;
        assert_eq!(solved.state, ProblemState::Solved);
        assert_eq!(code(world.release(&plans[1], date(2026, 4, 2)).await), "problem_closed");
        world.set_day(date(2026, 9, 1));
        let mut tx = world.tx().await;
        let back = problems::reopen_problem(&mut tx, &problem.id, solved.version, "Вернулось").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(back.state, ProblemState::Solving);
        let events = history::list_problem_events(&world, &problem.id).await.unwrap();
        let Some(ProblemEvent::PlanPromoted { from, to }) = events.last().map(|last| &last.event) else {
            panic!("{:?}", events.last());
        };
        assert_eq!(((from.place, &from.title), (to.place, &to.title)), ((Some(0), &"A".into()), (Some(1), &"B".into())));
        let recent = history::list_recent_events(&world, date_ms(date(2026, 9, 1)), None, 10).await.unwrap();
        assert_eq!(recent.len(), 2, "only those since");
        assert_eq!(recent[0].event, events[events.len() - 1], "newest first");
        assert_eq!((&recent[0].problem.id, recent[0].problem.number), (&problem.id, problem.number));
    }

    async fn estimates_are_bounded_and_stand_once_released(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        let mut tx = world.tx().await;
        for wrong in [
            Estimates { effect: Some(6), ..Estimates::default() },
            Estimates { cost: Some(0), ..Estimates::default() },
            Estimates { money: Some(-1.0), ..Estimates::default() },
            Estimates { people: Some(f64::NAN), ..Estimates::default() },
        ] {
            let new = NewSolution { title: "X".into(), estimates: wrong, ..NewSolution::default() };
            assert_eq!(code(solutions::create_solution(&mut tx, &problem.id, new).await), "field_out_of_range");
        }
        let known = Estimates { effect: Some(4), people: Some(2.5), days: Some(20), ..Estimates::default() };
        assert_eq!(known.effort_days(), Some(50.0));
        let patch = SolutionPatch { version: 1, estimates: Some(known), ..SolutionPatch::default() };
        let edited = solutions::update_solution(&mut tx, &plans[0], patch.clone()).await.unwrap();
        assert_eq!((edited.estimates, edited.version), (known, 2));
        assert_eq!(code(solutions::update_solution(&mut tx, &plans[0], patch).await), "stale");
        tx.commit().await.unwrap();

        world.put_to_work(&plans[0], START, date(2026, 4, 1)).await;
        let version = world.version(&plans[0]).await;
        let mut tx = world.tx().await;
        let late = SolutionPatch { version, estimates: Some(Estimates::default()), ..SolutionPatch::default() };
        assert_eq!(code(solutions::update_solution(&mut tx, &plans[0], late).await), "solution_state");
        let words = SolutionPatch { version, title: Some("Срок на экране".into()), ..SolutionPatch::default() };
        let renamed = solutions::update_solution(&mut tx, &plans[0], words).await.unwrap();
        assert_eq!(renamed.title, "Срок на экране");
    }
}
