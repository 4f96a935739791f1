//! The full life of a problem: plan A did nothing, plan B helped a little, plan C solved it; it came back.

use jiff::civil::date;
use otklik_backlog::Criticality;
use otklik_backlog::evidence::{self, ItemMark};
use otklik_backlog::history::{self, ProblemEvent, RecordedEvent};
use otklik_backlog::problems::{self, ProblemPatch, ProblemState};
use otklik_backlog::verdicts::{self, Outcome};
use otklik_testkit::both;

use crate::world::{START, World};

both! {
    async fn a_problem_with_three_plans_lives_through_a_year(store: TestStore) {
        let world = World::new(store).await;
        let problem = world.problem("Переводы зависают на сутки").await;
        let id = &problem.id;
        assert_eq!((problem.number, problem.state), (1, ProblemState::New));

        let mut tx = world.tx().await;
        let problem = problems::start_analysis(&mut tx, id, problem.version).await.unwrap();
        evidence::mark_item(&mut tx, id, 17, Some(ItemMark::Pinned)).await.unwrap();
        let patch = ProblemPatch {
            version: problem.version,
            criticality: Some(Some(Criticality::ChurnLikely)),
            criticality_reason: Some("Каждый пятый грозит уйти".into()),
            ..ProblemPatch::default()
        };
        problems::update_problem(&mut tx, id, patch).await.unwrap();
        tx.commit().await.unwrap();

        let mut plans = Vec::new();
        for letter in ["A", "B", "C"] {
            plans.push(world.plan(id, letter).await.id);
        }
        assert_eq!(world.load(id).await.state, ProblemState::Solving);

        world.put_to_work(&plans[0], START, date(2026, 4, 1)).await;
        assert_eq!(world.load(id).await.state, ProblemState::Watching);
        assert_eq!(verdicts::list_due_checks(&world, date(2026, 3, 31)).await.unwrap(), []);
        let due = verdicts::list_due_checks(&world, date(2026, 4, 1)).await.unwrap();
        assert_eq!(due.iter().map(|check| &check.solution.id).collect::<Vec<_>>(), [&plans[0]]);
        world.judge(&plans[0], Outcome::NoEffect, date(2026, 4, 2)).await;
        assert_eq!(world.current(id).await.as_deref(), Some("B"), "plan B is current");
        assert_eq!(world.load(id).await.state, ProblemState::Solving);

        world.put_to_work(&plans[1], date(2026, 5, 1), date(2026, 6, 1)).await;
        world.judge(&plans[1], Outcome::Partly, date(2026, 6, 1)).await;
        world.put_to_work(&plans[2], date(2026, 7, 1), date(2026, 8, 1)).await;
        world.judge(&plans[2], Outcome::Worked, date(2026, 8, 3)).await;
        let solved = world.load(id).await;
        assert_eq!((solved.state, solved.closed_at), (ProblemState::Solved, Some(world.now_ms())));
        assert_eq!(world.current(id).await, None);
        assert_eq!(verdicts::list_open_verdicts(&world).await.unwrap(), []);

        world.set_day(date(2027, 2, 1));
        let mut tx = world.tx().await;
        problems::reopen_problem(&mut tx, id, solved.version, "Жалобы вернулись").await.unwrap();
        tx.commit().await.unwrap();
        let reopened = world.load(id).await;
        assert_eq!((reopened.state, reopened.closed_at), (ProblemState::Analysing, None));

        let events = history::list_problem_events(&world, id).await.unwrap();
        assert!(events.is_sorted_by_key(|event| event.at));
        assert_eq!(told(&events), TOLD);
        assert_eq!(world.count("problem_event").await + 3, world.count("audit").await, "and three templates");
    }
}

const TOLD: [&str; 32] = [
    "problem_created",
    "analysis_started",
    "item_marked",
    "criticality_set",
    "solution_added A",
    "solution_added B",
    "solution_added C",
    "solution_changed A",
    "hypothesis_fixed A",
    "gate_started A",
    "gate_item_confirmed A",
    "solution_released A",
    "verdict_proposed A",
    "verdict_signed A",
    "plan_promoted A to B",
    "solution_changed B",
    "hypothesis_fixed B",
    "gate_started B",
    "gate_item_confirmed B",
    "solution_released B",
    "verdict_proposed B",
    "verdict_signed B",
    "plan_promoted B to C",
    "solution_changed C",
    "hypothesis_fixed C",
    "gate_started C",
    "gate_item_confirmed C",
    "solution_released C",
    "verdict_proposed C",
    "verdict_signed C",
    "problem_solved C",
    "problem_reopened",
];

/// The history in words, equal lines told once.
fn told(events: &[RecordedEvent]) -> Vec<String> {
    let mut told: Vec<String> = events.iter().map(|recorded| tell(&recorded.event)).collect();
    told.dedup();
    told
}

fn tell(event: &ProblemEvent) -> String {
    let value = serde_json::to_value(event).unwrap();
    let kind = value["kind"].as_str().unwrap();
    match event {
        ProblemEvent::PlanPromoted { from, to } => format!("{kind} {} to {}", from.title, to.title),
        ProblemEvent::ProblemSolved { by } => format!("{kind} {}", by.title),
        _ => match value["detail"]["solution"]["title"].as_str() {
            Some(title) => format!("{kind} {title}"),
            None => kind.to_owned(),
        },
    }
}
