//! `cargo xtask demo`: from a bare checkout to the demo company in the browser.

use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};

use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{console, process, web};

const LISTEN: &str = "127.0.0.1:8080";

#[derive(clap::Args)]
pub struct Options {
    /// Arguments of `otklik demo`: `--items N`, `--seed N`, `--data DIR`, `--listen ADDR`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds and becomes the server, so that Ctrl-C and exit status are the server's own.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::ensure(&[Part::Node])?;
    console::heading("web interface");
    web::build(workspace)?;
    console::heading("server");
    process::run(workspace.cargo().args(["build", "--profile", "fast", "--package", "otklik"]))?;

    let mut server = workspace.command(workspace.binary("fast"));
    server.arg("demo").args(&options.arguments);
    if !options.arguments.iter().any(|argument| argument.starts_with("--listen")) {
        server.args(["--listen", LISTEN]);
    }
    console::heading(&process::line(&server));
    Err(server.exec()).context("cannot start the server")
}
