//! The demo company in an empty data folder: the bank, two years of voices, and its backlog replayed day by day.
//!
//! Everything goes the way of real data: items are masked, labelled and stored as an import would store them, verdicts
//! are measured on them, and each step of the backlog is the ordinary operation under a clock set to its day.

mod company;
mod marker;
mod measures;
mod play;
mod story;
mod voices;

use std::sync::Arc;
use std::time::Instant;

use company::Directory;
pub use marker::Marker;
use otklik_demo::{Company, Person, Plan, Truths};
use otklik_platform::Role;
use otklik_store::Clock;

use crate::data::failed;
use crate::messages::Language;
use crate::{App, AppError, Options, reread, vacancy};

/// The password of everybody who can sign in to a demo.
pub const PASSWORD: &str = "otklik-demo";

/// What was planted in the voices; tests read it.
const TRUTHS: &str = "truths.json";

/// Which company to make.
#[derive(Debug, Clone, Copy)]
pub struct DemoRequest {
    pub seed: u64,
    pub items: u32,
    /// The language of the backlog's story.
    pub language: Language,
}

/// Somebody who can sign in with [`PASSWORD`].
#[derive(Debug, Clone)]
pub struct DemoPerson {
    pub role: Role,
    pub email: String,
    pub name: String,
    pub position: String,
}

/// What the loading is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Company,
    /// So many items are stored.
    Voices(u64),
    Facts,
    Backlog,
    Done,
}

/// Fills the empty data folder of `options` with the company, as of the moment its clock shows.
///
/// # Errors
/// [`AppError::NotEmpty`] where somebody already works with the folder or its database.
pub async fn load_demo(
    options: Options,
    request: DemoRequest,
    progress: &(dyn Fn(Step) + Sync),
) -> Result<Marker, AppError> {
    let now_ms = options.clock.now_ms();
    let app = App::open(Options { clock: Clock::fixed(now_ms), ..options }).await?;
    vacancy::require_empty(&app.store, &app.data).await?;
    let plan = Plan { seed: request.seed, items: request.items, today: app.today().await? };
    let company = Arc::new(tokio::task::spawn_blocking(move || Company::generate(&plan)).await??);
    let mut marker = Marker {
        seed: plan.seed,
        items: plan.items,
        language: request.language,
        today: plan.today,
        complete: false,
    };
    marker.write(&app.data)?;
    // What the marker calls incomplete is thrown away by the next start.
    app.store.risk().await?;
    progress(Step::Company);
    app.store.clock().set(first_moment(&company, &app).await?);
    let directory = Arc::new(company::found(&app, &company, request.language).await?);
    voices::load(&app, &company, &directory, &|done| progress(Step::Voices(done))).await?;
    progress(Step::Facts);
    let begun = Instant::now();
    app.save_facts()?;
    tracing::debug!(took = ?begun.elapsed(), "the snapshot of the facts is kept");
    progress(Step::Backlog);
    let begun = Instant::now();
    measures::write(&app, &company, &directory).await?;
    let acts = story::acts(&company.problems, plan.today);
    play::Player::new(&app, &directory, app.time_zone().await?).play(&acts, plan.today).await?;
    tracing::debug!(deeds = acts.len(), took = ?begun.elapsed(), "the backlog is replayed");
    app.store.clock().set(now_ms);
    let begun = Instant::now();
    write_truths(&app, &company.truths, &directory)?;
    reread::note_read(&app.store).await?;
    app.store.analyze().await?;
    app.store.end_risk().await?;
    tracing::debug!(took = ?begun.elapsed(), "the database is on disk");
    marker.complete = true;
    marker.write(&app.data)?;
    app.store.close().await;
    progress(Step::Done);
    Ok(marker)
}

/// Who can sign in: the first person of each role.
pub fn demo_people(language: Language) -> Result<Vec<DemoPerson>, AppError> {
    let plan = Plan { seed: 0, items: 0, today: jiff::civil::Date::constant(2026, 1, 1) };
    let company = Company::generate(&plan)?;
    let say = |text: &otklik_demo::Bilingual| match language {
        Language::Ru => text.ru.clone(),
        Language::En => text.en.clone(),
    };
    let people = company.people.iter().filter(|person| signs_in(&company, person));
    let mut people: Vec<DemoPerson> = people
        .map(|person| DemoPerson {
            role: company::role(person.role),
            email: person.email.clone(),
            name: say(&person.name),
            position: say(&person.position),
        })
        .collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.role));
    Ok(people)
}

fn signs_in(company: &Company, person: &Person) -> bool {
    let first = company.people.iter().find(|other| other.role == person.role);
    first.is_some_and(|first| first.email == person.email)
}

/// The morning on which the history begins: the company is set up then.
async fn first_moment(company: &Company, app: &App) -> Result<i64, AppError> {
    let zone = app.time_zone().await?;
    let start = company.start.saturating_sub(jiff::Span::new().days(7)).to_zoned(zone);
    Ok(start.map_or(app.store.now_ms(), |start| start.timestamp().as_millisecond()))
}

/// Slices are written as the data have them: in the language of the company.
fn write_truths(app: &App, truths: &Truths, directory: &Directory) -> Result<(), AppError> {
    let mut truths = truths.clone();
    for truth in &mut truths.truths {
        for slice in truth.filter.iter_mut().chain(&mut truth.control) {
            slice.value = directory.value(&slice.dimension, &slice.value);
        }
    }
    let path = app.data.root().join(TRUTHS);
    let json = serde_json::to_vec_pretty(&truths).map_err(|e| AppError::Worker(e.to_string()))?;
    std::fs::write(&path, json).map_err(|e| failed(&path, e))
}
