//! `cargo xtask dist`: an archive of the release binary with licence, manual and checksum, in `target/dist`.

use std::fs;

use anyhow::{Context, Result};

use crate::checksum::sha256;
use crate::setup::{self, Part};
use crate::workspace::Workspace;
use crate::{console, process, web};

const PAPERS: [&str; 3] = ["LICENSE", "README.md", "CHANGELOG.md"];

pub fn run(workspace: &Workspace) -> Result<()> {
    setup::ensure(&[Part::Node])?;
    console::heading("web interface");
    web::build(workspace)?;
    console::heading("server");
    process::run(workspace.cargo().args(["build", "--release", "--locked", "--package", "otklik"]))?;

    console::heading("archive");
    let name = format!("otklik-{}-{}", env!("CARGO_PKG_VERSION"), host(workspace)?);
    let dist = workspace.target.join("dist");
    let folder = dist.join(&name);
    fs::create_dir_all(&folder)?;
    fs::copy(workspace.binary("release"), folder.join("otklik"))?;
    for paper in PAPERS {
        fs::copy(workspace.root.join(paper), folder.join(paper)).context(paper)?;
    }

    let archive = format!("{name}.tar.gz");
    let mut tar = workspace.command("tar");
    tar.current_dir(&dist).args(["--sort=name", "--owner=root", "--group=root", "-czf", &archive, &name]);
    process::run(&mut tar)?;
    let checksum = sha256(&fs::read(dist.join(&archive))?);
    fs::write(dist.join(format!("{archive}.sha256")), format!("{checksum}  {archive}\n"))?;
    fs::remove_dir_all(&folder)?;
    println!("{}\nsha256 {checksum}", dist.join(&archive).display());
    Ok(())
}

/// The platform that the compiler builds for, such as `x86_64-unknown-linux-gnu`.
fn host(workspace: &Workspace) -> Result<String> {
    process::answer(workspace.command("rustc").args(["--print", "host-tuple"]))
}
