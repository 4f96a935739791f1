//! `cargo xtask demo`: from a bare checkout to the demo company in the browser.

use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};

use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{console, process, web};

#[derive(clap::Args)]
pub struct Options {
    /// Where the server listens
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Further arguments of `otklik demo`: `--items N`, `--seed N`, `--data DIR`
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
    server.args(["demo", "--listen", &options.listen]).args(&options.arguments);
    console::heading(&process::line(&server));
    Err(server.exec()).context("cannot start the server")
}
