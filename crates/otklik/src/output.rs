//! What commands print: results to standard output, everything else to standard error.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use otklik_app::messages::Language;
use serde::Serialize;

use crate::failure::Failure;

/// The language of the terminal.
pub fn language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        (!value.is_empty()).then_some(value)
    });
    locale.and_then(|locale| Language::parse(locale.get(..2)?)).unwrap_or(Language::En)
}

/// A word of the terminal's language.
pub fn word<'a>(ru: &'a str, en: &'a str) -> &'a str {
    match language() {
        Language::Ru => ru,
        Language::En => en,
    }
}

/// A result for a person.
pub fn line(text: impl std::fmt::Display) {
    println!("{text}");
}

/// A long result, line by line; a reader that goes away ends it.
pub fn lines(mut lines: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = lines.try_for_each(|line| writeln!(out, "{line}"));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(crate::failure::usage(error)),
        _ => Ok(()),
    }
}

/// Something that is no failure but good to know.
pub fn note(text: impl std::fmt::Display) {
    eprintln!("otklik: {text}");
}

/// A result for a program.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    println!("{}", serde_json::to_string(value).map_err(crate::failure::usage)?);
    Ok(())
}

pub fn error(failure: &Failure) {
    eprintln!("otklik: {}", failure.describe(language()));
}

/// A bar on a terminal, nothing elsewhere.
pub fn bar(total: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} % {elapsed}") {
        bar.set_style(style);
    }
    bar
}

/// Moves a bar whose end becomes known on the way.
pub fn advance(bar: &ProgressBar, done: u64, total: u64) {
    bar.set_length(total);
    bar.set_position(done);
}
