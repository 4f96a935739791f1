//! The list of tables is the whole schema, in an order in which rows can be inserted.

use std::collections::BTreeSet;

use otklik_store::tables::TABLES;
use otklik_testkit::{TestStore, both};

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_migrations_is_listed() {
    let store = TestStore::sqlite().await;
    let made: Vec<String> = sqlx::query_scalar(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' \
             and name not like '_sqlx_%' and name not like 'feedback_words%'",
    )
    .fetch_all(store.reader())
    .await
    .unwrap();
    let listed: BTreeSet<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
    assert_eq!(made.into_iter().collect::<BTreeSet<_>>(), listed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_table_refers_to_stands_before_it() {
    let store = TestStore::sqlite().await;
    for (place, table) in TABLES.iter().enumerate() {
        let references: Vec<String> = sqlx::query_scalar("select \"table\" from pragma_foreign_key_list($1)")
            .bind(table.name)
            .fetch_all(store.reader())
            .await
            .unwrap();
        for reference in references {
            let at = TABLES.iter().position(|other| other.name == reference).unwrap();
            assert!(at < place || (at == place && table.parent.is_some()), "{} → {reference}", table.name);
        }
    }
}

both! {
    async fn both_databases_know_the_columns(store: TestStore) {
        let mut snapshot = store.begin_snapshot().await.unwrap();
        for table in TABLES {
            let columns = snapshot.columns(table.name).await.unwrap();
            for key in table.key.split(", ").chain(table.parent) {
                assert!(columns.iter().any(|column| column.name == key), "{}.{key}", table.name);
            }
        }
    }
}
