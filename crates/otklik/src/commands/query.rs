//! `otklik query`: a MetricQuery in, a table out.

use std::io::{Read, stdin};

use otklik_app::App;
use otklik_app::messages::Language;
use otklik_facts::Dimension;
use otklik_metrics::{MetricAnswer, MetricQuery, MetricRow};
use otklik_platform::Scope;
use serde_json::{Map, Value};

use crate::cli::{QueryArgs, TableFormat};
use crate::failure::{Failure, usage};
use crate::output;

pub async fn run(app: App, args: &QueryArgs, json: bool) -> Result<(), Failure> {
    let query = read(&text(&args.query)?)?;
    app.load_facts().await?;
    let answer = app.answer(&Scope::Company, query, args.search.as_deref()).await?;
    let rows = rows(&app, &answer);
    match args.format {
        TableFormat::Json => output::json(&objects(&answer, &rows)),
        _ if json => output::json(&objects(&answer, &rows)),
        TableFormat::Csv => {
            output::line(lines(&answer, &rows, ",", csv_cell));
            Ok(())
        }
        TableFormat::Table => {
            output::line(lines(&answer, &rows, "\t", |cell| cell.to_owned()));
            Ok(())
        }
    }
}

const COLUMNS: [&str; 5] = ["value", "n", "low", "high", "customers"];

const EXAMPLE: &str = r#"{"metric":"nps","grain":"month","dimensions":["segment"]}"#;

fn read(text: &str) -> Result<MetricQuery, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let (wrong, right) = match output::language() {
            Language::Ru => ("Вопрос не читается", "Пример:"),
            Language::En => ("This is no question", "An example:"),
        };
        usage(format!("{wrong}: {error}. {right} '{EXAMPLE}'"))
    })
}

fn text(query: &str) -> Result<String, Failure> {
    if query != "-" {
        return Ok(query.to_owned());
    }
    let mut text = String::new();
    stdin().read_to_string(&mut text).map_err(usage)?;
    Ok(text)
}

/// Every row as its key, in the words of people, and its numbers.
fn rows(app: &App, answer: &MetricAnswer) -> Vec<(Vec<Value>, [Value; 5])> {
    let rows =
        if answer.dimensions.is_empty() { std::slice::from_ref(&answer.overall) } else { &answer.rows[..] };
    let key = |row: &MetricRow| {
        row.key
            .iter()
            .zip(&answer.dimensions)
            .map(|(value, name)| match (value, name.parse::<Dimension>()) {
                (Some(value), Ok(dimension)) => Value::from(app.code_of(&dimension, value)),
                (value, _) => Value::from(value.clone()),
            })
            .collect()
    };
    rows.iter()
        .map(|row| {
            let numbers = [
                Value::from(row.value),
                Value::from(row.n),
                Value::from(row.low),
                Value::from(row.high),
                Value::from(row.customers),
            ];
            (key(row), numbers)
        })
        .collect()
}

fn objects(answer: &MetricAnswer, rows: &[(Vec<Value>, [Value; 5])]) -> Vec<Map<String, Value>> {
    rows.iter()
        .map(|(key, numbers)| {
            let key = answer.dimensions.iter().cloned().zip(key.iter().cloned());
            key.chain(COLUMNS.map(str::to_owned).into_iter().zip(numbers.iter().cloned())).collect()
        })
        .collect()
}

fn lines(
    answer: &MetricAnswer,
    rows: &[(Vec<Value>, [Value; 5])],
    between: &str,
    cell: impl Fn(&str) -> String,
) -> String {
    let header = answer.dimensions.iter().map(String::as_str).chain(COLUMNS).map(&cell).collect::<Vec<_>>();
    let mut lines = vec![header.join(between)];
    for (key, numbers) in rows {
        let cells: Vec<String> = key.iter().chain(numbers).map(|value| cell(&plain(value))).collect();
        lines.push(cells.join(between));
    }
    lines.join("\n")
}

/// Numbers with at most four digits behind the point; nothing for what is missing.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            let text = format!("{:.4}", number.as_f64().unwrap_or_default());
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => other.to_string(),
    }
}

pub(super) fn csv_cell(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
