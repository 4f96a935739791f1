//! The life of a job: claimed once, beating, cancelled, failed, taken over from the dead.

use otklik_store::jobs::{self, Beat, JobState, STALE_AFTER_MS};
use otklik_store::{Actor, Store, ids::JobId};
use otklik_testkit::both;

both! {
    async fn a_job_is_claimed_by_one_worker_only(store: TestStore) {
        let id = enqueue(&store, None).await;
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let store = Store::clone(&store);
                tokio::spawn(async move { jobs::claim_job(&store).await.unwrap() })
            })
            .collect();
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.unwrap());
        }
        assert_eq!(claimed.iter().map(|j| &j.id).collect::<Vec<_>>(), [&id]);
        assert_eq!(claimed[0].payload::<i64>().unwrap(), 7);
    }

    async fn a_waiting_job_with_the_same_key_is_not_doubled(store: TestStore) {
        let first = enqueue(&store, Some("reclassify")).await;
        assert_eq!(enqueue(&store, Some("reclassify")).await, first);
        jobs::claim_job(&store).await.unwrap().unwrap();
        assert_ne!(enqueue(&store, Some("reclassify")).await, first, "a running one does not hinder the next");
    }

    async fn a_dead_workers_job_is_taken_over_and_the_dead_one_hears_of_it(store: TestStore) {
        enqueue(&store, None).await;
        let first = jobs::claim_job(&store).await.unwrap().unwrap();
        assert_eq!(jobs::beat_job(&store, &first, 1, 10).await.unwrap(), Beat::GoOn);
        assert!(jobs::claim_job(&store).await.unwrap().is_none());
        store.clock().set(store.now_ms() + STALE_AFTER_MS + 1);
        let second = jobs::claim_job(&store).await.unwrap().unwrap();
        assert_eq!((second.id.clone(), second.attempts), (first.id.clone(), 2));
        assert_eq!(second.progress_done, 1, "progress outlives the worker");
        assert_eq!(jobs::beat_job(&store, &first, 2, 10).await.unwrap(), Beat::Stop);
        assert_eq!(jobs::beat_job(&store, &second, 2, 10).await.unwrap(), Beat::GoOn);
    }

    async fn a_cancelled_job_stops_and_can_be_resumed(store: TestStore) {
        let id = enqueue(&store, None).await;
        let job = jobs::claim_job(&store).await.unwrap().unwrap();
        let mut tx = store.begin(Actor::System).await.unwrap();
        assert_eq!(jobs::cancel_job(&mut tx, &id).await.unwrap(), JobState::Cancelling);
        tx.commit().await.unwrap();
        assert_eq!(jobs::beat_job(&store, &job, 5, 10).await.unwrap(), Beat::Stop);
        jobs::confirm_cancelled(&store, &id).await.unwrap();
        assert_eq!(jobs::load_job(&store, &id).await.unwrap().state, JobState::Cancelled);
        let mut tx = store.begin(Actor::System).await.unwrap();
        jobs::resume_job(&mut tx, &id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(jobs::claim_job(&store).await.unwrap().unwrap().id, id);
    }

    async fn a_failing_job_waits_longer_and_gives_up_in_the_end(store: TestStore) {
        let id = enqueue(&store, None).await;
        let mut tries = 0;
        while let Some(job) = jobs::claim_job(&store).await.unwrap() {
            tries += 1;
            jobs::fail_job(&store, &job, "disk_full", true).await.unwrap();
            assert!(jobs::claim_job(&store).await.unwrap().is_none(), "no second try at once");
            store.clock().set(store.now_ms() + 3_600_000);
        }
        let job = jobs::load_job(&store, &id).await.unwrap();
        assert_eq!((tries, job.state, job.error.as_deref()), (5, JobState::Failed, Some("disk_full")));
    }
}

async fn enqueue(store: &Store, key: Option<&str>) -> JobId {
    let mut tx = store.begin(Actor::System).await.unwrap();
    let id = jobs::enqueue_job(&mut tx, "count_things", &7, key).await.unwrap();
    tx.commit().await.unwrap();
    id
}
