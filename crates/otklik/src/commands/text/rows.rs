//! `otklik text sentiment`, `mask` and `lang`: an answer for every row.

use otklik_text::{SentimentModel, Tokens, detect, embed_all};
use serde_json::{Value, json};

use super::table;
use crate::cli::text::{ColumnArgs, MaskArgs};
use crate::failure::Failure;

/// Decimals of a score: the model is not finer.
const DECIMALS: f64 = 10_000.0;

pub fn sentiment(args: &ColumnArgs, json: bool) -> Result<(), Failure> {
    let texts: Vec<String> = column(args)?;
    let vectors = embed_all(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let model = SentimentModel::shipped();
    let rows = texts.iter().zip(&vectors).map(|(text, vector)| {
        let found = model.sentiment_at(text, &Tokens::new(text), vector);
        let reasons: Vec<&str> = found.reasons.into_iter().map(|span| &text[span]).collect();
        [
            json!(found.polarity.value()),
            rounded(found.score),
            rounded(found.confidence),
            json!(reasons.join(" ")),
        ]
    });
    table::print(["sentiment", "score", "confidence", "reasons"], rows, json)
}

pub fn lang(args: &ColumnArgs, json: bool) -> Result<(), Failure> {
    let texts = column(args)?;
    table::print(["language"], texts.iter().map(|text| [json!(detect(text).code())]), json)
}

pub fn mask(args: &MaskArgs, json: bool) -> Result<(), Failure> {
    let (Some(file), Some(text)) = (&args.file, &args.text) else {
        return crate::commands::mask::run(json);
    };
    let texts = table::read(file, [text])?;
    let rows = texts.iter().map(|[text]| [Value::String(otklik_text::mask(text).text)]);
    table::print(["text"], rows, json)
}

pub fn column(args: &ColumnArgs) -> Result<Vec<String>, Failure> {
    Ok(table::read(&args.file, [&args.text])?.into_iter().map(|[text]| text).collect())
}

pub fn rounded(number: f32) -> Value {
    json!((f64::from(number) * DECIMALS).round() / DECIMALS)
}
