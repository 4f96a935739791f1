//! Says which folder is embedded as the screen: the built web application, or a page that says it was not built.

use std::path::{Path, PathBuf};
use std::{env, fs};

const STUB: &str = "<!doctype html><meta charset=\"utf-8\"><title>Otklik</title>\
     <p>This server was built without its screen. Build it: <code>cargo xtask demo</code>.</p>\n";

fn main() -> std::io::Result<()> {
    // Asked when it runs: a build folder may serve several checkouts.
    let built = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("../../web/build");
    println!("cargo:rerun-if-changed={}", built.display());
    let folder = if built.join("index.html").exists() { built } else { stub()? };
    println!("cargo:rustc-env=OTKLIK_WEB={}", folder.display());
    Ok(())
}

fn stub() -> std::io::Result<PathBuf> {
    let folder = Path::new(&variable("OUT_DIR")?).join("web");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), STUB)?;
    Ok(folder)
}

fn variable(name: &str) -> std::io::Result<String> {
    env::var(name).map_err(std::io::Error::other)
}
