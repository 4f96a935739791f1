//! The worker: what it cannot do is told, what another process enqueues is done.

use otklik_app::messages::Language;
use otklik_app::{App, JobFailure};
use otklik_store::jobs::{self, JobState};
use otklik_store::{Actor, Store, ids::JobId};
use otklik_testkit::{TestApp, both};

use crate::company::start;

both! {
    async fn a_job_that_nobody_knows_fails_with_a_code(store: TestStore) {
        let app = TestApp::new(store).await;
        let job = enqueue(&app.store, "count_angels").await;
        app.work_all().await.unwrap();
        let job = jobs::load_job(&app.store, &job).await.unwrap();
        assert_eq!(job.state, JobState::Failed);
        assert_eq!(JobFailure::of(&job).unwrap().code, "internal");
    }

    async fn an_import_whose_file_is_gone_fails_and_harms_nobody(store: TestStore) {
        let app = TestApp::new(store).await;
        let csv = "id,text\n1,Спасибо\n";
        let (_, lost) = start(&app, "a", csv.as_bytes(), "").await.unwrap();
        for file in std::fs::read_dir(app.data.uploads()).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
        let (_, sound) = start(&app, "b", csv.as_bytes(), "").await.unwrap();
        app.work_all().await.unwrap();
        let states = (state(&app, &lost).await, state(&app, &sound).await);
        assert_eq!(states, (JobState::Failed, JobState::Done));
        let failure = JobFailure::of(&jobs::load_job(&app.store, &lost).await.unwrap()).unwrap();
        assert_eq!(failure.code, "upload_gone");
        assert_eq!(failure.message(Language::Ru), "Загруженного файла больше нет. Загрузите его ещё раз.");
    }

    async fn a_running_worker_takes_what_is_enqueued(store: TestStore) {
        let app = TestApp::new(store).await;
        let worker = tokio::spawn({
            let app = App::clone(&app);
            async move { app.work(std::future::pending()).await }
        });
        let (_, job) = start(&app, "a", "id,text\n1,Спасибо\n".as_bytes(), "").await.unwrap();
        while state(&app, &job).await != JobState::Done {
            assert!(!worker.is_finished());
            tokio::task::yield_now().await;
        }
        worker.abort();
    }
}

async fn state(app: &App, job: &JobId) -> JobState {
    jobs::load_job(&app.store, job).await.unwrap().state
}

async fn enqueue(store: &Store, kind: &str) -> JobId {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let id = jobs::enqueue_job(&mut tx, kind, &(), None).await.unwrap();
    tx.commit().await.unwrap();
    id
}
