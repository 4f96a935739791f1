//! The project's own commands: `cargo xtask test`, `demo`, `dev`, `tidy`, `codegen`, `bench`, `dist`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "commands speak to a terminal")]

mod bench;
mod checksum;
mod codegen;
mod console;
mod demo;
mod dev;
mod dist;
mod process;
mod setup;
mod test;
mod tidy;
mod web;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::workspace::Workspace;

/// The project's own commands. Each sets up what it needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    /// Build everything, load the demo company and serve it on 127.0.0.1:8080
    Demo(demo::Options),
    /// Everything that CI runs
    Test(test::Options),
    /// The rules of the house: sizes, names, module docs, crate arrows, migrations, licences
    Tidy(tidy::Options),
    /// The server and the web interface, reloaded as you edit
    Dev(dev::Options),
    /// Write the OpenAPI document and the web client's types from the server's code
    Codegen(codegen::Options),
    /// Measure, beside another engine on the same machine
    Bench(bench::Options),
    /// An archive with the release binary, and its checksum
    Dist,
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let workspace = Workspace::find()?;
    match command {
        Command::Demo(options) => demo::run(&workspace, &options),
        Command::Test(options) => test::run(&workspace, &options),
        Command::Tidy(options) => tidy::run(&workspace, &options),
        Command::Dev(options) => dev::run(&workspace, &options),
        Command::Codegen(options) => codegen::run(&workspace, &options),
        Command::Bench(options) => bench::run(&workspace, &options),
        Command::Dist => dist::run(&workspace),
    }
}
