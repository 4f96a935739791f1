//! `otklik export`: everything in open formats, without secrets.

use otklik_app::App;

use crate::cli::ExportArgs;
use crate::failure::Failure;
use crate::output;

pub async fn run(app: App, args: &ExportArgs, json: bool) -> Result<(), Failure> {
    app.load_facts().await?;
    let bar = output::bar(0);
    let exported = app.export(&args.folder, &|done, total| output::advance(&bar, done, total)).await?;
    bar.finish_and_clear();
    if json {
        let rows: serde_json::Map<_, _> =
            exported.iter().map(|table| (table.table.to_owned(), table.rows.into())).collect();
        return output::json(&serde_json::json!({ "folder": args.folder, "tables": rows }));
    }
    for table in exported {
        output::line(format!("{}\t{}", table.table, table.rows));
    }
    Ok(())
}
