//! Debian packages, quietly: as root or through `sudo` without a password, else with a word on what to type.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Installs packages from fresh lists. Services that come with them follow the machine's own policy; nothing of ours
/// uses them.
pub fn install(packages: &[&str]) -> Result<()> {
    let advice = format!("install by hand: apt-get install {}", packages.join(" "));
    if !process::succeeds(Command::new("apt-get").arg("--version")) {
        bail!("this is no Debian or Ubuntu; {advice}");
    }
    let Some(prefix) = privilege() else {
        bail!("not root, and sudo wants a password; {advice}");
    };
    process::run_quietly(&mut apt(prefix, &["update", "-qq"])).context(advice.clone())?;
    let mut command = apt(prefix, &["install", "-qq", "--yes", "--no-install-recommends"]);
    process::run_quietly(command.args(packages)).context(advice)
}

/// What to put before a command so that it runs as root.
fn privilege() -> Option<&'static [&'static str]> {
    let is_root = process::answer(Command::new("id").arg("-u")).is_ok_and(|id| id == "0");
    if is_root {
        return Some(&[]);
    }
    process::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> =
        [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}
