//! Says which folder is embedded as the screen: the built web application, or a page that says it was not built.

use std::path::{Path, PathBuf};
use std::{env, fs};

const STUB: &str = "<!doctype html><meta charset=\"utf-8\"><title>Otklik</title>\
     <p>This server was built without its screen. Build it: <code>cargo xtask demo</code>.</p>\n";

fn main() -> std::io::Result<()> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/build");
    println!("cargo:rerun-if-changed={}", built.display());
    let folder = if built.join("index.html").exists() { built } else { stub()? };
    println!("cargo:rustc-env=OTKLIK_WEB={}", folder.display());
    Ok(())
}

fn stub() -> std::io::Result<PathBuf> {
    let out = env::var("OUT_DIR").map_err(std::io::Error::other)?;
    let folder = Path::new(&out).join("web");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), STUB)?;
    Ok(folder)
}
