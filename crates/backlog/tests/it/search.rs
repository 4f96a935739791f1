//! Finding problems: filters, words in both languages, «we had this already».

use otklik_backlog::Criticality;
use otklik_backlog::problems::{
    self, NewProblem, ProblemFilter, ProblemKind, ProblemPatch, ProblemSort, ProblemState,
};
use otklik_backlog::solutions;
use otklik_store::ids::UnitId;
use otklik_testkit::both;

use crate::world::World;

async fn numbers(world: &World, filter: ProblemFilter) -> Vec<u64> {
    let page = problems::list_problems(world, &filter).await.unwrap();
    page.items.iter().map(|problem| problem.number).collect()
}

async fn company(world: &World) {
    let mut tx = world.tx().await;
    for (title, kind, unit) in [
        ("Переводы зависают на сутки", ProblemKind::Problem, Some("payments")),
        ("The app logs me out at 100%_sure moments", ProblemKind::Problem, Some("app")),
        ("Поздравить с днём рождения", ProblemKind::Wow, None),
        ("Перевод по телефону непонятен", ProblemKind::Problem, Some("app")),
    ] {
        let unit_id = unit.map(|unit| UnitId(unit.into()));
        let new = NewProblem { kind, unit_id, ..NewProblem::titled(title) };
        problems::create_problem(&mut tx, new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

both! {
    async fn problems_are_found_by_every_filter(store: TestStore) {
        let world = World::new(store).await;
        company(&world).await;
        let any = ProblemFilter::default;
        let unit = |unit: &str| UnitId(unit.into());
        for (filter, expected) in [
            (any(), vec![1, 2, 3, 4]),
            (ProblemFilter { kinds: vec![ProblemKind::Wow], ..any() }, vec![3]),
            (ProblemFilter { states: vec![ProblemState::Solved], ..any() }, vec![]),
            (ProblemFilter { units: Some(vec![unit("app"), unit("none")]), ..any() }, vec![2, 4]),
            (ProblemFilter { units: Some(vec![]), ..any() }, vec![]),
            (ProblemFilter { words: "ПЕРЕВОДОВ".into(), ..any() }, vec![1, 4]),
            (ProblemFilter { words: "переводы сутками".into(), ..any() }, vec![1]),
            (ProblemFilter { words: "перев".into(), ..any() }, vec![1, 4]),
            (ProblemFilter { words: "logging".into(), ..any() }, vec![2]),
            (ProblemFilter { words: "евод".into(), ..any() }, vec![]),
            (ProblemFilter { words: "'; drop table problem; --".into(), ..any() }, vec![]),
            (ProblemFilter { descending: true, limit: 2, offset: 1, ..any() }, vec![3, 2]),
        ] {
            assert_eq!(numbers(&world, filter.clone()).await, expected, "{filter:?}");
        }
        let page = ProblemFilter { limit: 1, ..any() };
        assert_eq!(problems::list_problems(&world, &page).await.unwrap().total, 4);
    }

    async fn who_has_no_criticality_comes_last_both_ways(store: TestStore) {
        let world = World::new(store).await;
        company(&world).await;
        let all = problems::list_problems(&world, &ProblemFilter::default()).await.unwrap().items;
        let mut tx = world.tx().await;
        for (problem, criticality) in [(&all[0], Criticality::Annoying), (&all[3], Criticality::ChurnCertain)] {
            let criticality = Some(Some(criticality));
            let patch = ProblemPatch { version: 1, criticality, ..ProblemPatch::default() };
            problems::update_problem(&mut tx, &problem.id, patch).await.unwrap();
        }
        tx.commit().await.unwrap();
        let sorted = |descending| ProblemFilter { sort: ProblemSort::Criticality, descending, ..ProblemFilter::default() };
        assert_eq!(numbers(&world, sorted(false)).await, [1, 4, 2, 3]);
        assert_eq!(numbers(&world, sorted(true)).await, [4, 1, 2, 3]);
        for sort in ProblemSort::ALL {
            let filter = ProblemFilter { sort: *sort, ..ProblemFilter::default() };
            assert_eq!(numbers(&world, filter).await.len(), 4, "{sort:?}");
        }
    }

    async fn who_writes_the_same_again_is_shown_what_became_of_it(store: TestStore) {
        let world = World::new(store).await;
        company(&world).await;
        let all = problems::list_problems(&world, &ProblemFilter::default()).await.unwrap().items;
        let mut tx = world.tx().await;
        problems::reject_problem(&mut tx, &all[0].id, 1, "Сделает партнёр").await.unwrap();
        tx.commit().await.unwrap();
        let text = "Перевод завис на двое суток";
        let found = problems::list_similar_problems(&world, text, None, 5).await.unwrap();
        assert_eq!(found[0].number, 1);
        assert_eq!(found[0].rejected_reason.as_deref(), Some("Сделает партнёр"));
        assert!(found.is_sorted_by(|a, b| a.likeness >= b.likeness));
        let page = ProblemFilter { words: "партнёру".into(), ..ProblemFilter::default() };
        assert_eq!(numbers(&world, page).await, [1], "the reason is searched too");
        let others = problems::list_similar_problems(&world, text, Some(&all[0].id), 5).await.unwrap();
        assert!(others.iter().all(|problem| problem.number != 1));
        assert_eq!(problems::list_similar_problems(&world, "и на 100% _", None, 5).await.unwrap(), []);

        let plan = world.plan(&all[1].id, "Показывать срок зачисления").await;
        let mut tx = world.tx().await;
        solutions::drop_solution(&mut tx, &plan.id, 1, "Дорого").await.unwrap();
        tx.commit().await.unwrap();
        let tried = problems::list_similar_solutions(&world, "показать сроки зачисления", None, 5).await.unwrap();
        assert_eq!(tried.iter().map(|found| (&found.id, found.problem_number)).collect::<Vec<_>>(), [(&plan.id, 2)]);
        assert_eq!(tried[0].dropped_reason.as_deref(), Some("Дорого"));
    }

    async fn plans_of_many_problems_come_at_once(store: TestStore) {
        let world = World::new(store).await;
        let (first, plans) = world.problem_with_plans(2).await;
        let (second, _) = world.problem_with_plans(1).await;
        let none = world.problem("Без планов").await;
        let ids = [first.id.clone(), second.id.clone(), none.id.clone()];
        let all = solutions::list_solutions_of(&world, &ids).await.unwrap();
        assert_eq!(all[&first.id].iter().map(|plan| &plan.id).collect::<Vec<_>>(), [&plans[0], &plans[1]]);
        assert_eq!((all[&second.id].len(), all.get(&none.id)), (1, None));
    }
}
