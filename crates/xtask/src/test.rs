//! `cargo xtask test`: everything that CI runs, in steps from cheap to dear.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::builder::PossibleValuesParser;
use otklik_pgtest::Cluster;

use crate::console::{self, heading};
use crate::setup::{self, Part, chromium};
use crate::workspace::Workspace;
use crate::{codegen, process, tidy, web};

#[derive(clap::Args)]
pub struct Options {
    /// Run this step alone
    #[arg(long, value_name = "STEP", value_parser = step_names(), conflicts_with = "from")]
    only: Option<String>,
    /// Run this step and those after it
    #[arg(long, value_name = "STEP", value_parser = step_names())]
    from: Option<String>,
}

/// One step: what it needs of the machine, and what it does.
struct Step {
    name: &'static str,
    parts: &'static [Part],
    run: fn(&Run) -> Result<()>,
}

const STEPS: &[Step] = &[
    Step { name: "fmt", parts: &[Part::RustTools], run: fmt },
    Step { name: "tidy", parts: &[], run: |run| tidy::check(run.workspace) },
    Step { name: "clippy", parts: &[Part::RustTools], run: clippy },
    Step { name: "rust", parts: &[Part::Nextest, Part::Postgres], run: rust },
    Step { name: "web", parts: &[Part::Node], run: web_checks },
    Step { name: "binary", parts: &[Part::Node], run: binary },
    Step { name: "codegen", parts: &[Part::Node], run: |run| codegen::check(run.workspace, BINARY_PROFILE) },
    Step { name: "browser", parts: &[Part::Node, Part::Postgres, Part::Chromium, Part::Font], run: browser },
];

/// The one build of the binary that all steps after `binary` use.
const BINARY_PROFILE: &str = "fast";

/// What the steps share.
struct Run<'a> {
    workspace: &'a Workspace,
    /// There when a chosen step needs one.
    cluster: Option<Cluster>,
}

enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// Runs the chosen steps up to the first that fails, and ends with a table of all.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let started = Instant::now();
    let steps = chosen(options);
    let parts: Vec<Part> = steps.iter().flat_map(|step| step.parts).copied().collect();
    setup::ensure(&parts)?;
    let cluster = parts.contains(&Part::Postgres).then(Cluster::start).transpose()?;
    let run = Run { workspace, cluster };

    let mut failure = None;
    let mut outcomes = Vec::new();
    for step in steps {
        if failure.is_some() {
            outcomes.push((step.name, Outcome::NotRun));
            continue;
        }
        heading(&format!("{} (after {})", step.name, console::duration(started.elapsed())));
        let step_started = Instant::now();
        let result = (step.run)(&run);
        let time = step_started.elapsed();
        outcomes
            .push((step.name, if result.is_ok() { Outcome::Passed(time) } else { Outcome::Failed(time) }));
        failure = result.err().map(|error| error.context(format!("step {} failed", step.name)));
    }
    heading(&format!("summary, {}", console::duration(started.elapsed())));
    print!("{}", table(&outcomes));
    failure.map_or(Ok(()), Err)
}

fn chosen(options: &Options) -> &'static [Step] {
    let position = |name: &String| STEPS.iter().position(|step| step.name == name);
    match (options.only.as_ref().and_then(position), options.from.as_ref().and_then(position)) {
        (Some(only), _) => &STEPS[only..=only],
        (_, Some(from)) => &STEPS[from..],
        _ => STEPS,
    }
}

fn step_names() -> PossibleValuesParser {
    STEPS.iter().map(|step| step.name).into()
}

fn table(outcomes: &[(&str, Outcome)]) -> String {
    let row = |(name, outcome): &(&str, Outcome)| match outcome {
        Outcome::Passed(time) => format!("{name:<8} passed   {:>12}\n", console::duration(*time)),
        Outcome::Failed(time) => format!("{name:<8} FAILED   {:>12}\n", console::duration(*time)),
        Outcome::NotRun => format!("{name:<8} not run\n"),
    };
    outcomes.iter().map(row).collect()
}

fn fmt(run: &Run) -> Result<()> {
    process::run(run.workspace.cargo().args(["fmt", "--all", "--", "--check"]))
}

fn clippy(run: &Run) -> Result<()> {
    let mut clippy = run.workspace.cargo();
    process::run(clippy.args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
}

fn rust(run: &Run) -> Result<()> {
    let mut nextest = run.workspace.cargo();
    nextest.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    process::run(nextest.env("OTKLIK_TEST_POSTGRES", run.postgres()?))
}

fn web_checks(run: &Run) -> Result<()> {
    web::install(run.workspace)?;
    for script in ["lint", "check", "test"] {
        process::run(&mut web::script(run.workspace, script))?;
    }
    Ok(())
}

/// The binary that the browser tests drive, with the web interface inside.
fn binary(run: &Run) -> Result<()> {
    web::build(run.workspace)?;
    process::run(run.workspace.cargo().args(["build", "--profile", BINARY_PROFILE, "--package", "otklik"]))
}

fn browser(run: &Run) -> Result<()> {
    let binary = run.workspace.binary(BINARY_PROFILE);
    if !binary.exists() {
        bail!("{} is not built: run `cargo xtask test --from binary`", binary.display());
    }
    web::install(run.workspace)?;
    let mut playwright = web::script(run.workspace, "e2e");
    playwright.env("OTKLIK_BIN", binary).env("OTKLIK_TEST_POSTGRES", run.postgres()?);
    process::run(playwright.env("CHROMIUM", chromium::find().context("no Chromium")?))
}

impl Run<'_> {
    fn postgres(&self) -> Result<String> {
        Ok(self.cluster.as_ref().context("this step names no PostgreSQL among its parts")?.url())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: Option<&str>, from: Option<&str>) -> Vec<&'static str> {
        let options = Options { only: only.map(str::to_owned), from: from.map(str::to_owned) };
        chosen(&options).iter().map(|step| step.name).collect()
    }

    #[test]
    fn steps_are_chosen() {
        assert_eq!(names(None, None).len(), STEPS.len());
        assert_eq!(names(Some("rust"), None), ["rust"]);
        assert_eq!(names(None, Some("binary")), ["binary", "codegen", "browser"]);
    }

    #[test]
    fn table_tells_every_step() {
        let second = Duration::from_secs(1);
        let outcomes =
            [("fmt", Outcome::Passed(second)), ("tidy", Outcome::Failed(second)), ("rust", Outcome::NotRun)];
        let expected = "fmt      passed            1 s\ntidy     FAILED            1 s\nrust     not run\n";
        assert_eq!(table(&outcomes), expected);
    }
}
