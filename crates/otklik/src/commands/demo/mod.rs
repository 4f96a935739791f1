//! `otklik demo`: the demo company in a folder of its own, ready to look at.

mod links;

use indicatif::ProgressBar;
use otklik_app::demo::{self, DemoPerson, DemoRequest, Marker, Step};
use otklik_app::messages::Language;
use otklik_app::{App, DataFolder, Options};

use super::serve;
use crate::cli::{Cli, DemoArgs};
use crate::config::Config;
use crate::failure::{Failure, usage};
use crate::output;

pub async fn run(cli: &Cli, config: &Config, args: &DemoArgs) -> Result<(), Failure> {
    let options = super::options(cli, config);
    let data = DataFolder::open(&options.data)?;
    let marker = match Marker::read(&data) {
        Some(marker) if marker.complete => marker,
        Some(_) if options.database.is_some() => return Err(interrupted(&data)),
        found => {
            if found.is_some() {
                data.remove_database()?;
            }
            load(options.clone(), args).await?
        }
    };
    if args.no_serve {
        return report(&data, &marker, cli.json);
    }
    let app = App::open(options).await?;
    let people = demo::demo_people(marker.language)?;
    let links = links::Links::new(&app, &people).await?;
    let screen = links.router(app.clone(), config.secure_cookies).merge(crate::web::router());
    let listen = args.listen.as_deref().unwrap_or(&config.listen);
    serve::serve(app, config, listen, screen, async |address| {
        announce(address, &people, &links);
        Ok(())
    })
    .await
}

async fn load(options: Options, args: &DemoArgs) -> Result<Marker, Failure> {
    let language = args.language.unwrap_or_else(output::language);
    let request = DemoRequest { seed: args.seed, items: args.items, language };
    let bar = output::bar(u64::from(args.items));
    let marker = demo::load_demo(options, request, &|step| show(&bar, step)).await?;
    bar.finish_and_clear();
    Ok(marker)
}

/// Items fill the bar; what comes before and after takes little time.
fn show(bar: &ProgressBar, step: Step) {
    if let Step::Voices(done) = step {
        bar.set_position(done);
    }
}

fn interrupted(data: &DataFolder) -> Failure {
    usage(format!(
        "{}: {}",
        data.root().display(),
        output::word(
            "заполнение прервалось. Очистите базу и папку и начните заново.",
            "the filling was interrupted. Empty database and folder and start again."
        )
    ))
}

fn report(data: &DataFolder, marker: &Marker, json: bool) -> Result<(), Failure> {
    if json {
        return output::json(&serde_json::json!({
            "data": data.root(), "items": marker.items, "seed": marker.seed, "today": marker.today,
            "language": marker.language,
        }));
    }
    output::line(format!(
        "{}: {}, {}",
        data.root().display(),
        output::word("демонстрационный банк", "the demo bank"),
        format_args!("{} {}", marker.items, output::word("откликов", "items of feedback"))
    ));
    Ok(())
}

/// Where to click: one link signs in at once, the table has everybody else.
fn announce(address: &str, people: &[DemoPerson], links: &links::Links) {
    output::line(format!("Otklik: {address}"));
    output::line(format!("{} {}", output::word("Пароль у всех:", "Everybody's password:"), demo::PASSWORD));
    output::line(output::word("Ссылка впускает сразу:", "A link signs in at once:"));
    for person in people {
        output::line(format!(
            "  {address}{}\n    {} ({}), {}",
            links.path(person),
            person.position,
            person.role.word(),
            person.email
        ));
    }
}

/// The languages in which the story is told.
pub fn read_language(word: &str) -> Result<Language, String> {
    Language::parse(word).ok_or_else(|| "ru, en".to_owned())
}
