//! `otklik backup`: the whole company into one archive, also while a server runs.

use otklik_app::App;

use crate::cli::BackupArgs;
use crate::failure::Failure;
use crate::output;

pub async fn run(app: App, args: &BackupArgs, json: bool) -> Result<(), Failure> {
    let bar = output::bar(0);
    let manifest = app.back_up(&args.file, &|done, total| output::advance(&bar, done, total)).await?;
    bar.finish_and_clear();
    if json {
        return output::json(&manifest);
    }
    let rows = output::word("строк:", "rows:");
    output::line(format!("{}  {rows} {}", args.file.display(), manifest.rows()));
    Ok(())
}
