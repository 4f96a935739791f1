//! `otklik restore`: an archive into an empty folder and an empty database.

use std::fs;

use otklik_app::DataFolder;
use otklik_app::backup::{Restored, restore};

use crate::cli::{Cli, RestoreArgs};
use crate::config::Config;
use crate::failure::{Failure, usage};
use crate::output;

pub async fn run(cli: &Cli, config: &Config, args: &RestoreArgs) -> Result<(), Failure> {
    let options = super::options(cli, config);
    let _lock = DataFolder::open(&options.data)?.lock()?;
    let bar = output::bar(0);
    let report = |done, total| output::advance(&bar, done, total);
    let Restored { app, manifest, settings } = restore(options, &args.file, &report).await?;
    bar.finish_and_clear();
    let kept = settings.map(|settings| keep_settings(&app.data, &settings)).transpose()?;
    if cli.json {
        return output::json(&serde_json::json!({ "manifest": manifest, "settings": kept }));
    }
    let rows = output::word("строк:", "rows:");
    output::line(format!("{}  {rows} {}", cli.data().display(), manifest.rows()));
    if let Some(name) = kept {
        output::line(format!("{} {name}", output::word("Прежние настройки:", "The settings of then:")));
    }
    Ok(())
}

/// Under a name that nothing reads: they may say an address or a database that are not those of this place.
fn keep_settings(data: &DataFolder, settings: &str) -> Result<&'static str, Failure> {
    const NAME: &str = "otklik.backup.toml";
    let path = data.root().join(NAME);
    fs::write(&path, settings).map_err(|e| usage(format!("{}: {e}", path.display())))?;
    Ok(NAME)
}
