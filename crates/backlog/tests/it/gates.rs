//! Hypothesis, gate and release: what each of them refuses.

use jiff::civil::date;
use otklik_backlog::evidence::Evidence;
use otklik_backlog::gates::{self, GateLine, TemplateContent};
use otklik_backlog::hypothesis::{self, Hypothesis};
use otklik_backlog::problems::{self, ProblemPatch};
use otklik_backlog::solutions::SolutionState;
use otklik_facts::{Filter, ItemSet};
use otklik_store::Actor;
use otklik_testkit::both;

use crate::world::{START, World, code, hypothesis};

both! {
    async fn release_asks_for_hypothesis_gate_order_and_time(store: TestStore) {
        let world = World::new(store).await;
        let (_, plans) = world.problem_with_plans(2).await;
        let [a, b] = [&plans[0], &plans[1]];
        assert_eq!(code(world.release(a, START).await), "hypothesis_missing");
        world.fix(a, START, date(2026, 3, 30)).await;
        assert_eq!(code(world.release(a, START).await), "gate_missing");
        let mut tx = world.tx().await;
        let items = gates::start_gate(&mut tx, a, &world.template.id).await.unwrap();
        assert_eq!(code(gates::start_gate(&mut tx, a, &world.template.id).await), "gate_started");
        tx.commit().await.unwrap();
        assert_eq!(items.len(), world.template.lines.len());
        assert_eq!(code(world.release(a, START).await), "gate_open");

        let mut tx = world.tx().await;
        for item in &items {
            gates::confirm_gate_item(&mut tx, &item.id, "").await.unwrap();
        }
        gates::withdraw_gate_item(&mut tx, &items[0].id, "Скрипт не тот").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(world.release(a, START).await), "gate_open");
        let mut tx = world.tx().await;
        gates::confirm_gate_item(&mut tx, &items[0].id, "v2").await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(code(world.release(a, date(2026, 3, 3)).await), "check_too_early", "28 days do not fit");
        world.fix(b, START, date(2026, 3, 30)).await;
        world.pass_gate(b).await;
        assert_eq!(code(world.release(b, START).await), "not_current");
        let released = world.release(a, START).await.unwrap();
        assert_eq!((released.state, released.check_on), (SolutionState::Released, Some(date(2026, 3, 30))));
        assert_eq!(code(world.release(a, START).await), "solution_state");
        let mut tx = world.tx().await;
        let late = gates::withdraw_gate_item(&mut tx, &items[0].id, "Поздно").await;
        assert_eq!(code(late), "solution_state");
    }

    async fn a_gate_may_be_passed_while_the_hypothesis_is_written(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        world.pass_gate(&plans[0]).await;
        assert_eq!(world.plans(&problem.id).await[0].state, SolutionState::Draft);
        assert_eq!(code(world.release(&plans[0], START).await), "hypothesis_missing");
        let fixed = world.fix(&plans[0], START, date(2026, 4, 1)).await;
        assert_eq!(fixed.state, SolutionState::InGate);
        world.release(&plans[0], START).await.unwrap();
    }

    async fn a_gate_line_is_confirmed_by_the_one_who_was_named(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        world.fix(&plans[0], START, date(2026, 4, 1)).await;
        let mut tx = world.tx().await;
        let line = GateLine { title_ru: "Директор видел".into(), title_en: "The director saw it".into() };
        assert_eq!(code(gates::add_gate_item(&mut tx, &plans[0], &line).await), "gate_missing");
        gates::start_gate(&mut tx, &plans[0], &world.template.id).await.unwrap();
        let item = gates::add_gate_item(&mut tx, &plans[0], &line).await.unwrap();
        gates::assign_gate_item(&mut tx, &item.id, Some(&world.boris)).await.unwrap();
        assert_eq!(code(gates::confirm_gate_item(&mut tx, &item.id, "").await), "not_confirmer");
        tx.commit().await.unwrap();

        let mut tx = world.begin(Actor::System).await.unwrap();
        assert_eq!(code(gates::confirm_gate_item(&mut tx, &item.id, "").await), "person_needed");
        drop(tx);
        let waiting = gates::list_waiting_gate_items(&world, &world.boris).await.unwrap();
        assert_eq!(waiting.iter().map(|waiting| &waiting.item.id).collect::<Vec<_>>(), [&item.id]);
        assert_eq!(waiting[0].problem.id, problem.id);
        assert_eq!(gates::list_waiting_gate_items(&world, &world.anna).await.unwrap(), []);
        let mut tx = world.tx_of(&world.boris).await;
        let confirmed = gates::confirm_gate_item(&mut tx, &item.id, "протокол 7").await.unwrap();
        assert_eq!(confirmed.confirmed_by.as_ref(), Some(&world.boris));
        assert_eq!((confirmed.proof.as_str(), confirmed.confirmed_at), ("протокол 7", Some(world.now_ms())));
        let again = gates::confirm_gate_item(&mut tx, &item.id, "другое").await.unwrap();
        assert_eq!(again, confirmed, "the first confirmation stands");
        tx.commit().await.unwrap();
        assert_eq!(gates::list_waiting_gate_items(&world, &world.boris).await.unwrap(), []);
        let listed = gates::list_gate_items(&world, &plans[0]).await.unwrap();
        assert_eq!(listed.last(), Some(&confirmed));
        assert_eq!(listed.iter().filter(|item| item.is_open()).count(), world.template.lines.len());
    }

    async fn a_hypothesis_is_frozen_with_its_subject(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        let id = &plans[0];
        let mut tx = world.tx().await;
        assert_eq!(code(hypothesis::fix_hypothesis(&mut tx, id, 1, START).await), "hypothesis_missing");
        let early = hypothesis(date(2026, 3, 20));
        let set = hypothesis::set_hypothesis(&mut tx, id, 1, early).await.unwrap();
        let refused = hypothesis::fix_hypothesis(&mut tx, id, set.version, START).await;
        assert_eq!(code(refused), "check_too_early");
        tx.commit().await.unwrap();

        let fixed = world.fix(id, START, date(2026, 4, 1)).await;
        assert_eq!(fixed.state, SolutionState::Planned);
        assert_eq!(fixed.hypothesis.as_ref().unwrap().subject.as_ref(), Some(&problem.evidence));
        let mut tx = world.tx().await;
        let patch = ProblemPatch {
            version: world.load(&problem.id).await.version,
            evidence: Some(Evidence::default()),
            ..ProblemPatch::default()
        };
        problems::update_problem(&mut tx, &problem.id, patch).await.unwrap();
        let version = fixed.version;
        let moved = hypothesis::set_hypothesis(&mut tx, id, version, hypothesis(date(2026, 5, 1))).await;
        assert_eq!(code(moved), "hypothesis_fixed");
        assert_eq!(code(hypothesis::unfix_hypothesis(&mut tx, id, version, "").await), "reason_missing");
        tx.commit().await.unwrap();
        let kept = world.plans(&problem.id).await.remove(0).hypothesis.unwrap();
        assert_eq!(kept.subject, Some(problem.evidence), "the goalposts stand");

        world.pass_gate(id).await;
        let mut tx = world.tx().await;
        let version = version + 1;
        let open = hypothesis::unfix_hypothesis(&mut tx, id, version, "Релиз сдвинут").await.unwrap();
        let later = hypothesis(date(2026, 5, 1));
        let set = hypothesis::set_hypothesis(&mut tx, id, open.version, later).await.unwrap();
        let fixed = hypothesis::fix_hypothesis(&mut tx, id, set.version, START).await.unwrap();
        assert_eq!(fixed.state, SolutionState::InGate, "the gate was kept");
        tx.commit().await.unwrap();
        world.release(id, START).await.unwrap();
        let mut tx = world.tx().await;
        let late = hypothesis::unfix_hypothesis(&mut tx, id, fixed.version + 1, "Передумали").await;
        assert_eq!(code(late), "hypothesis_fixed");
    }

    async fn a_hypothesis_that_promises_nothing_is_refused(store: TestStore) {
        let world = World::new(store).await;
        let (_, plans) = world.problem_with_plans(1).await;
        let good = hypothesis(date(2026, 4, 1));
        let items = Filter::Items(std::sync::Arc::new(ItemSet::from_iter([1])));
        let mut tx = world.tx().await;
        for (wrong, expected) in [
            (Hypothesis { change: " ".into(), ..good.clone() }, "field_empty"),
            (Hypothesis { metric_code: String::new(), ..good.clone() }, "field_empty"),
            (Hypothesis { smallest_effect: 0.0, ..good.clone() }, "field_out_of_range"),
            (Hypothesis { smallest_effect: f64::NAN, ..good.clone() }, "field_out_of_range"),
            (Hypothesis { settle_days: 731, ..good.clone() }, "field_out_of_range"),
            (Hypothesis { before_days: 6, ..good.clone() }, "field_out_of_range"),
            (Hypothesis { after_days: 731, ..good.clone() }, "field_out_of_range"),
            (Hypothesis { control: Some(items), ..good.clone() }, "evidence_invalid"),
        ] {
            assert_eq!(code(hypothesis::set_hypothesis(&mut tx, &plans[0], 1, wrong).await), expected);
        }
        let set = hypothesis::set_hypothesis(&mut tx, &plans[0], 1, good.clone()).await.unwrap();
        assert_eq!(set.hypothesis, Some(good));
    }

    async fn templates_are_edited_by_one_at_a_time_and_archived(store: TestStore) {
        let world = World::new(store).await;
        let template = &world.template;
        let content = |lines: Vec<GateLine>| TemplateContent {
            name_ru: "Свой".into(),
            name_en: "Own".into(),
            lines,
            position: 9,
        };
        let mut tx = world.tx().await;
        assert_eq!(code(gates::create_gate_template(&mut tx, content(vec![])).await), "field_empty");
        let own = content(template.lines[..1].to_vec());
        let edited = gates::update_gate_template(&mut tx, &template.id, 1, own.clone()).await.unwrap();
        assert_eq!((edited.version, edited.lines.len()), (2, 1));
        assert_eq!(code(gates::update_gate_template(&mut tx, &template.id, 1, own).await), "stale");
        gates::archive_gate_template(&mut tx, &template.id, 2).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(gates::list_gate_templates(&world, false).await.unwrap().len(), 2);
        assert_eq!(gates::list_gate_templates(&world, true).await.unwrap().len(), 3);

        let (_, plans) = world.problem_with_plans(1).await;
        world.fix(&plans[0], START, date(2026, 4, 1)).await;
        let mut tx = world.tx().await;
        assert_eq!(code(gates::start_gate(&mut tx, &plans[0], &template.id).await), "not_found");
    }
}
