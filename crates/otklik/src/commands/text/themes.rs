//! `otklik text themes`: the theme of every row.

use otklik_text::{ThemeOptions, find_themes};
use serde_json::json;

use super::{rows, table};
use crate::cli::text::ThemesArgs;
use crate::failure::Failure;

/// The number of the rest.
const REST: i64 = -1;

pub fn run(args: &ThemesArgs, json: bool) -> Result<(), Failure> {
    let texts = rows::column(&args.column)?;
    let options =
        ThemeOptions { detail: args.detail, count: args.k.map(|k| k as usize), ..ThemeOptions::default() };
    let found = find_themes(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &options);
    let mut of_row = vec![(REST, ""); texts.len()];
    for (number, theme) in (0..).zip(&found.themes) {
        theme.texts.iter().for_each(|text| of_row[*text] = (number, &theme.name));
    }
    let rows = of_row.into_iter().map(|(theme, name)| [json!(theme), json!(name)]);
    table::print(["theme", "name"], rows, json)
}
