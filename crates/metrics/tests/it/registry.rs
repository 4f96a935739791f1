//! Stored definitions.

use otklik_metrics::{
    Definition, MetricError, Words, built_in, create_metric_version, ensure_metrics, list_metrics,
    load_metric,
};
use otklik_store::Actor;
use otklik_testkit::both;

both! {
    async fn the_built_in_metrics_are_there_once(store: TestStore) {
        for _ in 0..2 {
            let mut tx = store.begin(Actor::System).await.unwrap();
            ensure_metrics(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(list_metrics(&store).await.unwrap(), built_in());
        let unknown = load_metric(&store, "csi", None).await.unwrap_err();
        assert!(matches!(unknown, MetricError::UnknownMetric(code) if code == "csi"));
    }

    async fn a_changed_definition_is_a_new_version(store: TestStore) {
        let mut tx = store.begin(Actor::System).await.unwrap();
        ensure_metrics(&mut tx).await.unwrap();
        let nps = built_in().into_iter().find(|metric| metric.code == "nps").unwrap();
        let name = Words { ru: "Индекс рекомендаций".into(), en: "Recommendation index".into() };
        let changed = Definition { name: name.clone(), ..nps.clone() };
        assert_eq!(create_metric_version(&mut tx, changed).await.unwrap(), 2);
        let own = Definition { code: "own".into(), ..nps.clone() };
        assert_eq!(create_metric_version(&mut tx, own).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(load_metric(&store, "nps", None).await.unwrap().name, name);
        assert_eq!(load_metric(&store, "nps", Some(1)).await.unwrap(), nps);
        assert_eq!(list_metrics(&store).await.unwrap().last().unwrap().code, "own");
    }
}
