//! Backup, restore and export: what was there is there again, on either database, and nothing that opens doors leaves.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use otklik_app::backup::{Manifest, restore};
use otklik_app::demo::{DemoRequest, load_demo};
use otklik_app::messages::Language;
use otklik_app::{App, Options};
use otklik_metrics::MetricQuery;
use otklik_platform::Scope;
use otklik_store::tables::TABLES;
use otklik_store::{Actor, Clock, Store};
use otklik_testkit::TestStore;
use otklik_voice::Channel;
use otklik_voice::imports::load_import;
use otklik_voice::sources::ensure_source;
use tempfile::TempDir;

use crate::company::{add_source, add_topic, count, counts, import, push, record, start};

fn options(store: &TestStore, folder: &Path) -> Options {
    Options {
        data: folder.to_owned(),
        database: Some(store.url().to_owned()),
        clock: Clock::fixed(store.now_ms()),
    }
}

async fn company(store: &TestStore, folder: &TempDir) -> App {
    let request = DemoRequest { seed: 3, items: 800, language: Language::En };
    load_demo(options(store, folder.path()), request, &|_| {}).await.unwrap();
    let app = App::open(options(store, folder.path())).await.unwrap();
    app.load_facts().await.unwrap();
    app
}

/// Every row of every table as text.
async fn rows(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    let mut snapshot = store.begin_snapshot().await.unwrap();
    let mut all = BTreeMap::new();
    for table in TABLES {
        let columns = snapshot.columns(table.name).await.unwrap();
        let mut rows = Vec::new();
        let each = |values| {
            rows.push(serde_json::to_string::<Vec<serde_json::Value>>(&values).unwrap());
            Ok::<(), otklik_store::StoreError>(())
        };
        snapshot.read_rows(table, &columns, each).await.unwrap();
        // The databases sort texts differently.
        rows.sort();
        all.insert(table.name, rows);
    }
    all
}

async fn nps(app: &App) -> serde_json::Value {
    let query: MetricQuery = serde_json::from_str(r#"{"metric":"nps","dimensions":["segment"]}"#).unwrap();
    serde_json::to_value(app.answer(&Scope::Company, query, Some("card")).await.unwrap()).unwrap()
}

async fn comes_back(from: TestStore, to: TestStore) {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let app = company(&from, &folder).await;
    fs::write(folder.path().join("otklik.toml"), "listen = \"127.0.0.1:1\"\n").unwrap();
    let archive = folder.path().join("backup.zip");
    let written = app.back_up(&archive, &|_, _| {}).await.unwrap();

    let restored = restore(options(&to, other.path()), &archive, &|_, _| {}).await.unwrap();
    assert_eq!(restored.manifest, written);
    assert_eq!(restored.settings.as_deref(), Some("listen = \"127.0.0.1:1\"\n"));
    let (before, after) = (rows(&app.store).await, rows(&restored.app.store).await);
    for (table, rows) in &before {
        assert_eq!(rows, &after[table], "{table}");
    }
    assert_eq!(restored.app.pseudonym("4711"), app.pseudonym("4711"));
    assert_eq!(nps(&restored.app).await, nps(&app).await);

    let again = restore(options(&to, other.path()), &archive, &|_, _| {}).await;
    assert_eq!(again.err().unwrap().code(), "not_empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sqlite_to_sqlite() {
    comes_back(TestStore::sqlite().await, TestStore::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sqlite_to_postgres() {
    comes_back(TestStore::sqlite().await, TestStore::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgres_to_sqlite() {
    comes_back(TestStore::postgres().await, TestStore::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgres_to_postgres() {
    comes_back(TestStore::postgres().await, TestStore::postgres().await).await;
}

otklik_testkit::both! {
    async fn a_backup_of_a_busy_company_is_whole(store: TestStore) {
        const ITEMS: &str = "select count(*) from feedback";
        let (folder, other, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), TestStore::sqlite().await);
        let app = App::open(options(&store, folder.path())).await.unwrap();
        app.install_built_in().await.unwrap();
        let source = add_source(&app, "отзывы", None).await;
        add_topic(&app, "delay", "долго").await;
        push(&app, &source, vec![record("first", "Очень долго")]).await;
        let done = Arc::new(AtomicBool::new(false));
        let writer = tokio::spawn({
            let (app, done) = (app.clone(), Arc::clone(&done));
            async move {
                let mut batches = 0;
                while !done.load(Ordering::Relaxed) || batches == 0 {
                    let records = (0..20).map(|n| record(&format!("{batches}-{n}"), "Перевод идёт долго")).collect();
                    push(&app, &source, records).await;
                    batches += 1;
                }
                batches
            }
        });
        let before = count(&app.store, ITEMS).await;
        let archive = folder.path().join("backup.zip");
        let manifest = app.back_up(&archive, &|_, _| {}).await.unwrap();
        done.store(true, Ordering::Relaxed);
        let batches: i64 = writer.await.unwrap();
        assert_eq!(count(&app.store, ITEMS).await, 1 + batches * 20);

        let restored = restore(options(&to, other.path()), &archive, &|_, _| {}).await.unwrap().app;
        let items = count(&restored.store, ITEMS).await;
        assert!((before..=1 + batches * 20).contains(&items), "{before} {items} {batches}");
        assert_eq!(items % 20, 1, "whole batches only");
        assert_eq!(count(&restored.store, "select max(number) from feedback").await, items, "no gaps");
        assert_eq!(count(&restored.store, "select count(*) from feedback_topic").await, items, "each with its label");
        assert_eq!(count(&restored.store, "select max(change) from feedback").await as u64, manifest.change);
        assert_eq!(restored.facts().len() as i64, items);
    }

    async fn an_import_that_waits_goes_on_after_a_restore(store: TestStore) {
        let (folder, other, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), TestStore::sqlite().await);
        let app = App::open(options(&store, folder.path())).await.unwrap();
        let done = import(&app, "готовый", "id,text\n1,Спасибо\n".as_bytes(), "").await.0;
        assert_eq!(done, counts(1, 1, 0, 0, 0));
        let (id, _) = start(&app, "ждёт", "id,text\n1,Долго\n2,Плохо\n".as_bytes(), "").await.unwrap();
        let archive = folder.path().join("backup.zip");
        let manifest = app.back_up(&archive, &|_, _| {}).await.unwrap();
        let files: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["customer.key", &format!("uploads/import-{id}")]);

        let restored = restore(options(&to, other.path()), &archive, &|_, _| {}).await.unwrap().app;
        restored.work_all().await.unwrap();
        assert_eq!(load_import(&restored.store, &id).await.unwrap().counts, counts(2, 2, 0, 0, 0));
        assert_eq!(fs::read_dir(restored.data.uploads()).unwrap().count(), 0, "its file is gone in the end");
    }

    async fn a_backup_is_of_one_moment_while_others_write(store: TestStore) {
        let folder = tempfile::tempdir().unwrap();
        let app = company(&store, &folder).await;
        let before = rows(&app.store).await;
        let mut snapshot = app.store.begin_snapshot().await.unwrap();
        let first = snapshot.count(&TABLES[0]).await.unwrap();
        let mut tx = app.store.begin(Actor::System).await.unwrap();
        ensure_source(&mut tx, "later", Channel::Chat).await.unwrap();
        tx.commit().await.unwrap();
        let sources = TABLES.iter().find(|table| table.name == "source").unwrap();
        assert_eq!(snapshot.count(sources).await.unwrap() as usize, before["source"].len());
        assert_eq!(first as usize, before["person"].len());
        assert_eq!(rows(&app.store).await["source"].len(), before["source"].len() + 1);
    }

    async fn a_damaged_archive_changes_nothing(store: TestStore) {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let source = TestStore::sqlite().await;
        let app = company(&source, &folder).await;
        let archive = folder.path().join("backup.zip");
        app.back_up(&archive, &|_, _| {}).await.unwrap();
        let whole = fs::read(&archive).unwrap();
        let hurt = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let mut flipped = whole.clone();
        flipped[whole.len() / 3] ^= 1;
        for path in [
            hurt("flipped.zip", &flipped),
            hurt("cut.zip", &whole[..whole.len() / 2]),
            hurt("foreign.zip", b"number,text\n1,hello\n"),
        ] {
            let refused = restore(options(&store, other.path()), &path, &|_, _| {}).await;
            assert_eq!(refused.err().unwrap().code(), "archive_damaged", "{}", path.display());
        }
        assert!(rows(&store).await["person"].is_empty());
        assert!(fs::read_dir(other.path()).unwrap().next().is_none(), "the folder was not even begun");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = Manifest {
        format: 1,
        otklik: "99.0.0".into(),
        schema: Store::newest_version() + 1,
        created_at: 0,
        change: 0,
        tables: vec![],
        files: vec![],
    };
    let path = folder.path().join("newer.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    zip.start_file("manifest.json", zip::write::SimpleFileOptions::default()).unwrap();
    serde_json::to_writer(&mut zip, &manifest).unwrap();
    zip.finish().unwrap();
    let store = TestStore::sqlite().await;
    let refused = restore(options(&store, &folder.path().join("data")), &path, &|_, _| {}).await;
    assert_eq!(refused.err().unwrap().code(), "archive_newer");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_has_everything_but_what_opens_doors() {
    let store = TestStore::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let app = company(&store, &folder).await;
    let out = folder.path().join("export");
    let exported = app.export(&out, &|_, _| {}).await.unwrap();
    let feedback = exported.iter().find(|table| table.table == "feedback").unwrap();
    assert_eq!(feedback.rows, 800);
    let lines = fs::read_to_string(out.join("feedback.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 800);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["number"], 1);
    assert!(out.join("feedback.parquet").is_dir());
    let key = fs::read_to_string(folder.path().join("customer.key")).unwrap();
    for file in fs::read_dir(&out).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("$argon2id$") && !text.contains(key.trim()), "{}", path.display());
        }
    }
    for table in ["session", "api_token", "invitation"] {
        assert!(!out.join(format!("{table}.csv")).exists());
    }
    assert_eq!(app.export(&out, &|_, _| {}).await.unwrap_err().code(), "not_empty");
}
