//! What waits in the outbox goes out: letters to a mail server, webhooks to other programs, again where they failed.

use otklik_app::App;
use otklik_app::courier::{CourierSettings, Delivered, MailSecurity, MailSettings};
use otklik_app::messages::Language;
use otklik_platform::letters::{Letter, enqueue_letter, keep_attachment};
use otklik_platform::webhooks::{
    EventKind, WebhookIn, create_webhook, list_webhooks, post_event, post_trial, sign_webhook,
};
use otklik_store::outbox::{MessageState, list_messages, resend_message};
use otklik_store::{Actor, Store};
use otklik_testkit::{HttpReceiver, MailSink, TestApp, both};
use serde_json::json;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

pub(crate) fn with_mail(app: TestApp, sink: &MailSink) -> TestApp {
    let mail = MailSettings {
        host: "127.0.0.1".to_owned(),
        port: sink.port(),
        security: MailSecurity::None,
        user: None,
        password: String::new(),
        from: "Отклик <otklik@bank.example>".to_owned(),
    };
    let settings = CourierSettings {
        address: "https://otklik.bank.example".to_owned(),
        language: Language::Ru,
        mail: Some(mail),
        allowed_networks: vec!["127.0.0.0/8".parse().unwrap()],
    };
    app.with_courier(settings)
}

fn wait(store: &Store, ms: i64) {
    store.clock().set(store.now_ms() + ms);
}

async fn state(store: &Store) -> (MessageState, Option<String>) {
    let newest = list_messages(store, 1, 0).await.unwrap().items.remove(0);
    (newest.state, newest.error)
}

async fn post(app: &App, to: &str) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let attachment = keep_attachment(&mut tx, "отчёт.csv", "text/csv", "а;б".as_bytes()).await.unwrap();
    let letter = Letter {
        to: vec![to.to_owned()],
        subject: "Отчёт".to_owned(),
        text: "Добрый день".to_owned(),
        html: Some("<p>Добрый день</p>".to_owned()),
        attachments: vec![attachment],
    };
    enqueue_letter(&mut tx, &letter).await.unwrap();
    tx.commit().await.unwrap();
}

async fn add_webhook(app: &App, receiver: &HttpReceiver) -> String {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    let new =
        WebhookIn { name: "Jira".to_owned(), url: receiver.url(), events: vec![EventKind::ProblemReturned] };
    let (_, secret) = create_webhook(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

async fn tell(app: &App) {
    let mut tx = app.store.begin(Actor::System).await.unwrap();
    post_event(&mut tx, EventKind::ProblemReturned, &json!({ "number": 7 })).await.unwrap();
    tx.commit().await.unwrap();
}

both! {
    async fn a_letter_arrives_with_its_file_once(store: TestStore) {
        let sink = MailSink::start().await;
        let app = with_mail(TestApp::new(store).await, &sink);
        post(&app, "anna@bank.example").await;
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Sent]);
        assert_eq!(app.deliver_all().await.unwrap(), []);
        let letters = sink.letters();
        let [letter] = &letters[..] else { panic!("{letters:?}") };
        assert_eq!(letter.to, ["anna@bank.example"]);
        for part in ["multipart/alternative", "text/html", "text/csv", "Message-ID: <"] {
            assert!(letter.raw.contains(part), "{part}: {}", letter.raw);
        }
    }

    async fn a_letter_is_tried_again_or_refused_as_the_server_says(store: TestStore) {
        let sink = MailSink::start().await;
        let app = with_mail(TestApp::new(store).await, &sink);
        post(&app, "anna@bank.example").await;
        sink.refuse_next("451 later");
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Waits]);
        assert_eq!(app.deliver_all().await.unwrap(), [], "not before its time");
        assert_eq!(state(&app.store).await, (MessageState::Waiting, Some("mail_status:451".to_owned())));
        wait(&app.store, MINUTE_MS);
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Sent]);

        post(&app, "nobody@bank.example").await;
        sink.refuse_next("550 nobody@bank.example is unknown here");
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Failed]);
        assert_eq!(state(&app.store).await, (MessageState::Failed, Some("mail_status:550".to_owned())));
        let id = list_messages(&app.store, 1, 0).await.unwrap().items.remove(0).id;
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        resend_message(&mut tx, &id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Sent]);
    }

    async fn without_a_mail_server_a_letter_says_so(store: TestStore) {
        let app = TestApp::new(store).await;
        assert!(!app.has_mail());
        post(&app, "anna@bank.example").await;
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Failed]);
        assert_eq!(state(&app.store).await.1.as_deref(), Some("mail_missing"));
    }

    async fn a_webhook_is_signed_and_tried_until_it_is_taken(store: TestStore) {
        let (sink, receiver) = (MailSink::start().await, HttpReceiver::start().await);
        let app = with_mail(TestApp::new(store).await, &sink);
        let secret = add_webhook(&app, &receiver).await;
        receiver.answer_with(["500 Broken", "302 Found\r\nlocation: http://example.com/", "429 Slow\r\nretry-after: 7200"]);
        tell(&app).await;
        let mut reasons = Vec::new();
        for ms in [0, MINUTE_MS, 10 * MINUTE_MS] {
            wait(&app.store, ms);
            assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Waits]);
            reasons.push(state(&app.store).await.1.unwrap());
        }
        assert_eq!(reasons, ["status:500", "redirect", "status:429"]);
        wait(&app.store, 60 * MINUTE_MS);
        assert_eq!(app.deliver_all().await.unwrap(), [], "the receiver asked for two hours");
        wait(&app.store, 61 * MINUTE_MS);
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Sent]);

        let calls = receiver.calls();
        assert_eq!(calls.len(), 4);
        let ids: std::collections::BTreeSet<_> = calls.iter().map(|call| call.header("webhook-id")).collect();
        assert_eq!(ids.len(), 1, "a repetition is known by its id");
        for call in &calls {
            let at = call.header("webhook-timestamp").parse().unwrap();
            let signed = sign_webhook(&secret, call.header("webhook-id"), at, call.body.as_bytes()).unwrap();
            assert_eq!(call.header("webhook-signature"), signed);
        }
    }

    async fn an_address_that_is_gone_is_told_nothing_more(store: TestStore) {
        let (sink, receiver) = (MailSink::start().await, HttpReceiver::start().await);
        let app = with_mail(TestApp::new(store).await, &sink);
        add_webhook(&app, &receiver).await;
        tell(&app).await;
        tell(&app).await;
        receiver.answer_with(["410 Gone"]);
        assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Failed, Delivered::Failed]);
        assert_eq!(receiver.calls().len(), 1);
        let webhook = list_webhooks(&app.store).await.unwrap().remove(0);
        assert_eq!(webhook.disabled_reason.as_deref(), Some("gone"));
        tell(&app).await;
        assert_eq!(app.deliver_all().await.unwrap(), []);
    }

    async fn our_own_surroundings_are_not_called(store: TestStore) {
        let receiver = HttpReceiver::start().await;
        let app = TestApp::new(store).await.with_courier(CourierSettings::default());
        let port = receiver.url().rsplit(':').next().unwrap().to_owned();
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"] {
            let new = WebhookIn { name: host.to_owned(), url: format!("http://{host}:{port}"), events: Vec::new() };
            let mut tx = app.store.begin(Actor::System).await.unwrap();
            let (id, _) = create_webhook(&mut tx, &new).await.unwrap();
            post_trial(&mut tx, &id).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(app.deliver_all().await.unwrap(), [Delivered::Failed], "{host}");
            assert_eq!(state(&app.store).await.1.as_deref(), Some("inner_network"), "{host}");
        }
        assert_eq!(receiver.calls(), []);
    }

    async fn what_nobody_takes_is_given_up_in_the_end(store: TestStore) {
        let (sink, receiver) = (MailSink::start().await, HttpReceiver::start().await);
        let app = with_mail(TestApp::new(store).await, &sink);
        add_webhook(&app, &receiver).await;
        receiver.answer_with(std::iter::repeat_n("503 Later", 20));
        tell(&app).await;
        let mut tries = 0;
        while state(&app.store).await.0 == MessageState::Waiting {
            app.deliver_all().await.unwrap();
            wait(&app.store, 2 * DAY_MS);
            tries += 1;
        }
        assert_eq!((tries, receiver.calls().len()), (10, 10));
    }
}
