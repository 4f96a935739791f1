//! The web interface: npm in `web/`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::checksum::sha256;
use crate::process;
use crate::workspace::Workspace;

/// Installs exactly what the lock file says, unless that is what is there.
pub fn install(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("web");
    let lock = fs::read(folder.join("package-lock.json")).context("web/package-lock.json")?;
    let wanted = format!("{} {}", sha256(&lock), process::answer(Command::new("node").arg("--version"))?);
    let stamp = folder.join("node_modules/.installed-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    process::run(npm(workspace).args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(stamp, wanted).context("cannot write into web/node_modules")
}

/// A script of `web/package.json`.
pub fn script(workspace: &Workspace, name: &str) -> Command {
    let mut command = npm(workspace);
    command.args(["run", "--silent", name]);
    command
}

/// Builds what the binary embeds.
pub fn build(workspace: &Workspace) -> Result<()> {
    install(workspace)?;
    process::run(&mut script(workspace, "build"))
}

fn npm(workspace: &Workspace) -> Command {
    let mut command = workspace.command("npm");
    command.current_dir(workspace.root.join("web"));
    // Browser tests use the machine's Chromium.
    command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command
}
