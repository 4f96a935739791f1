//! Stored definitions.

use otklik_metrics::{
    Definition, Formula, Metric, MetricDraft, MetricError, MetricQuery, Words, archive_metric, built_in,
    create_metric, ensure_metrics, evaluate, list_archived_metrics, list_metric_versions, list_metrics,
    load_metric, prepare_metric, resolve_metric, restore_metric, update_metric,
};
use otklik_store::ids::PersonId;
use otklik_store::{Actor, Store};
use otklik_testkit::both;

use crate::company::facts;

fn analyst() -> Actor {
    Actor::Person(PersonId("analyst".into()))
}

async fn install(store: &Store) {
    let mut tx = store.begin(Actor::System).await.unwrap();
    ensure_metrics(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

fn draft(code: &str, formula: &str) -> MetricDraft {
    let wire = format!(
        r#"{{"code":"{code}","name":{{"ru":"а","en":"a"}},"direction":"neutral","formula":{formula}}}"#
    );
    serde_json::from_str(&wire).unwrap()
}

fn over(code: &str, text: &str) -> MetricDraft {
    draft(code, &format!(r#"{{"kind":"expression","text":"{text}"}}"#))
}

async fn create(store: &Store, draft: MetricDraft) -> Result<Definition, MetricError> {
    let definition = prepare_metric(store, draft).await?.definition;
    let mut tx = store.begin(analyst()).await?;
    let stored = create_metric(&mut tx, definition).await?;
    tx.commit().await?;
    Ok(stored)
}

async fn change(store: &Store, version: i64, draft: MetricDraft) -> Result<Definition, MetricError> {
    let definition = prepare_metric(store, draft).await?.definition;
    let mut tx = store.begin(analyst()).await?;
    let stored = update_metric(&mut tx, version, definition).await?;
    tx.commit().await?;
    Ok(stored)
}

fn code(result: Result<Definition, MetricError>) -> &'static str {
    result.unwrap_err().code()
}

async fn answer(store: &Store, metric: &str, version: Option<i64>) -> Option<f64> {
    let definition = load_metric(store, metric, version).await.unwrap();
    let metric: Metric = resolve_metric(store, definition).await.unwrap();
    let query = MetricQuery { metric: metric.definition.code.clone(), ..MetricQuery::default() };
    let item = |csat| otklik_facts::Item { csat: Some(csat), complaint: csat < 3, ..Default::default() };
    let facts = facts([1, 2, 3, 3, 4, 4, 4, 5, 5, 5].map(item));
    evaluate(&facts, &metric, &query, &Default::default()).unwrap().overall.value
}

both! {
    async fn the_built_in_metrics_are_there_once(store: TestStore) {
        for _ in 0..2 {
            install(&store).await;
        }
        assert_eq!(list_metrics(&store).await.unwrap(), built_in());
        let unknown = load_metric(&store, "csi", None).await.unwrap_err();
        assert!(matches!(unknown, MetricError::UnknownMetric(code) if code == "csi"));
    }

    async fn a_changed_definition_is_a_new_version_and_the_old_one_stays(store: TestStore) {
        install(&store).await;
        let from_three = draft("csat", r#"{"kind":"score_share","score":"csat","from":3}"#);
        let changed = change(&store, 1, from_three.clone()).await.unwrap();
        assert_eq!((changed.version, changed.code.as_str()), (2, "csat"));
        assert_eq!(change(&store, 2, from_three.clone()).await.unwrap(), changed, "nothing new is no version");
        assert_eq!(answer(&store, "csat", Some(1)).await, Some(60.0));
        assert_eq!(answer(&store, "csat", None).await, Some(80.0));
        assert_eq!(code(change(&store, 1, from_three.clone()).await), "stale");
        assert_eq!(code(change(&store, 1, draft("csi", r#"{"kind":"items"}"#)).await), "unknown_metric");
        install(&store).await;
        assert_eq!(load_metric(&store, "csat", None).await.unwrap(), changed, "the company's version counts");
        let versions = list_metric_versions(&store, "csat").await.unwrap();
        let by: Vec<_> = versions.iter().map(|v| (v.definition.version, v.created_by.is_some())).collect();
        assert_eq!(by, [(2, true), (1, false)]);
        assert!(list_metric_versions(&store, "csi").await.is_err());
    }

    async fn two_who_change_at_once_do_not_both_win(store: TestStore) {
        install(&store).await;
        let named = |name: &str| {
            let name = Words { ru: name.into(), en: name.into() };
            MetricDraft { name, ..draft("nps", r#"{"kind":"nps"}"#) }
        };
        let (first, second) = tokio::join!(change(&store, 1, named("one")), change(&store, 1, named("two")));
        let refused: Vec<_> = [first, second].into_iter().filter_map(|r| r.err().map(|e| e.code())).collect();
        assert_eq!(refused, ["stale"]);
        assert_eq!(load_metric(&store, "nps", None).await.unwrap().version, 2);
    }

    async fn a_definition_of_an_earlier_release_gets_a_version_of_its_own(store: TestStore) {
        let old = r#"{"code":"complaint_share","version":1,"name":{"ru":"Доля жалоб","en":"Share of complaints"},"description":{"ru":"Жалобы, делённые на все отклики.","en":"Complaints divided by all items."},"unit":"percent","direction":"less_is_better","formula":{"kind":"complaint_share"}}"#;
        let stale = r#"{"code":"nps","version":1,"name":{"ru":"NPS","en":"NPS"},"description":{"ru":"прежнее","en":"former"},"unit":"nps_points","direction":"more_is_better","formula":{"kind":"nps"}}"#;
        let mut tx = store.begin(Actor::System).await.unwrap();
        for (code, text) in [("complaint_share", old), ("nps", stale)] {
            let insert = "insert into metric (code, version, definition, created_at, created_by) values ($1, 1, $2, 0, '')";
            sqlx::query(insert).bind(code).bind(text).execute(tx.conn()).await.unwrap();
        }
        tx.commit().await.unwrap();
        install(&store).await;
        let listed = list_metrics(&store).await.unwrap();
        let version = |code: &str| listed.iter().find(|metric| metric.code == code).unwrap().version;
        assert_eq!((version("complaint_share"), version("nps")), (1, 2));
        assert_eq!(answer(&store, "complaint_share", Some(1)).await, Some(20.0));
        assert_eq!(load_metric(&store, "nps", Some(1)).await.unwrap().description.en, "former");
    }

    async fn an_archived_metric_is_out_of_the_lists_and_answers_all_the_same(store: TestStore) {
        install(&store).await;
        create(&store, draft("own", r#"{"kind":"items"}"#)).await.unwrap();
        assert_eq!(code(create(&store, draft("own", r#"{"kind":"items"}"#)).await), "metric_code_taken");
        assert_eq!(list_metrics(&store).await.unwrap().last().unwrap().code, "own");
        let mut tx = store.begin(analyst()).await.unwrap();
        archive_metric(&mut tx, "own").await.unwrap();
        assert_eq!(archive_metric(&mut tx, "own").await.unwrap_err().code(), "not_found");
        tx.commit().await.unwrap();
        assert!(list_metrics(&store).await.unwrap().iter().all(|metric| metric.code != "own"));
        assert_eq!(list_archived_metrics(&store).await.unwrap().len(), 1);
        assert_eq!(answer(&store, "own", None).await, Some(10.0));
        assert_eq!(code(change(&store, 1, draft("own", r#"{"kind":"customers"}"#)).await), "metric_archived");
        let mut tx = store.begin(analyst()).await.unwrap();
        restore_metric(&mut tx, "own").await.unwrap();
        assert_eq!(restore_metric(&mut tx, "own").await.unwrap_err().code(), "not_found");
        tx.commit().await.unwrap();
        assert_eq!(change(&store, 1, draft("own", r#"{"kind":"customers"}"#)).await.unwrap().version, 2);
        let events: Vec<String> = sqlx::query_scalar("select event from audit where entity_id = 'own' order by id")
            .fetch_all(store.reader()).await.unwrap();
        assert_eq!(events, ["metric_created", "metric_archived", "metric_restored", "metric_changed"]);
    }

    async fn a_formula_keeps_the_versions_that_it_was_stored_with(store: TestStore) {
        install(&store).await;
        let stored = create(&store, over("double", "csat * 2")).await.unwrap();
        let Formula::Expression { parts, .. } = &stored.formula else { panic!("{stored:?}") };
        assert_eq!(parts, &[("csat".to_owned(), 1)].into());
        change(&store, 1, draft("csat", r#"{"kind":"score_share","score":"csat","from":3}"#)).await.unwrap();
        assert_eq!(answer(&store, "double", None).await, Some(120.0));
        assert_eq!(change(&store, 1, over("double", "csat * 2")).await.unwrap().version, 2);
        assert_eq!(answer(&store, "double", None).await, Some(160.0));
        assert_eq!(answer(&store, "double", Some(1)).await, Some(120.0));
    }

    async fn a_formula_that_leads_back_is_refused(store: TestStore) {
        install(&store).await;
        create(&store, over("a", "csat + 1")).await.unwrap();
        create(&store, over("b", "a + 1")).await.unwrap();
        assert_eq!(code(change(&store, 1, over("a", "b - 1")).await), "metric_circular");
        assert_eq!(code(change(&store, 1, over("a", "a + 1")).await), "metric_circular");
        assert_eq!(code(create(&store, over("c", "happiness + 1")).await), "unknown_metric");
        assert_eq!(code(create(&store, over("c", "csat +")).await), "formula_invalid");
        assert_eq!(code(create(&store, over("c", "1 + 1")).await), "bad_definition");
        for (name, on) in [("c3", "b"), ("c4", "c3"), ("c5", "c4"), ("c6", "c5"), ("c7", "c6")] {
            create(&store, over(name, on)).await.unwrap();
        }
        assert_eq!(code(create(&store, over("c8", "c7")).await), "metric_too_deep");
    }
}
