//! Imports through their job: counted, refused with reasons, cancelled, resumed, taken over.

use otklik_app::imports::ImportRequest;
use otklik_app::{App, imports::preview_file};
use otklik_store::jobs::{self, JobState};
use otklik_store::{Actor, ids};
use otklik_testkit::{TestApp, both};
use otklik_voice::files::IssueCode;
use otklik_voice::imports::{Import, list_refusals, load_import};
use otklik_voice::{Channel, VoiceError, imports};

use crate::company::{count, counts, import, start};

/// Enough rows for several batches.
const ROWS: u64 = 7_000;

fn file(rows: u64) -> Vec<u8> {
    let mut csv = "id,date,nps,text\n".to_owned();
    for n in 0..rows {
        csv += &format!("{n},2026-02-{:02},{},Не пришёл код подтверждения {n}\n", n % 28 + 1, n % 11);
    }
    csv.into_bytes()
}

/// Works until the import has got beyond `rows`, then drops the worker wherever it is.
async fn work_beyond(app: &App, id: &ids::ImportId, rows: u64) {
    let passed = async {
        while load_import(&app.store, id).await.unwrap().rows_done <= rows {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        worked = app.work_once() => assert!(worked.unwrap()),
        () = passed => {}
    }
}

both! {
    async fn a_file_comes_in_once(store: TestStore) {
        let app = TestApp::new(store).await;
        let (first, issues) = import(&app, "отзывы", &file(3_000), "").await;
        assert_eq!((first, issues), (counts(3_000, 3_000, 0, 0, 0), Vec::new()));
        let (again, _) = import(&app, "отзывы", &file(3_000), "").await;
        assert_eq!(again, counts(3_000, 0, 3_000, 0, 0));
        let changed = String::from_utf8(file(3_000)).unwrap().replace("подтверждения 17\n", "подтверждения — 17\n");
        let (third, _) = import(&app, "отзывы", changed.as_bytes(), "").await;
        assert_eq!(third, counts(3_000, 0, 2_999, 1, 0));
        app.catch_up().await.unwrap();
        assert_eq!(app.facts().len(), 3_000);
        assert_eq!(std::fs::read_dir(app.data.uploads()).unwrap().count(), 0, "no file is left behind");
    }

    async fn refused_rows_are_listed_and_the_others_come_in(store: TestStore) {
        let app = TestApp::new(store).await;
        let csv = "id,date,nps,text\n\
                   1,2026-02-01,9,Хорошо\n\
                   2,вчера,9,Хорошо\n\
                   3,2026-02-01,11,Мой телефон +7 912 345-67-89\n\
                   4,2026-02-01,,\n\
                   1,2026-02-02,5,Ещё раз\n\
                   5,9999-12-31,5,Рано\n\
                   6,2026-02-01,a@b.example.com,Плохо\n\
                   7,2026-02-01,0,Плохо\n";
        let (found, issues) = import(&app, "отзывы", csv.as_bytes(), "external_id=id,occurred_at=date,nps=nps").await;
        assert_eq!(found, counts(8, 2, 0, 0, 6));
        let listed: Vec<(u64, IssueCode)> = issues.iter().map(|i| (i.line, i.code)).collect();
        let expected = [
            (3, IssueCode::BadDate),
            (4, IssueCode::ScoreOutOfRange),
            (5, IssueCode::NothingSaid),
            (6, IssueCode::DuplicateInFile),
            (7, IssueCode::DateOutOfRange),
            (8, IssueCode::NotANumber),
        ];
        assert_eq!(listed, expected);
        let shown = serde_json::to_string(&issues).unwrap();
        assert!(!shown.contains("a@b.example.com"), "what is quoted is masked: {shown}");
    }

    async fn a_worker_that_dies_between_any_two_batches_loses_and_doubles_nothing(store: TestStore) {
        let app = TestApp::new(store).await;
        let broken = String::from_utf8(file(ROWS)).unwrap().replace("2026-02-13", "вчера");
        let (id, job) = start(&app, "отзывы", broken.as_bytes(), "").await.unwrap();
        let (mut rows, mut deaths) = (0, 0);
        while jobs::load_job(&app.store, &job).await.unwrap().state != JobState::Done {
            work_beyond(&app, &id, rows).await;
            rows = load_import(&app.store, &id).await.unwrap().rows_done;
            deaths += 1;
            jobs::release_jobs(&app.store).await.unwrap();
        }
        assert!(deaths > 2, "{deaths}");
        let done = load_import(&app.store, &id).await.unwrap();
        let refused = ROWS / 28;
        assert_eq!(done.counts, counts(ROWS, ROWS - refused, 0, 0, refused));
        assert_eq!(list_refusals(&app.store, &id, 1_000, 0).await.unwrap().len() as u64, refused);
        assert_eq!(count(&app.store, "select count(distinct external_id) from feedback").await as u64, ROWS - refused);
        assert_eq!(count(&app.store, "select count(*) from feedback").await as u64, ROWS - refused);
    }

    async fn a_cancelled_import_keeps_what_it_has_and_goes_on_when_asked(store: TestStore) {
        let app = TestApp::new(store).await;
        let (id, job) = start(&app, "отзывы", &file(ROWS), "").await.unwrap();
        work_beyond(&app, &id, 0).await;
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        assert_eq!(jobs::cancel_job(&mut tx, &job).await.unwrap(), JobState::Cancelling);
        tx.commit().await.unwrap();
        jobs::release_jobs(&app.store).await.unwrap();
        app.work_all().await.unwrap();
        assert_eq!(jobs::load_job(&app.store, &job).await.unwrap().state, JobState::Cancelled);
        let kept = load_import(&app.store, &id).await.unwrap().counts;
        assert!(kept.new > 0 && kept.new < ROWS, "{kept:?}");
        assert_eq!(count(&app.store, "select count(*) from feedback").await as u64, kept.new);
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        jobs::resume_job(&mut tx, &job).await.unwrap();
        tx.commit().await.unwrap();
        app.work_all().await.unwrap();
        assert_eq!(load_import(&app.store, &id).await.unwrap().counts, counts(ROWS, ROWS, 0, 0, 0));
    }

    async fn a_running_import_hears_that_it_was_cancelled(store: TestStore) {
        let app = TestApp::new(store).await;
        let (id, job) = start(&app, "отзывы", &file(6 * ROWS), "").await.unwrap();
        let cancelling = async {
            while load_import(&app.store, &id).await.unwrap().rows_done == 0 {
                tokio::task::yield_now().await;
            }
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            jobs::cancel_job(&mut tx, &job).await.unwrap();
            tx.commit().await.unwrap();
        };
        let (worked, ()) = tokio::join!(app.work_once(), cancelling);
        assert!(worked.unwrap());
        assert_eq!(jobs::load_job(&app.store, &job).await.unwrap().state, JobState::Cancelled);
        let kept = load_import(&app.store, &id).await.unwrap().counts;
        assert!(kept.new > 0 && kept.new < 6 * ROWS, "{kept:?}");
        assert_eq!(count(&app.store, "select count(*) from feedback").await as u64, kept.new);
    }

    async fn a_worker_that_was_taken_for_dead_cannot_count_twice(store: TestStore) {
        let app = TestApp::new(store).await;
        let (id, _) = start(&app, "отзывы", &file(3_000), "").await.unwrap();
        let slow: Import = load_import(&app.store, &id).await.unwrap();
        app.work_all().await.unwrap();
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        let refused = imports::advance_import(&mut tx, &slow, 2_000, counts(2_000, 2_000, 0, 0, 0), &[]).await;
        assert_eq!(refused.map_err(|e: VoiceError| e.code()), Err("stale"));
        drop(tx);
        assert_eq!(load_import(&app.store, &id).await.unwrap().counts, counts(3_000, 3_000, 0, 0, 0));
    }

    async fn a_dry_run_tells_the_same_and_stores_nothing(store: TestStore) {
        let app = TestApp::new(store).await;
        let path = app.folder().join("отзывы.csv");
        std::fs::write(&path, String::from_utf8(file(3_000)).unwrap().replace("2026-02-13", "вчера")).unwrap();
        let preview = preview_file(&path, None, None, app.store.now_ms()).unwrap();
        let request = ImportRequest {
            source: "отзывы".to_owned(),
            channel: Channel::Review,
            format: preview.format,
            mapping: preview.mapping,
        };
        let (told, issues) = app.try_import(&path, request).await.unwrap();
        assert_eq!((told, issues.len()), (counts(3_000, 2_893, 0, 0, 107), 107));
        assert_eq!(count(&app.store, "select count(*) from feedback").await, 0);
        assert_eq!(count(&app.store, "select count(*) from source").await, 0);
        assert_eq!(import(&app, "отзывы", &std::fs::read(&path).unwrap(), "").await.0, told);
    }
}
