//! The real program: its commands, its server, and a client that is signed in.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use reqwest::Client;
use serde_json::{Value, json};

use crate::Result;

/// Somebody of the demo company who may do everything.
const EMAIL: &str = "maria.vetrova@prichal.example";
const PASSWORD: &str = "otklik-demo";

pub struct Program(pub PathBuf);

/// A running server; it ends with this handle.
pub struct Server {
    child: Child,
    /// `127.0.0.1:…`
    pub host: String,
}

/// Asks in the name of a person, by a token.
pub struct Asking {
    client: Client,
    host: String,
    token: String,
}

impl Program {
    /// Runs a command to its end; one that fails ends the benchmark.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Result<()> {
        let output = self.command(folder)?.args(arguments).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
    }

    fn command(&self, folder: &Path) -> Result<Command> {
        std::fs::create_dir_all(folder)?;
        let mut command = Command::new(&self.0);
        command.arg("--data").arg(folder).current_dir(folder).env("OTKLIK_DATABASE", "");
        Ok(command)
    }
}

impl Server {
    pub fn start(program: &Program, folder: &Path) -> Result<Self> {
        let mut command = program.command(folder)?;
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let told = lines.find_map(|line| Some(line.ok()?.split_once("http://")?.1.to_owned()));
        let host = told.ok_or("the server does not tell its address")?;
        Ok(Self { child, host })
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub async fn sign_in(&self) -> Result<Asking> {
        let client = Client::builder().cookie_store(true).build()?;
        let (host, token) = (self.host.clone(), String::new());
        let person = Asking { client, host, token };
        person.post("/api/session", json!({ "email": EMAIL, "password": PASSWORD })).await?;
        let made = person.post("/api/tokens", json!({ "name": "bench" })).await?;
        let token = made["secret"].as_str().ok_or("no token")?.to_owned();
        Ok(Asking { client: Client::new(), token, ..person })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Asking {
    pub fn token(&self) -> &str {
        &self.token
    }

    pub async fn get(&self, path: &str) -> Result<Value> {
        self.ask(self.client.get(format!("http://{}{path}", self.host)), path).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.ask(self.client.post(format!("http://{}{path}", self.host)).json(&body), path).await
    }

    async fn ask(&self, mut request: reqwest::RequestBuilder, path: &str) -> Result<Value> {
        request = request.header("x-otklik-csrf", "1");
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        let response = request.send().await?;
        let (status, text) = (response.status(), response.text().await?);
        if !status.is_success() {
            return Err(format!("{path}: {status}: {text}").into());
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}
