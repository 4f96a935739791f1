//! The demo company, small: the whole story is told, by the ordinary operations, and nothing else is touched.

use otklik_app::demo::{DemoRequest, Marker, PASSWORD, demo_people, load_demo};
use otklik_app::messages::Language;
use otklik_app::{App, Options};
use otklik_backlog::history::{ProblemEvent, list_problem_events};
use otklik_backlog::problems::{ProblemFilter, ProblemState, list_problems};
use otklik_facts::{Dimension, FactQuery, FactRow};
use otklik_platform::people::check_credentials;
use otklik_store::Clock;
use otklik_testkit::{TestStore, both};
use tempfile::TempDir;

const ITEMS: u32 = 1_500;

fn options(store: &TestStore, folder: &TempDir) -> Options {
    Options {
        data: folder.path().to_owned(),
        database: Some(store.url().to_owned()),
        clock: Clock::fixed(store.now_ms()),
    }
}

async fn demo(store: &TestStore, folder: &TempDir, language: Language) -> App {
    let request = DemoRequest { seed: 7, items: ITEMS, language };
    load_demo(options(store, folder), request, &|_| {}).await.unwrap();
    let app = App::open(options(store, folder)).await.unwrap();
    app.load_facts().await.unwrap();
    app
}

/// What became of the plans of the problem whose title begins so.
async fn steps(app: &App, title: &str) -> Vec<String> {
    let problems = list_problems(&app.store, &ProblemFilter::default()).await.unwrap().items;
    let problem = problems.into_iter().find(|problem| problem.title.starts_with(title)).unwrap();
    let events = list_problem_events(&app.store, &problem.id).await.unwrap();
    assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at));
    let step = |event: &ProblemEvent| match event {
        ProblemEvent::SolutionReleased { .. } => Some("released".to_owned()),
        ProblemEvent::VerdictProposed { .. } => Some("proposed".to_owned()),
        ProblemEvent::VerdictSigned { signed, .. } => Some(format!("signed {}", signed.code())),
        ProblemEvent::ProblemSolved { .. } => Some("solved".to_owned()),
        ProblemEvent::ProblemClosed { .. } => Some("closed".to_owned()),
        ProblemEvent::ProblemReopened { .. } => Some("reopened".to_owned()),
        ProblemEvent::PlanPromoted { .. } => Some("promoted".to_owned()),
        _ => None,
    };
    events.iter().filter_map(|event| step(&event.event)).collect()
}

both! {
    async fn an_empty_folder_becomes_a_bank_with_a_story(store: TestStore) {
        let folder = tempfile::tempdir().unwrap();
        let app = demo(&store, &folder, Language::Ru).await;
        assert_eq!(app.facts().len(), ITEMS as usize);
        let marker = Marker::read(&app.data).unwrap();
        assert_eq!((marker.items, marker.complete, marker.today), (ITEMS, true, app.today().await.unwrap()));

        let problems = list_problems(&app.store, &ProblemFilter::default()).await.unwrap().items;
        for state in ProblemState::ALL {
            assert!(problems.iter().any(|problem| problem.state == *state), "{state:?}");
        }
        // So few contacts allow no verdict: people sign that, look again every three months, and plan B waits.
        let look = ["proposed", "signed cannot_tell"];
        for title in ["Бот не понимает меня", "С меня списали дважды"] {
            let told = steps(&app, title).await;
            assert_eq!(told[0], "released");
            assert!(told.len() >= 5 && told[1..].chunks(2).all(|step| step == look), "{title}: {told:?}");
        }

        for person in demo_people(Language::Ru).unwrap() {
            check_credentials(&app.store, &person.email, PASSWORD).await.unwrap();
        }
        let truths = std::fs::read_to_string(folder.path().join("truths.json")).unwrap();
        assert!(truths.contains("\"Сибирь\""), "slices bear the names that the data have");
    }

    async fn the_facts_are_those_of_the_rows(store: TestStore) {
        let folder = tempfile::tempdir().unwrap();
        let app = demo(&store, &folder, Language::Ru).await;
        let fed = months_by_everything(&app);
        app.rebuild_facts().await.unwrap();
        assert_eq!(fed.len(), 9);
        assert!(fed == months_by_everything(&app), "fed while storing, or read back from the rows");
    }

    async fn a_company_at_work_is_not_touched(store: TestStore) {
        let folder = tempfile::tempdir().unwrap();
        demo(&store, &folder, Language::En).await;
        let request = DemoRequest { seed: 7, items: ITEMS, language: Language::En };
        let error = load_demo(options(&store, &folder), request, &|_| {}).await.unwrap_err();
        assert_eq!(error.code(), "not_empty");
    }
}

/// Items, scores and customers of every month by each of the dimensions.
fn months_by_everything(app: &App) -> Vec<Vec<FactRow>> {
    use Dimension::{Channel, Language, Product, Region, Segment, Source, Topic, Touchpoint, Unit};
    let answer = |dimension| {
        let dimensions = vec![Dimension::Month, dimension];
        let query = FactQuery { dimensions, customers: true, ..FactQuery::default() };
        app.facts().query(&query).unwrap()
    };
    [Channel, Language, Product, Region, Segment, Source, Topic, Touchpoint, Unit].map(answer).to_vec()
}
