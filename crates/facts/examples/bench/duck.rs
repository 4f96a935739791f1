//! DuckDB in a Python process, which is asked line by line so that both sides take turns.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;

use crate::questions::Answer;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/duckdb_side.py");

pub struct Duck {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Duck {
    /// Starts the script and has it read the snapshot into native tables.
    pub fn start(python: &Path, snapshot: &Path) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(python);
        let mut process =
            command.arg(SCRIPT).arg(snapshot).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(questions), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("the DuckDB process has no pipes".into());
        };
        let mut duck = Self { process, questions, answers: BufReader::new(answers) };
        let version: String = duck.read()?;
        println!("{version}");
        Ok(duck)
    }

    /// Milliseconds a question takes.
    pub fn ask(&mut self, question: &str) -> Result<f64, Box<dyn Error>> {
        writeln!(self.questions, "time {question}")?;
        self.read()
    }

    pub fn answer(&mut self, question: &str) -> Result<Answer, Box<dyn Error>> {
        writeln!(self.questions, "answer {question}")?;
        self.read()
    }

    fn read<T: DeserializeOwned>(&mut self) -> Result<T, Box<dyn Error>> {
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err(format!("DuckDB's side ended: {}", self.process.wait()?).into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Duck {
    fn drop(&mut self) {
        // Nothing is left to ask; whether the process ends well no longer matters.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
