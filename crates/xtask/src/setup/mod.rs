//! What a bare machine lacks: installed where we may, else the run fails and says what to install.

mod apt;
pub mod chromium;
mod node;

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{console, process};

/// A part of the machine that a command needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// rustfmt and clippy
    RustTools,
    Nextest,
    Node,
    /// PostgreSQL's server programs
    Postgres,
    Chromium,
    /// A font with Cyrillic letters, for the browser
    Font,
    /// Python with virtual environments
    Python,
}

/// How a missing part comes.
enum Remedy {
    /// Debian packages
    Packages(&'static [&'static str]),
    Command(&'static [&'static str]),
    /// What a person has to do
    Person(&'static str),
}

/// Finds or installs all parts.
pub fn ensure(parts: &[Part]) -> Result<()> {
    let parts: BTreeSet<Part> = parts.iter().copied().collect();
    let missing: Vec<Part> = parts.into_iter().filter(|part| !part.is_present()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|part| part.name()).collect();
    console::heading(&format!("setup: {}", names.join(", ")));
    install(&missing)?;
    for part in missing {
        if !part.is_present() {
            bail!("{} was installed and still cannot be found", part.name());
        }
    }
    Ok(())
}

/// Asks people first: nothing is worth installing when the run cannot go on anyway.
fn install(missing: &[Part]) -> Result<()> {
    let mut packages = Vec::new();
    let mut commands = Vec::new();
    for part in missing {
        match part.remedy() {
            Remedy::Person(action) => bail!("{} is missing: {action}", part.name()),
            Remedy::Packages(names) => packages.extend(names),
            Remedy::Command(words) => commands.push(words),
        }
    }
    if !packages.is_empty() {
        apt::install(&packages)?;
    }
    for words in commands {
        process::run(Command::new(words[0]).args(&words[1..]))?;
    }
    Ok(())
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::RustTools => "rustfmt and clippy",
            Part::Nextest => "cargo-nextest",
            Part::Node => "Node 20.19 or newer with npm",
            Part::Postgres => "PostgreSQL server",
            Part::Chromium => "Chromium",
            Part::Font => "a font with Cyrillic letters",
            Part::Python => "Python 3 with venv",
        }
    }

    fn is_present(self) -> bool {
        let runs = |words: &[&str]| process::succeeds(Command::new(words[0]).args(&words[1..]));
        match self {
            Part::RustTools => {
                runs(&["cargo", "fmt", "--version"]) && runs(&["cargo", "clippy", "--version"])
            }
            Part::Nextest => runs(&["cargo", "nextest", "--version"]),
            Part::Node => node::is_recent() && runs(&["npm", "--version"]),
            Part::Postgres => otklik_pgtest::server_programs().is_some(),
            Part::Chromium => chromium::find().is_some(),
            Part::Font => {
                process::answer(Command::new("fc-list").arg(":lang=ru")).is_ok_and(|fonts| !fonts.is_empty())
            }
            Part::Python => runs(&["python3", "-c", "import venv, ensurepip"]),
        }
    }

    fn remedy(self) -> Remedy {
        match self {
            Part::RustTools => Remedy::Command(&["rustup", "component", "add", "rustfmt", "clippy"]),
            Part::Nextest => Remedy::Command(&["cargo", "install", "cargo-nextest", "--locked"]),
            Part::Node => Remedy::Person(
                "install it from https://nodejs.org/en/download, or `nodejs npm` on Debian 13 or newer",
            ),
            Part::Postgres => Remedy::Packages(&["postgresql"]),
            Part::Chromium => Remedy::Packages(&["chromium"]),
            Part::Font => Remedy::Packages(&["fontconfig", "fonts-dejavu-core"]),
            Part::Python => Remedy::Packages(&["python3", "python3-venv"]),
        }
    }
}
