//! Verdicts: when they may be proposed, who signs, what a signature refuses.

use jiff::civil::date;
use otklik_backlog::problems::{self, ProblemState};
use otklik_backlog::solutions::SolutionState;
use otklik_backlog::verdicts::{self, Outcome, Signature};
use otklik_store::Actor;
use otklik_testkit::both;

use crate::world::{START, World, code};

const CHECK: jiff::civil::Date = date(2026, 4, 1);

fn signature(outcome: Outcome, comment: &str) -> Signature {
    Signature { outcome, comment: comment.into(), next_check_on: None }
}

both! {
    async fn one_check_has_one_verdict(store: TestStore) {
        let world = World::new(store).await;
        let (_, plans) = world.problem_with_plans(1).await;
        let id = &plans[0];
        assert_eq!(code(world.propose(id, Outcome::Worked, CHECK).await), "not_released");
        world.put_to_work(id, START, CHECK).await;
        assert_eq!(code(world.propose(id, Outcome::Worked, date(2026, 3, 31)).await), "check_not_due");
        let first = world.propose(id, Outcome::Partly, CHECK).await.unwrap();
        let again = world.propose(id, Outcome::Worked, date(2026, 4, 5)).await.unwrap();
        assert_eq!(first, again);
        assert_eq!((first.proposed, first.check_on), (Outcome::Partly, CHECK));
        assert_eq!(verdicts::list_due_checks(&world, date(2026, 4, 5)).await.unwrap(), []);
        let open = verdicts::list_open_verdicts(&world).await.unwrap();
        assert_eq!(open.iter().map(|open| &open.verdict).collect::<Vec<_>>(), [&first]);
    }

    async fn a_person_signs_once_and_explains_a_disagreement(store: TestStore) {
        let world = World::new(store).await;
        let (_, plans) = world.problem_with_plans(1).await;
        world.put_to_work(&plans[0], START, CHECK).await;
        let verdict = world.propose(&plans[0], Outcome::NoEffect, CHECK).await.unwrap();
        let mut tx = world.begin(Actor::System).await.unwrap();
        let by_machine = verdicts::sign_verdict(&mut tx, &verdict.id, signature(Outcome::NoEffect, ""), CHECK).await;
        assert_eq!(code(by_machine), "person_needed");
        drop(tx);

        let mut tx = world.tx().await;
        let silent = verdicts::sign_verdict(&mut tx, &verdict.id, signature(Outcome::Worked, " "), CHECK).await;
        assert_eq!(code(silent), "reason_missing");
        let comment = "В марте был сбой, без него эффект виден";
        let signed = verdicts::sign_verdict(&mut tx, &verdict.id, signature(Outcome::Worked, comment), CHECK)
            .await
            .unwrap();
        let written = signed.signature.unwrap();
        assert_eq!((written.outcome, written.by, written.comment.as_str()), (Outcome::Worked, world.anna.clone(), comment));
        let again = verdicts::sign_verdict(&mut tx, &verdict.id, signature(Outcome::NoEffect, ""), CHECK).await;
        assert_eq!(code(again), "already_signed");
        tx.commit().await.unwrap();
    }

    async fn two_people_cannot_sign_the_same_verdict(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(2).await;
        world.put_to_work(&plans[0], START, CHECK).await;
        let verdict = world.propose(&plans[0], Outcome::NoEffect, CHECK).await.unwrap();
        let sign = async |person| {
            let mut tx = world.tx_of(person).await;
            let agreed = signature(Outcome::NoEffect, "");
            let signed = verdicts::sign_verdict(&mut tx, &verdict.id, agreed, CHECK).await?;
            tx.commit().await?;
            Ok(signed)
        };
        let both = tokio::join!(sign(&world.anna), sign(&world.boris));
        let refused = [both.0, both.1].into_iter().filter_map(Result::err).map(|e: otklik_backlog::BacklogError| e.code());
        assert_eq!(refused.collect::<Vec<_>>(), ["already_signed"]);
        assert_eq!(world.current(&problem.id).await.as_deref(), Some("B"), "promoted once");
    }

    async fn cannot_tell_asks_for_another_look(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(2).await;
        world.put_to_work(&plans[0], START, CHECK).await;
        let verdict = world.propose(&plans[0], Outcome::CannotTell, CHECK).await.unwrap();
        let mut tx = world.tx().await;
        let unsure = signature(Outcome::CannotTell, "");
        let no_date = verdicts::sign_verdict(&mut tx, &verdict.id, unsure.clone(), CHECK).await;
        assert_eq!(code(no_date), "check_missing");
        let past = Signature { next_check_on: Some(CHECK), ..unsure.clone() };
        assert_eq!(code(verdicts::sign_verdict(&mut tx, &verdict.id, past, CHECK).await), "check_too_early");
        let later = Signature { next_check_on: Some(date(2026, 5, 1)), ..unsure };
        verdicts::sign_verdict(&mut tx, &verdict.id, later, CHECK).await.unwrap();
        tx.commit().await.unwrap();

        let plan = world.plans(&problem.id).await.remove(0);
        assert_eq!((plan.state, plan.check_on), (SolutionState::Released, Some(date(2026, 5, 1))));
        assert_eq!(world.load(&problem.id).await.state, ProblemState::Watching);
        assert_eq!(verdicts::list_due_checks(&world, date(2026, 4, 30)).await.unwrap(), []);
        assert_eq!(verdicts::list_due_checks(&world, date(2026, 5, 1)).await.unwrap().len(), 1);
        world.judge(&plans[0], Outcome::Worked, date(2026, 5, 1)).await;
        let all = verdicts::list_verdicts(&world, &plans[0]).await.unwrap();
        let signed: Vec<_> = all.iter().map(|v| v.signature.as_ref().map(|s| s.outcome)).collect();
        assert_eq!(signed, [Some(Outcome::CannotTell), Some(Outcome::Worked)]);
    }

    async fn a_rejected_problem_waits_for_no_verdict(store: TestStore) {
        let world = World::new(store).await;
        let (problem, plans) = world.problem_with_plans(1).await;
        world.put_to_work(&plans[0], START, CHECK).await;
        let verdict = world.propose(&plans[0], Outcome::Worked, CHECK).await.unwrap();
        let version = world.load(&problem.id).await.version;
        let mut tx = world.tx().await;
        problems::reject_problem(&mut tx, &problem.id, version, "Продукт закрыт").await.unwrap();
        let late = verdicts::sign_verdict(&mut tx, &verdict.id, signature(Outcome::Worked, ""), CHECK).await;
        assert_eq!(code(late), "problem_closed");
        tx.commit().await.unwrap();
        assert_eq!(verdicts::list_open_verdicts(&world).await.unwrap(), []);
        let mut tx = world.tx().await;
        let reopened = problems::reopen_problem(&mut tx, &problem.id, version + 1, "Вернули").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(reopened.state, ProblemState::Watching, "its plan is still at work");
        assert_eq!(verdicts::list_open_verdicts(&world).await.unwrap().len(), 1);
    }
}
