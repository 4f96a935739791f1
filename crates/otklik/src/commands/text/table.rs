//! Columns of a file in, rows out as CSV or JSON.

use std::fs::File;
use std::path::Path;

use otklik_voice::files::{Entry, Limits, Reader, detect};
use serde_json::{Map, Value};

use crate::commands::query::csv_cell;
use crate::failure::{Failure, usage};
use crate::output;

/// The cells of `columns` in every row of a file. Rows that cannot be read are empty, so that the rest keep their places;
/// how many they are is said on standard error.
pub fn read<const N: usize>(file: &Path, columns: [&str; N]) -> Result<Vec<[String; N]>, Failure> {
    let open = || File::open(file).map_err(|error| usage(format!("{}: {error}", file.display())));
    let limits = Limits::default();
    let format = detect(&mut open()?, &limits)?;
    let reader = Reader::open(Box::new(open()?), &format, &limits)?;
    let names = reader.columns().names.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place =
            names.iter().position(|name| name == column).ok_or_else(|| no_column(file, column, &names))?;
    }
    let (mut rows, mut broken) = (Vec::new(), 0_u64);
    for entry in reader {
        match entry? {
            Entry::Row(mut row) => rows
                .push(places.map(|place| row.cells.get_mut(place).map(std::mem::take).unwrap_or_default())),
            Entry::Broken(_) => {
                broken += 1;
                rows.push([const { String::new() }; N]);
            }
        }
    }
    if broken > 0 {
        output::note(format!(
            "{}: {} {broken}",
            file.display(),
            output::word("нечитаемых строк", "rows that cannot be read:")
        ));
    }
    Ok(rows)
}

fn no_column(file: &Path, column: &str, names: &[String]) -> Failure {
    let (no, there_are) = match output::language() {
        otklik_app::messages::Language::Ru => (format!("нет столбца «{column}»"), "Есть"),
        otklik_app::messages::Language::En => (format!("there is no column “{column}”"), "There are"),
    };
    usage(format!("{}: {no}. {there_are}: {}", file.display(), names.join(", ")))
}

/// Prints rows under `names`: CSV, or an array of objects.
pub fn print<const N: usize>(
    names: [&str; N],
    rows: impl Iterator<Item = [Value; N]>,
    json: bool,
) -> Result<(), Failure> {
    if json {
        let object = |row: [Value; N]| {
            Value::Object(names.iter().map(|name| (*name).to_owned()).zip(row).collect::<Map<_, _>>())
        };
        return output::json(&rows.map(object).collect::<Vec<_>>());
    }
    let cell = |value: &Value| match value {
        Value::String(text) => csv_cell(text),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let lines = rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(","));
    output::lines(std::iter::once(names.join(",")).chain(lines))
}
