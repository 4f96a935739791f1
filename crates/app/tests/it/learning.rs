//! Topics learn from a few labels, keep to what people said, ask what teaches them, and say how right they are.

use std::collections::BTreeSet;

use otklik_app::App;
use otklik_app::learn::enqueue_relearn;
use otklik_platform::Scope;
use otklik_store::Actor;
use otklik_store::ids::TopicId;
use otklik_testkit::{TestApp, both};
use otklik_voice::feedback::{Feedback, load_feedback};
use otklik_voice::labels::{self, Origin};
use otklik_voice::learning::{Answer, Stratum, answer_question, set_model};

use crate::company::{add_source, add_topic, count, push, record};

const QUEUES: [&str; 10] = [
    "Стоял в очереди целый час",
    "Огромная очередь, работает одно окно",
    "В отделении вечно очереди, ждать невозможно",
    "Талон взял, а очередь не двигается",
    "Час ждал своей очереди в отделении",
    "Очередь на улице, внутрь не пускают",
    "Пришлось ждать в очереди сорок минут",
    "Опять очередь и ни одного свободного окна",
    "Ждала очереди с ребёнком полтора часа",
    "Waited an hour in the queue at the branch",
];

const OTHERS: [&str; 10] = [
    "Приложение вылетает после обновления",
    "Отличная ставка по вкладу, спасибо",
    "Карту заблокировали без объяснений",
    "Перевод не дошёл до получателя",
    "Сотрудница всё понятно объяснила",
    "Списали комиссию за обслуживание",
    "Курьер привёз карту вовремя",
    "Не могу войти в личный кабинет",
    "The app crashes every morning",
    "Банкомат съел деньги",
];

both! {
    async fn a_topic_learns_from_ten_labels(store: TestStore) {
        let app = TestApp::new(store).await;
        let queue = company(&app).await;
        assert_eq!(found(&app, &queue).await, BTreeSet::new());
        teach(&app, &queue).await;
        let preview = app.preview_model(&queue, 0.6).await.unwrap();
        assert_eq!((preview.positives, preview.looked_at), (5, 120));
        assert!(preview.gained.iter().all(|item| item.confidence >= 0.3 && !item.spans.is_empty()));
        switch(&app, &queue, true).await;
        let given = found(&app, &queue).await;
        assert_eq!(given.len() as u64, preview.effect.gained, "the preview counts what the job does");
        let right = given.iter().filter(|number| is_queue(**number)).count();
        assert!(right >= 12 && right * 10 >= given.len() * 8, "{right} of {} are right", given.len());
        let item = load_feedback(&app.store, &[*given.first().unwrap()]).await.unwrap().remove(0);
        let label = item.labels.iter().find(|label| label.topic_id == queue).unwrap();
        assert!(label.origin == Origin::Model && label.confidence < 1.0 && !label.spans.is_empty(), "{label:?}");
        let source = otklik_voice::sources::find_source(&app.store, "отзывы").await.unwrap().unwrap();
        push(&app, &source, vec![record("new", "Очередь в отделении, ждал больше часа")]).await;
        assert!(found(&app, &queue).await.contains(&121), "what arrives is read by the model too");
    }

    async fn what_a_person_said_is_learnt_and_stays(store: TestStore) {
        let app = TestApp::new(store).await;
        let queue = company(&app).await;
        teach(&app, &queue).await;
        switch(&app, &queue, true).await;
        let wrong = *found(&app, &queue).await.first().unwrap();
        let item = load_feedback(&app.store, &[wrong]).await.unwrap().remove(0);
        say(&app, &item, &queue, Some(false)).await;
        assert!(!found(&app, &queue).await.contains(&wrong));
        let versions = "select max(version) from topic_model";
        assert_eq!(count(&app.store, versions).await, 2, "the correction was learnt");
        let said = "select count(*) from feedback_topic where origin = 'hand'";
        assert_eq!(count(&app.store, said).await, 11, "labels of people are as they were");
        let before = found(&app, &queue).await;
        app.restarted().await.refresh_directory().await.unwrap();
        switch(&app, &queue, false).await;
        assert_eq!(found(&app, &queue).await, BTreeSet::new(), "switched off, it takes back what it gave");
        assert!(!before.is_empty());
        assert_eq!(count(&app.store, said).await, 11);
    }

    async fn questions_mix_what_teaches_and_what_is_drawn(store: TestStore) {
        let app = TestApp::new(store).await;
        let queue = company(&app).await;
        let first = ask(&app, &queue).await;
        assert!(first.iter().any(|(number, _)| is_queue(*number)), "like the topic's name");
        assert!(first.iter().all(|(_, stratum)| *stratum != Stratum::Given), "no item has the topic yet");
        assert_eq!(first, ask(&app, &queue).await, "the same until one is answered");
        teach(&app, &queue).await;
        switch(&app, &queue, true).await;
        app.catch_up().await.unwrap();
        let (mut strata, mut asked) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..3 {
            let questions = ask(&app, &queue).await;
            let numbers: BTreeSet<i64> = questions.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers.len(), questions.len(), "nothing is asked twice");
            for (number, stratum) in questions {
                assert!(asked.insert(number), "{number} was answered already");
                strata.insert(format!("{stratum:?}"));
                let answer = if is_queue(number) { Answer::Yes } else { Answer::No };
                let mut tx = app.store.begin(Actor::System).await.unwrap();
                answer_question(&mut tx, number, &queue, answer, stratum).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
        assert_eq!(strata, ["Close", "Given", "Rest"].map(str::to_owned).into());
        let quality = app.load_quality().await.unwrap();
        let told = &quality.topics[0].overall;
        assert!(told.given > 0 && told.rest > 0 && told.precision.is_none(), "{told:?}: too few answers tell nothing");
        assert_eq!(quality.topics[0].months.len(), 1);
        assert!(quality.learnt_from > 10 && quality.learnt_at.is_some());
    }

    async fn too_few_labels_are_not_learnt(store: TestStore) {
        let app = TestApp::new(store).await;
        let queue = company(&app).await;
        label(&app, 1, &queue, true).await;
        let preview = app.preview_model(&queue, 0.8).await.unwrap();
        assert_eq!((preview.positives, preview.needed, preview.effect.gained), (1, 5, 0));
        switch(&app, &queue, true).await;
        assert_eq!(found(&app, &queue).await, BTreeSet::new());
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        let refused = set_model(&mut tx, &queue, true, 1.5).await.unwrap_err();
        assert_eq!(refused.code(), "bad_precision");
    }
}

/// A hundred and twenty items, every third about queues, and a topic of that without a rule.
async fn company(app: &App) -> TopicId {
    let queue = add_topic(app, "очередь в отделении", "").await;
    let source = add_source(app, "отзывы", None).await;
    let text = |n: usize| match n % 3 {
        0 => format!("{}, раз {}", QUEUES[n / 3 % 10], n / 30),
        _ => format!("{}, раз {}", OTHERS[n / 3 % 10], n % 7),
    };
    push(app, &source, (0..120).map(|n| record(&n.to_string(), &text(n))).collect()).await;
    app.catch_up().await.unwrap();
    queue
}

fn is_queue(number: i64) -> bool {
    (number - 1) % 3 == 0
}

/// Five items about queues, five about something else.
async fn teach(app: &App, topic: &TopicId) {
    for n in [0, 1, 2, 3, 4] {
        label(app, n * 3 + 1, topic, true).await;
        label(app, n * 3 + 2, topic, false).await;
    }
    app.catch_up().await.unwrap();
}

async fn label(app: &App, number: i64, topic: &TopicId, applies: bool) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    labels::set_label(&mut tx, number, topic, Some(applies)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn say(app: &App, item: &Feedback, topic: &TopicId, applies: Option<bool>) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    labels::set_label(&mut tx, item.number, topic, applies).await.unwrap();
    assert!(app.learn_from(&mut tx).await.unwrap().is_some());
    tx.commit().await.unwrap();
    app.work_all().await.unwrap();
}

async fn switch(app: &App, topic: &TopicId, on: bool) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    set_model(&mut tx, topic, on, 0.6).await.unwrap();
    enqueue_relearn(&mut tx, true).await.unwrap();
    tx.commit().await.unwrap();
    app.work_all().await.unwrap();
}

async fn found(app: &App, topic: &TopicId) -> BTreeSet<i64> {
    let found = labels::load_found_labels(&app.store, topic).await.unwrap();
    found.into_keys().collect()
}

async fn ask(app: &App, topic: &TopicId) -> Vec<(i64, Stratum)> {
    let questions = app.list_topic_questions(&Scope::Company, topic).await.unwrap();
    questions.into_iter().map(|question| (question.item.number, question.stratum)).collect()
}
