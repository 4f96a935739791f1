//! Prints the signals of the public data sets, to be judged by hand: `cargo run --profile fast -p otklik-text --example
//! signals [DATA [KIND [EVERY]]]`; without KIND only how many there are.
#![allow(clippy::print_stdout)]

mod sets;

use otklik_text::signals;
use sets::{Result, read};
use std::path::PathBuf;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = arguments.first().map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let wanted = arguments.get(1).map(String::as_str);
    let every = arguments.get(2).and_then(|every| every.parse().ok()).unwrap_or(1_usize);
    for name in [
        "ru_bank_reviews_domrf",
        "en_nps_survey_verbatims",
        "en_cfpb_loan_complaints",
        "en_banking77_intents",
    ] {
        let rows = read(&data, name)?;
        let mut counts = [0; 4];
        for row in &rows {
            let text = &row["text"];
            for signal in signals(text) {
                counts[signal.kind as usize] += 1;
                if wanted == Some(signal.kind.code()) && counts[signal.kind as usize] % every == 0 {
                    let (first, last) =
                        (signal.reasons[0].start, signal.reasons[signal.reasons.len() - 1].end);
                    let from = text[..first].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
                    let to = text[last.min(first + 300)..]
                        .char_indices()
                        .nth(60)
                        .map_or(text.len(), |(at, _)| last.min(first + 300) + at);
                    let words: Vec<&str> = signal.reasons.iter().map(|span| &text[span.clone()]).collect();
                    println!(
                        "[{}] …{}…",
                        words.join(" "),
                        text.get(from..to).unwrap_or(text).replace('\n', " ")
                    );
                }
            }
        }
        println!(
            "{name}: {} texts; leaving {}, escalation {}, safety {}, vulnerable {}",
            rows.len(),
            counts[0],
            counts[1],
            counts[2],
            counts[3]
        );
    }
    Ok(())
}
