//! A private PostgreSQL cluster: in a temporary directory, on a free port, gone with the process that started it.

mod install;

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

pub use install::server_programs;

/// Between choosing a free port and listening on it, somebody else may take it.
const ATTEMPTS: usize = 3;

/// A running cluster. Dropping it, or the death of this process by whatever signal, stops and removes it: the script
/// that keeps it waits for the end of its standard input, and the kernel closes that with the process.
pub struct Cluster {
    keeper: Child,
    port: u16,
}

impl Cluster {
    /// Creates a cluster and waits until it accepts connections: about a second. Root starts it as another user, for
    /// the server refuses to run as root.
    pub fn start() -> Result<Self> {
        let programs = server_programs()
            .context("PostgreSQL's server programs are not installed: apt-get install postgresql")?;
        let mut outcome = Self::attempt(&programs);
        for _ in 1..ATTEMPTS {
            if outcome.is_ok() {
                break;
            }
            outcome = Self::attempt(&programs);
        }
        outcome
    }

    /// The address of the database `postgres` as its superuser; tests create their own databases beside it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn attempt(programs: &Path) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new("sh");
        command
            .args(["-c", include_str!("keeper.sh"), "keeper"])
            .arg(programs)
            .arg(port.to_string())
            .current_dir("/")
            .process_group(0) // Ctrl-C is for us; the keeper hears of it when its standard input closes.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some((uid, gid)) = install::unprivileged_user()? {
            command.uid(uid).gid(gid);
        }
        let keeper = command.spawn().context("cannot start sh")?;
        let mut cluster = Self { keeper, port };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let (stdout, stderr) = (self.keeper.stdout.take(), self.keeper.stderr.take());
        let mut answer = String::new();
        BufReader::new(stdout.context("no standard output")?).read_line(&mut answer)?;
        if answer.trim() != "ready" {
            let mut reason = String::new();
            stderr.context("no standard error")?.read_to_string(&mut reason)?;
            bail!("the private PostgreSQL cluster did not start: {}", reason.trim());
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // A failure to wait changes nothing: the keeper ends by itself.
        let _ = self.keeper.wait();
    }
}
