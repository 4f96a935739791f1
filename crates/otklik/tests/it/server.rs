//! The real program: started on a free port, asked over HTTP, killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

/// A running server; it dies with this handle, without warning.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:…`
    pub address: String,
    /// What the first start prints after the address; empty later.
    pub first_path: String,
}

/// The program with the settings of a test and nothing else of this machine.
pub fn program(data: &Path, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otklik"));
    command.arg("--data").arg(data).current_dir(data);
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C").env("OTKLIK_DATABASE", database);
    command
}

/// Runs a command of the program to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Output {
    program(data, "").args(arguments).output().unwrap()
}

/// What a command that must succeed prints.
pub fn answer(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command prints with `--json`.
pub fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What a command that must fail says, in the language of such a terminal.
pub fn refusal(data: &Path, arguments: &[&str], language: &str) -> String {
    let output = program(data, "").args(arguments).env("LANG", language).output().unwrap();
    assert!(!output.status.success(), "{arguments:?} succeeded");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    String::from_utf8(output.stderr).unwrap()
}

impl Server {
    pub fn start(data: &Path, database: &str) -> Self {
        let mut child = program(data, database)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.map(Result::unwrap).find_map(|line| Some(line[line.find("http://")?..].to_owned()));
        let url = url.expect("the server tells its address");
        let host_end = url[7..].find('/').map_or(url.len(), |at| at + 7);
        Self { child, address: url[..host_end].to_owned(), first_path: url[host_end..].to_owned() }
    }

    /// SIGKILL, and its end.
    pub fn kill(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Uses the first start's address, and makes a token of the administrator.
    pub async fn make_administrator(&self) -> String {
        let client = Client::builder().cookie_store(true).build().unwrap();
        let secret = self.first_path.strip_prefix("/start/").expect("the first start's address");
        let new = json!({
            "token": secret, "email": "chief@example.com", "name": "Анна", "password": "верный пароль",
        });
        let signed = send(client.post(format!("{}/api/start", self.address)).json(&new)).await;
        assert_eq!(signed["company_role"], "admin");
        let token = client.post(format!("{}/api/tokens", self.address)).header("x-otklik-csrf", "1");
        send(token.json(&json!({ "name": "test" }))).await["secret"].as_str().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The body of a success.
pub async fn send(request: RequestBuilder) -> Value {
    let response = request.send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).unwrap()
}
