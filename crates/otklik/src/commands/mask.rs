//! `otklik mask`: lines in, masked lines out.

use std::io::{BufRead, stdin};

use crate::failure::{Failure, usage};
use crate::output;

pub fn run(json: bool) -> Result<(), Failure> {
    for line in stdin().lock().lines() {
        let masked = otklik_text::mask(&line.map_err(usage)?);
        if json {
            let spans: Vec<_> = masked
                .spans
                .iter()
                .map(|span| serde_json::json!({ "kind": span.kind.code(), "start": span.start, "end": span.end }))
                .collect();
            output::json(&serde_json::json!({ "text": masked.text, "spans": spans }))?;
        } else {
            output::line(masked.text);
        }
    }
    Ok(())
}
