//! `cargo xtask dev`: the server of a debug build, and the web interface that reloads as one edits.

use std::process::Child;

use anyhow::{Context, Result};

use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{process, web};

#[derive(clap::Args)]
pub struct Options {
    /// Where the server listens; the web interface prints its own address
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// The server's arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, default_value = "serve")]
    arguments: Vec<String>,
}

/// A program that ends with us.
struct Companion(Child);

impl Drop for Companion {
    fn drop(&mut self) {
        // It has ended already when this fails.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::ensure(&[Part::Node])?;
    web::install(workspace)?;
    process::run(workspace.cargo().args(["build", "--package", "otklik"]))?;

    let mut server = workspace.command(workspace.binary("debug"));
    server.args(&options.arguments).args(["--listen", &options.listen]);
    println!("$ {}", process::line(&server));
    let _server = Companion(server.spawn().context("cannot start the server")?);
    process::run(web::script(workspace, "dev").env("OTKLIK_API", format!("http://{}", options.listen)))
}
