//! The demo company, small: the whole story is told, by the ordinary operations, and nothing else is touched.

use otklik_app::demo::{DemoRequest, Marker, PASSWORD, demo_people, load_demo};
use otklik_app::messages::Language;
use otklik_app::{App, Options};
use otklik_backlog::history::{ProblemEvent, list_problem_events};
use otklik_backlog::problems::{ProblemFilter, ProblemState, list_problems};
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
        let returned = problems.iter().find(|problem| problem.title.starts_with("С меня списали дважды")).unwrap();
        let events = list_problem_events(&app.store, &returned.id).await.unwrap();
        assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at));
        let steps: Vec<&str> = events
            .iter()
            .filter_map(|event| match event.event {
                ProblemEvent::SolutionReleased { .. } => Some("released"),
                ProblemEvent::VerdictProposed { .. } => Some("proposed"),
                ProblemEvent::VerdictSigned { .. } => Some("signed"),
                ProblemEvent::ProblemSolved { .. } => Some("solved"),
                ProblemEvent::ProblemReopened { .. } => Some("reopened"),
                ProblemEvent::PlanPromoted { .. } => Some("promoted"),
                _ => None,
            })
            .collect();
        assert_eq!(steps, ["released", "proposed", "signed", "solved", "reopened", "promoted"]);

        for person in demo_people(Language::Ru).unwrap() {
            check_credentials(&app.store, &person.email, PASSWORD).await.unwrap();
        }
        let truths = std::fs::read_to_string(folder.path().join("truths.json")).unwrap();
        assert!(truths.contains("\"Сибирь\""), "slices bear the names that the data have");
    }

    async fn a_company_at_work_is_not_touched(store: TestStore) {
        let folder = tempfile::tempdir().unwrap();
        demo(&store, &folder, Language::En).await;
        let request = DemoRequest { seed: 7, items: ITEMS, language: Language::En };
        let error = load_demo(options(&store, &folder), request, &|_| {}).await.unwrap_err();
        assert_eq!(error.code(), "not_empty");
    }
}
