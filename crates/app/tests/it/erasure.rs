//! Forgetting a customer reaches every place where an item can be found.

use otklik_app::App;
use otklik_app::stream::StreamQuery;
use otklik_facts::{Dimension, Filter};
use otklik_platform::Scope;
use otklik_store::Actor;
use otklik_testkit::{TestApp, both};
use otklik_voice::feedback::Put;
use otklik_voice::files::Record;

use crate::company::{add_source, by, count, counts, erase, import, push, record};

both! {
    async fn an_erased_customer_is_found_nowhere_and_no_file_brings_them_back(store: TestStore) {
        let app = TestApp::new(store).await;
        let csv = "id,date,client,text\n1,2026-02-01,К-77,Перевод не дошёл\n2,2026-02-01,К-78,Перевод не дошёл\n";
        import(&app, "отзывы", csv.as_bytes(), "customer=client").await;
        app.catch_up().await.unwrap();
        assert_eq!(found(&app).await, 2);
        assert_eq!(erase(&app, " к-77 ").await, 1, "however the key is written");
        app.catch_up().await.unwrap();
        assert_eq!((found(&app).await, app.facts().len()), (1, 1));
        assert_eq!(by(&app, Dimension::Source)[0].cell.customers, 1);
        let (again, issues) = import(&app, "отзывы", csv.as_bytes(), "customer=client").await;
        assert_eq!((again, issues.len()), (counts(2, 0, 1, 0, 1), 0));
        app.rebuild_facts().await.unwrap();
        assert_eq!((found(&app).await, app.facts().len()), (1, 1));
    }

    async fn a_day_erases_what_is_older_than_its_source_keeps(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", Some(30)).await;
        let day_ms = 24 * 3_600_000;
        let aged = |id: &str, days: i64| Record {
            occurred_at: Some(app.store.now_ms() - days * day_ms), ..record(id, "Спасибо")
        };
        let records: Vec<Record> = (0..60).map(|days| aged(&days.to_string(), days)).collect();
        push(&app, &source, records.clone()).await;
        for _ in 0..3 {
            app.enqueue_daily_round().await.unwrap();
            app.work_all().await.unwrap();
        }
        assert_eq!(count(&app.store, "select count(*) from job").await, 1, "a day has one round");
        assert_eq!(count(&app.store, "select count(*) from feedback where erased_at is null").await, 31);
        app.catch_up().await.unwrap();
        assert_eq!(app.facts().len(), 31);
        assert_eq!(push(&app, &source, vec![records[45].clone(), records[5].clone()]).await, [
            Put::Erased,
            Put::Unchanged(6)
        ]);
        app.store.clock().set(app.store.now_ms() + day_ms);
        app.enqueue_daily_round().await.unwrap();
        app.work_all().await.unwrap();
        assert_eq!(count(&app.store, "select count(*) from feedback where erased_at is null").await, 30);
    }

    async fn an_empty_key_is_nobody(store: TestStore) {
        let app = TestApp::new(store).await;
        let source = add_source(&app, "отзывы", None).await;
        push(&app, &source, vec![Record { customer: Some("  ".to_owned()), ..record("1", "Спасибо") }]).await;
        assert_eq!(app.pseudonym("  "), None);
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        let receipt = otklik_voice::erasure::erase_customer(&mut tx, "", "").await.unwrap();
        assert_eq!(receipt.items, 0);
    }
}

async fn found(app: &App) -> u64 {
    let query = StreamQuery {
        scope: Scope::Company,
        filter: Filter::All,
        search: Some("перевод".to_owned()),
        period: None,
        limit: 10,
        offset: 0,
    };
    app.list_feedback(query).await.unwrap().total
}
