//! Edits: cells, two people at one row, rejecting and reopening, evidence by hand.

use jiff::civil::date;
use otklik_backlog::Criticality;
use otklik_backlog::evidence::{self, Evidence, ItemMark, Marks};
use otklik_backlog::history::{self, ProblemEvent};
use otklik_backlog::problems::{self, NewProblem, ProblemKind, ProblemPatch, ProblemState};
use otklik_backlog::solutions::{self, NewSolution};
use otklik_backlog::verdicts;
use otklik_facts::{Filter, ItemSet};
use otklik_store::ids::{ProblemId, UnitId};
use otklik_testkit::both;

use crate::world::{START, World, code};

both! {
    async fn numbers_come_and_go(store: TestStore) {
        let world = World::new(store).await;
        let mut problem = world.problem("Перевод идёт три дня").await;
        for share in [None, Some(0.02), None, Some(0.5)] {
            let mut tx = world.tx().await;
            let title = format!("Перевод идёт, {share:?}");
            let patch = ProblemPatch {
                version: problem.version,
                title: Some(title),
                churn_share: Some(share),
                ..ProblemPatch::default()
            };
            problem = problems::update_problem(&mut tx, &problem.id, patch).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(world.load(&problem.id).await.money.churn_share, share);
        }
    }

    async fn the_second_of_two_sees_the_first_before_overwriting(store: TestStore) {
        let world = World::new(store).await;
        let problem = world.problem("Долго ждать ответа в чате").await;
        let edit = async |person, title: &str| {
            let mut tx = world.tx_of(person).await;
            let title = Some(title.to_owned());
            let patch = ProblemPatch { version: 1, title, ..ProblemPatch::default() };
            let edited = problems::update_problem(&mut tx, &problem.id, patch).await?;
            tx.commit().await?;
            Ok::<_, otklik_backlog::BacklogError>(edited)
        };
        let (anna, boris) = tokio::join!(edit(&world.anna, "Чат молчит"), edit(&world.boris, "Чат медленный"));
        let (kept, refused) = if anna.is_ok() { (anna, boris) } else { (boris, anna) };
        assert_eq!(code(refused), "stale");
        let now = world.load(&problem.id).await;
        assert_eq!((now.title, now.version), (kept.unwrap().title, 2));
    }

    async fn an_edit_tells_what_it_changed_and_nothing_else(store: TestStore) {
        let world = World::new(store).await;
        let problem = world.problem("Долго ждать").await;
        let unit = UnitId("cards".into());
        let patch = ProblemPatch {
            version: 1,
            title: Some(" Долго ждать ответа ".into()),
            unit_id: Some(Some(unit.clone())),
            criticality: Some(Some(Criticality::Costly)),
            churn_share: Some(Some(0.02)),
            evidence: Some(Evidence { days: Some(30), ..problem.evidence.clone() }),
            ..ProblemPatch::default()
        };
        let mut tx = world.tx().await;
        let edited = problems::update_problem(&mut tx, &problem.id, patch).await.unwrap();
        let same = ProblemPatch { version: 2, unit_id: Some(Some(unit)), ..ProblemPatch::default() };
        let unchanged = problems::update_problem(&mut tx, &problem.id, same).await.unwrap();
        assert_eq!((unchanged.version, &unchanged), (2, &edited));
        tx.commit().await.unwrap();
        assert_eq!(world.load(&problem.id).await, edited);

        let events = history::list_problem_events(&world, &problem.id).await.unwrap();
        let [_, cells, criticality, evidence] = events.as_slice() else { panic!("{events:?}") };
        let ProblemEvent::ProblemChanged { changes } = &cells.event else { panic!("{cells:?}") };
        let fields: Vec<_> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["title", "unit_id", "churn_share"]);
        assert_eq!((&changes[0].from, &changes[0].to), (&"Долго ждать".into(), &"Долго ждать ответа".into()));
        assert_eq!(cells.actor_id, world.anna.as_str());
        assert!(matches!(criticality.event, ProblemEvent::CriticalitySet { from: None, to: Some(Criticality::Costly), .. }));
        let cards = [UnitId("loans".into()), UnitId("cards".into())];
        for (units, expected) in [(None, 4), (Some(&cards[..]), 4), (Some(&cards[..1]), 0), (Some(&[][..]), 0)] {
            assert_eq!(history::list_recent_events(&world, 0, units, 10).await.unwrap().len(), expected);
        }
        assert!(matches!(&evidence.event, ProblemEvent::EvidenceChanged { to, .. } if to.days == Some(30)));
    }

    async fn what_is_no_value_is_refused(store: TestStore) {
        let world = World::new(store).await;
        let problem = world.problem("Долго ждать").await;
        let blank = ProblemPatch { version: 1, ..ProblemPatch::default() };
        let hand_picked = Evidence { filter: Filter::Items(std::sync::Arc::new(ItemSet::from_iter([1]))), ..Evidence::default() };
        let mut tx = world.tx().await;
        for (wrong, expected) in [
            (ProblemPatch { title: Some("\0 \n".into()), ..blank.clone() }, "field_empty"),
            (ProblemPatch { title: Some("я".repeat(301)), ..blank.clone() }, "field_too_long"),
            (ProblemPatch { statement: Some("я".repeat(20_001)), ..blank.clone() }, "field_too_long"),
            (ProblemPatch { churn_share: Some(Some(1.01)), ..blank.clone() }, "field_out_of_range"),
            (ProblemPatch { claim_cost: Some(Some(f64::INFINITY)), ..blank.clone() }, "field_out_of_range"),
            (ProblemPatch { evidence: Some(hand_picked), ..blank.clone() }, "evidence_invalid"),
        ] {
            assert_eq!(code(problems::update_problem(&mut tx, &problem.id, wrong).await), expected);
        }
        let nobody = ProblemId("nobody".into());
        assert_eq!(code(problems::update_problem(&mut tx, &nobody, blank).await), "not_found");
        assert_eq!(code(problems::create_problem(&mut tx, NewProblem::titled("  ")).await), "field_empty");
    }

    async fn a_rejected_problem_keeps_its_reason_and_refuses_plans(store: TestStore) {
        let world = World::new(store).await;
        let problem = world.problem("Хочу бумажный чек").await;
        let id = &problem.id;
        let mut tx = world.tx().await;
        assert_eq!(code(problems::reject_problem(&mut tx, id, 1, " ").await), "reason_missing");
        assert_eq!(code(problems::reopen_problem(&mut tx, id, 1, "Зачем").await), "problem_state");
        let rejected = problems::reject_problem(&mut tx, id, 1, "Закон разрешает электронный").await.unwrap();
        assert_eq!(rejected.rejected_reason.as_deref(), Some("Закон разрешает электронный"));
        assert_eq!(rejected.closed_at, Some(tx.now_ms()));
        let version = rejected.version;
        assert_eq!(code(problems::reject_problem(&mut tx, id, version, "Снова").await), "problem_closed");
        assert_eq!(code(problems::start_analysis(&mut tx, id, version).await), "problem_state");
        let plan = NewSolution { title: "Печатать".into(), ..NewSolution::default() };
        assert_eq!(code(solutions::create_solution(&mut tx, id, plan).await), "problem_closed");
        assert_eq!(code(solutions::reorder_solutions(&mut tx, id, version, &[]).await), "problem_closed");
        let reopened = problems::reopen_problem(&mut tx, id, version, "Закон изменился").await.unwrap();
        assert_eq!((reopened.state, reopened.rejected_reason), (ProblemState::Analysing, None));
    }

    async fn a_problem_closed_by_decision_keeps_the_reason_and_the_plan_at_work(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        world.put_to_work(&plans[0], START, date(2026, 4, 1)).await;
        let version = world.load(&problem.id).await.version;
        let mut tx = world.tx().await;
        assert_eq!(code(history::add_note(&mut tx, &problem.id, " ").await), "field_empty");
        history::add_note(&mut tx, &problem.id, "Ответов мало").await.unwrap();
        assert_eq!(code(problems::close_problem(&mut tx, &problem.id, version, "").await), "reason_missing");
        let reason = "Решение комитета: за справками больше не ездят";
        let closed = problems::close_problem(&mut tx, &problem.id, version, reason).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((closed.state, closed.closed_at), (ProblemState::Solved, Some(world.now_ms())));
        assert_eq!(verdicts::list_due_checks(&world, date(2026, 4, 1)).await.unwrap(), []);
        assert_eq!(world.plans(&problem.id).await[0].outcome, None, "no plan is said to have worked");
        let events = history::list_problem_events(&world, &problem.id).await.unwrap();
        let last: Vec<_> = events.iter().rev().take(2).map(|event| event.event.clone()).collect();
        let [closing, note] = last.as_slice() else { panic!("{last:?}") };
        let expected = ProblemEvent::ProblemClosed { from: ProblemState::Watching, reason: reason.into() };
        assert_eq!(closing, &expected);
        assert_eq!(note, &ProblemEvent::NoteAdded { text: "Ответов мало".into() });
        let mut tx = world.tx().await;
        let reopened = problems::reopen_problem(&mut tx, &problem.id, closed.version, "Рано").await.unwrap();
        assert_eq!(reopened.state, ProblemState::Watching);
    }

    async fn items_are_pinned_excluded_and_left_alone(store: TestStore) {
        let world = World::new(store).await;
        let (one, two) = (world.problem("Раз").await, world.problem("Два").await);
        let mut tx = world.tx().await;
        for (item, mark) in [
            (9, Some(ItemMark::Pinned)),
            (3, Some(ItemMark::Pinned)),
            (9, Some(ItemMark::Excluded)),
            (5, Some(ItemMark::Excluded)),
            (5, None),
        ] {
            evidence::mark_item(&mut tx, &one.id, item, mark).await.unwrap();
        }
        evidence::mark_item(&mut tx, &two.id, u32::MAX, Some(ItemMark::Pinned)).await.unwrap();
        tx.commit().await.unwrap();
        let marks = Marks { pinned: vec![3], excluded: vec![9] };
        assert_eq!(evidence::load_marks(&world, &one.id).await.unwrap(), marks);
        let all = evidence::list_marks(&world).await.unwrap();
        assert_eq!(all[&one.id], marks);
        assert_eq!(all[&two.id].pinned, [u32::MAX]);
    }

    async fn a_refused_operation_leaves_no_trace(store: TestStore) {
        let world = World::new(store).await;
        let problem = world.problem("Долго ждать").await;
        let (events, audit) = (world.count("problem_event").await, world.count("audit").await);
        let mut tx = world.tx().await;
        let kind = Some(ProblemKind::Wow);
        let patch = ProblemPatch { version: 1, kind, title: Some(String::new()), ..ProblemPatch::default() };
        assert_eq!(code(problems::update_problem(&mut tx, &problem.id, patch).await), "field_empty");
        tx.commit().await.unwrap();
        assert_eq!((world.count("problem_event").await, world.count("audit").await), (events, audit));
        assert_eq!(world.load(&problem.id).await, problem);
    }
}
