//! Questions run beside the requests and end when nobody waits for the answer.

use otklik_app::AppError;
use otklik_app::ask::while_waited;
use otklik_facts::{FactQuery, Facts, FactsError};
use otklik_testkit::{TestApp, TestStore};
use tokio::sync::oneshot;

/// Asks again and again until refused, and says when it began and why it ended.
fn insist(
    began: oneshot::Sender<()>,
    ended: oneshot::Sender<FactsError>,
) -> impl FnOnce(&Facts) -> Result<(), FactsError> {
    move |facts| {
        began.send(()).unwrap();
        let refusal = loop {
            if let Err(refusal) = facts.query(&FactQuery::default()) {
                break refusal;
            }
        };
        ended.send(refusal).unwrap();
        Ok(())
    }
}

#[tokio::test]
async fn a_question_ends_with_whoever_asked_it() {
    let app = TestApp::new(TestStore::sqlite().await).await;
    let (began, has_begun) = oneshot::channel();
    let (ended, has_ended) = oneshot::channel();
    let asked = app.ask(insist(began, ended));
    tokio::select! {
        _ = asked => panic!("it never ends by itself"),
        begun = has_begun => begun.unwrap(),
    }
    assert!(matches!(has_ended.await, Ok(FactsError::Cancelled)), "the request was dropped");
    assert!(app.facts().query(&FactQuery::default()).is_ok(), "others go on");
}

#[tokio::test]
async fn work_that_is_waited_for_is_not_stopped() {
    let done = while_waited(|cancel| Ok::<_, AppError>(cancel.is_cancelled())).await;
    assert!(!done.unwrap());
    let broken = while_waited(|_| -> Result<(), AppError> { panic!("a bug") }).await;
    assert_eq!(broken.unwrap_err().code(), "internal");
}
