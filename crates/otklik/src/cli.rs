//! The command line: stable names, `--json` and `--data` everywhere.

pub mod text;

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use otklik_app::messages::Language;

/// Otklik: every customer's voice in, a prioritised CX backlog and proven fixes out.
#[derive(Debug, Parser)]
#[command(name = "otklik", version)]
pub struct Cli {
    /// The folder of the company's data: otklik-data, or otklik-demo for the demo, when nothing is said.
    #[arg(long, global = true, env = "OTKLIK_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// A settings file instead of otklik.toml in the data folder.
    #[arg(long, global = true, env = "OTKLIK_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print the result as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// The folder of the company's data.
    pub fn data(&self) -> &Path {
        let default = if matches!(self.command, Command::Demo(_)) { "otklik-demo" } else { "otklik-data" };
        self.data.as_deref().unwrap_or(Path::new(default))
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server.
    Serve(ServeArgs),
    /// Show a bank with two years of feedback, and its backlog, in a folder of its own.
    Demo(DemoArgs),
    /// Import a file of feedback.
    Import(ImportArgs),
    /// Ask a number: a MetricQuery as JSON, or `-` to read it from standard input.
    Query(QueryArgs),
    /// Print the backlog: the problems in their order.
    Backlog,
    /// Write everything into an archive; the server may go on running.
    Backup(BackupArgs),
    /// Fill an empty folder and an empty database from an archive.
    Restore(RestoreArgs),
    /// Write everything in open formats, without secrets.
    Export(ExportArgs),
    /// Mask personal data: lines in, masked lines out.
    Mask,
    /// Understand the texts of a file: topics, sentiment, themes, duplicates, language.
    #[command(subcommand)]
    Text(text::TextCommand),
    /// People who can sign in.
    #[command(subcommand)]
    User(UserCommand),
    /// Letters.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Check the settings, also whether the mail server answers, and say what they are.
    CheckConfig,
    /// Print the OpenAPI document of the API.
    #[command(hide = true)]
    Openapi,
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen; overrides the setting.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Pretend that today is this date, to see what it brings: a check date, a retention period.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// How many items of feedback.
    #[arg(long, default_value_t = 200_000, value_name = "N")]
    pub items: u32,
    /// Another number makes other customers, days and words; the same number always the same company.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Where to listen; overrides the setting.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Fill the folder and stop.
    #[arg(long)]
    pub no_serve: bool,
    /// The language of the backlog, ru or en; that of the terminal when nothing is said.
    #[arg(long, value_parser = crate::commands::read_language, value_name = "LANGUAGE")]
    pub language: Option<Language>,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// CSV, TSV, XLSX, JSON or JSON Lines, packed with gzip or not.
    pub file: PathBuf,
    /// The source that the items belong to; by default the name of the file.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// The channel of items whose rows name none.
    #[arg(long, value_name = "CHANNEL")]
    pub channel: Option<String>,
    /// Columns by field: nps=score,text=comment,plan=tariff. Other names become attributes of the company.
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub map: Option<String>,
    /// The sheet of a workbook; by default the first that has rows.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// A kept mapping.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Read and check everything, store nothing.
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct QueryArgs {
    /// The question: {"metric":"nps","grain":"month","dimensions":["segment"]}
    pub query: String,
    /// Words that narrow the question, as in the search box.
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,
    /// How the answer is printed; `--json` is `--format json`.
    #[arg(long, value_enum, default_value_t = TableFormat::Table)]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
pub struct BackupArgs {
    /// A new file.
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// What `otklik backup` has written.
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A new or empty folder.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Table,
    Csv,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person and print the one-time address that lets them in.
    Add {
        /// The address to sign in with.
        email: String,
        /// viewer, contributor, manager, analyst or admin, for the whole company.
        #[arg(long)]
        role: String,
        /// What others read; by default the address.
        #[arg(long)]
        name: Option<String>,
    },
    /// List everybody.
    List,
}

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Send a trial letter by the mail server of the settings.
    Test {
        /// Who receives it.
        address: String,
    },
}
