//! Running other programs: shown before they start, and never failing unnoticed.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Shows the command, runs it in our terminal, and fails unless it ends well.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed: {status}");
    }
    Ok(())
}

/// The same for talkative commands: what they say is shown when they fail.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let output = command.output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        print!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        bail!("`{line}` failed: {}", output.status);
    }
    Ok(())
}

/// The standard output of a command that must end well; its standard error goes to our terminal.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let line = line(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed: {}", output.status);
    }
    Ok(output.stdout)
}

/// That output as trimmed text.
pub fn answer(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8(output(command)?).context("the answer is not UTF-8")?.trim().to_owned())
}

/// Whether a command exists and ends well. It says nothing.
pub fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
