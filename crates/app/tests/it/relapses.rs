//! A solved problem that returns raises an alarm; people answer it; what fails does not stop the rest.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use otklik_app::App;
use otklik_backlog::alarms::{Alarm, dismiss_alarm, list_open_alarms};
use otklik_backlog::history::{ProblemEvent, list_problem_events};
use otklik_backlog::problems::{ProblemState, load_problem, reopen_problem};
use otklik_backlog::solutions::{NewSolution, create_solution, current_plan, list_solutions, load_solution};
use otklik_backlog::verdicts::{Outcome, Signature, sign_verdict};
use otklik_backlog::{BacklogError, Problem};
use otklik_store::Tx;
use otklik_store::ids::SolutionId;
use otklik_testkit::{TestApp, both};
use otklik_voice::files::Record;

use crate::company::{add_source, count, push, record};
use crate::metrics::{CHECK, RELEASE, begin, ms, release};

/// When the bad answers come back.
const BACK: Date = date(2026, 6, 3);
const END: Date = date(2026, 8, 31);

/// Ten answers a day. Three of them are bad before the release and from `back` on; else all are good.
async fn answers(app: &App, back: Date) {
    let source = add_source(app, "survey", None).await;
    let first = RELEASE.saturating_sub(28.days());
    let days = first.until(END).unwrap().get_days();
    let answer = |number: i64| {
        let day = first.saturating_add((number / 10).days());
        let is_bad = (day < RELEASE || day >= back) && number % 10 < 3;
        Record {
            csat: Some(if is_bad { 3 } else { 5 }),
            occurred_at: Some(ms(day)),
            ..record(&number.to_string(), "Ответ")
        }
    };
    app.store.clock().set(ms(END));
    push(app, &source, (0..i64::from(days) * 10).map(answer).collect()).await;
    app.catch_up().await.unwrap();
    app.store.clock().set(ms(RELEASE));
}

/// A problem that plan A solved, with a plan B in reserve.
async fn solved(app: &App) -> (Problem, SolutionId) {
    let plan = release(app, "Долго отвечаем", 1).await;
    let problem = load_solution(&app.store, &plan).await.unwrap().problem_id;
    let mut tx = begin(app).await;
    let reserve = NewSolution { title: "B".into(), ..NewSolution::default() };
    create_solution(&mut tx, &problem, reserve).await.unwrap();
    tx.commit().await.unwrap();
    app.store.clock().set(ms(CHECK));
    let verdict = app.propose_due_verdicts().await.unwrap().made.remove(0);
    let signature = Signature { outcome: verdict.proposed, comment: String::new(), next_check_on: None };
    assert_eq!(signature.outcome, Outcome::Worked);
    let mut tx = begin(app).await;
    sign_verdict(&mut tx, &verdict.id, signature, CHECK).await.unwrap();
    tx.commit().await.unwrap();
    (load_problem(&app.store, &problem).await.unwrap(), plan)
}

/// Makes the round of every day, until one raises an alarm.
async fn watch(app: &App, from: Date, to: Date) -> Option<(Date, Alarm)> {
    let mut day = from;
    while day <= to {
        app.store.clock().set(ms(day));
        if let Some(alarm) = app.raise_alarms().await.unwrap().made.pop() {
            return Some((day, alarm));
        }
        day = day.saturating_add(1.days());
    }
    None
}

async fn commit<T>(tx: Tx, done: Result<T, BacklogError>) -> T {
    let done = done.unwrap();
    tx.commit().await.unwrap();
    done
}

both! {
    async fn what_comes_back_is_announced_once_and_reopened_with_the_next_plan(store: TestStore) {
        let app = TestApp::new(store).await;
        answers(&app, BACK).await;
        let (problem, plan) = solved(&app).await;
        let (raised_on, alarm) = watch(&app, CHECK, END).await.expect("an alarm");
        assert!(raised_on > BACK && raised_on <= BACK.saturating_add(28.days()), "{raised_on}");
        assert!((alarm.since >= BACK.saturating_sub(7.days())) && alarm.since <= raised_on, "{}", alarm.since);
        assert_eq!((&alarm.solution_id, &alarm.problem_id), (&plan, &problem.id));
        assert_eq!(alarm.measure["result"]["looks"], "any");
        assert_eq!(alarm.measure["arms"][0]["value"], 100.0);

        assert_eq!(app.raise_alarms().await.unwrap().made, [], "it waits for an answer");
        assert_eq!(count(&app.store, "select count(*) from problem_alarm").await, 1);
        let events = list_problem_events(&app.store, &problem.id).await.unwrap();
        let told = events.last().unwrap();
        assert_eq!(told.actor_kind, "system");
        assert!(matches!(&told.event, ProblemEvent::ProblemReturned { solution, .. } if solution.place == Some(0)));
        let rows = app.assess_problems(&otklik_platform::Scope::Company, Default::default()).await.unwrap();
        assert_eq!(rows[0].alarm.as_ref(), Some(&alarm));

        let mut tx = begin(&app).await;
        let reopened = reopen_problem(&mut tx, &problem.id, problem.version, "Вернулось").await;
        assert_eq!(commit(tx, reopened).await.state, ProblemState::Solving);
        assert_eq!(list_open_alarms(&app.store).await.unwrap(), []);
        let plans = list_solutions(&app.store, &problem.id).await.unwrap();
        assert_eq!(current_plan(&plans).unwrap().title, "B");
        assert_eq!(watch(&app, raised_on, END).await, None, "it is no longer solved");
    }

    async fn what_stays_solved_is_left_in_peace(store: TestStore) {
        let app = TestApp::new(store).await;
        answers(&app, END).await;
        solved(&app).await;
        assert_eq!(watch(&app, CHECK, END).await, None);
    }

    async fn a_dismissed_alarm_is_silent_for_four_weeks_and_watched_anew(store: TestStore) {
        let app = TestApp::new(store).await;
        answers(&app, BACK).await;
        let (problem, _) = solved(&app).await;
        let (raised_on, _) = watch(&app, CHECK, END).await.expect("an alarm");
        let mut tx = begin(&app).await;
        let silent = dismiss_alarm(&mut tx, &problem.id, problem.version, " ").await;
        assert_eq!(silent.unwrap_err().code(), "reason_missing");
        let reason = "Летом так всегда";
        let dismissed = dismiss_alarm(&mut tx, &problem.id, problem.version, reason).await;
        assert_eq!(commit(tx, dismissed).await.state, ProblemState::Solved);
        let mut tx = begin(&app).await;
        let again = dismiss_alarm(&mut tx, &problem.id, problem.version, reason).await;
        assert_eq!(again.unwrap_err().code(), "alarm_missing");
        drop(tx);
        let quiet_until = raised_on.saturating_add(28.days());
        assert_eq!(watch(&app, raised_on, quiet_until).await, None);
        let (again_on, again) = watch(&app, quiet_until, END).await.expect("another alarm");
        assert!(again.since >= quiet_until && again_on > quiet_until, "{again_on}");
    }

    async fn one_check_that_fails_does_not_stop_the_others(store: TestStore) {
        let app = TestApp::new(store).await;
        answers(&app, END).await;
        let broken = release(&app, "Долго отвечаем", 1).await;
        app.store.clock().set(ms(RELEASE));
        let sound = release(&app, "Путаемся в ответах", 1).await;
        let mut tx = begin(&app).await;
        sqlx::query(
            "update solution set hypothesis = replace(hypothesis, '\"metric_version\":1', '\"metric_version\":99') \
             where id = $1",
        )
        .bind(broken.as_str())
        .execute(tx.conn())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        app.store.clock().set(ms(CHECK));
        let round = app.propose_due_verdicts().await.unwrap();
        let judged: Vec<_> = round.made.iter().map(|verdict| &verdict.solution_id).collect();
        assert_eq!((judged, round.failed), (vec![&sound], 1));
        app.enqueue_daily_round().await.unwrap();
        app.work_all().await.unwrap();
        let failed = "select count(*) from job where kind = 'daily_round' and state = 'done' \
                      and result like '%\"checks_failed\":1%'";
        assert_eq!(count(&app.store, failed).await, 1);
    }
}
