//! `otklik import`: a file in, counts and a list of refusals out.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use otklik_app::imports::{ImportRequest, preview_file};
use otklik_app::{App, AppError, JobFailure, messages, refusals};
use otklik_platform::settings;
use otklik_store::jobs::{self, JobState};
use otklik_store::{Actor, Millis, ids};
use otklik_voice::files::{Field, Format, Issue, Kind, Preview};
use otklik_voice::imports::{self, Counts};
use otklik_voice::{Channel, profiles};

use crate::cli::ImportArgs;
use crate::failure::{Failure, usage};
use crate::output;

pub async fn run(app: App, args: &ImportArgs, json: bool) -> Result<(), Failure> {
    let request = request(&app, args).await?;
    let (counts, issues) = if args.dry_run {
        app.try_import(&args.file, request).await?
    } else {
        import(&app, &args.file, request).await?
    };
    report(&args.file, counts, &issues, json)
}

/// What the arguments, the profile and the file itself say together.
async fn request(app: &App, args: &ImportArgs) -> Result<ImportRequest, Failure> {
    let preview = preview(&args.file, args.sheet.as_deref(), app.store.now_ms())?;
    let mut mapping = preview.mapping.clone();
    mapping.defaults.time_zone = settings::load_company(&app.store).await?.time_zone;
    let (mut source, mut channel) = (file_name(&args.file), Channel::Review);
    if let Some(name) = &args.profile {
        let profile = profiles::find_profile(&app.store, name).await?;
        let profile = profile.ok_or_else(|| usage(format!("--profile {name}: no such profile")))?;
        (source, channel, mapping) = (profile.source, profile.channel, profile.mapping);
    }
    if let Some(pairs) = &args.map {
        mapping.apply_pairs(pairs)?;
        if mapping.column_of(Field::OccurredAt) != preview.mapping.column_of(Field::OccurredAt) {
            mapping.date_format = preview.date_format_of(&mapping).unwrap_or(mapping.date_format);
        }
    }
    if let Some(name) = &args.source {
        source.clone_from(name);
    }
    if let Some(word) = &args.channel {
        channel = word.parse().map_err(usage)?;
    }
    Ok(ImportRequest { source, channel, format: preview.format, mapping })
}

/// The beginning of the file, or of the sheet that was asked for.
fn preview(file: &Path, sheet: Option<&str>, now_ms: Millis) -> Result<Preview, Failure> {
    let mut preview = preview_file(file, None, None, now_ms)?;
    if let Some(sheet) = sheet {
        if !matches!(preview.format.kind, Kind::Xlsx { .. }) {
            return Err(usage(format!(
                "--sheet {sheet}: {}",
                output::word("это не книга", "this is no workbook")
            )));
        }
        let format = Format { kind: Kind::Xlsx { sheet: sheet.to_owned() }, ..preview.format };
        preview = preview_file(file, Some(format), None, now_ms)?;
    }
    match preview.refusal.take() {
        None => Ok(preview),
        Some(refusal) => {
            let error = AppError::from(refusal);
            let why = messages::message(output::language(), error.code(), &error.params());
            let others = output::word("листы книги", "sheets of the workbook");
            Err(usage(format!("{why} --sheet: {others}: {}", preview.sheets.join(", "))))
        }
    }
}

/// Enqueues the import and works until it is done; a running server may be faster to take it.
async fn import(app: &App, file: &Path, request: ImportRequest) -> Result<(Counts, Vec<Issue>), Failure> {
    let upload = app.data.uploads().join(ids::new_id(app.store.now_ms()));
    fs::copy(file, &upload).map_err(|e| usage(format!("{}: {e}", file.display())))?;
    let (import, job) = app.start_import(Actor::Operator, &upload, &file_name(file), request).await?;
    let total = fs::metadata(file).map_or(0, |m| m.len());
    let bar = output::bar(total);
    let working = app.clone();
    let worker = tokio::spawn(async move { working.work_all().await });
    let state = wait(app, &job, &bar).await?;
    worker.await.map_err(usage)??;
    bar.finish_and_clear();
    if state != JobState::Done {
        let failure = JobFailure::of(&jobs::load_job(&app.store, &job).await?);
        let reason = failure.map(|failure| failure.message(output::language())).unwrap_or_default();
        return Err(usage(format!("{}: {reason}", output::word("импорт не удался", "the import failed"))));
    }
    let counts = imports::load_import(&app.store, &import).await?.counts;
    let issues = imports::list_refusals(&app.store, &import, u32::MAX >> 1, 0).await?;
    Ok((counts, issues))
}

async fn wait(app: &App, job: &ids::JobId, bar: &ProgressBar) -> Result<JobState, Failure> {
    loop {
        let now = jobs::load_job(&app.store, job).await?;
        if now.state.is_over() {
            return Ok(now.state);
        }
        bar.set_position(now.progress_done);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn report(file: &Path, counts: Counts, issues: &[Issue], json: bool) -> Result<(), Failure> {
    let refused = if issues.is_empty() { None } else { Some(write_refusals(file, issues)?) };
    if json {
        return output::json(&serde_json::json!({
            "read": counts.read, "new": counts.new, "unchanged": counts.unchanged, "updated": counts.updated,
            "refused": counts.refused, "refusals": refused,
        }));
    }
    output::line(format!(
        "read {}  new {}  unchanged {}  updated {}  refused {}",
        counts.read, counts.new, counts.unchanged, counts.updated, counts.refused
    ));
    if let Some(path) = refused {
        output::line(format!("{} {}", output::word("отказы:", "refusals:"), path.display()));
    }
    Ok(())
}

/// Beside the working folder's other files, under a name that says of which file it tells.
fn write_refusals(file: &Path, issues: &[Issue]) -> Result<PathBuf, Failure> {
    let path = PathBuf::from(format!("{}.refused.csv", file_name(file)));
    fs::write(&path, refusals::to_csv(issues, output::language()))
        .map_err(|e| usage(format!("{}: {e}", path.display())))?;
    Ok(path)
}

/// The name without folders and endings: `reviews` of `/tmp/reviews.csv.gz`.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}
