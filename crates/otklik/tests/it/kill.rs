//! SIGKILL at random moments of imports and pushes: what was acknowledged is there, once, and every import ends well.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use otklik_store::{Clock, Store};
use otklik_testkit::TestStore;
use reqwest::Client;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::server::{Server, send};

/// Deaths on each database.
const KILLS: u64 = 30;

/// A server lives no longer than this.
const LIFE_MS: u64 = 800;

/// Programs that push at the same time.
const PUSHERS: usize = 8;

/// Rows of a file, more than one transaction takes; every hundredth cannot be read.
const ROWS: u64 = 5_000;
const REFUSED: u64 = ROWS / 100;

#[tokio::test(flavor = "multi_thread")]
async fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("otklik.db").display());
    survive(folder.path(), "", &url).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestStore::postgres().await;
    survive(folder.path(), database.url(), database.url()).await;
}

async fn survive(data: &Path, database: &str, url: &str) {
    let mut random = Random::seeded();
    let server = Server::start(data, database);
    let token = server.make_administrator().await;
    let client = client(&token);
    add_source(&client, &server.address).await;
    let mut imports = Vec::new();
    let pushes = Arc::new(Pushes::default());
    let mut server = server;
    for _ in 0..KILLS {
        keep_importing(&client, &server.address, &mut imports).await;
        let pushers = push_until_death(&client, &server.address, &pushes);
        tokio::time::sleep(Duration::from_millis(random.below(LIFE_MS))).await;
        server.kill();
        for pusher in pushers {
            pusher.await.unwrap();
        }
        server = Server::start(data, database);
    }
    let expected =
        json!({ "read": ROWS, "new": ROWS - REFUSED, "unchanged": 0, "updated": 0, "refused": REFUSED });
    for import in &imports {
        let counts = wait_for_import(&client, &server.address, import).await;
        assert_eq!(counts, expected, "{random:?}");
    }
    server.kill();
    let store = Store::open(url, Clock::System).await.unwrap();
    let stored = stored_ids(&store, "push").await;
    let acknowledged = pushes.acknowledged.lock().await;
    assert!(acknowledged.len() > KILLS as usize * PUSHERS, "only {} pushes, {random:?}", acknowledged.len());
    let unique: BTreeSet<&String> = stored.iter().collect();
    assert_eq!(unique.len(), stored.len(), "an item is there twice, {random:?}");
    let lost: Vec<&String> = acknowledged.iter().filter(|id| !unique.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?} were acknowledged and are lost, {random:?}");
    let imported = stored_ids(&store, "import").await;
    let rows = (ROWS - REFUSED) * imports.len() as u64;
    assert_eq!(imported.iter().collect::<BTreeSet<_>>().len() as u64, rows, "{random:?}");
    assert_eq!(imported.len() as u64, rows, "{random:?}");
}

#[derive(Default)]
struct Pushes {
    next: AtomicU64,
    acknowledged: Mutex<Vec<String>>,
}

fn push_until_death(
    client: &Client,
    address: &str,
    pushes: &Arc<Pushes>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let push = |client: Client, url: String, pushes: Arc<Pushes>| async move {
        loop {
            let id = pushes.next.fetch_add(1, Ordering::Relaxed).to_string();
            let body = json!({ "items": [{ "external_id": id, "text": "Не пришёл код подтверждения" }] });
            let Ok(response) = client.post(&url).json(&body).send().await else { return };
            let Ok(answer) = response.json::<Value>().await else { return };
            assert_eq!(answer["results"][0]["result"], "new", "{answer}");
            pushes.acknowledged.lock().await.push(id);
        }
    };
    let url = format!("{address}/api/sources/push/feedback");
    (0..PUSHERS).map(|_| tokio::spawn(push(client.clone(), url.clone(), Arc::clone(pushes)))).collect()
}

async fn add_source(client: &Client, address: &str) {
    let source = json!({ "name": "push", "channel": "review", "retention_days": null });
    send(client.post(format!("{address}/api/sources")).json(&source)).await;
}

/// Every death finds an import at work: when the last one is done, the next file is sent.
async fn keep_importing(client: &Client, address: &str, imports: &mut Vec<String>) {
    if let Some(last) = imports.last()
        && send(client.get(format!("{address}/api/imports/{last}"))).await["state"] != "done"
    {
        return;
    }
    imports.push(start_import(client, address, imports.len() as u64 * ROWS).await);
}

async fn start_import(client: &Client, address: &str, first: u64) -> String {
    let mut csv = "id,date,text\n".to_owned();
    for n in first..first + ROWS {
        let date = if n % 100 == 50 { "вчера".to_owned() } else { format!("2026-02-{:02}", n % 28 + 1) };
        csv += &format!("{n},{date},Не пришёл код подтверждения {n}\n");
    }
    let form = Form::new().part("file", Part::bytes(csv.into_bytes()).file_name("отзывы.csv"));
    let upload = send(client.post(format!("{address}/api/uploads")).multipart(form)).await;
    let preview = json!({ "upload": upload["upload"] });
    let preview = send(client.post(format!("{address}/api/imports/preview")).json(&preview)).await;
    let import = json!({
        "upload": upload["upload"], "file_name": "отзывы.csv", "source": "import", "channel": "review",
        "format": preview["format"], "mapping": preview["mapping"],
    });
    let started = send(client.post(format!("{address}/api/imports")).json(&import)).await;
    started["id"].as_str().unwrap().to_owned()
}

/// Nobody resumes the import: the server does it by itself.
async fn wait_for_import(client: &Client, address: &str, import: &str) -> Value {
    let begun = Instant::now();
    loop {
        let now = send(client.get(format!("{address}/api/imports/{import}"))).await;
        if now["state"] == "done" {
            return now["counts"].clone();
        }
        assert!(now["state"] == "running" || now["state"] == "queued", "{now}");
        assert!(begun.elapsed() < Duration::from_secs(120), "{now}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn stored_ids(store: &Store, source: &str) -> Vec<String> {
    let sql = "select external_id from feedback join source on source.id = source_id where name = $1";
    sqlx::query_scalar(sql).bind(source).fetch_all(store.reader()).await.unwrap()
}

fn client(token: &str) -> Client {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    Client::builder().default_headers(headers).timeout(Duration::from_secs(60)).build().unwrap()
}

/// SplitMix64; its seed stands in every failure, and `KILL_SEED` sets it.
#[derive(Debug)]
#[expect(dead_code, reason = "the seed is for those who read a failure")]
struct Random {
    seed: u64,
    state: u64,
}

impl Random {
    fn seeded() -> Self {
        let given = std::env::var("KILL_SEED").ok().and_then(|seed| seed.parse().ok());
        let clock = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos() as u64;
        let seed = given.unwrap_or_else(clock);
        Self { seed, state: seed }
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}
