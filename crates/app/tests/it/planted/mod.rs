//! The demo's truths, read from the file that the demo writes, and found again by asking what the screen asks.
//!
//! One company serves all questions: loading it takes far longer than asking.

mod analyses;
mod measures;
mod truths;
mod verdicts;
mod voices;
mod watching;

use std::fmt::Write;

use jiff::civil::Date;
use otklik_app::demo::{DemoRequest, load_demo};
use otklik_app::messages::Language;
use otklik_app::{App, Options};
use otklik_demo::{Company, Plan};
use otklik_store::Clock;
use otklik_testkit::TestStore;
use serde_json::Value;
use tempfile::TempDir;

/// A demo that a test affords. Most of its verdicts have too few contacts, and say so.
const ITEMS: u32 = 20_000;
const SEED: u64 = 1;

/// The company as the product has it, and what was planted in it.
struct Planted {
    app: App,
    company: Company,
    truths: Vec<Value>,
    wrong: String,
    _folder: TempDir,
}

impl Planted {
    async fn load(store: &TestStore) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = || Options {
            data: folder.path().to_owned(),
            database: Some(store.url().to_owned()),
            clock: Clock::fixed(store.now_ms()),
        };
        let request = DemoRequest { seed: SEED, items: ITEMS, language: Language::En };
        let marker = load_demo(options(), request, &|_| {}).await.unwrap();
        let app = App::open(options()).await.unwrap();
        app.load_facts().await.unwrap();
        let written = std::fs::read(folder.path().join("truths.json")).unwrap();
        let written: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!((&written["seed"], &written["items"]), (&SEED.into(), &ITEMS.into()));
        let plan = Plan { seed: SEED, items: ITEMS, today: marker.today };
        Self {
            app,
            company: Company::generate(&plan).unwrap(),
            truths: written["truths"].as_array().unwrap().clone(),
            wrong: String::new(),
            _folder: folder,
        }
    }

    /// Notes what was not found, so that one run tells of all.
    fn expect(&mut self, holds: bool, what: std::fmt::Arguments<'_>) {
        if !holds {
            writeln!(self.wrong, "{what}").unwrap();
        }
    }

    /// The id of the topic with this code.
    async fn topic_id(&self, code: &str) -> String {
        let topics = otklik_voice::topics::list_topics(&self.app.store).await.unwrap();
        topics.into_iter().find(|topic| topic.code == code).unwrap().id.0
    }

    /// The truth of this kind.
    fn truth(&self, kind: &str) -> Value {
        self.truths.iter().find(|truth| truth["kind"] == kind).unwrap().clone()
    }
}

fn date(value: &Value) -> Date {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_planted_is_found_again() {
    let store = TestStore::sqlite().await;
    let mut planted = Planted::load(&store).await;
    truths::check(&mut planted).await;
    verdicts::check(&mut planted).await;
    analyses::check(&mut planted).await;
    measures::check(&mut planted).await;
    voices::check(&mut planted).await;
    watching::check(&mut planted).await;
    assert_eq!(planted.wrong, "");
}
