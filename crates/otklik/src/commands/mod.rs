//! One file per command.

mod backlog;
mod backup;
mod check_config;
mod demo;
mod export;
mod import;
mod mail;
mod mask;
mod query;
mod restore;
mod serve;
mod text;
mod user;

pub use demo::read_language;
use otklik_app::{App, Options};
use otklik_store::Clock;

use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::failure::{Failure, usage};
use crate::output;

pub fn run(cli: Cli) -> Result<(), Failure> {
    match &cli.command {
        Command::Mask => mask::run(cli.json),
        Command::Text(command) => text::run(command, cli.json),
        Command::CheckConfig => runtime()?.block_on(check_config::run(&cli)),
        Command::Mail(command) => runtime()?.block_on(mail::run(&cli, command)),
        Command::Openapi => {
            let document = otklik_api::openapi().to_pretty_json().map_err(usage)?;
            output::line(document);
            Ok(())
        }
        _ => runtime()?.block_on(run_with_data(&cli)),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Runtime::new().map_err(usage)
}

async fn run_with_data(cli: &Cli) -> Result<(), Failure> {
    let config = Config::load(cli.data(), cli.config.as_deref())?;
    start_tracing(&config);
    match &cli.command {
        Command::Demo(args) => return demo::run(cli, &config, args).await,
        Command::Restore(args) => return restore::run(cli, &config, args).await,
        _ => {}
    }
    let app = open(cli, &config).await?;
    match &cli.command {
        Command::Serve(args) => serve::run(app, &config, args).await,
        Command::Import(args) => import::run(app, args, cli.json).await,
        Command::Query(args) => query::run(app, args, cli.json).await,
        Command::User(command) => user::run(app, &config, command, cli.json).await,
        Command::Backlog => backlog::run(app, cli.json).await,
        Command::Backup(args) => backup::run(app, args, cli.json).await,
        Command::Export(args) => export::run(app, args, cli.json).await,
        Command::Demo(_)
        | Command::Restore(_)
        | Command::Mask
        | Command::Text(_)
        | Command::CheckConfig
        | Command::Mail(_)
        | Command::Openapi => Ok(()),
    }
}

/// Opens the data folder and its database.
async fn open(cli: &Cli, config: &Config) -> Result<App, Failure> {
    let app = App::open(Options { clock: clock(cli)?, ..options(cli, config) }).await?;
    app.install_built_in().await?;
    app.enqueue_reading().await?;
    Ok(app)
}

/// Where the settings and the arguments say that everything lies.
fn options(cli: &Cli, config: &Config) -> Options {
    Options { data: cli.data().to_owned(), database: config.database.reveal(), clock: Clock::System }
}

/// The system's clock, or the one that `serve --today` asks for: noon of that day, so that no time zone makes it another.
fn clock(cli: &Cli) -> Result<Clock, Failure> {
    let Command::Serve(crate::cli::ServeArgs { today: Some(today), .. }) = &cli.command else {
        return Ok(Clock::System);
    };
    let date: jiff::civil::Date = today.parse().map_err(|e| usage(format!("--today {today}: {e}")))?;
    let noon = date.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_err(usage)?;
    Ok(Clock::starting_at(noon.timestamp().as_millisecond()))
}

fn start_tracing(config: &Config) {
    use tracing_subscriber::EnvFilter;
    // The database layer warns of slow statements with their whole text; the operator has no use for that.
    let level = format!("{},sqlx=error", config.log_level);
    let filter = EnvFilter::try_new(level).unwrap_or_else(|_| EnvFilter::new("info,sqlx=error"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        crate::config::LogFormat::Text => builder.init(),
        crate::config::LogFormat::Json => builder.json().init(),
    }
}

/// The address by which people reach the server.
fn public_address(config: &Config, listen: &str) -> String {
    if config.address.is_empty() {
        format!("http://{listen}")
    } else {
        config.address.trim_end_matches('/').to_owned()
    }
}
