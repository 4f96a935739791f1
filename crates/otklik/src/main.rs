//! The binary: configuration, tracing, the command line and the embedded web interface.

mod cli;
mod commands;
mod config;
mod failure;
mod output;
mod web;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Everything that arrives is many small strings, and SQLite's pages besides: see docs/adr/0009-collecting.md.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::error(&failure);
            ExitCode::FAILURE
        }
    }
}
