//! `otklik text similar`: texts that mean the same, and near-duplicates.

use otklik_text::{duplicates, embed, embed_all};
use serde_json::json;

use super::{rows, table};
use crate::cli::text::SimilarArgs;
use crate::failure::Failure;

pub fn run(args: &SimilarArgs, json: bool) -> Result<(), Failure> {
    let texts = rows::column(&args.column)?;
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    match &args.to {
        Some(words) => {
            let wanted = embed(words);
            let alike = |vector: &[f32]| -> f32 { vector.iter().zip(&wanted).map(|(a, b)| a * b).sum() };
            let vectors = embed_all(&borrowed);
            let mut ranked: Vec<(f32, usize)> =
                (0..).zip(&vectors).map(|(row, vector)| (alike(vector), row)).collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let rows = ranked.into_iter().take(args.top);
            let rows = rows.map(|(score, row)| [json!(row + 1), rows::rounded(score), json!(texts[row])]);
            table::print(["row", "similarity", "text"], rows, json)
        }
        None => {
            let first = duplicates(&borrowed);
            let rows = first.iter().enumerate().filter(|(row, first)| row != *first);
            let rows = rows.map(|(row, first)| [json!(row + 1), json!(first + 1), json!(texts[row])]);
            table::print(["row", "duplicate_of", "text"], rows, json)
        }
    }
}
